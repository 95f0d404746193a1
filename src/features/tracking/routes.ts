import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '#platform/db/database.ts';
import type { Door } from '#platform/http/door.ts';
import type { Route } from '#platform/http/route.ts';

/** What the public doors are built from. */
export interface DoorGround {
  database: Database;
  log: FastifyBaseLogger;
  /** Where visitors reach this server, for addresses written into pages. */
  publicUrl: string;
}

export const trackingRoutes: Route[] = [];

/** What a customer's pages and visitors reach: script, events, hosted forms, inbound webhooks. */
export const trackingDoors = (_ground: DoorGround): Door[] => [];
