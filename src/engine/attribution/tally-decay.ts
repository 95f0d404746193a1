/** Time decay over many journeys. */

import { shareAmount } from './credit.ts';
import { decayFrom, type DecayTable } from './decay.ts';
import type { Journeys } from './journeys.ts';
import { creditRowEvenly, type Sums, type TouchGroups } from './tally-rows.ts';

/** Longer journeys are split by `shareAmount`: comparing all pairs of remainders takes the square of the length. */
const mostCompared = 128;

/** Larger values are split by `shareAmount`, so that whole units below fit 32 bits. */
const mostValue = 2 ** 31 - 1;

/** Remainders are compared as whole numbers of this part of a unit. */
const remainderSteps = 2 ** 30;

/**
 * The split of `creditJourney` and `shareAmount`, in doubles where these decide it for sure. A share of a value is computed
 * with an error of at most value × (touches + 2) × 2^−53; where that could change who gets one of the units that are left,
 * the row is split by `shareAmount`, exactly. So both always agree to the unit.
 *
 * One function of one loop, and comparisons by sign bits: steps apart and branches on which remainder is the larger took
 * twice the time.
 * @param times seconds of each touch
 */
export function creditDecay(journeys: Journeys, times: Uint32Array, groupOf: TouchGroups, table: DecayTable, sums: Sums): void {
  const { count, starts, values, conversions } = journeys;
  const split = newSplit(longest(journeys));
  const { weights, units, ranks, remainders } = split;
  const { conversions: creditedConversions, values: creditedValues } = sums;
  const noneOrOne = new Float64Array([0, 1]);
  const evenUnits = new Float64Array(2);
  for (let row = 0, from = 0, to = starts[0] as number; row < count; row++) {
    from = to;
    to = (starts[row + 1] as number) | 0;
    const n = to - from;
    const value = values[row] as number;
    const converted = conversions[row] as number;
    if (n < 2 || times[from] === times[to - 1]) {
      creditRowEvenly(evenUnits, from, to, converted, value, groupOf, sums);
      continue;
    }
    const youngest = times[to - 1] as number;
    let total = 1;
    weights[n - 1] = 1;
    for (let i = 0; i < n - 1; i++) {
      const weight = decayFrom(table, (youngest - (times[from + i] as number)) >>> 0);
      weights[i] = weight;
      total += weight;
    }
    const amount = Math.abs(value);
    let left = amount | 0;
    // Turns negative where two remainders are too near each other for doubles. That a share may be taken for the whole number
    // just above or below it does no harm: its remainder is nearly 0 then or nearly 1, and those nearly 1 all get a unit,
    // since all remainders add up to the units left.
    let sure = n <= mostCompared && amount <= mostValue ? 0 : -1;
    if (sure === 0) {
      const perWeight = amount / total;
      const off = offBy(amount, n);
      for (let i = 0; i < n; i++) {
        const share = (weights[i] as number) * perWeight;
        const whole = share | 0;
        const remainder = ((share - whole) * remainderSteps) | 0;
        let rank = i;
        for (let j = 0; j < i; j++) {
          const above = (remainders[j] as number) - remainder;
          const ahead = above >>> 31;
          ranks[j]! += ahead;
          rank -= ahead;
          sure |= (above ^ (above >> 31)) - off;
        }
        ranks[i] = rank;
        remainders[i] = remainder;
        units[i] = whole;
        left -= whole;
      }
    }
    if (sure < 0 && !isSure(split, n, amount, left)) {
      splitExactly(split, n, amount);
      left = 0;
    }
    const share = converted / total;
    const sign = value < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      const group = groupOf[from + i] as number;
      creditedConversions[group]! += (weights[i] as number) * share;
      creditedValues[group]! += sign * ((units[i] as number) + (noneOrOne[((ranks[i] as number) - left) >>> 31] as number));
    }
  }
}

/** By how much, in steps, a remainder may be off, and two of them apart and yet the other way round. */
const offBy = (amount: number, n: number): number => 3 + ((amount * (n + 2) * (remainderSteps * 2 ** -51)) | 0);

/** One journey being split. Filled anew for each, so that the loop allocates nothing. */
interface Split {
  readonly weights: Float64Array;
  /** Whole units of each touch, before the units left are given to the first in rank. */
  readonly units: Float64Array;
  readonly remainders: Int32Array;
  /** How many touches come before this one in the order of remainders. */
  readonly ranks: Int32Array;
}

const newSplit = (size: number): Split => ({
  weights: new Float64Array(size),
  units: new Float64Array(size),
  remainders: new Int32Array(size),
  ranks: new Int32Array(size),
});

/**
 * A closer look at a row in doubt: it is sure where remainders too close to tell apart all get a unit or all get none, or
 * belong to touches of one weight (then they are equal, and rank by position).
 */
function isSure({ weights, remainders, ranks }: Split, n: number, amount: number, left: number): boolean {
  if (n > mostCompared || amount > mostValue) return false;
  const off = offBy(amount, n);
  let least = remainderSteps;
  let next = -1;
  for (let i = 0; i < n; i++) {
    const remainder = remainders[i] as number;
    if ((ranks[i] as number) < left) least = Math.min(least, remainder);
    else next = Math.max(next, remainder);
  }
  if (left === 0 || least - next > off) return true;
  let weight = -1;
  for (let i = 0; i < n; i++) {
    const remainder = remainders[i] as number;
    if (remainder < next - off || remainder > least + off) continue;
    if (weight >= 0 && weights[i] !== weight) return false;
    weight = weights[i] as number;
  }
  return true;
}

function splitExactly(split: Split, n: number, value: number): void {
  const parts = shareAmount(BigInt(value), Array.from(split.weights.subarray(0, n)));
  for (let i = 0; i < n; i++) split.units[i] = Number(parts[i]);
  split.ranks.fill(0, 0, n);
}

function longest({ count, starts }: Journeys): number {
  let most = 0;
  for (let row = 0; row < count; row++) {
    const touches = (starts[row + 1] as number) - (starts[row] as number);
    if (touches > most) most = touches;
  }
  return most;
}
