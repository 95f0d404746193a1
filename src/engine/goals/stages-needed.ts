/** The plain back-calculation, without time: revenue ÷ average deal ÷ rates, with what the counts behind them leave open. */

import { Chance } from '#engine/simulate/chance.ts';
import { drawCompanyShare, drawShare, pooledShares, type Seen } from './pooling.ts';
import { drawnAmounts } from './amounts.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface StagesAsked {
  /** To be won, minor units. */
  readonly revenue: number;
  readonly averageDeal: number;
  /** Deviation ÷ mean of single amounts, and of how many the average is; null: taken as it stands. */
  readonly amounts: { readonly variation: number; readonly deals: number } | null;
  /** From the first stage to the last: of so many, how many went on. */
  readonly steps: readonly Seen[];
}

export interface StagesNeeded {
  /** At the rates as they stand: deals won, then how many must enter each stage before, the last stage's first. */
  readonly stated: readonly number[];
  /** By the same order: the middle of a thousand futures and where 80 of 100 lie. */
  readonly ranges: readonly Spread[];
}

const draws = 1000;
const seed = 20_260_108;

/** `needed at a stage = needed at the next ÷ share that goes on`; deals won = revenue ÷ average deal. */
export function stagesNeeded({ revenue, averageDeal, amounts, steps }: StagesAsked): StagesNeeded {
  const backward = steps.toReversed();
  const needed = (first: number, rates: readonly number[]): number[] => rates.reduce((all, rate) => [...all, all.at(-1)! / rate], [first]);
  const stated = needed(
    revenue / averageDeal,
    backward.map(({ hits, of }) => hits / of),
  );
  const chance = new Chance(seed);
  const shares = backward.map((step) => pooledShares([step])[0]!);
  const futures = Array.from({ length: draws }, (_, draw) => {
    chance.reseed(1, draw);
    const mean =
      amounts === null
        ? averageDeal
        : drawnAmounts({ mean: averageDeal, variation: amounts.variation, restsOn: amounts.deals, own: amounts.deals }, chance).mean;
    const rates = shares.map((share) => drawShare(share, drawCompanyShare(share, chance), chance));
    return needed(revenue / mean, rates);
  });
  return { stated, ranges: stated.map((_, at) => spreadOf(Float64Array.from(futures, (future) => future[at]!))) };
}
