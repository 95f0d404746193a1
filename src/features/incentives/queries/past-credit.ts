/** What a plan's payees would have been credited with in the past, as if they had been in it. */

import { openBook } from '#engine/payout/book.ts';
import type { Measure } from '#engine/payout/plan.ts';
import { creditOf } from '#engine/payout/quantity.ts';
import { standingFacts } from '#engine/payout/reversals.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { PlanContent } from '../contract/plan-content.ts';
import { gatherFacts } from './gather-facts.ts';

export interface PastCredit {
  /** The most of any period: minor units, or millionths of a thing. @param periodOf of a day */
  most(measure: Measure, payeeId: string, periodOf: (day: string) => string): bigint;
  /** A quota in the same unit. */
  quotaOf(measure: Measure, quota: string): bigint;
}

export async function creditsOfPeriod(
  database: Database,
  workspaceId: WorkspaceId,
  content: PlanContent,
  days: { readonly from: string; readonly until: string },
): Promise<PastCredit> {
  // Facts only: no condition is asked of the past here.
  const components = content.components.filter((each) => 'quota' in each).map((each) => ({ ...each, gates: [], kickers: [] }));
  const measuresOnly = { ...content, components, terms: [], pool: null };
  const { evidence } = await gatherFacts(database, workspaceId, { planId: null, content: measuresOnly, ...days, cutOff: null });
  const dayOf = new Map(evidence.facts.map(({ id, on }) => [id, on]));
  const always = { first: null, last: null, away: [] };
  const book = openBook(standingFacts(evidence.facts), new Map(content.payees.map(({ id }) => [id, always])), 0);
  return {
    most(measure, payeeId, periodOf) {
      const sums = new Map<string, bigint>();
      for (const { id, credit } of book.entries({ measure, clawback: content.clawback, overlay: false }, payeeId)) {
        const period = periodOf(dayOf.get(id) ?? '');
        sums.set(period, (sums.get(period) ?? 0n) + credit);
      }
      return [...sums.values()].reduce((most, each) => (each > most ? each : most), 0n);
    },
    quotaOf: (measure, quota) => creditOf(quota, measure.by),
  };
}
