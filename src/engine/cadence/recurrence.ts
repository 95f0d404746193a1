/** When a series meets: days by a rule, each at a wall time of its zone, moved or left out where nobody works. */

import { dayNumber, dayText, daysInMonth, civilOf } from '../values/calendarDay.ts';
import type { Zone } from '../values/zone.ts';
import { weekdays, type Weekday } from '../calendar/calendar.ts';

/** Which days of a month or a quarter: the nth such weekday counted from the front, or from the end. */
export type Nth = 1 | 2 | 3 | 4 | 'last';

export type Recurrence =
  | { readonly every: 'day'; readonly weekdays: readonly Weekday[] }
  /** Every so many weeks, counted from the week of `startsOn`. */
  | { readonly every: 'week'; readonly interval: number; readonly weekday: Weekday }
  | { readonly every: 'month'; readonly nth: Nth; readonly weekday: Weekday }
  /** In the month of a quarter, 1 to 3: the quarterly contract in its first, say. */
  | { readonly every: 'quarter'; readonly month: 1 | 2 | 3; readonly nth: Nth; readonly weekday: Weekday };

export interface SeriesTimes {
  readonly recurrence: Recurrence;
  /** First day on which it may meet. */
  readonly startsOn: string;
  /** Last day, or for ever. */
  readonly endsOn: string | null;
  /** Wall time `HH:MM` in the zone. */
  readonly at: string;
  /** What happens to a day on which nobody works. */
  readonly onDayOff: 'skip' | 'nextWorkingDay' | 'keep';
}

export interface Occurrence {
  /** The day the rule names: it identifies the occurrence, wherever it was moved to. */
  readonly ruleDay: string;
  /** The day it takes place. */
  readonly day: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
}

/** How far a meeting is moved to find a working day, before it is left out. */
const furthestDays = 14;

/**
 * The occurrences whose rule days lie from one day to another, both included, in order.
 * @param isDayOff whether nobody works on a day (`YYYY-MM-DD`)
 */
export function occurrencesBetween(
  times: SeriesTimes,
  zone: Zone,
  range: { readonly from: string; readonly to: string },
  isDayOff: (day: string) => boolean,
): Occurrence[] {
  const found: Occurrence[] = [];
  const first = later(range.from, times.startsOn);
  const last = times.endsOn === null ? range.to : earlier(range.to, times.endsOn);
  for (let day = numberOf(first); day <= numberOf(last); day++) {
    if (!isRuleDay(times, day)) continue;
    const ruleDay = dayText(day);
    const takesPlace = placeOf(times, ruleDay, isDayOff);
    if (takesPlace)
      found.push({ ruleDay, day: takesPlace, startsAt: zone.instantOf(numberOf(takesPlace) * dayMilliseconds + wallOf(times.at)) });
  }
  return found;
}

const dayMilliseconds = 86_400_000;

function isRuleDay({ recurrence, startsOn }: SeriesTimes, day: number): boolean {
  const weekday = weekdayOf(day);
  if (recurrence.every === 'day') return recurrence.weekdays.includes(weekday);
  if (weekday !== recurrence.weekday) return false;
  if (recurrence.every === 'week') return (mondayOf(day) - mondayOf(numberOf(startsOn))) % (7 * recurrence.interval) === 0;
  if (recurrence.every === 'quarter' && ((civilOf(day).month - 1) % 3) + 1 !== recurrence.month) return false;
  return isNth(day, recurrence.nth);
}

function isNth(day: number, nth: Nth): boolean {
  const { year, month, dayOfMonth } = civilOf(day);
  if (nth === 'last') return dayOfMonth + 7 > daysInMonth(year, month);
  return Math.ceil(dayOfMonth / 7) === nth;
}

/** Where it takes place; null where it is left out. */
function placeOf({ onDayOff }: SeriesTimes, ruleDay: string, isDayOff: (day: string) => boolean): string | null {
  if (onDayOff === 'keep' || !isDayOff(ruleDay)) return ruleDay;
  if (onDayOff === 'skip') return null;
  for (let days = 1; days <= furthestDays; days++) {
    const day = dayText(numberOf(ruleDay) + days);
    if (!isDayOff(day)) return day;
  }
  return null;
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): Weekday => weekdays[(((day + 3) % 7) + 7) % 7]!;
const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

function numberOf(day: string): number {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  return dayNumber(year, month, dayOfMonth);
}

function wallOf(at: string): number {
  const [hours, minutes] = at.split(':').map(Number) as [number, number];
  return (hours * 60 + minutes) * 60_000;
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);
