import type { Route } from '#platform/http/route.ts';
import { indexRoutes } from './routes/alignment-index.ts';
import { costRoutes } from './routes/cost.ts';

export const alignmentRoutes: Route[] = [...costRoutes, ...indexRoutes];
