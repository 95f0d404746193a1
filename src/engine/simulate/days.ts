/**
 * Days and zones in integer arithmetic. A day is the number of days since 1970-01-01, an instant the
 * number of seconds since then in UTC. The two zones of the sample company keep the European rule for
 * summer time (Directive 2000/84/EC), which is computed here, so no zone table of a machine matters.
 */

import { civilOf } from '../values/calendarDay.ts';

export const secondsADay = 86400;

/** Day of a civil date; Howard Hinnant, “chrono-compatible low-level date algorithms”. */
export function dayOf(year: number, month: number, dayOfMonth: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** 0 Monday … 6 Sunday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

const two = (n: number): string => (n < 10 ? `0${n}` : `${n}`);

/** `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  const { year, month, dayOfMonth } = civilOf(day);
  return `${`000${year}`.slice(-4)}-${two(month)}-${two(dayOfMonth)}`;
}

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export function isoInstant(instant: number): string {
  const day = Math.floor(instant / secondsADay);
  const s = instant - day * secondsADay;
  return `${isoDay(day)}T${two(Math.floor(s / 3600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}Z`;
}

/** Reads `YYYY-MM-DD`; undefined when it is no day. */
export function parseDay(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return undefined;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return isoDay(day) === text ? day : undefined;
}

/** The same day of the month, `months` later; the month's last day where it has no such day. */
export function addMonths(day: number, months: number): number {
  const { year, month, dayOfMonth } = civilOf(day);
  const count = year * 12 + (month - 1) + months;
  const toYear = Math.floor(count / 12);
  const toMonth = count - toYear * 12 + 1;
  return dayOf(toYear, toMonth, Math.min(dayOfMonth, daysInMonth(toYear, toMonth)));
}

/** Whole months from one day to a later one. */
export function monthsBetween(fromDay: number, toDay: number): number {
  const from = civilOf(fromDay);
  const to = civilOf(toDay);
  return (to.year - from.year) * 12 + to.month - from.month - (to.dayOfMonth < from.dayOfMonth ? 1 : 0);
}

export function daysInMonth(year: number, month: number): number {
  return dayOf(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1) - dayOf(year, month, 1);
}

/** Easter Sunday, Meeus/Jones/Butcher. */
export function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOf(year, Math.floor(n / 31), (n % 31) + 1);
}

/** Seconds east of UTC at local midnight of `day` in a zone of `baseHours` with European summer time. */
export function offsetAtMidnight(day: number, baseHours: number): number {
  const { year } = civilOf(day);
  const summer = day > lastSundayOf(year, 3) && day <= lastSundayOf(year, 10);
  return (baseHours + (summer ? 1 : 0)) * 3600;
}

function lastSundayOf(year: number, month: number): number {
  const last = dayOf(year, month, daysInMonth(year, month));
  return last - ((weekdayOf(last) + 1) % 7);
}
