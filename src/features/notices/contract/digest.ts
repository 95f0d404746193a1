/** The daily or weekly digest: when each person has it, and what it would say now. */

import { z } from 'zod';
import { weekdays } from '#engine/calendar/calendar.ts';
import { instant, whyNot } from '#features/feedback/contract/pieces.ts';
import { messageSchema } from './message.ts';

/** `daily`: on the days they work. */
export const rhythms = ['daily', 'weekly', 'never'] as const;
export type Rhythm = (typeof rhythms)[number];

export const digestChoice = z.strictObject({
  rhythm: z.enum(rhythms),
  /** Of a weekly one. */
  weekday: z.enum(weekdays),
  /** Wall time in the zone of the person’s calendar. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time like 07:30.'),
});
export type DigestChoice = z.output<typeof digestChoice>;
/** Unless somebody chooses otherwise. */
export const usualDigest: DigestChoice = { rhythm: 'weekly', weekday: 'mon', at: '07:30' };

export const ownDigest = z.object({
  choice: digestChoice,
  usual: digestChoice,
  timeZone: z.string(),
  /** When the next one is due; null: never. */
  nextAt: instant.nullable(),
  /** Why it doesn’t reach the asker by mail, whatever they choose; null: it does. */
  whyNoMail: whyNot,
  /** What it would say now; null: nothing, and then none is sent. */
  message: messageSchema.nullable(),
});
export type OwnDigest = z.output<typeof ownDigest>;
