/** Calendars, who works by which, and who is away. */

import { z } from 'zod';
import { weekdays } from '#engine/calendar/calendar.ts';

const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is an id');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is a time like 09:00, at most 24:00');
const interval = z.tuple([time, time]).refine(([from, to]) => from < to, 'ends before it begins');
const intervals = z
  .array(interval)
  .max(12)
  .refine((day) => day.every((each, at) => at === 0 || day[at - 1]![1] <= each[0]), 'Intervals stand in order and don’t overlap.');
const timeZone = z.string().max(60).refine(isTimeZone, 'This is no time zone, such as Europe/Berlin.');

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const weeklySchema = z.strictObject(
  Object.fromEntries(weekdays.map((day) => [day, intervals.default([])])) as Record<
    (typeof weekdays)[number],
    z.ZodDefault<typeof intervals>
  >,
);
const holidaySchema = z.strictObject({ on: z.iso.date('is a day like 2026-12-25'), name: z.string().trim().min(1).max(200) });

export const calendarDraft = z.strictObject({
  name: z.string().trim().min(1, 'Say a name.').max(200),
  timeZone,
  weekly: weeklySchema,
  /** ISO 3166 country and region of its public holidays; null for none. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  region: z.string().max(20).nullable().default(null),
  holidays: z.array(holidaySchema).max(2_000).default([]),
  isDefault: z.boolean().default(false),
});
export const calendar = calendarDraft.extend({ id, members: z.array(z.object({ id, name: z.string() })) });
export type CalendarItem = z.output<typeof calendar>;
export const calendarMembers = z.strictObject({ memberIds: z.array(id).max(5_000) });

export const holidaysAsk = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as DE.'),
  region: z.string().max(20).optional(),
  from: z.coerce.number().int().min(1970).max(2100),
  to: z.coerce.number().int().min(1970).max(2100),
});
export const holidaysAnswer = z.object({
  items: z.array(z.object({ on: z.string(), name: z.string() })),
  regions: z.array(z.object({ code: z.string(), name: z.string() })),
});

const instant = z.iso.datetime({ offset: true });
export const newAbsence = z
  .strictObject({ memberId: id, startsAt: instant, endsAt: instant, reason: z.string().trim().min(1, 'Say why.').max(500) })
  .refine((absence) => Date.parse(absence.endsAt) > Date.parse(absence.startsAt), 'It ends before it begins.');
export const absence = z.object({
  id,
  member: z.object({ id, name: z.string() }),
  startsAt: z.string(),
  endsAt: z.string(),
  reason: z.string(),
  recordedAt: z.string(),
});
