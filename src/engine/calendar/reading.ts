/** A calendar as it is written, checked and read into numbers. The same checks serve every edge. */

import { dayNumber, daysInMonth } from '../values/calendarDay.ts';
import { type Calendar, type Interval, weekdays } from './calendar.ts';
import { mergeSpans, type Span } from './spans.ts';

export interface ReadCalendar {
  readonly timeZone: string;
  /** By weekday, Monday first: milliseconds of the wall clock since midnight, in order of their beginning. */
  readonly week: readonly (readonly Span[])[];
  /** Day numbers. */
  readonly holidays: ReadonlySet<number>;
  readonly absences: readonly Span[];
}

const timeOfDay = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** `09:00`; `24:00` at most. */
export const isTimeOfDay = (text: string): boolean => timeOfDay.test(text);

/** What is wrong with the intervals of a day, in words; null when nothing is. */
export function wrongIntervals(intervals: readonly Interval[]): string | null {
  for (const [at, [from, to]] of intervals.entries()) {
    const wrong = [from, to].find((text) => !isTimeOfDay(text));
    if (wrong !== undefined) return `“${wrong}” is no time of day; one such as 09:00 would do, 24:00 at most.`;
    if (from >= to) return `${from} to ${to} ends before it begins; the end comes later on the same day, 24:00 at most.`;
    const other = intervals.slice(0, at).find((earlier) => earlier[0] < to && from < earlier[1]);
    if (other) return `${from} to ${to} overlaps ${other[0]} to ${other[1]}; one interval of both would do.`;
  }
  return null;
}

/** A zone of the IANA database, such as Europe/Paris. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** @throws RangeError that says in a sentence which part is wrong and what would do */
export function readCalendar(calendar: Calendar): ReadCalendar {
  refuseNoZone(calendar.timeZone);
  return {
    timeZone: calendar.timeZone,
    week: weekdays.map((weekday) => readIntervals(weekday, calendar.weekly[weekday] ?? [])),
    holidays: new Set((calendar.holidays ?? []).map(dayNumberOf)),
    absences: mergeSpans((calendar.absences ?? []).map(({ from, to }) => readAbsence(from, to))),
  };
}

/** Intl tells as well, in 500 µs: too long for the calendars of a thousand members. */
function refuseNoZone(name: string): void {
  try {
    if (/^[A-Za-z+-]/.test(name)) return void Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
  } catch {
    // Said below.
  }
  throw new RangeError(`“${name}” is no time zone; a name such as Europe/Paris would do.`);
}

function readIntervals(weekday: string, intervals: readonly Interval[]): Span[] {
  const wrong = wrongIntervals(intervals);
  if (wrong) throw new RangeError(`${weekday}: ${wrong}`);
  return intervals
    .map(([from, to]) => ({ from: millisecondsOf(from), until: millisecondsOf(to) }))
    .sort((one, other) => one.from - other.from);
}

const millisecondsOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000;

function readAbsence(from: string, to: string): Span {
  const span = { from: epochMillisecondsOf(from), until: epochMillisecondsOf(to) };
  if (span.until < span.from) throw new RangeError(`The absence from ${from} ends before it begins, at ${to}.`);
  return span;
}

function epochMillisecondsOf(text: string): number {
  try {
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new RangeError(`“${text}” is no instant; one such as 2026-03-27T20:00:00Z would do.`);
  }
}

/** Days since 1970-01-01. @throws RangeError for text that is no day such as 2026-12-25 */
export function dayNumberOf(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (day === undefined || Number(day) < 1 || Number(day) > daysInMonth(Number(year), Number(month)))
    throw new RangeError(`“${text}” is no day; one such as 2026-12-25 would do.`);
  return dayNumber(Number(year), Number(month), Number(day));
}
