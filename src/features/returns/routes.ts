import type { Route } from '#platform/http/route.ts';
import { attributionRoutes } from './routes/attribution.ts';
import { costRoutes } from './routes/costs.ts';
import { figureRoutes } from './routes/figures.ts';
import { periodRoutes } from './routes/periods.ts';
import { planRoutes } from './routes/plans.ts';

/** Each part of returns lists its own. */
export const returnsRoutes: readonly Route[] = [...costRoutes, ...periodRoutes, ...planRoutes, ...attributionRoutes, ...figureRoutes];
