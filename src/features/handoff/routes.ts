import type { Route } from '#platform/http/route.ts';
import { attainmentRoutes } from './routes/attainment.ts';
import { inboxRoutes } from './routes/inbox.ts';
import { rejectionRoutes } from './routes/rejections.ts';
import { routingRoutes } from './routes/routing.ts';
import { speedRoutes } from './routes/speed.ts';

export const handoffRoutes: readonly Route[] = [...inboxRoutes, ...rejectionRoutes, ...routingRoutes, ...attainmentRoutes, ...speedRoutes];
