import type { Database } from '#platform/db/database.ts';
import type { Door } from '#platform/http/door.ts';
import type { Route } from '#platform/http/route.ts';
import { contentUseRoutes } from './routes/content-uses.ts';
import { libraryRoutes } from './routes/library.ts';
import { linkDoor } from './routes/link-door.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { followUpRoutes } from './routes/follow-up.ts';
import { participationRoutes } from './routes/participation.ts';
import { peopleRoutes } from './routes/people.ts';
import { planRoutes } from './routes/plans.ts';
import { proposalRoutes } from './routes/proposals.ts';
import { roleRoutes } from './routes/roles.ts';

export const campaignRoutes: Route[] = [
  ...planRoutes,
  ...roleRoutes,
  ...peopleRoutes,
  ...participationRoutes,
  ...followUpRoutes,
  ...calendarRoutes,
  ...proposalRoutes,
  ...libraryRoutes,
  ...contentUseRoutes,
];

/** What customers reach: tracked links to content. */
export const campaignDoors = (database: Database): Door[] => [linkDoor(database)];
