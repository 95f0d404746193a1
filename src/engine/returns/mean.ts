/** The average of amounts, with Student's interval. */

import { divideHalfEven } from '#engine/values/money.ts';
import { type Figure, type Range, told, untold } from './figure.ts';
import { normal975 } from './ratio.ts';

/** What a query can sum up, so that no amount needs to be fetched. */
export interface AmountSums {
  readonly count: number;
  /** In minor units. */
  readonly sum: bigint;
  readonly sumOfSquares: bigint;
}

export function sumsOf(amounts: Iterable<bigint>): AmountSums {
  let [count, sum, sumOfSquares] = [0, 0n, 0n];
  for (const amount of amounts) {
    count++;
    sum += amount;
    sumOfSquares += amount * amount;
  }
  return { count, sum, sumOfSquares };
}

/**
 * The average in minor units, halves to the even one, and its 95 % interval `mean ± t × s ÷ √n` (Student, 1908). Of
 * skewed amounts the interval is only roughly right below some thirty of them. It isn't taken below 0 where the
 * average is not: no customer of ours pays less than nothing on average.
 * @param nothing why there would be none: “no deal was won”
 */
export function meanAmount(sums: AmountSums, nothing: string): Figure<bigint> {
  if (sums.count === 0) return untold(nothing, 0);
  const mean = divideHalfEven(sums.sum, BigInt(sums.count));
  return told(mean, sums.count, rangeAround(mean, sums));
}

/** Null of one amount: it says nothing of how they differ. */
function rangeAround(mean: bigint, { count, sum, sumOfSquares }: AmountSums): Range<bigint> | null {
  if (count < 2) return null;
  // n² × (mean of squares − square of mean), exact, before anything is rounded
  const spread = Number(BigInt(count) * sumOfSquares - sum * sum);
  const by = BigInt(Math.round((studentT975(count - 1) * Math.sqrt(spread / (count - 1))) / count));
  return { low: mean >= 0n && by > mean ? 0n : mean - by, high: mean + by };
}

const table = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086,
  2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/**
 * 97.5 % quantile of Student's t: of the printed tables up to 30 degrees of freedom, above by the first terms of the
 * Cornish–Fisher expansion (right to 4 decimals there).
 * @param freedom degrees of freedom, whole, from 1
 */
export function studentT975(freedom: number): number {
  const z = normal975;
  return table[freedom - 1] ?? z + (z ** 3 + z) / (4 * freedom) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2);
}
