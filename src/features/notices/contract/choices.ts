/** What each person wants to hear, where and when. */

import { z } from 'zod';
import { instant, whyNot } from '#features/feedback/contract/pieces.ts';
import { type NoticeKind, noticeKind, place } from './kinds.ts';
import { newRoom, room } from './rooms.ts';

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time like 18:30.');

/**
 * From one wall time to another, over midnight where `from` is later, in the zone of the person’s calendar; days without
 * work count as quiet all day where `freeDays` says so.
 */
export const quietHours = z.strictObject({ from: wallTime, until: wallTime, freeDays: z.boolean() });
export type QuietHours = z.output<typeof quietHours>;
/** Unless somebody chooses otherwise: from seven in the evening to seven in the morning, and on days off. */
export const usualQuietHours: QuietHours = { from: '19:00', until: '07:00', freeDays: true };

export const choices = z.object({
  kinds: z.record(noticeKind, place),
  /** Null: none. */
  quietHours: quietHours.nullable(),
});
export type Choices = z.output<typeof choices>;

/** What was chosen differently than usual is kept; what is left out stays as it was. */
export const choicesChange = z.strictObject({ kinds: z.partialRecord(noticeKind, place), quietHours: quietHours.nullable() }).partial();
export type ChoicesChange = z.output<typeof choicesChange>;

/** A room that is one person’s own: a channel only they are in, or a chat with oneself. */
export const newOwnRoom = newRoom.pick({ kind: true, address: true });
const ownRoom = room.pick({ kind: true, madeAt: true }).extend({ lastSentAt: instant.nullable() });

export const ownChoices = choices.extend({
  usual: choices,
  timeZone: z.string(),
  /** Null: it isn’t quiet now. Else the instant until which mail and chat wait. */
  quietUntil: z.string().nullable(),
  /** Why mail doesn’t reach the asker, whatever they choose; null: it does. */
  whyNoMail: whyNot,
  /** The asker’s own room of Slack or Teams; null: none. */
  room: ownRoom.nullable(),
});
export type OwnChoices = z.output<typeof ownChoices>;

/** As kept in `notification_choices.content`, beside what digests keep there. */
export interface KeptChoices {
  readonly kinds?: Partial<Record<NoticeKind, z.output<typeof place>>>;
  readonly quietHours?: QuietHours | null;
}
