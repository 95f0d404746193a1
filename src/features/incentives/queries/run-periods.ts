import { sql } from 'kysely';
import type { PeriodKind } from '#engine/payout/plan.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type PayPeriod, payPeriodAfter, payPeriodOf } from '../contract/plan-periods.ts';

/** The period of a kind that is to be paid next: after the last locked one, else the first that a signed plan pays; null where none does. */
export async function nextPeriod(tx: Tx, workspaceId: WorkspaceId, kind: PeriodKind): Promise<PayPeriod | null> {
  const { rows } = await sql<{ locked: string | null; first: string | null }>`SELECT
      (SELECT max(period_start) FROM payout_runs WHERE workspace_id = ${workspaceId}::uuid AND period_kind = ${kind} AND kind = 'regular' AND status = 'locked') AS locked,
      (SELECT min(in_force_from) FROM incentive_plan_versions WHERE workspace_id = ${workspaceId}::uuid AND period_kind = ${kind} AND status = 'signed') AS first`.execute(
    tx,
  );
  const { locked, first } = rows[0]!;
  if (locked) return payPeriodAfter(locked, kind);
  return first ? payPeriodOf(first, kind) : null;
}
