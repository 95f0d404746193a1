/** Time decay over many journeys. */

import { shareAmount } from './credit.ts';
import { decayFrom, type DecayTable } from './decay.ts';
import type { Journeys } from './journeys.ts';
import { creditRowEvenly, type Sums, type TouchGroups } from './tally-rows.ts';

/** Longer journeys are split by `shareAmount`: picking the largest remainders one by one takes the square of the length. */
const mostPicked = 64;

/** Relative error of one operation on doubles (IEEE 754, rounded to nearest). */
const roundOff = 2 ** -53;

/**
 * The split of `creditJourney` and `shareAmount`, in doubles where these decide it for sure. A share is computed with a
 * relative error of at most (touches + 2) × 2^−53; where that could change a whole unit or who gets one of those left, the
 * row is split by `shareAmount`, exactly. So both always agree to the unit.
 * @param times seconds of each touch
 */
export function creditDecay(journeys: Journeys, times: Uint32Array, groupOf: TouchGroups, table: DecayTable, sums: Sums): void {
  const { count, starts, conversions, values } = journeys;
  const weights = new Float64Array(longest(journeys));
  const split: Split = { weights, units: new Float64Array(weights.length), remainders: new Float64Array(weights.length) };
  for (let row = 0; row < count; row++) {
    const value = values[row] as number;
    const converted = conversions[row] as number;
    if (value === 0 && converted === 0) continue;
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    if (from === to) continue;
    const youngest = times[to - 1] as number;
    if (times[from] === youngest) {
      creditRowEvenly(from, to, converted, value, groupOf, sums);
      continue;
    }
    let total = 0;
    for (let i = from; i < to; i++) total += weights[i - from] = decayFrom(table, youngest - (times[i] as number));
    const perWeight = converted / total;
    for (let i = from; i < to; i++) sums.conversions[groupOf[i] as number]! += (weights[i - from] as number) * perWeight;
    if (value === 0) continue;
    const sign = value < 0 ? -1 : 1;
    if (!splitSurely(split, to - from, value * sign, total)) splitExactly(split, to - from, value * sign);
    for (let i = from; i < to; i++) sums.values[groupOf[i] as number]! += (split.units[i - from] as number) * sign;
  }
}

/** One journey being split; filled anew for each, so that the loop allocates nothing. */
interface Split {
  readonly weights: Float64Array;
  readonly units: Float64Array;
  readonly remainders: Float64Array;
}

/** False where doubles can't decide it. */
function splitSurely({ weights, units, remainders }: Split, n: number, value: number, total: number): boolean {
  if (n > mostPicked) return false;
  const perWeight = value / total;
  const relative = (n + 2) * roundOff;
  let left = value;
  for (let i = 0; i < n; i++) {
    const share = (weights[i] as number) * perWeight;
    const whole = Math.floor(share);
    const remainder = share - whole;
    const off = share * relative;
    if (remainder > 1 - off || (remainder < off && whole > 0)) return false;
    units[i] = whole;
    remainders[i] = remainder;
    left -= whole;
  }
  let least = 1;
  for (; left > 0; left--) {
    const best = largest(remainders, n);
    least = remainders[best] as number;
    units[best]! += 1;
    remainders[best] = -1 - least;
  }
  const next = remainders[largest(remainders, n)] as number;
  const off = 2 * value * relative;
  return least - next > off || sameWeight(weights, remainders, n, next + off, least - off);
}

/**
 * Remainders too close to tell apart: sure only where all of them belong to touches of one weight. Then they are equal, and
 * the earlier touches have been picked. Picked ones are up to `picked`, others from `passed`.
 */
function sameWeight(weights: Float64Array, remainders: Float64Array, n: number, picked: number, passed: number): boolean {
  let weight = -1;
  for (let i = 0; i < n; i++) {
    const remainder = remainders[i] as number;
    const near = remainder < 0 ? -1 - remainder <= picked : remainder >= passed;
    if (!near) continue;
    if (weight >= 0 && weights[i] !== weight) return false;
    weight = weights[i] as number;
  }
  return true;
}

/** Position of the largest number, the earlier where equal. */
function largest(numbers: Float64Array, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++) if ((numbers[i] as number) > (numbers[best] as number)) best = i;
  return best;
}

function splitExactly({ weights, units }: Split, n: number, value: number): void {
  const parts = shareAmount(BigInt(value), Array.from(weights.subarray(0, n)));
  for (let i = 0; i < n; i++) units[i] = Number(parts[i]);
}

function longest({ count, starts }: Journeys): number {
  let most = 0;
  for (let row = 0; row < count; row++) most = Math.max(most, (starts[row + 1] as number) - (starts[row] as number));
  return most;
}
