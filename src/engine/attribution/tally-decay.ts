/** Time decay over many journeys. */

import { shareAmount } from './credit.ts';
import { decayFrom, type DecayTable } from './decay.ts';
import type { Journeys } from './journeys.ts';
import type { SameLength } from './tally-blocks.ts';
import { creditEvenly, type Sums, type TouchGroups } from './tally-rows.ts';

/** Rows with more touches are split by `shareAmount`: a key has room for so many positions. */
const mostTouches = 128;

/** Larger values are split by `shareAmount`: errors of doubles would show in the remainders. */
const mostValue = 2 ** 31 - 1;

/** Up to here, putting all keys in order is quicker than looking for the one that decides. */
const fewTouches = 8;

/** Remainders are compared as whole numbers of this part of a unit. */
const remainderSteps = 2 ** 24;

const topKey = remainderSteps * mostTouches - 1;

// One journey being split, filled anew for each. They stand here and not in an object since the compiler then knows where they
// lie: a tenth of the time.
const weights = new Float64Array(mostTouches);
/** Whole units of each touch, before the units left are given to those with the largest remainders. */
const units = new Float64Array(mostTouches);
/** Of each touch its remainder in steps and, in the seven bits below, its position, so that of two equal ones the earlier is ahead. */
const keys = new Int32Array(mostTouches);
const sorted = new Int32Array(fewTouches + 1);
const oneOrNone = new Float64Array([1, 0]);

/**
 * The split of `creditJourney` and `shareAmount`, in doubles where these decide it for sure. A share of a value is computed
 * with an error of at most value × (touches + 2) × 2^−53; where that could change who gets one of the units that are left,
 * the row is split by `shareAmount`, exactly. So both always agree to the unit.
 * @param times seconds of each touch
 */
export function creditDecay(
  journeys: Journeys,
  same: SameLength,
  times: Uint32Array,
  table: DecayTable,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  if (same.touches === 1) creditEvenly(journeys, same, groupOf, sums);
  else if (same.touches === 2) creditPairs(journeys, same, times, table, groupOf, sums);
  else if (same.touches <= mostTouches) creditSome(journeys, same, times, table, groupOf, sums);
  else for (let at = same.start; at < same.end; at++) creditExactly(journeys, same.rows[at] as number, times, table, groupOf, sums);
}

/** Of two, the one with the larger remainder gets the unit left: the first from a half on. */
function creditPairs(
  journeys: Journeys,
  { rows, start, end }: SameLength,
  times: Uint32Array,
  table: DecayTable,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const { starts, values, conversions } = journeys;
  for (let at = start; at < end; at++) {
    const row = rows[at] as number;
    const from = (starts[row] as number) | 0;
    const value = values[row] as number;
    const weight = decayFrom(table, ((times[from + 1] as number) - (times[from] as number)) >>> 0);
    const part = weight / (1 + weight);
    const amount = Math.abs(value);
    const shareAndHalf = amount * part + 0.5;
    const firstUnits = Math.floor(shareAndHalf);
    const away = Math.abs(shareAndHalf - firstUnits - 0.5);
    if (amount > mostValue || (away > 0.5 - offBy(amount, 2) / remainderSteps && weight !== 1)) {
      creditExactly(journeys, row, times, table, groupOf, sums);
      continue;
    }
    const sign = value < 0 ? -1 : 1;
    const converted = conversions[row] as number;
    const group = groupOf[from] as number;
    const otherGroup = groupOf[from + 1] as number;
    sums[group << 1]! += converted * part;
    sums[otherGroup << 1]! += converted * (1 - part);
    sums[(group << 1) + 1]! += firstUnits * sign;
    sums[(otherGroup << 1) + 1]! += (amount - firstUnits) * sign;
  }
}

/**
 * One function of one loop over rows, and comparisons by sign bits: steps apart and branches on which remainder is the larger
 * took twice the time.
 */
function creditSome(
  journeys: Journeys,
  { rows, start, end, touches: n }: SameLength,
  times: Uint32Array,
  table: DecayTable,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const { starts, values, conversions } = journeys;
  const { powers, shift } = table;
  const step = 1 << shift;
  const lastPower = powers.length - 1;
  const last = (n - 1) | 0;
  weights[last] = 1;
  for (let at = start; at < end; at++) {
    const row = rows[at] as number;
    const from = (starts[row] as number) | 0;
    const value = values[row] as number;
    const amount = Math.abs(value);
    if (amount > mostValue) {
      creditExactly(journeys, row, times, table, groupOf, sums);
      continue;
    }
    const youngest = times[from + last] as number;
    let total = 1;
    for (let i = 0; i < last; i++) {
      const age = (youngest - (times[from + i] as number)) >>> 0;
      const coarse = (age >>> shift) + step;
      const weight = (powers[coarse < lastPower ? coarse : lastPower] as number) * (powers[age & (step - 1)] as number);
      weights[i] = weight;
      total += weight;
    }
    const perWeight = amount / total;
    let left = amount;
    // That a share may be taken for the whole number just above or below it does no harm: its remainder is nearly 0 then or
    // nearly 1, and those nearly 1 all get a unit, since all remainders add up to the units left.
    for (let i = 0; i < n; i++) {
      const share = (weights[i] as number) * perWeight;
      const whole = Math.floor(share);
      units[i] = whole;
      keys[i] = (((share - whole) * remainderSteps) << 7) | (127 - i);
      left -= whole;
    }
    const off = offBy(amount, n);
    let bar = left <= 0 ? topKey : n <= fewTouches ? barOfFew(keys, sorted, n, left | 0, off) : barOf(keys, n, left | 0, off);
    if (bar < 0 && isSure(n, ~bar, off)) bar = ~bar;
    if (bar < 0) {
      creditExactly(journeys, row, times, table, groupOf, sums);
      continue;
    }
    const share = (conversions[row] as number) / total;
    const sign = value < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) {
      const group = groupOf[from + i] as number;
      sums[group << 1]! += (weights[i] as number) * share;
      sums[(group << 1) + 1]! += sign * ((units[i] as number) + (oneOrNone[((keys[i] as number) - bar) >>> 31] as number));
    }
  }
}

/** By how much, in steps, a remainder may be off, and two of them apart and yet the other way round. */
const offBy = (amount: number, n: number): number => 3 + ((amount * (n + 2) * (remainderSteps * 2 ** -51)) | 0);

/**
 * The least key that gets a unit when the `left` greatest do; all its bits turned over (so below 0) where the next one is too
 * near for doubles to tell them apart. Counts for each key how many are ahead, which needs no branch.
 */
function barOfFew(keys: Int32Array, sorted: Int32Array, n: number, left: number, off: number): number {
  for (let i = 0; i < n; i++) {
    const key = keys[i] as number;
    let ahead = 0;
    for (let j = 0; j < n; j++) ahead = (ahead + ((key - (keys[j] as number)) >>> 31)) | 0;
    sorted[ahead] = key;
  }
  sorted[n] = -1;
  const bar = sorted[left - 1] as number;
  return isApart(bar, sorted[left] as number, off) ? bar : ~bar;
}

/**
 * The same for many: a guess of where the bar lies, as if remainders lay evenly, and from there key by key. About two rounds,
 * however many the touches. Minima and maxima by sign bits, as branches they are coin tosses.
 */
function barOf(keys: Int32Array, n: number, left: number, off: number): number {
  let bar = ((1 - left / n) * topKey) | 0;
  for (;;) {
    let count = 0;
    let least = topKey;
    let next = -1;
    for (let i = 0; i < n; i++) {
      const key = keys[i] as number;
      const below = (key - bar) >> 31;
      count = (count + 1 + below) | 0;
      const lower = (least - (key | (below & topKey))) | 0;
      least = (least - (lower & ~(lower >> 31))) | 0;
      const higher = (next - ((key & below) | ~below)) | 0;
      next = (next - (higher & (higher >> 31))) | 0;
    }
    if (count === left) return isApart(least, next, off) ? bar : ~bar;
    bar = count < left ? next : (least + 1) | 0;
  }
}

const isApart = (key: number, next: number, off: number): boolean => (key >> 7) - (next >> 7) > off;

/**
 * A closer look at a row in doubt: it is sure where remainders too close to tell apart belong to touches of one weight: they are
 * equal then, and rank by position.
 */
function isSure(n: number, bar: number, off: number): boolean {
  let least = topKey;
  let next = -1;
  for (let i = 0; i < n; i++) {
    const key = keys[i] as number;
    if (key >= bar) least = Math.min(least, key);
    else next = Math.max(next, key);
  }
  let weight = -1;
  for (let i = 0; i < n; i++) {
    const remainder = (keys[i] as number) >> 7;
    if (remainder < (next >> 7) - off || remainder > (least >> 7) + off) continue;
    if (weight >= 0 && weights[i] !== weight) return false;
    weight = weights[i] as number;
  }
  return true;
}

/** By `shareAmount`, as `creditJourney` says. */
function creditExactly(
  { starts, values, conversions }: Journeys,
  row: number,
  times: Uint32Array,
  table: DecayTable,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const from = starts[row] as number;
  const to = starts[row + 1] as number;
  const weights = Array.from(times.subarray(from, to), (time) => decayFrom(table, (times[to - 1] as number) - time));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, part] of shareAmount(BigInt(values[row] as number), weights).entries()) {
    const group = groupOf[from + i] as number;
    sums[group << 1]! += ((conversions[row] as number) * (weights[i] as number)) / total;
    sums[(group << 1) + 1]! += Number(part);
  }
}
