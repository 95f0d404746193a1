/** Business time: when somebody works, when so much of it is over, and how much lies between two moments. */

import { civilOf } from '../values/calendarDay.ts';
import type { Absence, Calendar } from './calendar.ts';
import { dayNumberOf, type ReadCalendar, readCalendar } from './reading.ts';
import { firstAbove, instantOfWorked, intervalAt, wholeYear, workedBefore, type WorkingYear, workingYear } from './working-year.ts';

/** Instants and durations are milliseconds (since 1970-01-01T00:00Z); business time is real elapsed time inside the intervals. */
export interface WorkingTime {
  /**
   * The first instant from `startMs` on at which `workingMs` of working time have passed since: `startMs` itself
   * for none, and exactly the end of an interval where it is reached there.
   * @returns null when that isn't within 200 years, or 20 years pass without any working time
   */
  deadline(startMs: number, workingMs: number): number | null;
  /** Working time between two instants; 0 when the second isn't later. */
  elapsed(fromMs: number, toMs: number): number;
  isOpen(atMs: number): boolean;
  /** The first instant from `atMs` on that is working time, `atMs` itself when it is; null as for `deadline`. */
  nextOpening(atMs: number): number | null;
  /**
   * When the n-th working day after the day of the start ends. For 0: the start's own day if there is working
   * time left of it, else the next working day. Null as for `deadline`.
   */
  endOfWorkingDay(startMs: number, n: number): number | null;
  /** Whether there is working time on that day (`YYYY-MM-DD` of the zone), leave taken off. */
  isWorkingDay(day: string): boolean;
  /** Working days from one day to another, both included. */
  workingDays(fromDay: string, toDay: string): number;
}

const dayMilliseconds = 86_400_000;
const mostYears = 200;
const mostIdleYears = 20;

/**
 * Nothing is computed before it is asked for; then a year at a time (0.1 ms), and from then on by binary search
 * (less than 1 µs a question).
 * @throws RangeError that says in a sentence which part of the calendar is wrong and what would do
 */
export function compileCalendar(calendar: Calendar): WorkingTime {
  const years = yearsOf(readCalendar(calendar));
  return {
    deadline: (startMs, workingMs) => deadline(years, instant(startMs), duration(workingMs)),
    elapsed: (fromMs, toMs) => elapsed(years, instant(fromMs), instant(toMs)),
    isOpen: (atMs) => isOpen(years, instant(atMs)),
    nextOpening: (atMs) => nextOpening(years, instant(atMs)),
    endOfWorkingDay: (startMs, n) => endOfWorkingDay(years, instant(startMs), n),
    isWorkingDay: (day) => countDays(years, dayNumberOf(day), dayNumberOf(day)) === 1,
    workingDays: (fromDay, toDay) => countDays(years, dayNumberOf(fromDay), dayNumberOf(toDay)),
  };
}

/** The same calendar with further absences: a member's leave, an outage, a pause. They may overlap. */
export const withAbsences = (calendar: Calendar, absences: readonly Absence[]): Calendar =>
  absences.length === 0 ? calendar : { ...calendar, absences: [...(calendar.absences ?? []), ...absences] };

// ── years, made when they are first needed ──────────────────────────────────

interface Years {
  numbered(year: number): WorkingYear;
  holding(instant: number): WorkingYear;
}

function yearsOf(calendar: ReadCalendar): Years {
  const made = new Map<number, WorkingYear>();
  let last: WorkingYear | undefined;
  const numbered = (year: number): WorkingYear => {
    let found = made.get(year);
    if (!found) made.set(year, (found = workingYear(calendar, year)));
    return found;
  };
  const holding = (at: number): WorkingYear => {
    if (last && at >= last.from && at < last.until) return last;
    // The year in UTC is the year of the zone but for the hours around the turn.
    let year = numbered(civilOf(Math.floor(at / dayMilliseconds)).year);
    while (at < year.from) year = numbered(year.year - 1);
    while (at >= year.until) year = numbered(year.year + 1);
    return (last = year);
  };
  return { numbered, holding };
}

// ── questions ───────────────────────────────────────────────────────────────

function deadline(years: Years, start: number, working: number): number | null {
  if (working === 0) return start;
  let year = years.holding(start);
  const first = year.year;
  let worked = workedBefore(year, start) + working;
  for (let idle = 0; worked > wholeYear(year); year = years.numbered(year.year + 1)) {
    idle = wholeYear(year) === 0 ? idle + 1 : 0;
    if (idle > mostIdleYears || year.year - first >= mostYears) return null;
    worked -= wholeYear(year);
  }
  return instantOfWorked(year, worked);
}

function elapsed(years: Years, from: number, to: number): number {
  if (to <= from) return 0;
  const [first, last] = [years.holding(from), years.holding(to)];
  let sum = workedBefore(last, to) - workedBefore(first, from);
  for (let year = first.year; year < last.year; year++) sum += wholeYear(years.numbered(year));
  return sum;
}

function isOpen(years: Years, at: number): boolean {
  const year = years.holding(at);
  const interval = intervalAt(year, at);
  return interval < year.begins.length && year.begins[interval]! <= at;
}

function nextOpening(years: Years, at: number): number | null {
  let year = years.holding(at);
  for (let idle = 0; idle <= mostIdleYears; idle++, year = years.numbered(year.year + 1)) {
    const interval = intervalAt(year, at);
    if (interval < year.begins.length) return Math.max(at, year.begins[interval]!);
  }
  return null;
}

function endOfWorkingDay(years: Years, start: number, n: number): number | null {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${n} is no number of working days; a whole number from 0 would do.`);
  const own = years.holding(start);
  const today = Math.floor(own.clock.wallOf(start) / dayMilliseconds);
  const after = firstAbove(own.days, today);
  const left = n === 0 && after > 0 && own.days[after - 1] === today && own.dayEnds[after - 1]! > start;
  if (left) return own.dayEnds[after - 1]!;
  return dayEndFrom(years, own, after + Math.max(n, 1) - 1);
}

/** The end of the working day that stands at `at` when days are counted on from those of `year`. */
function dayEndFrom(years: Years, from: WorkingYear, at: number): number | null {
  let [year, left] = [from, at];
  for (let idle = 0; left >= year.days.length; year = years.numbered(year.year + 1)) {
    idle = year.days.length === 0 ? idle + 1 : 0;
    if (idle > mostIdleYears || year.year - from.year >= mostYears) return null;
    left -= year.days.length;
  }
  return year.dayEnds[left]!;
}

function countDays(years: Years, from: number, to: number): number {
  if (to < from) return 0;
  const [first, last] = [civilOf(from).year, civilOf(to).year];
  let count = firstAbove(years.numbered(last).days, to) - firstAbove(years.numbered(first).days, from - 1);
  for (let year = first; year < last; year++) count += years.numbered(year).days.length;
  return count;
}

function instant(milliseconds: number): number {
  if (Number.isFinite(milliseconds)) return milliseconds;
  throw new RangeError(`${milliseconds} is no instant; milliseconds since 1970 would do.`);
}

function duration(milliseconds: number): number {
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  throw new RangeError(`${milliseconds} is no working time; milliseconds from 0 would do.`);
}
