/** Series of meetings: when they meet, by whose calendar, who comes, and what their agenda takes. */

import { z } from 'zod';
import { isTimeZone } from '#engine/calendar/reading.ts';
import { weekdays } from '#engine/calendar/calendar.ts';
import { itemKinds } from '#engine/cadence/agenda.ts';
import { purposes, seriesVerbs, type SeriesVerb } from '#engine/cadence/states.ts';
import { count, day, daySchema, idSchema, instant, named, saidWords, sides, whyNot, words } from '#features/feedback/contract/pieces.ts';

const weekday = z.enum(weekdays);
const nth = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal('last')]);
export const recurrenceSchema = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day'), weekdays: z.array(weekday).min(1, 'Name at least one day of the week.').max(7) }),
  z.strictObject({ every: z.literal('week'), interval: z.int().min(1).max(26).default(1), weekday }),
  z.strictObject({ every: z.literal('month'), nth, weekday }),
  /** In the month of a quarter, 1 to 3. */
  z.strictObject({ every: z.literal('quarter'), month: z.union([z.literal(1), z.literal(2), z.literal(3)]), nth, weekday }),
]);
export const meetingMinutes = z.int().min(5).max(480);
export const timesSchema = z.strictObject({
  recurrence: recurrenceSchema,
  startsOn: daySchema,
  endsOn: daySchema.nullable().default(null),
  /** Wall time in the series’ zone. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time like 09:30'),
  /** What happens to a day on which nobody works. */
  onDayOff: z.enum(['skip', 'nextWorkingDay', 'keep']).default('nextWorkingDay'),
});
/** Whoever is of one of these sides or teams, or named; people who look on (viewers) come only when named. */
export const attendeesSchema = z
  .strictObject({
    sides: z.array(z.enum(sides)).max(3).default([]),
    teamIds: z.array(idSchema).max(100).default([]),
    memberIds: z.array(idSchema).max(500).default([]),
  })
  .refine((given) => given.sides.length + given.teamIds.length + given.memberIds.length > 0, 'Say who comes.');

export const seriesDraft = z.strictObject({
  name: saidWords(120, 'Give the series a name.'),
  purpose: z.enum(purposes).default('own'),
  times: timesSchema,
  /** Unsaid: the workspace’s. */
  timeZone: z.string().max(60).refine(isTimeZone, 'This is no time zone, such as Europe/Berlin.').optional(),
  /** Whose holidays count; null: the workspace’s calendar. */
  calendarId: idSchema.nullable().default(null),
  minutes: meetingMinutes,
  location: words(300).default(''),
  attendees: attendeesSchema,
  /** Kinds of items its agenda takes from the data. */
  kinds: z
    .array(z.enum(itemKinds))
    .max(itemKinds.length)
    .default([...itemKinds]),
});
export type SeriesDraft = z.output<typeof seriesDraft>;
/** `after`: the number that was looked at; one changed by somebody else meanwhile answers 409. */
export const seriesChange = seriesDraft.extend({ after: z.int().min(1).optional() });
export type SeriesChange = z.output<typeof seriesChange>;
/** Whether its planned meetings are cancelled with it. */
export const seriesEnd = z.strictObject({ cancelPlanned: z.boolean().default(true) });

const can = z.object(Object.fromEntries(seriesVerbs.map((verb) => [verb, whyNot])) as Record<SeriesVerb, typeof whyNot>);
export const series = z.object({
  id: idSchema,
  /** Rises with every change. */
  number: count,
  name: z.string(),
  purpose: z.enum(purposes),
  times: timesSchema,
  timeZone: z.string(),
  calendar: named.nullable(),
  minutes: count,
  location: z.string(),
  attendees: z.object({ sides: z.array(z.enum(sides)), teams: z.array(named), members: z.array(named) }),
  kinds: z.array(z.enum(itemKinds)),
  /** When it meets, in a sentence. */
  says: z.string(),
  /** How many people come, as things stand. */
  people: count,
  next: z.object({ id: idSchema, startsAt: instant }).nullable(),
  last: z.object({ id: idSchema, startsAt: instant }).nullable(),
  held: count,
  madeBy: named.nullable(),
  madeAt: instant,
  endedAt: instant.nullable(),
  can,
});
export type Series = z.output<typeof series>;
/** Running ones first, then by name. */
export const seriesList = z.object({ items: z.array(series), whyNotMake: whyNot });
export type SeriesList = z.output<typeof seriesList>;

/** The days on which a draft would meet: looked at before it is kept. */
export const seriesPreview = z.object({
  says: z.string(),
  people: count,
  items: z.array(z.object({ ruleDay: day, startsAt: instant, /** Moved off a day on which nobody works. */ moved: z.boolean() })),
});
export type SeriesPreview = z.output<typeof seriesPreview>;
