/** Where a level ends that moves from month to month: as it moved of late, and as unevenly. */

import { Chance } from '#engine/simulate/chance.ts';
import { drawNormal, drawVarianceFactor } from './draws.ts';
import { type Spread, spreadOf } from './spread.ts';

const levelDraws = 1000;
const seed = 20_260_104;
export const fewestMonthsOfLevel = 6;

export const whyNoLevel = (months: readonly number[]): string | null =>
  months.length < fewestMonthsOfLevel ? `only ${months.length} months are on record; ${fewestMonthsOfLevel} are needed` : null;

/**
 * A random walk with drift: `level + months ahead × mean change`, its error from how the changes differed, which also
 * leaves the mean itself open.
 * @param months levels at the ends of past months, oldest first
 */
export function forecastLevel(months: readonly number[], monthsAhead: number): { value: Spread; draws: Float64Array } {
  const changes = months.slice(1).map((level, at) => level - months[at]!);
  const mean = changes.reduce((sum, each) => sum + each, 0) / changes.length;
  const freedom = changes.length - 1;
  const variance = changes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / freedom;
  const draws = new Chance(seed);
  const drawn = Float64Array.from({ length: levelDraws }, (_, draw) => {
    draws.reseed(1, draw);
    const error = variance * drawVarianceFactor(freedom, draws) * (monthsAhead + monthsAhead ** 2 / changes.length);
    return Math.max(0, months.at(-1)! + monthsAhead * mean + Math.sqrt(error) * drawNormal(draws));
  });
  return { value: spreadOf(drawn), draws: drawn };
}
