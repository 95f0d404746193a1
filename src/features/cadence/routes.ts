import type { Database } from '#platform/db/database.ts';
import type { Door } from '#platform/http/door.ts';
import type { Route } from '#platform/http/route.ts';
import { agendaRoutes } from './routes/agenda.ts';
import { calendarDoor, calendarRoutesOf } from './routes/calendar.ts';
import { healthRoutes } from './routes/health.ts';
import { meetingRoutes } from './routes/meetings.ts';
import { outcomeRoutes } from './routes/outcomes.ts';
import { runningRoutes } from './routes/running.ts';
import { seriesRoutes } from './routes/series.ts';

export const cadenceRoutes = (publicUrl: string): readonly Route[] => [
  ...seriesRoutes,
  ...healthRoutes,
  ...calendarRoutesOf(publicUrl),
  ...meetingRoutes,
  ...runningRoutes,
  ...agendaRoutes,
  ...outcomeRoutes,
];

export const cadenceDoors = (database: Database, publicUrl: string): Door[] => [calendarDoor(database, publicUrl)];
