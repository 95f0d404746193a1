/** What Shapley needs of journeys: by channel, what the journeys bring that use it with m − 1 others. */

import type { Journeys } from './journeys.ts';

export interface BroughtBySize {
  /** Distinct channels of a journey, ascending. */
  readonly sizes: readonly number[];
  /** For each of `sizes`, by channel: sums over the journeys of that size that hold the channel. */
  readonly conversions: readonly Float64Array[];
  readonly values: readonly Float64Array[];
  readonly totals: Brought;
  /** Of journeys without a touch. */
  readonly unattributed: Brought;
}

interface Brought {
  conversions: number;
  value: number;
}

/** Whole conversions and values stay exact below 2^53: they are only added. One pass; what doesn't convert is skipped. */
export function bringBySize(journeys: Journeys): BroughtBySize {
  const { starts, channels, channelCount, conversions, values } = journeys;
  const conversionsOf: Float64Array[] = [];
  const valuesOf: Float64Array[] = [];
  const totals = { conversions: 0, value: 0 };
  const unattributed = { conversions: 0, value: 0 };
  const seenIn = new Uint32Array(channelCount);
  const distinct = new Uint16Array(channelCount);
  for (let j = 0; j < journeys.count; j++) {
    const converted = conversions[j]!;
    if (converted === 0) continue;
    let size = 0;
    for (let t = starts[j]!; t < starts[j + 1]!; t++) {
      const channel = channels[t]!;
      if (seenIn[channel] === j + 1) continue;
      seenIn[channel] = j + 1;
      distinct[size++] = channel;
    }
    const sums = size === 0 ? unattributed : totals;
    sums.conversions += converted;
    sums.value += values[j]!;
    if (conversionsOf[size] === undefined) {
      conversionsOf[size] = new Float64Array(channelCount);
      valuesOf[size] = new Float64Array(channelCount);
    }
    const ofConversions = conversionsOf[size]!;
    const ofValues = valuesOf[size]!;
    for (let i = 0; i < size; i++) {
      ofConversions[distinct[i]!]! += converted;
      ofValues[distinct[i]!]! += values[j]!;
    }
  }
  const sizes = [...conversionsOf.keys()].filter((size) => size > 0 && conversionsOf[size] !== undefined);
  return {
    sizes,
    conversions: sizes.map((size) => conversionsOf[size]!),
    values: sizes.map((size) => valuesOf[size]!),
    totals,
    unattributed,
  };
}
