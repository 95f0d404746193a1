/** The working time of one calendar in one year, laid out so that questions are answered by binary search. */

import { dayNumber } from '../values/calendarDay.ts';
import type { ReadCalendar } from './reading.ts';
import { mergeSpans, withoutHoles } from './spans.ts';
import { type WallClock, wallClockBetween } from './wall-clock.ts';

export interface WorkingYear {
  readonly year: number;
  /** From the first instant of 1 January in the zone until that of the next. */
  readonly from: number;
  readonly until: number;
  /** Intervals in order; none touches the next. */
  readonly begins: Float64Array;
  readonly ends: Float64Array;
  /** Working milliseconds of the year up to each interval's end. */
  readonly sums: Float64Array;
  /** Days with working time, as day numbers, and when the last of it ends. */
  readonly days: Int32Array;
  readonly dayEnds: Float64Array;
  readonly clock: WallClock;
}

const dayMilliseconds = 86_400_000;

/** Pairs of numbers in order, as they are gathered. */
interface Gathered {
  readonly begins: number[];
  readonly ends: number[];
}

/** Takes 0.1 ms, a fifth of what it did with a list of spans a day: that is why it is written so plainly. */
export function workingYear(calendar: ReadCalendar, year: number): WorkingYear {
  const [first, next] = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
  const clock = wallClockBetween(calendar.timeZone, first * dayMilliseconds, next * dayMilliseconds);
  const [from, until] = [clock.instantOf(first * dayMilliseconds), clock.instantOf(next * dayMilliseconds)];
  const worked: Gathered = { begins: [], ends: [] };
  const [days, dayEnds]: [number[], number[]] = [[], []];
  // Where a clock leaves out the turn of the year, an interval can reach over it: the days beside are looked at too.
  for (let day = first - 1; day <= next; day++) {
    const end = gatherDay(worked, calendar, clock, day);
    if (end === null || day < first || day === next) continue;
    days.push(day);
    dayEnds.push(end);
  }
  return { year, from, until, ...laidOut(worked, from, until), days: Int32Array.from(days), dayEnds: Float64Array.from(dayEnds), clock };
}

/** Adds the working time of one day of the zone. @returns when the last of it ends; null when there is none */
function gatherDay(into: Gathered, { week, holidays, absences }: ReadCalendar, clock: WallClock, day: number): number | null {
  const intervals = week[weekdayOf(day)]!;
  if (intervals.length === 0 || holidays.has(day)) return null;
  const midnight = day * dayMilliseconds;
  let last: number | null = null;
  for (const interval of intervals) {
    const [opens, closes] = [midnight + interval.from, midnight + interval.until];
    const [from, until] = [clock.instantOf(opens), clock.instantOf(closes)];
    // Moved forward, both ends of an interval that the clock left out would enclose time it does not name.
    if (until <= from || (clock.isSkipped(opens) && clock.isSkipped(closes))) continue;
    for (const span of absences.length === 0 ? [{ from, until }] : withoutHoles({ from, until }, absences)) {
      into.begins.push(span.from);
      into.ends.push(span.until);
      last = last === null ? span.until : Math.max(last, span.until);
    }
  }
  return last;
}

/** Monday 0; 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Within the year, in order, those that touch made one, and summed up. */
function laidOut(worked: Gathered, from: number, until: number): Pick<WorkingYear, 'begins' | 'ends' | 'sums'> {
  const { begins, ends } = isApart(worked) ? worked : merged(worked);
  const inside: Gathered = { begins: [], ends: [] };
  for (let at = 0; at < begins.length; at++) {
    if (ends[at]! <= from || begins[at]! >= until) continue;
    inside.begins.push(Math.max(begins[at]!, from));
    inside.ends.push(Math.min(ends[at]!, until));
  }
  const sums = new Float64Array(inside.ends.length);
  for (let at = 0, sum = 0; at < sums.length; at++) sums[at] = sum += inside.ends[at]! - inside.begins[at]!;
  return { begins: Float64Array.from(inside.begins), ends: Float64Array.from(inside.ends), sums };
}

/** In order, and none touches the next: so it is but for nights, and days on which the clock leaves something out. */
function isApart({ begins, ends }: Gathered): boolean {
  for (let at = 1; at < begins.length; at++) if (begins[at]! <= ends[at - 1]!) return false;
  return true;
}

function merged({ begins, ends }: Gathered): Gathered {
  const spans = mergeSpans(begins.map((from, at) => ({ from, until: ends[at]! })));
  return { begins: spans.map(({ from }) => from), ends: spans.map(({ until }) => until) };
}

/** Index of the first interval that ends after `instant`; their number when none does. */
export function intervalAt({ ends }: WorkingYear, instant: number): number {
  return firstAbove(ends, instant);
}

/** Working milliseconds from the year's beginning to `instant`. */
export function workedBefore(year: WorkingYear, instant: number): number {
  const at = firstAbove(year.ends, instant);
  const before = at === 0 ? 0 : year.sums[at - 1]!;
  return at < year.begins.length && instant > year.begins[at]! ? before + instant - year.begins[at]! : before;
}

/** The instant at which so much of the year's working time is over; exactly an interval's end where one ends then. */
export function instantOfWorked(year: WorkingYear, worked: number): number {
  const at = firstAtLeast(year.sums, worked);
  return year.ends[at]! - (year.sums[at]! - worked);
}

export const wholeYear = ({ sums }: WorkingYear): number => sums.at(-1) ?? 0;

/** Index of the first value above `limit` of ascending values. */
export function firstAbove(values: Float64Array | Int32Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! > limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

function firstAtLeast(values: Float64Array, limit: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}
