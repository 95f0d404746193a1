/** Sums of many whole amounts without a big integer for each: numbers below 2^52, carried over before they could get inexact. */

const most = 2 ** 52;

export interface ExactSums {
  /** @param amount whole, within ±2^52 */
  add(at: number, amount: number): void;
  of(at: number): bigint;
  /** All of them, what is below 0 as 0. @throws RangeError for a sum that a number can't hold exactly */
  notNegative(): Float64Array;
}

export function makeExactSums(count: number): ExactSums {
  const low = new Float64Array(count);
  const high = new Map<number, bigint>();
  return {
    add(at, amount) {
      const sum = low[at]! + amount;
      if (sum < most && sum > -most) {
        low[at] = sum;
        return;
      }
      high.set(at, (high.get(at) ?? 0n) + BigInt(sum));
      low[at] = 0;
    },
    of: (at) => (high.get(at) ?? 0n) + BigInt(low[at]!),
    notNegative() {
      for (const [at, carried] of high) low[at] = exactNumber(carried + BigInt(low[at]!));
      high.clear();
      return low.map((sum) => (sum > 0 ? sum : 0));
    },
  };
}

/** Whether a number holds it exactly, with room to add. */
export const isExact = (amount: bigint): boolean => amount < BigInt(most) && amount > -BigInt(most);

/** @throws RangeError for an amount that a number can't hold exactly with room to add */
export function exactNumber(amount: bigint): number {
  if (isExact(amount)) return Number(amount);
  throw new RangeError(`${amount} minor units for one account are more than can be counted exactly; up to ${most} would be fine`);
}
