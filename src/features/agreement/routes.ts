import type { Route } from '#platform/http/route.ts';
import { attainmentRoutes } from './routes/attainment.ts';
import { calendarRoutes } from './routes/calendars.ts';
import { contractRoutes } from './routes/contract.ts';
import { definitionRoutes } from './routes/definitions.ts';

export const agreementRoutes: readonly Route[] = [...calendarRoutes, ...definitionRoutes, ...contractRoutes, ...attainmentRoutes];
