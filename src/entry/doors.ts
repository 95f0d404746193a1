import { cadenceDoors } from '#features/cadence/routes.ts';
import { campaignDoors } from '#features/campaigns/routes.ts';
import { noticeDoors } from '#features/notices/routes.ts';
import { trackingDoors } from '#features/tracking/routes.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { getSecret } from '#platform/config.ts';
import type { Door } from '#platform/http/door.ts';
import type { RouteGround } from './routes.ts';

/** Every public address outside the API. A feature adds its own by one line. */
export function allDoors({ database, config }: RouteGround): Door[] {
  const sealing = makeSealing(() => getSecret(config));
  return [
    ...trackingDoors({ database, publicUrl: config.publicUrl, sealing }),
    ...campaignDoors(database),
    ...cadenceDoors(database, config.publicUrl),
    ...noticeDoors({ database, sealing }),
  ];
}
