/** What a customer costs, is worth, and when the cost is back. Amounts in minor units of one currency. */

import { exactFraction, type Fraction, fraction, inverse, numberOf, timesFraction } from '#engine/values/fraction.ts';
import { type Figure, type Range, told, untold } from './figure.ts';
import type { Rate } from './rates.ts';
import { countRange } from './ratio.ts';

export interface Acquisition {
  readonly cost: bigint;
  readonly customers: number;
}

/** All sales and marketing cost ÷ new customers. The caller lags the cost by the cycle where that is asked for. */
export const cacBlended = (acquisition: Acquisition): Figure<bigint> => costPerCustomer(acquisition, 'no customer was won');

/** Paid programme cost ÷ customers from paid. */
export const cacPaid = (acquisition: Acquisition): Figure<bigint> =>
  costPerCustomer(acquisition, 'no customer came from what was paid for');

/** The range: had chance brought as few or as many customers as their number allows (Poisson), at the same cost. */
function costPerCustomer({ cost, customers }: Acquisition, nothing: string): Figure<bigint> {
  if (cost < 0n) return untold('more was taken back than spent', customers);
  const { low, high } = countRange(customers);
  const each = (count: number): bigint => timesFraction(cost, inverse(exactFraction(count)));
  const range = { low: each(high), high: low === 0 ? null : each(low) };
  return customers === 0 ? untold(nothing, 0, range) : told(timesFraction(cost, fraction(1, customers)), customers, range);
}

export interface LifetimeParts {
  /** Average revenue an account and month. Null: there is no account. */
  readonly arpa: bigint | null;
  /** Share of revenue left after what delivering it costs. */
  readonly grossMargin: Fraction;
  /** Share of accounts that leave in a month. Null: there was no account. */
  readonly churn: Rate | null;
  /** Over how many months to say what an account brings where no end is in sight. */
  readonly horizonMonths: number;
}

export interface LifetimeValue extends Figure<bigint> {
  /** arpa × margin × months: what an account that stays so long brings. Null where that can't be told either. */
  readonly horizon: { readonly months: number; readonly value: bigint } | null;
}

/** ARPA × gross margin ÷ churn, rounded once. The range is that of churn alone. Without churn it is undefined. */
export function ltv({ arpa, grossMargin, churn, horizonMonths }: LifetimeParts): LifetimeValue {
  if (arpa === null) return { ...untold<bigint>('there is no account'), horizon: null };
  const horizon = { months: horizonMonths, value: timesFraction(BigInt(horizonMonths) * arpa, grossMargin) };
  if (churn === null) return { ...untold<bigint>('there was no account that could leave'), horizon };
  const at = (share: Fraction): bigint => timesFraction(arpa, grossMargin, inverse(share));
  const range = churn.range && turnedRound(churn.range, at);
  const figure =
    churn.exact.numerator === 0n ? untold('no account left, so no end is in sight', churn.n, range) : told(at(churn.exact), churn.n, range);
  return { ...figure, horizon };
}

/** The more leave, the less one brings. */
const turnedRound = ({ low, high }: Range<number>, at: (share: Fraction) => bigint): Range<bigint> => ({
  low: at(exactFraction(high ?? 1)),
  high: low === 0 ? null : at(exactFraction(low)),
});

/**
 * LTV ÷ CAC. Its range sets the lowest of one against the highest of the other and the other way round, so it is
 * wider than 95 %. Without either value it is not a number, for the same reason.
 */
export function ltvToCac(ltv: Figure<bigint>, cac: Figure<bigint>): Figure<number> {
  const n = leastOf(ltv.n, cac.n);
  if (ltv.value !== null && cac.value === 0n) return untold('customers cost nothing', n);
  const range = ratioRange(spanOf(ltv), spanOf(cac));
  if (ltv.value === null || cac.value === null) return { ...untold<number>('', n, range), reason: ltv.reason ?? cac.reason };
  return told(Number(ltv.value) / Number(cac.value), n, range);
}

/** CAC ÷ (ARPA × gross margin), in months. The range is that of the CAC. */
export function paybackMonths(cac: Figure<bigint>, arpa: bigint | null, grossMargin: Fraction): Figure<number> {
  if (arpa === null) return untold('there is no account', cac.n);
  const monthly = numberOf(grossMargin) * Number(arpa);
  if (monthly <= 0) return untold('an account brings no margin', cac.n);
  const months = (cost: bigint): number => Number(cost) / monthly;
  const range = cac.range && { low: months(cac.range.low), high: cac.range.high === null ? null : months(cac.range.high) };
  if (cac.value === null) return { ...untold<number>('', cac.n, range), reason: cac.reason };
  return told(months(cac.value), cac.n, range);
}

const leastOf = (a: number | null, b: number | null): number | null => (a === null || b === null ? (a ?? b) : Math.min(a, b));

/** A value without a range is its own. */
const spanOf = ({ value, range }: Figure<bigint>): Range<bigint> | null => range ?? (value === null ? null : { low: value, high: value });

function ratioRange(above: Range<bigint> | null, below: Range<bigint> | null): Range<number> | null {
  if (above === null || below === null) return null;
  const low = below.high === null ? 0 : Number(above.low) / Number(below.high);
  const high = above.high === null || below.low <= 0n ? null : Number(above.high) / Number(below.low);
  return { low, high };
}
