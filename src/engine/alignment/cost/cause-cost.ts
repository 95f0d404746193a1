/** What is told of one cause. */

import type { CostCustomer } from './churn.ts';
import type { CostLead } from './lead.ts';
import type { ClosedDeal } from './lost-deals.ts';
import type { LostByLead } from './losses.ts';
import { type Range, summed, type Tally } from './range.ts';

/** A record behind a cause, with what it carries: whole minor units. */
export type CauseRecord =
  | { readonly of: 'lead'; readonly lead: CostLead; readonly amount: number; readonly lost: LostByLead }
  | { readonly of: 'hours'; readonly lead: CostLead; readonly amount: number; readonly minutes: number }
  | { readonly of: 'deal'; readonly deal: ClosedDeal; readonly amount: number; readonly winRate: number }
  | { readonly of: 'account'; readonly customer: CostCustomer; readonly amount: number };

export interface CauseCost {
  /** Why there is no amount; null where there is one. */
  readonly whyNot: string | null;
  readonly whole: Range;
  readonly parts: ReadonlyMap<string, Range & { readonly count: number }>;
  readonly records: readonly CauseRecord[];
  /** Records that are too young to be counted. */
  readonly unsettled: number;
  /** What the amount is held against, minor units; null where there is nothing. */
  readonly against: number | null;
  /** What belongs to it and is not added: amounts at stake, minutes. */
  readonly atStake: number | null;
  readonly minutes: number | null;
}

const nothing: Range = { amount: 0, low: 0, high: 0 };

export const untold = (whyNot: string, unsettled = 0): CauseCost => ({
  ...{ whyNot, whole: nothing, parts: new Map(), records: [], unsettled, against: null, atStake: null, minutes: null },
});

/** With what it can be added up draw by draw. */
export interface TalliedCause {
  readonly told: CauseCost;
  readonly tallies: ReadonlyMap<string, Tally>;
}

/**
 * The ranges of a cause, whole and by part.
 * @param rangeFor of a part; of all together without one
 */
export function toldOf(tallies: ReadonlyMap<string, Tally>, rangeFor: (tally: Tally, part?: string) => Range): CauseCost {
  const parts = [...tallies].filter(([, { count }]) => count > 0);
  return {
    ...untold(''),
    whyNot: null,
    whole: rangeFor(summed(parts.map(([, tally]) => tally))),
    parts: new Map(parts.map(([part, tally]) => [part, { ...rangeFor(tally, part), count: tally.count }])),
  };
}
