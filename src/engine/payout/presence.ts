/** Who was there when: days present, and what of a quota, a target, a floor, a cap or a draw is left by them and by the ramp. */

import { dayNumberOf } from '../calendar/reading.ts';
import { monthOfDay } from '../time/months.ts';
import { divideHalfEven } from '../values/money.ts';
import type { Fraction } from '../values/fraction.ts';
import type { Employment } from './evidence.ts';
import type { Payee, Plan } from './plan.ts';
import { type Period, periodOf } from './periods.ts';
import { percentUnits, wholePercent } from './quantity.ts';

/** Days since 1970-01-01; null where there is no such day. */
export interface Stay {
  readonly first: number | null;
  readonly last: number | null;
  /** Without overlaps, in order; both ends included. */
  readonly away: readonly { readonly from: number; readonly until: number }[];
}

export function stayOf(payee: Payee, employment: Employment | undefined): Stay {
  const day = (own: string | null | undefined, plan: string | null): number | null => {
    const text = own ?? plan;
    return text === null ? null : dayNumberOf(text);
  };
  return {
    first: day(employment?.startedOn, payee.startedOn),
    last: day(employment?.endedOn, payee.endedOn),
    away: joined((employment?.away ?? []).map(({ from, until }) => ({ from: dayNumberOf(from), until: dayNumberOf(until) }))),
  };
}

function joined(spans: readonly { from: number; until: number }[]): { from: number; until: number }[] {
  const whole: { from: number; until: number }[] = [];
  for (const span of spans.toSorted((one, other) => one.from - other.from)) {
    const last = whole.at(-1);
    if (last && span.from <= last.until + 1) last.until = Math.max(last.until, span.until);
    else whole.push({ ...span });
  }
  return whole;
}

/** Days present among those from one to another, both included. */
export function daysPresent({ first, last, away }: Stay, from: number, until: number): number {
  const [begin, end] = [Math.max(from, first ?? from), Math.min(until, last ?? until)];
  const gone = away.reduce((sum, span) => sum + Math.max(0, Math.min(end, span.until) - Math.max(begin, span.from) + 1), 0);
  return Math.max(0, end - begin + 1 - gone);
}

/** Whether what counts on a day is credited: from the first day to the last, and so many days after it. */
export const isCredited = ({ first, last }: Stay, day: number, daysAfterLeaving: number): boolean =>
  (first === null || day >= first) && (last === null || day <= last + daysAfterLeaving);

/** An amount of a period for the days present in it, rounded once; under `none` all of it for who was there at all. */
export function byDays(amount: bigint, stay: Stay, { first, last }: Pick<Period, 'first' | 'last'>, proration: Plan['proration']): bigint {
  const present = daysPresent(stay, first, last);
  if (present === last - first + 1 || (proration === 'none' && present > 0)) return amount;
  return divideHalfEven(amount * BigInt(present), BigInt(last - first + 1));
}

/**
 * A quota after ramp and days, rounded once: quota × Σ over the window's months (days present × ramp) ÷ days. Where
 * nothing is left of it, nobody was there, and the whole quota stands: there must be something to measure by.
 */
export function quotaLeft(
  quota: bigint,
  { ramp }: Payee,
  stay: Stay,
  window: Pick<Period, 'first' | 'last'>,
  proration: Plan['proration'],
): bigint {
  const { numerator, denominator } = shareLeft(ramp, stay, window, proration);
  return divideHalfEven(quota * numerator, denominator) || quota;
}

function shareLeft(
  ramp: readonly string[],
  stay: Stay,
  { first, last }: Pick<Period, 'first' | 'last'>,
  proration: Plan['proration'],
): Fraction {
  const days = BigInt(last - first + 1);
  let numerator = 0n;
  for (let month = periodOf(first, 'month'); month.first <= last; month = periodOf(month.last + 1, 'month')) {
    const present = proration === 'days' ? daysPresent(stay, month.first, month.last) : month.last - month.first + 1;
    numerator += BigInt(present) * rampOf(ramp, stay, month.first);
  }
  return { numerator, denominator: days * wholePercent };
}

/** The start's own month is the first. */
function rampOf(ramp: readonly string[], { first }: Stay, day: number): bigint {
  if (first === null) return wholePercent;
  const share = ramp[Math.max(0, monthOfDay(day) - monthOfDay(first))];
  return share === undefined ? wholePercent : percentUnits(share);
}

/** Which period of somebody's time this is, the start's own the first; null when nobody knows the start. */
export function tenure({ first }: Stay, { kind, first: from }: Period): number | null {
  if (first === null) return null;
  const start = periodOf(first, kind).first;
  const months = monthOfDay(from) - monthOfDay(start);
  return months / { month: 1, quarter: 3, half: 6, year: 12 }[kind] + 1;
}
