/** The days on which a recurring cost falls due. */

import { dayNumber, dayText, daysInMonth } from '#engine/values/calendarDay.ts';

export const rhythms = { month: 1, quarter: 3, year: 12 } as const;
export type Rhythm = keyof typeof rhythms;

export interface Recurrence {
  readonly every: Rhythm;
  /** 1..31; in a shorter month its last day. */
  readonly dayOfMonth: number;
  /** `YYYY-MM-DD`, both among the days. */
  readonly from: string;
  readonly to: string;
}

/** First on the first such day of a month from the beginning on, then every month, quarter or year. */
export function dueDays({ every, dayOfMonth, from, to }: Recurrence): string[] {
  const start = monthOf(from);
  const days: string[] = [];
  for (let month = dayIn(start, dayOfMonth) >= from ? start : start + 1; ; month += rhythms[every]) {
    const day = dayIn(month, dayOfMonth);
    if (day > to) return days;
    days.push(day);
  }
}

/** year × 12 + month − 1. */
const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

function dayIn(month: number, dayOfMonth: number): string {
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  return dayText(dayNumber(year, ofYear, Math.min(dayOfMonth, daysInMonth(year, ofYear))));
}
