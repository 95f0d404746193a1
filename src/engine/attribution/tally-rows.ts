/** Models that need nothing but the order of touches: all to one, or the same to each. */

import { creditJourney, shareAmount, type JourneyShape } from './credit.ts';
import type { Journeys } from './journeys.ts';
import type { MilestoneModel } from './models.ts';

/** A code for each touch, from 0, in the order of the journeys' touches. */
export type TouchGroups = Uint8Array | Uint16Array | Uint32Array;

/** Credit by group; the functions of `tally-….ts` add to it. Values stay whole. */
export interface Sums {
  readonly conversions: Float64Array;
  readonly values: Float64Array;
}

export function creditOneTouch(journeys: Journeys, which: 'first' | 'last', groupOf: TouchGroups, sums: Sums): void {
  const { count, starts, conversions, values } = journeys;
  const { conversions: c, values: v } = sums;
  const back = which === 'last' ? 0 : 1;
  for (let row = 0, from = 0, to = starts[0] as number; row < count; row++) {
    from = to;
    to = (starts[row + 1] as number) | 0;
    if (from === to) continue;
    const group = groupOf[back === 0 ? to - 1 : from] as number;
    c[group]! += conversions[row] as number;
    v[group]! += values[row] as number;
  }
}

export function creditEvenly(journeys: Journeys, groupOf: TouchGroups, sums: Sums): void {
  const { count, starts, conversions, values } = journeys;
  const units = new Float64Array(2);
  for (let row = 0, from = 0, to = starts[0] as number; row < count; row++) {
    from = to;
    to = (starts[row + 1] as number) | 0;
    creditRowEvenly(units, from, to, conversions[row] as number, values[row] as number, groupOf, sums);
  }
}

/** Touches `from` up to `to` get the same each; the units that are left go to the earlier ones. */
export function creditRowEvenly(
  units: Float64Array,
  from: number,
  to: number,
  converted: number,
  value: number,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const n = to - from;
  const each = Math.trunc(value / n);
  const left = value - each * n;
  units[0] = each;
  units[1] = left < 0 ? each - 1 : each + 1;
  creditRun(units, Math.abs(left), converted / n, from, to, groupOf, sums);
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
  { conversions, values }: Sums,
): void {
  const end = (from + more) | 0;
  for (let i = from; i < to; i++) {
    const group = groupOf[i] as number;
    conversions[group]! += share;
    values[group]! += units[(i - end) >>> 31] as number;
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
    sums.conversions[group]! += (converted * (weights[i] as number)) / total;
    sums.values[group]! += Number(part);
  }
}
