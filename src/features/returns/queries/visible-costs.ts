/**
 * The one place that decides which entries somebody sees. Every question about costs reads from `visibleCosts`, so that
 * pay one may not see is in no list, sum, group, export or figure.
 */

import { type RawBuilder, sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { type CostCategory, type CostSide, costSides, isPay, payCategories } from '../contract/ledger.ts';
import type { PayVisible } from '../contract/pay.ts';

/** For the product's own work: closing, checks. Never for an answer to somebody. */
export const allPay: PayVisible = { marketing: true, sales: true };

/**
 * The condition that leaves hidden pay out, as SQL text.
 * @param side @param category SQL of the row's side and category; from the code, never from outside
 */
export function withoutHiddenPay(pay: PayVisible, side = 'e.side', category = 'e.category'): string {
  const hidden = costSides.filter((each) => !pay[each]);
  if (hidden.length === 0) return 'true';
  const listed = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
  return `(${side} IN (${listed(hidden)}) AND ${category} IN (${listed(payCategories)})) IS NOT TRUE`;
}

/** The same for one entry at hand. */
export const isVisible = (pay: PayVisible, side: CostSide, category: CostCategory): boolean => pay[side] || !isPay(category);

/** Whether sums of a side hold all of its cost, or all but its pay. */
export type CostBasis = 'whole' | 'programme';
export const basisOf = (pay: PayVisible): Record<CostSide, CostBasis> => ({
  marketing: pay.marketing ? 'whole' : 'programme',
  sales: pay.sales ? 'whole' : 'programme',
});

/**
 * The entries that count for somebody, to stand behind FROM with an alias: of an undone import none. `booked` is in
 * the workspace's currency, null without a rate, and where it was booked in one that the workspace had before.
 */
export const visibleCosts = (workspaceId: WorkspaceId, pay: PayVisible): RawBuilder<unknown> => sql`(
  SELECT e.id, e.occurred_on, e.recorded_at, e.side, e.category, e.amount, e.currency, e.campaign_id, e.account_id, e.member_id, e.team_id, e.team,
    e.segment, e.channel, e.people, e.supplier, e.description, e.custom, e.run_id, e.recorded_by, e.recurring_id, e.reverses_id, e.reversed_by,
    e.reason, e.rate, e.rate_on, CASE WHEN e.booked_currency = (SELECT w.currency FROM workspaces w WHERE w.id = ${workspaceId}::uuid) THEN e.booked END AS booked
  FROM cost_entries e
  WHERE e.workspace_id = ${workspaceId}::uuid AND e.voided_by IS NULL AND ${sql.raw(withoutHiddenPay(pay))})`;
