/** Rooms of Slack and Microsoft Teams, reached by the address of a webhook that somebody made there. */

import { z } from 'zod';
import { idSchema, instant, named, saidWords, whyNot } from '#features/feedback/contract/pieces.ts';
import { rhythms } from './digest.ts';

export const roomKinds = ['slack', 'teams'] as const;
export type RoomKind = (typeof roomKinds)[number];
export const roomKindNames: Readonly<Record<RoomKind, string>> = { slack: 'Slack', teams: 'Microsoft Teams' };

/** Whoever is in the room reads it: nothing goes there that not every member may see. */
export const roomSends = z.strictObject({
  digest: z.enum(rhythms),
  minutes: z.boolean(),
  /** Those that go to everybody. */
  announcements: z.boolean(),
  /** Clauses that were broken, once a day. */
  breaches: z.boolean(),
});
export type RoomSends = z.output<typeof roomSends>;
/** When rooms have their digest, in the zone of the workspace’s calendar. */
export const roomDigestTimes = { weekday: 'mon', at: '08:00' } as const;
export const usualSends: RoomSends = { digest: 'weekly', minutes: true, announcements: true, breaches: false };

const roomName = saidWords(80, 'Give the room the name it has there.');
export const newRoom = z.strictObject({
  kind: z.enum(roomKinds),
  name: roomName,
  /** Whoever has it can write into the room: it is sealed, and shown to nobody again. */
  address: z.string().trim().min(1, 'Paste the webhook’s address.').max(2_000),
  sends: roomSends.default(usualSends),
});
export type NewRoom = z.output<typeof newRoom>;
export const roomChange = z
  .strictObject({
    name: roomName,
    sends: roomSends,
    /** In place of the one before. */
    address: z.string().trim().min(1).max(2_000),
  })
  .partial();
export type RoomChange = z.output<typeof roomChange>;

export const room = z.object({
  id: idSchema,
  kind: z.enum(roomKinds),
  name: z.string(),
  sends: roomSends,
  madeBy: named,
  madeAt: instant,
  lastSentAt: instant.nullable(),
  /** What went wrong with the newest message; null where it arrived. */
  failing: z.object({ at: instant, because: z.string(), givenUp: z.boolean() }).nullable(),
});
export type Room = z.output<typeof room>;
/** By name. */
export const roomList = z.object({ items: z.array(room), can: z.object({ add: whyNot }) });
export type RoomList = z.output<typeof roomList>;
/** How a message tried at once went. */
export const trialResult = z.object({ arrived: z.boolean(), because: z.string().nullable() });
export type TrialResult = z.output<typeof trialResult>;
export const mostRooms = 50;
