import type { Route } from '#platform/http/route.ts';
import { backTestRoutes } from './routes/back-tests.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { contractRoutes } from './routes/contract.ts';
import { definitionRoutes } from './routes/definitions.ts';

export const agreementRoutes: readonly Route[] = [...calendarRoutes, ...definitionRoutes, ...backTestRoutes, ...contractRoutes];
