import type { Route } from '#platform/http/route.ts';
import { lookingRoutes } from './routes/looking.ts';
import { readingRoutes } from './routes/reading.ts';
import { touchRoutes } from './routes/touches.ts';
import { writingRoutes } from './routes/writing.ts';

/** Everything the API knows about records. */
export const recordRoutes: Route[] = [...readingRoutes, ...writingRoutes, ...touchRoutes, ...lookingRoutes];
