/** Models that need nothing but the order of touches: all to one, or the same to each. */

import type { Journeys } from './journeys.ts';

/** A code for each touch, from 0, in the order of the journeys' touches. */
export type TouchGroups = Uint8Array | Uint16Array | Uint32Array;

/** Credit by group; the functions of `tally-….ts` add to it. Values stay whole. */
export interface Sums {
  readonly conversions: Float64Array;
  readonly values: Float64Array;
}

export function creditOneTouch(journeys: Journeys, which: 'first' | 'last', groupOf: TouchGroups, sums: Sums): void {
  const { count, starts } = journeys;
  const first = which === 'first';
  for (let row = 0; row < count; row++) {
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    if (from === to) continue;
    const group = groupOf[first ? from : to - 1] as number;
    sums.conversions[group]! += journeys.conversions[row] as number;
    sums.values[group]! += journeys.values[row] as number;
  }
}

export function creditEvenly(journeys: Journeys, groupOf: TouchGroups, sums: Sums): void {
  const { count, starts, conversions, values } = journeys;
  for (let row = 0; row < count; row++) {
    const value = values[row] as number;
    const converted = conversions[row] as number;
    if (value === 0 && converted === 0) continue;
    creditRowEvenly(starts[row] as number, starts[row + 1] as number, converted, value, groupOf, sums);
  }
}

/** Touches `from` up to `to` get the same each; the units that are left go to the earlier ones. */
export function creditRowEvenly(from: number, to: number, converted: number, value: number, groupOf: TouchGroups, sums: Sums): void {
  const n = to - from;
  const each = Math.trunc(value / n);
  const left = value - each * n;
  const unit = left < 0 ? -1 : 1;
  const share = converted / n;
  const more = from + Math.abs(left);
  for (let i = from; i < to; i++) {
    const group = groupOf[i] as number;
    sums.conversions[group]! += share;
    sums.values[group]! += i < more ? each + unit : each;
  }
}
