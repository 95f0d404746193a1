/** Equal paths counted together: the same facts for any model of order and count, in fewer rows. */

import type { Journeys } from './journeys.ts';

export interface PathOptions {
  /** Keep rows apart whose conversions differ in mean value, so that drawing rows also draws values. Not unless asked. */
  readonly valuesApart?: boolean;
  /** Longest run of one channel that is kept: `k` loses nothing to a Markov chain of order k. Runs stay whole unless said. */
  readonly longestRun?: number;
}

/**
 * One row for each distinct path, in order of first appearance, with the conversions, values and nulls of all journeys
 * along it. Times and milestones are lost.
 */
export function aggregatePaths(journeys: Journeys, { valuesApart = false, longestRun = Infinity }: PathOptions = {}): Journeys {
  const rows = new Map<string, number>();
  const starts = [0];
  const channels: number[] = [];
  const conversions: number[] = [];
  const values: number[] = [];
  const nulls: number[] = [];
  for (let j = 0; j < journeys.count; j++) {
    const path = shorten(journeys.channels.subarray(journeys.starts[j]!, journeys.starts[j + 1]!), longestRun);
    const each = valuesApart && journeys.conversions[j]! > 0 ? journeys.values[j]! / journeys.conversions[j]! : '';
    const key = `${path.join()}:${each}`;
    let row = rows.get(key);
    if (row === undefined) {
      row = rows.size;
      rows.set(key, row);
      channels.push(...path);
      starts.push(channels.length);
      conversions.push(0);
      values.push(0);
      nulls.push(0);
    }
    conversions[row]! += journeys.conversions[j]!;
    values[row]! += journeys.values[j]!;
    nulls[row]! += journeys.nulls[j]!;
  }
  return {
    count: rows.size,
    starts: Uint32Array.from(starts),
    channels: Uint16Array.from(channels),
    channelCount: journeys.channelCount,
    conversions: Float64Array.from(conversions),
    values: Float64Array.from(values),
    nulls: Float64Array.from(nulls),
    times: null,
    milestones: null,
  };
}

function shorten(path: Uint16Array, longestRun: number): Uint16Array {
  let run = 0;
  return path.filter((channel, at) => {
    run = at > 0 && path[at - 1] === channel ? run + 1 : 1;
    return run <= longestRun;
  });
}
