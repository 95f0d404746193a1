import type { Route } from '#platform/http/route.ts';
import { readingRoutes } from './routes/reading.ts';

export const routes: Route[] = [...readingRoutes];
