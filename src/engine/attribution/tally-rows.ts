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

/** @param rows to credit, each with a touch; so in all functions of `tally-….ts` */
export function creditOneTouch(journeys: Journeys, rows: Uint32Array, which: 'first' | 'last', groupOf: TouchGroups, sums: Sums): void {
  const first = which === 'first';
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const touch = first ? (journeys.starts[row] as number) : (journeys.starts[row + 1] as number) - 1;
    const group = groupOf[touch] as number;
    sums.conversions[group]! += journeys.conversions[row] as number;
    sums.values[group]! += journeys.values[row] as number;
  }
}

export function creditEvenly(journeys: Journeys, rows: Uint32Array, groupOf: TouchGroups, sums: Sums): void {
  const { starts, conversions, values } = journeys;
  const even = newEvenCredit();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    creditRowEvenly(even, from, to, conversions[row] as number, values[row] as number, groupOf, sums);
  }
}

/** What each touch of a run gets. Filled anew for each journey, so that the loops allocate nothing. */
export interface EvenCredit {
  /** Of the conversions. */
  share: number;
  /** [units of a touch, units of one of the first `more` touches] */
  readonly units: Float64Array;
  more: number;
}

export const newEvenCredit = (): EvenCredit => ({ share: 0, units: new Float64Array(2), more: 0 });

/** Touches `from` up to `to` get the same each; the units that are left go to the earlier ones. */
export function creditRowEvenly(
  even: EvenCredit,
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
  even.share = converted / n;
  even.units[0] = each;
  even.units[1] = left < 0 ? each - 1 : each + 1;
  even.more = Math.abs(left);
  creditRun(even, from, to, groupOf, sums);
}

/** Which of the two units is looked up, not branched on: a branch here is a coin toss, and took twice the time. */
export function creditRun({ share, units, more }: EvenCredit, from: number, to: number, groupOf: TouchGroups, sums: Sums): void {
  const { conversions, values } = sums;
  const end = from + more;
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
