/** Whether meetings are worth their time; and the calendar that other programs read. */

import { z } from 'zod';
import { count, day, daySchema, idSchema, instant, list, named, paging } from '#features/feedback/contract/pieces.ts';

/** Unsaid: the last thirteen weeks. */
export const meetingHealthAsk = z.strictObject({ start: daySchema.optional(), end: daySchema.optional(), seriesId: idSchema.optional() });
export type MeetingHealthAsk = z.output<typeof meetingHealthAsk>;

/** What can be counted, and what each number opens into. */
export const healthCounts = [
  'due',
  'held',
  'notHeld',
  'inTime',
  'expected',
  'came',
  'deciding',
  'actionsDue',
  'closed',
  'closedInTime',
  'openLate',
] as const;
export type HealthCount = (typeof healthCounts)[number];
const percent = z.number().nullable();
export const healthRow = z.object({
  /** Null: all meetings. */
  series: named.nullable(),
  /** Meetings whose time has come and that were not cancelled. */
  due: count,
  held: count,
  notHeld: count,
  /** Started within five minutes of its time. */
  inTime: count,
  /** Seats of the meetings held: people expected, and those who came. */
  expected: count,
  came: count,
  /** Held, with a decision or an action. */
  deciding: count,
  /** Actions agreed there whose day has come; dropped ones left out. */
  actionsDue: count,
  closed: count,
  closedInTime: count,
  openLate: count,
  heldPercent: percent,
  inTimePercent: percent,
  attendedPercent: percent,
  decidingPercent: percent,
  /** Closure rate: closed ÷ due. */
  closedPercent: percent,
  closedInTimePercent: percent,
  /** The records behind each number. */
  records: z.object(Object.fromEntries(healthCounts.map((name) => [name, z.string()])) as Record<HealthCount, z.ZodString>),
});
export type HealthRow = z.output<typeof healthRow>;
export const meetingHealth = z.object({
  start: day,
  end: day,
  overall: healthRow,
  /** Those with a meeting in the period. */
  series: z.array(healthRow),
  /** By week (its Monday), for the picture. */
  weeks: z.array(z.object({ week: day, due: count, held: count, expected: count, came: count, actionsDue: count, closed: count })),
  notes: z.array(z.string()),
});
export type MeetingHealthAnswer = z.output<typeof meetingHealth>;
export const healthRecordsAsk = meetingHealthAsk.extend({
  which: z.enum(healthCounts),
  /** Only meetings without a series. */
  alone: z.stringbool().default(false),
  ...paging,
});
export type HealthRecordsAsk = z.output<typeof healthRecordsAsk>;
export const healthRecords = list(
  z.object({
    /** A meeting, somebody’s seat in one, or an action. */
    kind: z.enum(['meeting', 'seat', 'action']),
    id: z.string(),
    name: z.string(),
    on: day,
    who: named.nullable(),
    says: z.string(),
    opens: z.string(),
  }),
).extend({ total: count });
export type HealthRecords = z.output<typeof healthRecords>;

// ── the calendar that other programs read ───────────────────────────────────

export const calendarFeed = z.object({
  /** Null: there is none. */
  madeAt: instant.nullable(),
  /** When a program last read it. */
  readAt: instant.nullable(),
});
export type CalendarFeed = z.output<typeof calendarFeed>;
/** Shown once: only a hash of its secret is kept. Making a new one revokes the one before. */
export const calendarAddress = z.object({ url: z.string(), madeAt: instant });
export type CalendarAddress = z.output<typeof calendarAddress>;
