/** Periods of pay by their days: which begins when, and what people call it. */

import { dayNumberOf } from '#engine/calendar/reading.ts';
import { following, type Period, periodOf } from '#engine/payout/periods.ts';
import type { PeriodKind } from '#engine/payout/plan.ts';
import { dayText } from '#engine/values/calendarDay.ts';

/** First and last day, the engine's key (`2026-Q1`) and a name (`Q1 2026`, `March 2026`). */
export interface PayPeriod {
  readonly key: string;
  readonly start: string;
  readonly end: string;
  readonly label: string;
}

export const payPeriodOf = (day: string, kind: PeriodKind): PayPeriod => shown(periodOf(dayNumberOf(day), kind));
export const payPeriodAfter = (day: string, kind: PeriodKind): PayPeriod => shown(following(periodOf(dayNumberOf(day), kind)));
export const payPeriodBefore = (day: string, kind: PeriodKind): PayPeriod =>
  shown(periodOf(periodOf(dayNumberOf(day), kind).first - 1, kind));
/** Whether a period of this kind begins on the day. */
export const beginsPeriod = (day: string, kind: PeriodKind): boolean => payPeriodOf(day, kind).start === day;

/** The periods that begin from one day to another, both included, oldest first. */
export function payPeriodsFrom(first: string, last: string, kind: PeriodKind): PayPeriod[] {
  const periods: PayPeriod[] = [];
  for (let each = payPeriodOf(first, kind); each.start <= last; each = payPeriodAfter(each.start, kind)) periods.push(each);
  return periods;
}

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function shown({ key, first, last }: Period): PayPeriod {
  return { key, start: dayText(first), end: dayText(last), label: labelOf(key) };
}

export function labelOf(key: string): string {
  const [year = '', part = ''] = key.split('-');
  if (part === '') return year;
  return /^\d/.test(part) ? `${months[Number(part) - 1]} ${year}` : `${part} ${year}`;
}
