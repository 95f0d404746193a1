import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database } from '#platform/db/database.ts';
import type { Door } from '#platform/http/door.ts';
import type { Route } from '#platform/http/route.ts';
import { openCommitting } from './actions/commit-arrivals.ts';
import { keepSalts } from './actions/visitors.ts';
import { keepSites } from './queries/gate.ts';
import { arrivalRoutes } from './routes/arrivals.ts';
import { eventsDoor } from './routes/events-door.ts';
import { formRoutes } from './routes/forms.ts';
import { formsDoor } from './routes/forms-door.ts';
import { hookRoutes } from './routes/hooks.ts';
import { hooksDoor } from './routes/hooks-door.ts';
import { scriptDoor } from './routes/script-door.ts';
import { siteRoutes } from './routes/sites.ts';

interface RouteGround {
  /** Where visitors reach this server, for addresses written into pages. */
  readonly publicUrl: string;
  readonly sealing: Sealing;
}

export const trackingRoutes = (ground: RouteGround): Route[] => [
  ...siteRoutes(ground),
  ...formRoutes(ground),
  ...hookRoutes(ground),
  ...arrivalRoutes,
];

/** What a customer's pages and visitors reach: script, events, hosted forms, inbound webhooks. */
export function trackingDoors({ database, publicUrl, sealing }: RouteGround & { readonly database: Database }): Door[] {
  const salts = keepSalts(database);
  const committing = openCommitting(database);
  const now = Date.now;
  return [
    scriptDoor,
    eventsDoor({ salts, sealing, committing, now, ownHost: new URL(publicUrl).hostname, sites: keepSites(database) }),
    formsDoor({ database, committing, salts, sealing, publicUrl, now }),
    hooksDoor({ database, committing, sealing, now }),
  ];
}
