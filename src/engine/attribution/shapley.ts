/** Shapley attribution: what each channel adds, averaged over every order in which channels could join (L. S. Shapley, 1953). */

import { allocate } from '#engine/values/allocate.ts';
import type { Journeys } from './journeys.ts';
import { bringBySize } from './shapley-sums.ts';

export interface ShapleyChannel {
  /** Shapley value of conversions: they add up to the total. */
  readonly conversions: number;
  /** Conversions ÷ total; null where nothing converts. */
  readonly share: number | null;
  /** Its part of the value in whole minor units; the parts add up exactly. */
  readonly value: bigint;
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
  const { sizes, conversions, values, totals, unattributed } = bringBySize(journeys);
  const credits = Array.from({ length: journeys.channelCount }, (_, channel) => dividedBySize(sizes, conversions, channel));
  const reason = totals.conversions === 0 ? 'no journey with a touch converts' : null;
  const valueReason = reason ?? (totals.value === 0 ? 'the conversions have no value' : null);
  const parts = wholeParts(sizes, values, journeys.channelCount);
  return {
    channels: credits.map((credit, channel) => ({
      conversions: credit,
      share: reason === null ? credit / totals.conversions : null,
      value: parts[channel] ?? 0n,
      valueShare: valueReason === null ? dividedBySize(sizes, values, channel) / totals.value : null,
    })),
    totals: { conversions: totals.conversions, value: exact(totals.value) },
    unattributed: { conversions: unattributed.conversions, value: exact(unattributed.value) },
    reason,
    valueReason,
  };
}

/** The shares alone, by channel code; null where there is nothing to share. For draws, whose values needn't be whole. */
export function shapleyShares(journeys: Journeys): { conversions: Float64Array | null; value: Float64Array | null } {
  const { sizes, conversions, values, totals } = bringBySize(journeys);
  const shares = (sums: readonly Float64Array[], total: number): Float64Array | null =>
    total === 0 ? null : Float64Array.from({ length: journeys.channelCount }, (_, channel) => dividedBySize(sizes, sums, channel) / total);
  return { conversions: shares(conversions, totals.conversions), value: shares(values, totals.value) };
}

const dividedBySize = (sizes: readonly number[], sums: readonly Float64Array[], channel: number): number =>
  sizes.reduce((total, size, at) => total + sums[at]![channel]! / size, 0);

/**
 * The values' exact fractions, over one denominator, as whole units by largest remainder. Refunds can make a channel's value
 * negative: all are lifted by the same whole number of units for the sharing, which leaves the remainders as they are.
 */
function wholeParts(sizes: readonly number[], values: readonly Float64Array[], channelCount: number): bigint[] {
  const denominator = sizes.reduce((least, size) => leastCommonMultiple(least, BigInt(size)), 1n);
  const fractions = Array.from({ length: channelCount }, (_, channel) =>
    sizes.reduce((sum, size, at) => sum + exact(values[at]![channel]!) * (denominator / BigInt(size)), 0n),
  );
  const lowest = fractions.reduce((least, fraction) => (fraction < least ? fraction : least), 0n);
  const lift = (denominator - 1n - lowest) / denominator;
  const lifted = fractions.map((fraction) => fraction + lift * denominator);
  const whole = lifted.reduce((sum, fraction) => sum + fraction, 0n) / denominator;
  return (allocate(whole, lifted) ?? []).map((part) => part - lift);
}

const leastCommonMultiple = (a: bigint, b: bigint): bigint => (a / greatestCommonDivisor(a, b)) * b;

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b));

function exact(value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new RangeError(`the values add up to ${value}; whole minor units below 2^53 would be fine`);
}
