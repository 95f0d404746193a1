/** How long a message that didn't get out waits for its next try, and when nobody tries any more. */

const minute = 60_000;
/** A try that met nobody costs little at first; servers that are down for hours are asked every two. */
const longestPause = 120 * minute;
/** From the first try on. */
export const triedFor = 24 * 60 * minute;

/**
 * @param tries made so far, at least 1
 * @param firstTriedAt and `now`: milliseconds since 1970
 * @param asked what the receiver asked for, in milliseconds
 * @returns when to try again; null: it is given up
 */
export function nextTry({
  tries,
  firstTriedAt,
  now,
  asked = 0,
}: {
  tries: number;
  firstTriedAt: number;
  now: number;
  asked?: number;
}): number | null {
  const last = firstTriedAt + triedFor;
  if (now >= last) return null;
  const pause = Math.min(longestPause, minute * 2 ** Math.min(tries - 1, 20));
  return Math.min(last, now + Math.max(pause, Math.min(asked, longestPause)));
}
