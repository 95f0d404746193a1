/** Walks of all buckets as one set of journeys. */

import type { Journeys } from './journeys.ts';
import type { Walks } from './read-desk.ts';

/** In the order given. @param channelCount of all, whether these walks have them or not */
export function joinWalks(parts: readonly Walks[], channelCount: number): Journeys {
  const count = parts.reduce((sum, { lengths }) => sum + lengths.length, 0);
  const touchCount = parts.reduce((sum, { channels }) => sum + channels.length, 0);
  const starts = new Uint32Array(count + 1);
  const channels = new Uint16Array(touchCount);
  const times = { touches: new Uint32Array(touchCount), conversions: new Uint32Array(count) };
  const [conversions, values, nulls] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let walk = 0;
  let touch = 0;
  for (const part of parts) {
    channels.set(part.channels, touch);
    times.touches.set(part.seconds, touch);
    conversions.set(part.conversions, walk);
    values.set(part.values, walk);
    times.conversions.set(part.convertedAt, walk);
    for (let at = 0; at < part.lengths.length; at++, walk++) {
      touch += part.lengths[at] as number;
      starts[walk + 1] = touch;
      if (part.conversions[at] === 0) nulls[walk] = 1;
    }
  }
  return { count, starts, channels, channelCount, conversions, values, nulls, times, milestones: null };
}
