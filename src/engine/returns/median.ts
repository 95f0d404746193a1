/** Percentiles by nearest rank, with the interval that order statistics give: no shape is assumed. */

import { type Figure, type Range, told, untold } from './figure.ts';
import { normal975 } from './ratio.ts';

/** Above, the binomial is taken as normal. */
const mostSummed = 1000;

/**
 * The p-th percentile is the one at place ⌈p × n ÷ 100⌉ (PostgreSQL's `percentile_disc`). Its interval lies between
 * two places such that the true percentile is outside with at most 2.5 % on either side (binomial; W. J. Conover,
 * "Practical Nonparametric Statistics", 1999, 3.2); null with too few values to have such places.
 * @param values in any order
 * @param percent whole, above 0 and below 100
 * @param nothing why there would be none: “no deal was closed”
 */
export function percentileOf(values: ArrayLike<number>, percent: number, nothing: string): Figure<number> {
  if (values.length === 0) return untold(nothing, 0);
  const sorted = Float64Array.from(values).sort();
  const at = Math.max(1, Math.ceil((percent * sorted.length) / 100));
  return told(sorted[at - 1]!, sorted.length, rangeOf(sorted, percent));
}

export const medianOf = (values: ArrayLike<number>, nothing: string): Figure<number> => percentileOf(values, 50, nothing);

function rangeOf(sorted: Float64Array, percent: number): Range<number> | null {
  const [low, high] = places(sorted.length, percent / 100);
  return low < 1 || high > sorted.length ? null : { low: sorted[low - 1]!, high: sorted[high - 1]! };
}

/** The places, from 1, between which the percentile lies; outside 1..n where there are too few. */
export function places(n: number, p: number): [low: number, high: number] {
  if (n <= mostSummed) return [lastWithin(n, p), n + 1 - lastWithin(n, 1 - p)];
  const spread = normal975 * Math.sqrt(n * p * (1 - p));
  return [Math.floor(n * p - spread), Math.ceil(n * p + spread) + 1];
}

/** The greatest k with P(fewer than k of n lie below the percentile) ≤ 2.5 %; 0 when there is none. */
function lastWithin(n: number, p: number): number {
  let logTerm = n * Math.log(1 - p);
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    sum += Math.exp(logTerm);
    if (sum > 0.025) return k;
    logTerm += Math.log(((n - k) * p) / ((k + 1) * (1 - p)));
  }
  return n;
}
