import type { Route } from '#platform/http/route.ts';
import { accessRoutes } from './routes/access.ts';
import { planRoutes } from './routes/plans.ts';

export const incentiveRoutes: Route[] = [...planRoutes, ...accessRoutes];
