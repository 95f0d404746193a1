/** Removal effects of every channel, and why there are none where there are none. */

import type { Journeys } from './journeys.ts';
import { countChain, type WalkTotals, type WindowChain } from './markov-chain.ts';
import { lossesOf } from './markov-removal.ts';

export interface RemovalEffects {
  readonly chain: WindowChain;
  /** By channel, 0 … 1: part of the conversions lost without it. Null where nothing converts. */
  readonly onConversions: Float64Array | null;
  /** By channel: part of the value lost without it. Null where that can't be told. */
  readonly onValue: Float64Array | null;
  /** Why the one or the other is null, in words. */
  readonly reason: string | null;
  readonly valueReason: string | null;
}

/**
 * @param tolerance largest error of an effect, for the walks left under way and again for rounding
 * @throws RangeError for an order other than 1, 2, 3 or 4
 */
export function removalEffects(journeys: Journeys, order: number, tolerance: number): RemovalEffects {
  if (![1, 2, 3, 4].includes(order)) throw new RangeError(`order is ${order}; a Markov chain here has order 1, 2, 3 or 4`);
  const chain = countChain(journeys, order);
  const { totals } = chain;
  const reason = whyNoEffect(totals);
  if (reason !== null) return { chain, onConversions: null, onValue: null, reason, valueReason: reason };
  const lost = lossesOf(chain, journeys.channelCount, tolerance);
  const onConversions = lost.conversions.map((loss) => Math.min(1, Math.max(0, loss / totals.conversions)));
  const onValue = lost.values.map((loss) => loss / totals.value);
  const valueReason = whyNoValue(totals, onValue);
  return { chain, onConversions, onValue: valueReason === null ? onValue.map((effect) => Math.max(0, effect)) : null, reason, valueReason };
}

/** Effect ÷ sum of effects. */
export function sharesOf(effects: Float64Array): Float64Array {
  const sum = effects.reduce((total, effect) => total + effect, 0);
  return effects.map((effect) => effect / sum);
}

function whyNoEffect({ conversions, nulls }: WalkTotals): string | null {
  if (conversions + nulls === 0) return 'no journey has a touch';
  return conversions === 0 ? 'no journey with a touch converts' : null;
}

/** Where no conversion is worth less than nothing, every one is lost without one of its channels: the effects add up to 1 or more. */
function whyNoValue({ value }: WalkTotals, onValue: Float64Array): string | null {
  if (value === 0) return 'the conversions have no value';
  if (onValue.some((effect) => effect < -1e-9) || onValue.every((effect) => effect < 1e-9))
    return 'some conversions have a negative value, so a channel would get a share below nothing';
  return null;
}
