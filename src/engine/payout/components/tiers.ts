/** Tiers of credit: how much of a total lies in each, below a threshold in none. */

import { divideHalfEven } from '../../values/money.ts';
import { decimalFraction } from '../../values/fraction.ts';
import type { RateTerms, Tier } from '../plan.ts';
import { creditOf } from '../quantity.ts';

export interface Ladder {
  readonly steps: readonly Step[];
  readonly threshold: { readonly at: bigint; readonly counts: 'fromFirst' | 'beyond' } | null;
}

/** Credit from here on, up to the next step. */
export interface Step {
  readonly from: bigint;
  readonly tier: Tier;
  readonly place: number;
}

/** Where tiers are percents of quota, a beginning is rounded to a whole unit of credit. @param quota null where nothing refers to one */
export function ladderOf({ tiers, tiersBy, threshold, measure }: RateTerms, quota: bigint | null): Ladder {
  const at = (text: string): bigint => (tiersBy === 'credit' ? creditOf(text, measure.by) : percentOfQuota(text, quota ?? 0n));
  return {
    steps: tiers.map((tier, place) => ({ from: at(tier.from), tier, place })),
    threshold: threshold && { at: at(threshold.at), counts: threshold.counts },
  };
}

function percentOfQuota(text: string, quota: bigint): bigint {
  const { numerator, denominator } = decimalFraction(text);
  return divideHalfEven(quota * numerator, denominator * 100n);
}

/** How much of a total lies in the steps, one by one: they add up to it, less what lies below a threshold. */
export const countedIn = ({ steps, threshold }: Ladder, total: bigint): bigint[] => {
  if (threshold?.counts === 'fromFirst' && total < threshold.at) return steps.map(() => 0n);
  const least = threshold?.counts === 'beyond' ? threshold.at : null;
  return steps.map((_, place) => within(steps, place, total, least));
};

/** Credit below nought (credit notes) lies in the first step, whose beginning is no bound. */
function within(steps: readonly Step[], place: number, total: bigint, least: bigint | null): bigint {
  const until = steps[place + 1]?.from;
  const from = least !== null && least > steps[place]!.from ? least : steps[place]!.from;
  if (until !== undefined && from >= until) return 0n;
  const reached = until !== undefined && total > until ? until : total;
  return reached > from || (place === 0 && least === null) ? reached - from : 0n;
}

/** The step a total has reached. */
export const reachedStep = ({ steps }: Ladder, total: bigint): Step => steps.findLast(({ from }) => total >= from) ?? steps[0]!;

/** All credit that counts, wherever it lies. */
export const counted = (ladder: Ladder, total: bigint): bigint => countedIn(ladder, total).reduce((sum, each) => sum + each, 0n);
