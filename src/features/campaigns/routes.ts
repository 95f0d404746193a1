import type { Route } from '#platform/http/route.ts';
import { participationRoutes } from './routes/participation.ts';
import { peopleRoutes } from './routes/people.ts';
import { planRoutes } from './routes/plans.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { roleRoutes } from './routes/roles.ts';

export const campaignRoutes: Route[] = [...planRoutes, ...roleRoutes, ...peopleRoutes, ...participationRoutes, ...proposalRoutes];
