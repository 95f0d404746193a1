/** Time decay over many journeys. */

import { shareAmount } from './credit.ts';
import { decayFrom, type DecayTable } from './decay.ts';
import type { Journeys } from './journeys.ts';
import { creditRowEvenly, newEvenCredit, type Sums, type TouchGroups } from './tally-rows.ts';

/** Longer journeys are split by `shareAmount`: comparing all pairs of remainders takes the square of the length. */
const mostCompared = 128;

/** Larger values are split by `shareAmount`, so that whole units below fit 32 bits. */
const mostValue = 2 ** 31 - 1;

/** Remainders are compared as whole numbers of this part of a unit. */
const remainderSteps = 2 ** 30;

/**
 * The split of `creditJourney` and `shareAmount`, in doubles where these decide it for sure. A share of a value is computed
 * with an error of at most value × (touches + 2) × 2^−53; where that could change its whole units, or who gets one of the
 * units that are left, the row is split by `shareAmount`, exactly. So both always agree to the unit.
 *
 * One function of one loop, and comparisons by sign bits: steps apart and branches on which remainder is the larger took
 * twice the time.
 * @param rows to credit, each with a touch
 * @param times seconds of each touch
 */
export function creditDecay(
  journeys: Journeys,
  rows: Uint32Array,
  times: Uint32Array,
  groupOf: TouchGroups,
  table: DecayTable,
  sums: Sums,
): void {
  const { starts } = journeys;
  const split = newSplit(longest(journeys));
  const { weights, units, ranks, remainders } = split;
  const even = newEvenCredit();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const value = journeys.values[row] as number;
    const converted = journeys.conversions[row] as number;
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    const n = to - from;
    const youngest = times[to - 1] as number;
    if (n === 1 || times[from] === youngest) {
      creditRowEvenly(even, from, to, converted, value, groupOf, sums);
      continue;
    }
    let total = 1;
    weights[n - 1] = 1;
    for (let i = 0; i < n - 1; i++) total += weights[i] = decayFrom(table, (youngest - (times[from + i] as number)) >>> 0);

    const amount = Math.abs(value);
    const fits = n <= mostCompared && amount <= mostValue;
    const perWeight = amount / total;
    const off = 3 + ((amount * (n + 2) * (remainderSteps * 2 ** -52)) | 0);
    let left = amount;
    // Negative once a share is so near a whole number that its whole units are in doubt. Below one unit they are not: there
    // the error is as small as the share.
    let sure = fits ? 0 : -1;
    for (let i = 0; i < n && fits; i++) {
      const share = (weights[i] as number) * perWeight;
      const whole = share | 0;
      const remainder = ((share - whole) * remainderSteps) | 0;
      let rank = i;
      for (let j = 0; j < i; j++) {
        const ahead = ((remainders[j] as number) - remainder) >>> 31;
        ranks[j]! += ahead;
        rank -= ahead;
      }
      ranks[i] = rank;
      remainders[i] = remainder;
      units[i] = whole;
      left -= whole;
      sure |= (remainderSteps - off - remainder) | ((remainder - off) & (-whole >> 31));
    }
    if (sure < 0 || !orderIsSure(split, n, left, off)) {
      splitExactly(split, n, amount);
      left = 0;
    }
    const share = converted / total;
    const sign = value < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      const group = groupOf[from + i] as number;
      sums.conversions[group]! += (weights[i] as number) * share;
      sums.values[group]! += sign * ((units[i] as number) + (noneOrOne[((ranks[i] as number) - left) >>> 31] as number));
    }
  }
}

/** One journey being split. Filled anew for each, so that the loop allocates nothing. */
interface Split {
  readonly weights: Float64Array;
  /** Whole units of each touch, before the units left are given to the first in rank. */
  readonly units: Float64Array;
  readonly remainders: Int32Array;
  /** How many touches come before this one in the order of remainders; and who has which rank. */
  readonly ranks: Int32Array;
  readonly ranked: Int32Array;
}

const newSplit = (size: number): Split => ({
  weights: new Float64Array(size),
  units: new Float64Array(size),
  remainders: new Int32Array(size),
  ranks: new Int32Array(size),
  ranked: new Int32Array(size),
});

const noneOrOne = new Float64Array([0, 1]);

/** Whether it is sure who gets the units that are left, each remainder being off by at most `off`. */
function orderIsSure(split: Split, n: number, left: number, off: number): boolean {
  const { remainders, ranks, ranked } = split;
  if (left === 0) return true;
  for (let i = 0; i < n; i++) ranked[ranks[i] as number] = i;
  const least = remainders[ranked[left - 1] as number] as number;
  const next = remainders[ranked[left] as number] as number;
  return least - next > 2 * off || sameWeight(split, n, next - 2 * off, least + 2 * off);
}

/**
 * Remainders too close to tell apart: it is sure only where all of them belong to touches of one weight. Then they are
 * equal, and rank by position.
 */
function sameWeight({ weights, remainders }: Split, n: number, from: number, to: number): boolean {
  let weight = -1;
  for (let i = 0; i < n; i++) {
    const remainder = remainders[i] as number;
    if (remainder < from || remainder > to) continue;
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
