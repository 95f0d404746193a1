/** `deadline` and `elapsed`: business time in a calendar, case by case. */

import { z } from 'zod';
import { type Interval, weekdays } from '#engine/calendar/calendar.ts';
import { isTimeZone, wrongIntervals } from '#engine/calendar/reading.ts';
import { compileCalendar, type WorkingTime } from '#engine/calendar/working-time.ts';
import { instantText } from '#engine/values/calendarDay.ts';
import { casesOf } from './cases.ts';
import { formula } from './formula.ts';
import { mapInSlices } from './slices.ts';
import { give } from './wording.ts';

const minuteMilliseconds = 60_000;
/** Forty years of working days: more is a slip of the keyboard. */
const mostMinutes = 5_000_000;

const instantWords = 'a point in time with its offset, between 1970 and 2100, such as 2026-03-27T20:00:00Z';
const instant = z.iso
  .datetime({ offset: true, error: give(instantWords), abort: true })
  .refine((text) => text >= '1970' && text < '2101', { error: give(instantWords) });
const timeOfDay = z.string({ error: give('a time of day such as "09:00"') });
const intervals = z
  .array(z.tuple([timeOfDay, timeOfDay], { error: give('a beginning and an end such as ["09:00", "12:30"]') }), {
    error: give('a list of intervals such as [["09:00", "12:30"], ["13:30", "18:00"]]'),
  })
  .superRefine((day, context) => {
    const wrong = wrongIntervals(day as Interval[]);
    if (wrong) context.addIssue({ code: 'custom', message: wrong });
  });

const weekly = z
  .strictObject(
    Object.fromEntries(weekdays.map((day) => [day, intervals.optional()])) as Record<
      (typeof weekdays)[number],
      z.ZodOptional<typeof intervals>
    >,
    {
      error: give('the intervals by weekday, such as {"mon": [["09:00", "17:00"]]}'),
    },
  )
  .describe('By weekday, `mon` to `sun`: intervals `[from, to]` of wall times, `24:00` at most. A day left out has none.');

const calendar = z.strictObject(
  {
    timeZone: z
      .string({ error: give('a time zone such as "Europe/Paris"') })
      .max(60, 'is no time zone; give a name such as Europe/Paris')
      .refine(isTimeZone, { error: give('a time zone such as "Europe/Paris"') })
      .describe('IANA name of the zone the wall times are of.'),
    weekly,
    holidays: z
      .array(z.iso.date({ error: give('a day such as 2026-12-25') }), { error: give('a list of days such as ["2026-12-25"]') })
      .max(20_000)
      .optional()
      .describe('Days of the zone without work.'),
    absences: z
      .array(
        z
          .strictObject({ from: instant, to: instant }, { error: give('{"from": …, "to": …}') })
          .refine(({ from, to }) => Date.parse(to) >= Date.parse(from), 'ends before it begins; give a `to` after `from`'),
        { error: give('a list such as [{"from": "2026-03-30T00:00:00Z", "to": "2026-04-01T00:00:00Z"}]') },
      )
      .max(20_000)
      .optional()
      .describe('Stretches without work; they may overlap. `to` is the first moment after.'),
  },
  { error: give('a calendar such as {"timeZone": "Europe/Paris", "weekly": {"mon": [["09:00", "17:00"]]}}') },
);
type CalendarInput = z.output<typeof calendar>;

const minutes = z
  .number({ error: give('a number of minutes from 0, such as 480') })
  .min(0, { error: give('a number of minutes from 0, such as 480') })
  .max(mostMinutes, { error: give(`at most ${mostMinutes} minutes`) })
  .describe('Working minutes; fractions are counted to the millisecond.');
const startedAt = instant.describe('When the clock starts.');
const until = instant.describe('Up to when it is read.');

const example = {
  cases: [
    {
      startedAt: '2026-03-27T20:00:00Z',
      minutes: 480,
      until: '2026-04-02T10:00:00Z',
      calendar: {
        timeZone: 'Europe/Paris',
        weekly: Object.fromEntries(
          weekdays.slice(0, 5).map((day): [string, Interval[]] => [
            day,
            [
              ['09:00', '12:30'],
              ['13:30', '18:00'],
            ],
          ]),
        ),
        holidays: ['2026-04-06'],
        absences: [{ from: '2026-03-30T00:00:00Z', to: '2026-03-31T00:00:00Z' }],
      },
    },
  ],
};

export const deadlineFormula = formula({
  name: 'deadline',
  summary:
    'When so many working minutes are over. One reached exactly as an interval ends is that end, not the next beginning; no minutes are over at once. A wall time that doesn’t exist moves forward, one that occurs twice is its first.',
  input: casesOf({ startedAt, minutes, until: until.optional().describe('Not used here.'), calendar }),
  output: z.object({
    results: z.array(
      z.object({
        deadline: z
          .string()
          .nullable()
          .describe('In UTC; null when it is never reached: not within 200 years, or 20 years pass without any working time.'),
      }),
    ),
  }),
  example,
  async calculate({ cases }) {
    const timeOf = compiledOnce();
    return {
      results: await mapInSlices(cases, ({ startedAt, minutes, calendar }) => {
        const due = timeOf(calendar).deadline(millisecondsOf(startedAt), Math.round(minutes * minuteMilliseconds));
        return { deadline: due === null ? null : instantText(due) };
      }),
    };
  },
});

export const elapsedFormula = formula({
  name: 'elapsed',
  summary:
    'How many working minutes lie between two moments: real elapsed time inside the intervals, so that an hour the clock leaves out or repeats counts as what it lasts.',
  input: casesOf({ startedAt, until, minutes: minutes.optional().describe('Not used here.'), calendar }),
  output: z.object({
    results: z.array(
      z.object({ elapsedMinutes: z.number().describe('0 when `until` is not after `startedAt`; with a fraction where it isn’t whole.') }),
    ),
  }),
  example,
  async calculate({ cases }) {
    const timeOf = compiledOnce();
    return {
      results: await mapInSlices(cases, ({ startedAt, until, calendar }) => ({
        elapsedMinutes: timeOf(calendar).elapsed(millisecondsOf(startedAt), millisecondsOf(until)) / minuteMilliseconds,
      })),
    };
  },
});

const millisecondsOf = (text: string): number => Temporal.Instant.from(text).epochMilliseconds;

/** Cases mostly share their calendar. */
function compiledOnce(): (calendar: CalendarInput) => WorkingTime {
  const compiled = new Map<string, WorkingTime>();
  return (calendar) => {
    const key = JSON.stringify(calendar);
    let time = compiled.get(key);
    if (!time) compiled.set(key, (time = compileCalendar(calendar)));
    return time;
  };
}
