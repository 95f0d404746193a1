/** Calendars, who works by which, and who is away. */

import { z } from 'zod';
import { type Weekday, weekdays } from '#engine/calendar/calendar.ts';
import { isTimeOfDay, isTimeZone, wrongIntervals } from '#engine/calendar/reading.ts';

const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is an id');
const named = z.object({ id, name: z.string() });

// ── calendars ───────────────────────────────────────────────────────────────

const time = z.string().max(5).refine(isTimeOfDay, 'is a time like 09:00, at most 24:00');
const intervals = z
  .array(z.tuple([time, time]))
  .max(12)
  .superRefine((day, context) => {
    const wrong = wrongIntervals(day);
    if (wrong) context.addIssue({ code: 'custom', message: wrong });
  })
  .transform((day) => day.sort((one, other) => (one[0] < other[0] ? -1 : 1)));
const timeZone = z.string().max(60).refine(isTimeZone, 'This is no time zone, such as Europe/Berlin.');

export const weeklySchema = z.strictObject(
  Object.fromEntries(weekdays.map((day) => [day, intervals.default([])])) as Record<Weekday, z.ZodDefault<typeof intervals>>,
);
const holiday = z.strictObject({ on: z.iso.date('is a day like 2026-12-25'), name: z.string().trim().min(1, 'Say a name.').max(200) });
export type Holiday = z.output<typeof holiday>;
/** One a day, in order. */
const holidays = z
  .array(holiday)
  .max(2_000)
  .transform((days) => [...new Map(days.map((day) => [day.on, day])).values()].sort((one, other) => (one.on < other.on ? -1 : 1)));

const fields = {
  name: z.string().trim().min(1, 'Say a name.').max(200),
  timeZone,
  weekly: weeklySchema,
  /** ISO 3166 country and region its holidays were taken from; null for none. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  region: z.string().max(20).nullable(),
  holidays,
  /** The one of everybody who works by no other. */
  isDefault: z.boolean(),
};
export const calendarDraft = z.strictObject({
  ...fields,
  country: fields.country.default(null),
  region: fields.region.default(null),
  holidays: fields.holidays.default([]),
  isDefault: fields.isDefault.default(false),
});
export type CalendarDraft = z.output<typeof calendarDraft>;
export const calendarChange = z.strictObject(fields).partial();

const statedIntervals = z.array(z.tuple([z.string(), z.string()]));
const week = z.object(Object.fromEntries(weekdays.map((day) => [day, statedIntervals])) as Record<Weekday, typeof statedIntervals>);
export type Week = z.output<typeof week>;
const stated = z.object({
  name: z.string(),
  timeZone: z.string(),
  weekly: week,
  country: z.string().nullable(),
  region: z.string().nullable(),
  holidays: z.array(z.object({ on: z.string(), name: z.string() })),
  isDefault: z.boolean(),
});
export const calendar = stated.extend({ id, members: z.array(named) });
export type CalendarItem = z.output<typeof calendar>;
export const calendarList = z.object({
  items: z.array(calendar),
  /** What counts as the default while none is set. */
  assumed: stated.nullable(),
  next: z.string().nullable(),
  total: z.number().int().nullable(),
});
export type CalendarList = z.output<typeof calendarList>;

/** Monday to Friday from nine to five in the workspace's zone: so that clocks run before anybody sets a calendar. */
export function assumedCalendar(zone: string): z.output<typeof stated> {
  const weekly = Object.fromEntries(weekdays.map((day, at) => [day, at < 5 ? [['09:00', '17:00']] : []])) as Week;
  return {
    name: 'Working week',
    timeZone: zone,
    weekly,
    country: null,
    region: null,
    holidays: [],
    isDefault: true,
  };
}

/** Exactly these work by it from now on; whoever did and is not among them works by the default. */
export const calendarMembers = z.strictObject({ memberIds: z.array(id).max(5_000) });

const year = z.coerce.number().int().min(1970).max(2100);
export const holidaysAsk = z
  .strictObject({
    /** Unsaid: only the countries there are. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'Two letters of ISO 3166, such as DE.')
      .optional(),
    region: z.string().max(20).optional(),
    from: year,
    to: year,
  })
  .refine(({ from, to }) => to >= from && to - from < 20, 'Ask for at most twenty years, the first one first.');
const place = z.object({ code: z.string(), name: z.string() });
export const holidaysAnswer = z.object({ items: z.array(holiday), regions: z.array(place), countries: z.array(place) });
export type HolidaysAnswer = z.output<typeof holidaysAnswer>;

// ── absences ────────────────────────────────────────────────────────────────

const instant = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => text >= '1970' && text < '2101', 'lies outside the years 1970 to 2100');
export const newAbsence = z
  .strictObject({ memberId: id, startsAt: instant, endsAt: instant, reason: z.string().trim().min(1, 'Say why.').max(500) })
  .refine((absence) => Date.parse(absence.endsAt) > Date.parse(absence.startsAt), { path: ['endsAt'], error: 'It ends before it begins.' });
export const absencesAsk = z.strictObject({
  memberId: id.optional(),
  /** Those that are over too. */
  past: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  cursor: z.string().max(100).optional(),
});
export const absence = z.object({
  id,
  member: named,
  startsAt: z.string(),
  endsAt: z.string(),
  /** Told to the member and to heads. */
  reason: z.string().nullable(),
  recordedAt: z.string(),
  mayRemove: z.boolean(),
});
export type AbsenceItem = z.output<typeof absence>;

// ── a file ──────────────────────────────────────────────────────────────────

const weekdayNames: Record<Weekday, string> = {
  mon: 'monday',
  tue: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  fri: 'friday',
  sat: 'saturday',
  sun: 'sunday',
};
const day = z.iso.date('is a day like 2026-12-25');

/** `calendar.json` as `accord simulate` writes it (docs/simulator.md); weekdays by their short or long names. */
export const calendarFile = z.strictObject({
  calendars: z
    .array(
      z.strictObject({
        name: fields.name,
        timeZone,
        weekly: z.preprocess(withShortWeekdays, weeklySchema),
        holidays: z
          .array(z.strictObject({ day, name: z.string().trim().min(1).max(200) }))
          .default([])
          .transform((days) => days.map(({ day: on, name }) => ({ on, name })))
          .pipe(holidays),
      }),
    )
    .max(1_000),
  /** By e-mail address. */
  members: z
    .array(z.strictObject({ member: z.string().max(320), calendar: z.string().max(200) }))
    .max(50_000)
    .default([]),
  /** Whole days in the zone of the member's calendar, both included. */
  leave: z
    .array(
      z
        .strictObject({ member: z.string().max(320), from: day, to: day, kind: z.string().trim().min(1).max(500).default('leave') })
        .refine(({ from, to }) => to >= from, 'ends before it begins'),
    )
    .max(500_000)
    .default([]),
});
export type CalendarFile = z.output<typeof calendarFile>;

function withShortWeekdays(weekly: unknown): unknown {
  if (typeof weekly !== 'object' || weekly === null) return weekly;
  const short = new Map(weekdays.map((weekday): [string, string] => [weekdayNames[weekday], weekday]));
  return Object.fromEntries(Object.entries(weekly).map(([name, intervals]) => [short.get(name) ?? name, intervals]));
}
