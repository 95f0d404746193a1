import type { Route } from '#platform/http/route.ts';
import { proposalRoutes } from './routes/proposals.ts';

export const campaignRoutes: Route[] = [...proposalRoutes];
