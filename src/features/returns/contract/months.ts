/** Months as the ledger writes them (`2026-03`), and their days. */

import { monthNumber, monthText } from '#engine/time/months.ts';
import { daysInMonth } from '#engine/values/calendarDay.ts';

export const monthOf = (day: string): string => day.slice(0, 7);
export const firstDayOf = (month: string): string => `${month}-01`;
export const lastDayOf = (month: string): string => `${month}-${daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))}`;
/** @param months may be negative */
export const monthsLater = (month: string, months: number): string => monthText(monthNumber(month)! + months);

/** From the first to the last, both included; none when they are the wrong way round. */
export function monthsBetween(first: string, last: string): string[] {
  const start = monthNumber(first)!;
  return Array.from({ length: Math.max(0, monthNumber(last)! - start + 1) }, (_, at) => monthText(start + at));
}

/** `2026-05` → `2026-Q2`. */
export const quarterOf = (month: string): string => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`;
/** `2026-Q2` → April, May, June. */
export function monthsOfQuarter(quarter: string): string[] {
  const first = `${quarter.slice(0, 4)}-${String((Number(quarter.slice(6)) - 1) * 3 + 1).padStart(2, '0')}`;
  return monthsBetween(first, monthsLater(first, 2));
}
