/** What came back of what was spent. Amounts in minor units of one currency; results are ratios, 1 being 100 %. */

import { type Fraction, fraction, numberOf } from '#engine/values/fraction.ts';
import { type Figure, type Range, told, untold } from './figure.ts';
import { countRange } from './ratio.ts';

/** (margin contribution − spend) ÷ spend. @param wins the deals behind the contribution; null where it isn't known, then there is no range */
export const romi = (given: { readonly contribution: bigint; readonly spend: bigint; readonly wins: number | null }): Figure<number> =>
  returned(fraction(given.contribution, 1), given.spend, given.wins, 1);

/** revenue ÷ ad spend. */
export const roas = (given: { readonly revenue: bigint; readonly spend: bigint; readonly wins: number | null }): Figure<number> =>
  returned(fraction(given.revenue, 1), given.spend, given.wins, 0);

export interface CampaignReturn {
  readonly revenue: bigint;
  readonly grossMargin: Fraction;
  readonly spend: bigint;
  readonly wins: number | null;
}

/** ROMI of one campaign: (revenue × gross margin − spend) ÷ spend. */
export const campaignRoi = ({ revenue, grossMargin, spend, wins }: CampaignReturn): Figure<number> =>
  returned(fraction(revenue * grossMargin.numerator, grossMargin.denominator), spend, wins, 1);

/** brought ÷ spend − less. */
function returned(brought: Fraction, spend: bigint, wins: number | null, less: 0 | 1): Figure<number> {
  if (spend === 0n) return untold('nothing was spent', wins);
  if (spend < 0n) return untold('more was taken back than spent', wins);
  const per = { numerator: brought.numerator, denominator: brought.denominator * spend };
  // (a − b) ÷ b in whole numbers, so that what just comes back is exactly 0
  const exact = { numerator: per.numerator - BigInt(less) * per.denominator, denominator: per.denominator };
  return told(numberOf(exact), wins, rangeOf(numberOf(per), wins, less));
}

/** Had chance brought as few or as many wins as their number allows (Poisson), each worth the same. */
function rangeOf(per: number, wins: number | null, less: number): Range<number> | null {
  if (wins === null || wins === 0) return null;
  const { low, high } = countRange(wins);
  const ends = [(per * low) / wins - less, (per * high) / wins - less];
  return { low: Math.min(...ends), high: Math.max(...ends) };
}
