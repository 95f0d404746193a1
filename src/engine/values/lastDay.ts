/** The last day of the period a cell names: of a day, or of the week, month, quarter or year that it begins or names. */

import { dayNumber, dayText, daysInMonth } from './calendarDay.ts';
import { readDay, type DateReading } from './dates.ts';
import { Refused } from './outcome.ts';
import { shortened } from './text.ts';

export type PeriodUnit = 'day' | 'week' | 'month' | 'quarter' | 'year';

const monthsOf = { month: 1, quarter: 3, year: 12 } as const;
/** “Mon, Jan 5, 2026”: the name of the weekday says nothing that the day doesn't. */
const weekday = /^\p{L}{2,10}\.?, (?=\p{L}|\d)/u;

/**
 * `YYYY-MM-DD`. A week is the seven days from the day in the cell; of month, quarter and year the cell may also hold
 * the name: “2026-01”, “January 2026”, “2026-Q1”, “Q1 2026”, “2026”.
 */
export function readLastDay(text: string, unit: PeriodUnit, reading: DateReading): string | Refused {
  const first = readDay(named(text.replace(weekday, ''), unit), reading);
  if (first instanceof Refused) {
    return unit === 'day' || unit === 'week'
      ? first
      : new Refused(`“${shortened(text)}” is no ${unit}; write its first day, like 2026-01-01`);
  }
  if (unit === 'day') return first;
  const [year = 0, month = 0, day = 0] = first.split('-').map(Number);
  if (unit === 'week') return dayText(dayNumber(year, month, day) + 6);
  const length = monthsOf[unit];
  const lastMonth = Math.floor((month - 1) / length) * length + length;
  return dayText(dayNumber(year, lastMonth, daysInMonth(year, lastMonth)));
}

/** The first day of a period given by name; any other text as it is. */
function named(text: string, unit: PeriodUnit): string {
  if (unit === 'year' && /^\d{4}$/.test(text)) return `${text}-01-01`;
  if (unit === 'quarter') {
    const [year, quarter] =
      /^(\d{4})[- ]?Q([1-4])$/i.exec(text)?.slice(1) ?? /^Q([1-4])[- /]?(\d{4})$/i.exec(text)?.slice(1).reverse() ?? [];
    if (year !== undefined && quarter !== undefined) return `${year}-${String(Number(quarter) * 3 - 2).padStart(2, '0')}-01`;
  }
  if (/^\d{4}-\d{1,2}$/.test(text)) return `${text}-01`;
  return text.replace(/^(\p{L}{3,9}\.?),? (\d{4})$/u, '$1 1, $2');
}

/** Days of a range, both ends counted. */
export function daysBetween(start: string, end: string): number {
  const numberOf = (day: string): number => {
    const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
    return dayNumber(year, month, dayOfMonth);
  };
  return numberOf(end) - numberOf(start) + 1;
}
