/**
 * Markov attribution of order k: journeys as a chain whose states are windows of the last k channels. A channel earns by what
 * is lost when it is taken out (Anderl, Becker, von Wangenheim, Schumann: Mapping the customer journey, IJRM 33, 2016).
 * Solved exactly: no walk is simulated.
 */

import { allocate } from '#engine/values/allocate.ts';
import type { Journeys } from './journeys.ts';
import type { WalkTotals } from './markov-chain.ts';
import { removalEffects, sharesOf } from './markov-effects.ts';

/** Of a removal effect, for the walks left under way and again for rounding: well below the 1e-9 that is promised. */
const tolerance = 5e-11;

export interface MarkovOptions {
  /** Length k of a window, 1 … 4. */
  readonly order: number;
}

export interface MarkovChannel {
  /** 1 − P(conversion without it) ÷ P(conversion), from 0 to 1; null where nothing converts. */
  readonly removalEffect: number | null;
  /** Removal effect ÷ sum of removal effects. */
  readonly share: number | null;
  /** Share × conversions: they add up to the total. */
  readonly conversions: number;
  /** The same on the expected value of a walk; null where there is no value to lose. */
  readonly removalEffectOnValue: number | null;
  readonly valueShare: number | null;
  /** Its part of the value in whole minor units; the parts add up exactly. Null where they can't be told. */
  readonly value: bigint | null;
}

export interface MarkovTotals {
  readonly conversions: number;
  /** In whole minor units. */
  readonly value: bigint;
  readonly nulls: number;
}

export interface Markov {
  readonly order: number;
  /** Distinct windows, so the size of the chain. */
  readonly states: number;
  /** By channel code. */
  readonly channels: readonly MarkovChannel[];
  /** Journeys with touches; `probability` that one converts, null where there is none. */
  readonly totals: MarkovTotals & { readonly probability: number | null };
  /** Journeys without a touch: outside the chain, credited to nobody. */
  readonly unattributed: MarkovTotals;
  /** Why there is no removal effect, in words; null where there is one. */
  readonly reason: string | null;
  /** Why the value can't be shared out, in words; null where it can. */
  readonly valueReason: string | null;
}

/**
 * Removal effects and credit of every channel, exact to 1e-9. A chain in which anything converts loses all of it when all
 * channels go, and every walk that converts passes at least one of them: so the removal effects add up to 1 or more, and the
 * shares are always defined.
 * @throws RangeError for an order other than 1, 2, 3 or 4, or a total value that doubles don't hold exactly (2^53)
 */
export function markov(journeys: Journeys, { order }: MarkovOptions): Markov {
  const { chain, onConversions, onValue, reason, valueReason } = removalEffects(journeys, order, tolerance);
  const { totals } = chain;
  const walks = totals.conversions + totals.nulls;
  return {
    order,
    states: chain.states,
    channels: channelsOf(journeys.channelCount, totals, onConversions, onValue),
    totals: { ...exactTotals(totals), probability: walks === 0 ? null : totals.conversions / walks },
    unattributed: exactTotals(chain.unattributed),
    reason,
    valueReason,
  };
}

type Effects = Float64Array | null;

function channelsOf(channelCount: number, totals: WalkTotals, onConversions: Effects, onValue: Effects): MarkovChannel[] {
  const shares = onConversions && sharesOf(onConversions);
  const valueShares = onValue && sharesOf(onValue);
  const values = onValue && allocate(exact(totals.value), Array.from(onValue, onGrid));
  return Array.from({ length: channelCount }, (_, channel) => ({
    removalEffect: onConversions?.[channel] ?? null,
    share: shares?.[channel] ?? null,
    conversions: (shares?.[channel] ?? 0) * totals.conversions,
    removalEffectOnValue: onValue?.[channel] ?? null,
    valueShare: valueShares?.[channel] ?? null,
    value: values?.[channel] ?? (totals.value === 0 ? 0n : null),
  }));
}

/** Effects are cut where they stop being exact, so that no rounding error decides who gets the odd unit. */
const onGrid = (effect: number): bigint => BigInt(Math.round(effect * 1e10));

const exactTotals = (totals: WalkTotals): MarkovTotals => ({ ...totals, value: exact(totals.value) });

function exact(value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new RangeError(`the values add up to ${value}; whole minor units below 2^53 would be fine`);
}
