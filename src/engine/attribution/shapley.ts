/** Shapley attribution: what each channel adds, averaged over every order in which channels could join (L. S. Shapley, 1953). */

import { allocate } from '#engine/values/allocate.ts';
import type { Journeys } from './journeys.ts';

export interface ShapleyChannel {
  /** Shapley value of conversions: they add up to the total. */
  readonly conversions: number;
  /** Conversions ÷ total; null where nothing converts. */
  readonly share: number | null;
  /** Its part of the value in whole minor units; the parts add up exactly. Null where they can't be told. */
  readonly value: bigint | null;
  readonly valueShare: number | null;
}

export interface ShapleyTotals {
  readonly conversions: number;
  /** In whole minor units. */
  readonly value: bigint;
}

export interface Shapley {
  /** By channel code. */
  readonly channels: readonly ShapleyChannel[];
  /** Conversions of journeys with touches. */
  readonly totals: ShapleyTotals;
  /** Conversions of journeys without a touch, credited to nobody. */
  readonly unattributed: ShapleyTotals;
  /** Why there are no shares, in words; null where there are. */
  readonly reason: string | null;
  readonly valueReason: string | null;
}

/**
 * `φ_i = Σ_S |S|!(n−|S|−1)!/n! · (v(S∪i) − v(S))` with v(S) = conversions (value) of the journeys that use only channels in S.
 * Exact for any number of channels, nothing is sampled, because this v has a closed form: a journey that converts is shared
 * equally among its distinct channels.
 *
 * Proof. Write c(D) for the conversions of journeys whose set of distinct channels is D. Then v = Σ_D c(D) · u_D with the
 * unanimity game u_D(S) = 1 if D ⊆ S, else 0. φ is linear in v, so φ_i(v) = Σ_D c(D) · φ_i(u_D). The weights of the formula
 * are those of the channels before i in an order drawn evenly from all n!: φ_i(u_D) is the chance that i's joining turns
 * u_D from 0 to 1. That happens if and only if i is in D and comes last of D, which is as likely for each of D:
 * φ_i(u_D) = 1 ÷ |D| for i in D, else 0. ∎
 *
 * Journeys without a touch (D = ∅) add the same to every v(S), so to no difference.
 * @throws RangeError for a total value that doubles don't hold exactly (2^53)
 */
export function shapley(journeys: Journeys): Shapley {
  const { conversions, values, totals, unattributed } = sumBySize(journeys);
  const counts = conversions.map((weight) => weight);
  const reason = totals.conversions === 0 ? 'no journey with a touch converts' : null;
  const valueReason = totals.value === 0 ? 'the conversions have no value' : null;
  const parts = valueReason === null ? allocate(exact(totals.value), values) : null;
  return {
    channels: counts.map((credit, channel) => ({
      conversions: credit,
      share: reason === null ? credit / totals.conversions : null,
      value: parts?.[channel] ?? 0n,
      valueShare: valueReason === null ? values[channel]! / totals.value : null,
    })),
    totals: { conversions: totals.conversions, value: exact(totals.value) },
    unattributed: { conversions: unattributed.conversions, value: exact(unattributed.value) },
    reason,
    valueReason,
  };
}

function sumBySize(journeys: Journeys) {
  const conversions = new Array<number>(journeys.channelCount).fill(0);
  const values = new Array<number>(journeys.channelCount).fill(0);
  const totals = { conversions: 0, value: 0 };
  const unattributed = { conversions: 0, value: 0 };
  for (let j = 0; j < journeys.count; j++) {
    const distinct = new Set(journeys.channels.subarray(journeys.starts[j]!, journeys.starts[j + 1]!));
    const sums = distinct.size === 0 ? unattributed : totals;
    sums.conversions += journeys.conversions[j]!;
    sums.value += journeys.values[j]!;
    for (const channel of distinct) {
      conversions[channel]! += journeys.conversions[j]! / distinct.size;
      values[channel]! += journeys.values[j]! / distinct.size;
    }
  }
  return { conversions, values, totals, unattributed };
}

function exact(value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new RangeError(`the values add up to ${value}; whole minor units below 2^53 would be fine`);
}
