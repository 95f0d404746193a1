import { missingSignatures } from '#features/agreement/queries/signing.ts';
import { type Signature, signaturesOf } from '#features/agreement/queries/versions.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanList, PlanSummary } from '../contract/plans.ts';
import { whyNotDraft } from '../policy.ts';
import { inForceOf, listPlanRows, type PlanRow } from './plan-rows.ts';

/** All versions of all plans in short, those that begin last first. */
export async function listPlans(tx: Tx, who: Who): Promise<PlanList> {
  const rows = await listPlanRows(tx, who.workspaceId);
  const signatures = await signaturesOf(
    tx,
    who.workspaceId,
    rows.map(({ id }) => id),
  );
  const inForce = inForceOf(rows);
  return {
    items: rows.map((row) => ({ ...summaryOf(row, inForce.has(row.id), signatures.get(row.id) ?? []), goals: row.content.goals.length })),
    can: { draft: whyNotDraft(who) },
  };
}

export const summaryOf = (row: PlanRow, inForce: boolean, signatures: readonly Pick<Signature, 'side'>[]): Omit<PlanSummary, 'goals'> => ({
  id: row.id,
  planId: row.planId,
  number: row.number,
  status: row.status,
  title: row.content.title,
  start: row.content.start,
  end: row.content.end,
  hasWorkBack: row.content.workBack !== null,
  inForce,
  missing: missingSignatures(row.status, signatures),
  madeBy: row.madeBy,
  madeAt: row.madeAt,
  signedAt: row.signedAt,
});
