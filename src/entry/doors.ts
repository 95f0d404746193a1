import { campaignDoors } from '#features/campaigns/routes.ts';
import { trackingDoors } from '#features/tracking/routes.ts';
import type { Door } from '#platform/http/door.ts';
import type { RouteGround } from './routes.ts';

/** Every public address outside the API. A feature adds its own by one line. */
export function allDoors({ database, config, log }: RouteGround): Door[] {
  return [...trackingDoors({ database, log, publicUrl: config.publicUrl }), ...campaignDoors(database)];
}
