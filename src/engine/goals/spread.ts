/** The middle of many draws and the interval between. */

/** Percent of the draws that lie between low and high: of goals, everywhere. */
export const intervalPercent = 80;

export interface Spread {
  readonly mid: number;
  readonly low: number;
  readonly high: number;
}

/** Median and the 80 % interval, by linear interpolation of the sorted draws (Hyndman and Fan's type 7). */
export function spreadOf(draws: ArrayLike<number>): Spread {
  const sorted = Float64Array.from(draws).sort();
  const tail = (100 - intervalPercent) / 200;
  return { mid: quantileOf(sorted, 0.5), low: quantileOf(sorted, tail), high: quantileOf(sorted, 1 - tail) };
}

/** @param sorted ascending, not empty */
export function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (at - below);
}

export const certain = (value: number): Spread => ({ mid: value, low: value, high: value });

/** Of 100 draws, so many of which this holds. */
export function percentOf(draws: ArrayLike<number>, holds: (value: number) => boolean): number {
  let count = 0;
  for (let at = 0; at < draws.length; at++) if (holds(draws[at]!)) count++;
  return draws.length === 0 ? 0 : Math.round((100 * count) / draws.length);
}
