import type { Route } from '#platform/http/route.ts';
import { accessRoutes } from './routes/access.ts';
import { disputeRoutes } from './routes/disputes.ts';
import { planRoutes } from './routes/plans.ts';
import { runRoutes } from './routes/runs.ts';
import { statementRoutes } from './routes/statements.ts';

export const incentiveRoutes: Route[] = [...planRoutes, ...accessRoutes, ...runRoutes, ...statementRoutes, ...disputeRoutes];
