/** Business time of something that changes hands: it runs in each owner's calendar in turn, and in none while it is paused. */

import { mergeSpans, type Span } from './spans.ts';
import type { WorkingTime } from './working-time.ts';

/** From this instant (milliseconds since 1970) until the next segment; without `time` nothing runs. */
export interface Segment {
  readonly from: number;
  readonly time: WorkingTime | null;
}

/**
 * As `WorkingTime.deadline`. Segments are in order; the first holds before its beginning too, the last for ever.
 * @returns null when it is never reached
 * @throws RangeError when there is no segment
 */
export function deadlineOver(segments: readonly Segment[], startMs: number, workingMs: number): number | null {
  let [at, left] = [startMs, workingMs];
  for (let index = segmentAt(segments, startMs); ; index++) {
    const { time } = segments[index]!;
    const until = segments[index + 1]?.from;
    if (until === undefined) return time ? time.deadline(at, left) : left === 0 ? at : null;
    const worked = time?.elapsed(at, until) ?? 0;
    if (worked >= left) return time ? time.deadline(at, left) : at;
    left -= worked;
    at = Math.max(at, until);
  }
}

/** As `WorkingTime.elapsed`. @throws RangeError when there is no segment */
export function elapsedOver(segments: readonly Segment[], fromMs: number, toMs: number): number {
  let [at, sum] = [fromMs, 0];
  for (let index = segmentAt(segments, fromMs); at < toMs; index++) {
    const until = Math.min(segments[index + 1]?.from ?? toMs, toMs);
    sum += segments[index]!.time?.elapsed(at, until) ?? 0;
    at = Math.max(at, until);
  }
  return sum;
}

/** The same segments with nothing running during the pauses, which may overlap. */
export function pausedDuring(segments: readonly Segment[], pauses: readonly Span[]): readonly Segment[] {
  if (pauses.length === 0) return segments;
  const merged = mergeSpans(pauses);
  const changes = [...segments.map(({ from }) => from), ...merged.flatMap(({ from, until }) => [from, until])].filter(Number.isFinite);
  return [-Infinity, ...new Set(changes.sort((one, other) => one - other))].map((from) => {
    const paused = merged.some((pause) => pause.from <= from && from < pause.until);
    return { from, time: paused ? null : segments[segmentAt(segments, from)]!.time };
  });
}

/** The last that began by then, or the first. */
function segmentAt(segments: readonly Segment[], instant: number): number {
  if (segments.length === 0) throw new RangeError('Nobody’s calendar was given; at least one segment is needed.');
  let at = segments.length - 1;
  while (at > 0 && segments[at]!.from > instant) at--;
  return at;
}
