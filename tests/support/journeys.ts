/** Journeys written as paths, for tests of attribution. */

import type { Journeys } from '#engine/attribution/journeys.ts';
import type { Chance } from '#engine/simulate/chance.ts';

/** `A > B` as `['A', 'B']`, with the journeys along it. */
export interface Path {
  readonly path: readonly string[];
  readonly conversions: number;
  /** In whole minor units. */
  readonly value: number;
  readonly nulls: number;
}

/** `path('G>M', 1)`: names between `>`; nothing between them is a journey without touches. */
export const path = (text: string, conversions: number, value = conversions * 100, nulls = 0): Path => ({
  path: text === '' ? [] : text.split('>'),
  conversions,
  value,
  nulls,
});

/** Names of the channels in code order: alphabetic. */
export const channelsOf = (paths: readonly Path[]): string[] => [...new Set(paths.flatMap((one) => one.path))].sort();

/** One row a path. Channels are coded in alphabetic order unless names are given. */
export function journeysOf(paths: readonly Path[], names: readonly string[] = channelsOf(paths)): Journeys {
  const codes = new Map(names.map((name, code) => [name, code]));
  const starts = [0];
  for (const { path: touches } of paths) starts.push(starts.at(-1)! + touches.length);
  return {
    count: paths.length,
    starts: Uint32Array.from(starts),
    channels: Uint16Array.from(paths.flatMap(({ path: touches }) => touches.map((name) => codes.get(name)!))),
    channelCount: names.length,
    conversions: Float64Array.from(paths, (one) => one.conversions),
    values: Float64Array.from(paths, (one) => one.value),
    nulls: Float64Array.from(paths, (one) => one.nulls),
    times: null,
    milestones: null,
  };
}

/** Few channels, few paths, many repeats, loops, paths without touches, without walks, without value. */
export function randomPaths(chance: Chance, most: { channels: number; paths: number; touches: number }): Path[] {
  const names = Array.from({ length: 1 + chance.below(most.channels) }, (_, i) => String.fromCharCode(65 + i));
  return Array.from({ length: 1 + chance.below(most.paths) }, () => {
    const touches = Array.from({ length: chance.below(most.touches + 1) }, () => chance.oneOf(names));
    const conversions = chance.happens(0.6) ? chance.below(5) : 0;
    return { path: touches, conversions, value: conversions === 0 ? 0 : chance.below(100_000), nulls: chance.below(4) };
  });
}

/** A million journeys, or as many as asked: geometric lengths of mean 4, channels skewed, 5 % converting. */
export function manyJourneys(count: number, channelCount: number, chance: Chance): Journeys {
  const starts = new Uint32Array(count + 1);
  const channels: number[] = [];
  const conversions = new Float64Array(count);
  const values = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    do channels.push(Math.floor(channelCount * chance.next() ** 2));
    while (chance.happens(0.75));
    starts[j + 1] = channels.length;
    conversions[j] = chance.happens(0.05) ? 1 : 0;
    values[j] = conversions[j]! * (1000 + chance.below(2_000_000));
  }
  const nulls = conversions.map((converted) => 1 - converted);
  return { count, starts, channels: Uint16Array.from(channels), channelCount, conversions, values, nulls, times: null, milestones: null };
}
