/** The one way an amount is shared out, so that the parts always add up to it. */

import { exactWeights, type Weight } from './weights.ts';

/**
 * Shares a whole amount by weights, by largest remainder (Hamilton's method): every part is the exact share cut to
 * a whole unit, and the units left go one each to the largest remainders, the earlier first where they are equal.
 * So the parts add up to the amount and each is less than one unit from its exact share. A negative amount is the
 * mirror of the positive one.
 * @param amount in any whole unit, such as minor units of a currency
 * @param weights from 0; a number counts as exactly the number it is
 * @returns a part for each weight, in order; null when the weights are all 0 or there is none, so that nobody can say whose it is
 * @throws RangeError for a weight that is negative, infinite or not a number
 */
export function allocate(amount: bigint, weights: readonly Weight[]): bigint[] | null {
  const exact = exactWeights(weights);
  const total = exact.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n) return null;
  const negative = amount < 0n;
  const parts = largestRemainder(negative ? -amount : amount, exact, total);
  return negative ? parts.map((part) => -part) : parts;
}

function largestRemainder(amount: bigint, weights: readonly bigint[], total: bigint): bigint[] {
  const parts = weights.map((weight) => (amount * weight) / total);
  let left = Number(amount - parts.reduce((sum, part) => sum + part, 0n));
  if (left === 0) return parts;
  const remainders = weights.map((weight) => (amount * weight) % total);
  const order = [...weights.keys()].sort((a, b) => descending(remainders[a]!, remainders[b]!) || a - b);
  for (const at of order) if (left-- > 0) parts[at]! += 1n;
  return parts;
}

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);
