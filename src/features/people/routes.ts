import type { Database } from '#platform/db/database.ts';
import type { Route } from '#platform/http/route.ts';

export interface PeopleGround {
  database: Database;
}

export function peopleRoutes(_ground: PeopleGround): Route[] {
  return [];
}
