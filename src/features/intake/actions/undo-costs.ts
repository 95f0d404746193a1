/** An import's costs taken back with it: its entries and reversals are void, and what it had corrected counts again. */

import { Problem } from '#platform/errors.ts';
import { closedMeanwhile } from './apply-costs.ts';
import { q, type Undo } from './undo-context.ts';

const ofThisRun = 'SELECT id FROM cost_entries WHERE workspace_id = :ws AND run_id = :run';
/** Reversals by hand of this import's entries go with them: they take back what is no more. */
export const handReversals = `SELECT r.id FROM cost_entries r WHERE r.workspace_id = :ws AND r.run_id IS NULL AND r.voided_by IS NULL AND r.reverses_id IN (${ofThisRun})`;

/** What others built on this import's costs and on its campaigns, accounts and teams: corrections, budgets, recurring costs. */
export const costsLeaningOn = [
  `SELECT r.run_id, r.id FROM cost_entries r WHERE r.workspace_id = :ws AND r.run_id IS NOT NULL AND r.run_id <> :run AND r.voided_by IS NULL AND r.reverses_id IN (${ofThisRun})`,
  `SELECT NULL::uuid, b.id FROM budgets b WHERE b.workspace_id = :ws AND b.superseded_at IS NULL AND b.campaign_id IN (SELECT id FROM made WHERE kind = 'campaign')`,
  `SELECT NULL::uuid, c.id FROM recurring_costs c WHERE c.workspace_id = :ws AND c.ended_at IS NULL
     AND (c.content->>'campaignId' IN (SELECT id::text FROM made WHERE kind = 'campaign') OR c.content->>'accountId' IN (SELECT id::text FROM made WHERE kind = 'account'))`,
];

/** @throws Problem conflict, naming the closed months that hold any of it */
export async function refuseClosedCosts(undo: Undo): Promise<void> {
  const { rows } = await q(
    undo,
    `SELECT DISTINCT to_char(c.month, 'YYYY-MM') AS month FROM cost_entries e
     JOIN period_closings c ON c.workspace_id = :ws AND c.reopened_at IS NULL AND c.month = date_trunc('month', e.occurred_on)::date
     WHERE e.workspace_id = :ws AND e.voided_by IS NULL AND (e.run_id = :run OR e.id IN (${handReversals})) ORDER BY 1`,
  );
  if (rows.length === 0) return;
  const months = rows.map(({ month }) => String(month)).join(', ');
  throw new Problem(
    'conflict',
    `Costs of this import stand in ${rows.length === 1 ? 'a month that is closed' : 'months that are closed'}: ${months}. Reopen ${rows.length === 1 ? 'it' : 'them'} first, or take single costs back by reversing entries.`,
  );
}

/** After `refuseClosedCosts`. */
export async function undoCosts(undo: Undo): Promise<{ removed: number; restored: number }> {
  try {
    await q(undo, `UPDATE cost_entries SET voided_by = :run WHERE workspace_id = :ws AND id IN (${handReversals})`);
    const restored = await q(
      undo,
      `UPDATE cost_entries o SET reversed_by = NULL FROM cost_entries r
       WHERE o.workspace_id = :ws AND r.workspace_id = :ws AND r.run_id = :run AND r.voided_by IS NULL AND o.reversed_by = r.id`,
    );
    const removed = await q(
      undo,
      `UPDATE cost_entries SET voided_by = :run WHERE workspace_id = :ws AND run_id = :run AND voided_by IS NULL`,
    );
    return { removed: removed.rowCount ?? 0, restored: restored.rowCount ?? 0 };
  } catch (error) {
    throw closedMeanwhile(error) ?? error;
  }
}
