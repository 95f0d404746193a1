/** Working days of something that changes hands. */

import type { Segment } from './segments.ts';
import type { WorkingTime } from './working-time.ts';

/**
 * When the n-th working day after the day of the start ends, each day in the calendar of whoever has it then; days
 * that end in a pause don't count. As `WorkingTime.endOfWorkingDay` where nothing changes hands.
 * @param segments in order; the first holds before its beginning too, the last for ever
 * @returns null when it never ends
 */
export function endOfWorkingDayOver(segments: readonly Segment[], startMs: number, n: number): number | null {
  const untilOf = (index: number) => segments[index + 1]?.from ?? Infinity;
  const first = segments.findIndex(({ time }, index) => time !== null && untilOf(index) > startMs);
  let left = n;
  for (let index = first; index >= 0 && index < segments.length; index++) {
    const { from, time } = segments[index]!;
    if (!time) continue;
    const at = Math.max(from, startMs);
    // The day of the start is day 0 even where nothing of it is left; after a hand-over days are counted on from the next opening.
    const startsWithin = index === first && !isOver(time, at);
    if (index === first && !startsWithin) left = Math.max(0, left - 1);
    const begins = startsWithin ? at : time.nextOpening(at);
    if (begins === null || begins >= untilOf(index)) continue;
    const end = time.endOfWorkingDay(begins, left);
    if (end !== null && end <= untilOf(index)) return end;
    left -= daysEndedBy(time, begins, untilOf(index), left);
  }
  return null;
}

/** Whether the day of an instant has no working time left. */
const isOver = (time: WorkingTime, at: number): boolean => time.endOfWorkingDay(at, 0) === time.endOfWorkingDay(at, 1);

/** How many days have ended by `until`, that of `from` included; at most `most`. */
function daysEndedBy(time: WorkingTime, from: number, until: number, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = time.endOfWorkingDay(from, middle);
    if (end !== null && end <= until) low = middle + 1;
    else high = middle;
  }
  return low;
}
