/** Working time: weekly intervals of a zone, holidays, and each member's leave and first day. */

import { addMonths, dayOf, easterOf, isoDay, offsetAtMidnight, secondsADay, weekdayOf } from './days.ts';
import { civilOf } from '../values/calendarDay.ts';

/** Intervals of a weekday in seconds since local midnight, in order. */
type Interval = readonly [from: number, to: number];

export interface Holiday {
  readonly day: number;
  readonly name: string;
}

export interface Calendar {
  readonly name: string;
  readonly timeZone: string;
  readonly baseHours: number;
  /** Monday first. */
  readonly weekly: readonly (readonly Interval[])[];
  readonly holidays: readonly Holiday[];
  readonly firstDay: number;
  /** UTC second of local midnight for each day from `firstDay`. */
  readonly midnights: Float64Array;
  /** 1 where the calendar works that day. */
  readonly open: Uint8Array;
}

const hours = (from: number, to: number): Interval => [from * 3600, to * 3600];
const berlinWeek = [1, 2, 3, 4].map(() => [hours(9, 12.5), hours(13.25, 17.75)]).concat([[hours(9, 12.5), hours(13, 16)]], [[], []]);
const lisbonWeek = [1, 2, 3, 4, 5].map(() => [hours(9, 13), hours(14, 18)]).concat([[], []]);

export function makeCalendars(firstDay: number, days: number): Calendar[] {
  const years: number[] = [];
  for (let year = civilOf(firstDay).year; year <= civilOf(firstDay + days).year; year++) years.push(year);
  return [
    calendarOf('Berlin', 'Europe/Berlin', 1, berlinWeek, years.flatMap(germanHolidays), firstDay, days),
    calendarOf('Lisbon', 'Europe/Lisbon', 0, lisbonWeek, years.flatMap(portugueseHolidays), firstDay, days),
  ];
}

function calendarOf(
  name: string,
  timeZone: string,
  baseHours: number,
  weekly: Interval[][],
  allHolidays: Holiday[],
  firstDay: number,
  days: number,
): Calendar {
  const holidays = allHolidays.filter(({ day }) => day >= firstDay && day < firstDay + days).sort((a, b) => a.day - b.day);
  const midnights = new Float64Array(days);
  const open = new Uint8Array(days);
  for (let i = 0; i < days; i++) {
    midnights[i] = (firstDay + i) * secondsADay - offsetAtMidnight(firstDay + i, baseHours);
    open[i] = (weekly[weekdayOf(firstDay + i)] as Interval[]).length > 0 ? 1 : 0;
  }
  for (const { day } of holidays) open[day - firstDay] = 0;
  return { name, timeZone, baseHours, weekly, holidays, firstDay, midnights, open };
}

function germanHolidays(year: number): Holiday[] {
  const easter = easterOf(year);
  return [
    { day: dayOf(year, 1, 1), name: 'New Year' },
    { day: easter - 2, name: 'Good Friday' },
    { day: easter + 1, name: 'Easter Monday' },
    { day: dayOf(year, 5, 1), name: 'Labour Day' },
    { day: easter + 39, name: 'Ascension Day' },
    { day: easter + 50, name: 'Whit Monday' },
    { day: dayOf(year, 10, 3), name: 'Day of German Unity' },
    { day: dayOf(year, 12, 25), name: 'Christmas Day' },
    { day: dayOf(year, 12, 26), name: 'Second Christmas Day' },
  ];
}

function portugueseHolidays(year: number): Holiday[] {
  const easter = easterOf(year);
  return [
    { day: dayOf(year, 1, 1), name: 'New Year' },
    { day: easter - 2, name: 'Good Friday' },
    { day: dayOf(year, 4, 25), name: 'Freedom Day' },
    { day: dayOf(year, 5, 1), name: 'Labour Day' },
    { day: easter + 60, name: 'Corpus Christi' },
    { day: dayOf(year, 6, 10), name: 'Portugal Day' },
    { day: dayOf(year, 8, 15), name: 'Assumption' },
    { day: dayOf(year, 10, 5), name: 'Republic Day' },
    { day: dayOf(year, 11, 1), name: 'All Saints' },
    { day: dayOf(year, 12, 1), name: 'Restoration of Independence' },
    { day: dayOf(year, 12, 8), name: 'Immaculate Conception' },
    { day: dayOf(year, 12, 25), name: 'Christmas Day' },
  ];
}

/** A calendar as one member keeps it: `off` is 1 on days of leave and before the first day. */
export interface WorkPlan {
  readonly calendar: Calendar;
  readonly off: Uint8Array;
}

/** Index into the calendar's days of the local day that holds an instant. */
export function dayIndexOf(calendar: Calendar, instant: number): number {
  const last = calendar.midnights.length - 1;
  let i = Math.floor((instant + calendar.baseHours * 3600) / secondsADay) - calendar.firstDay;
  if (i < 0) return 0;
  if (i >= last) return last;
  if ((calendar.midnights[i + 1] as number) <= instant) i++;
  return i;
}

/** The instant `seconds` of working time after `from`; the horizon's end when there is none. 0 seconds: the next working moment. */
export function afterWorking(plan: WorkPlan, from: number, seconds: number): number {
  const { calendar, off } = plan;
  let left = seconds;
  for (let i = dayIndexOf(calendar, from); i < calendar.midnights.length; i++) {
    if (calendar.open[i] === 0 || off[i] === 1) continue;
    const midnight = calendar.midnights[i] as number;
    for (const [opens, closes] of calendar.weekly[weekdayOf(calendar.firstDay + i)] as readonly Interval[]) {
      const start = Math.max(from, midnight + opens);
      const room = midnight + closes - start;
      if (room <= left) {
        if (room > 0) left -= room;
        continue;
      }
      return start + left;
    }
  }
  return (calendar.midnights[calendar.midnights.length - 1] as number) + secondsADay;
}

/** Working seconds of a member on the days from `fromDay` to `toDay` (exclusive). */
export function workingSeconds(plan: WorkPlan, fromDay: number, toDay: number): number {
  let sum = 0;
  for (let i = fromDay - plan.calendar.firstDay; i < toDay - plan.calendar.firstDay; i++) {
    if (plan.calendar.open[i] !== 1 || plan.off[i] === 1) continue;
    for (const [opens, closes] of plan.calendar.weekly[weekdayOf(plan.calendar.firstDay + i)] as readonly Interval[]) sum += closes - opens;
  }
  return sum;
}

/** Days of a month's end, for batches: the last local midday of the month that holds `day`. */
export function lastDaysOfMonth(day: number): number {
  const { year, month } = civilOf(day);
  return addMonths(dayOf(year, month, 1), 1) - 1;
}

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(2, '0')}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}`;
const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A calendar as `calendar.json` states it. */
export function describeCalendar(calendar: Calendar): object {
  return {
    name: calendar.name,
    timeZone: calendar.timeZone,
    weekly: Object.fromEntries(
      calendar.weekly.map((intervals, i) => [weekdayNames[i], intervals.map(([from, to]) => [clock(from), clock(to)])]),
    ),
    holidays: calendar.holidays.map(({ day, name }) => ({ day: isoDay(day), name })),
  };
}
