import type { Route } from '#platform/http/route.ts';
import { goalReadingRoutes } from './routes/goals.ts';
import { planRoutes } from './routes/plans.ts';
import { whatIfRoutes } from './routes/what-if.ts';

export const goalRoutes: readonly Route[] = [...planRoutes, ...whatIfRoutes, ...goalReadingRoutes];
