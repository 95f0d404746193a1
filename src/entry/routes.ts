import { type PeopleGround, peopleRoutes } from '#features/people/routes.ts';
import type { Route } from '#platform/http/route.ts';

/** What the features' routes are built from. */
export type RouteGround = PeopleGround;

/** Every route of the product. A feature adds its own by one line. */
export function allRoutes(ground: RouteGround): Route[] {
  return [...peopleRoutes(ground)];
}
