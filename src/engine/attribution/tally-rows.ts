/** Models that need nothing but the order of touches: all to one, or the same to each. */

import { creditJourney, shareAmount, type JourneyShape } from './credit.ts';
import type { Journeys } from './journeys.ts';
import type { MilestoneModel } from './models.ts';
import type { Block, SameLength } from './tally-blocks.ts';

/** A code for each touch, from 0, in the order of the journeys' touches. */
export type TouchGroups = Uint8Array | Uint16Array | Uint32Array;

/**
 * Credit by group, conversions and value side by side: those of group g are entries 2g and 2g + 1. The functions of `tally-….ts`
 * add to it. Values stay whole. One array, since each further one in a loop takes registers that the processor has not got.
 */
export type Sums = Float64Array;

export function creditOneTouch(
  { starts, conversions, values }: Journeys,
  block: Block,
  which: 'first' | 'last',
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const last = which === 'last';
  for (let row = block.from; row < block.to; row++) {
    const from = (starts[row] as number) | 0;
    const to = (starts[row + 1] as number) | 0;
    if (from === to) continue;
    const group = groupOf[last ? to - 1 : from] as number;
    sums[group << 1]! += conversions[row] as number;
    sums[(group << 1) + 1]! += values[row] as number;
  }
}

/** What a touch gets, and what one of the earlier ones gets. */
const units = new Float64Array(2);

/** Each touch gets the same; the units that are left go to the earlier ones. */
export function creditEvenly(
  { starts, conversions, values }: Journeys,
  { rows, start, end, touches: n }: SameLength,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const part = 1 / n;
  for (let at = start; at < end; at++) {
    const row = rows[at] as number;
    const from = (starts[row] as number) | 0;
    const value = values[row] as number;
    const share = (conversions[row] as number) * part;
    const each = Math.trunc(value / n);
    const left = (value - each * n) | 0;
    units[0] = each;
    units[1] = each + ((left >> 31) | 1);
    const more = from + Math.abs(left);
    const to = from + n;
    for (let i = from; i < to; i++) {
      const group = groupOf[i] as number;
      sums[group << 1]! += share;
      sums[(group << 1) + 1]! += units[(i - more) >>> 31] as number;
    }
  }
}

/**
 * Touches `from` up to `to` get the share of conversions each, and whole units: the first `more` of them `units[1]`, the
 * others `units[0]`. Which of the two is looked up, not branched on: to a branch it is a coin toss, and took twice the time.
 */
export function creditRun(
  units: Float64Array,
  more: number,
  share: number,
  from: number,
  to: number,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const end = (from + more) | 0;
  for (let i = from; i < to; i++) {
    const group = groupOf[i] as number;
    sums[group << 1]! += share;
    sums[(group << 1) + 1]! += units[(i - end) >>> 31] as number;
  }
}

/** The same by the slow way, for journeys whose numbers are too large for the fast one. */
export function creditByWeights(
  model: MilestoneModel,
  journey: Omit<JourneyShape, 'ages'>,
  from: number,
  converted: number,
  value: number,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const weights = creditJourney(model, { ...journey, ages: null }, { halfLifeSeconds: 1 });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, part] of shareAmount(BigInt(value), weights).entries()) {
    const group = groupOf[from + i] as number;
    sums[group << 1]! += (converted * (weights[i] as number)) / total;
    sums[(group << 1) + 1]! += Number(part);
  }
}
