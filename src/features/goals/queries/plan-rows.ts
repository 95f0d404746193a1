/** Versions of plans as they are kept. */

import { sql } from 'kysely';
import type { VersionState } from '#features/agreement/contract.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { PlanContent } from '../contract/plans.ts';
import type { Working } from '../contract/working.ts';

export interface PlanRow {
  readonly kind: 'goalPlan';
  readonly id: string;
  readonly planId: string;
  readonly number: number;
  readonly status: VersionState;
  readonly content: PlanContent;
  readonly working: Working | null;
  /** The plan's first day, from the proposal on. */
  readonly effectiveFrom: string | null;
  readonly contentHash: string | null;
  readonly madeBy: { readonly id: string; readonly name: string } | null;
  readonly madeAt: string;
  readonly proposedAt: string | null;
  readonly signedAt: string | null;
  readonly withdrawnAt: string | null;
}

export const planTable = sql.table('goal_plans');
export const planWords = 'plan of goals';

const columns = sql`'goalPlan' AS kind, v.id, v.plan_id AS "planId", v.number, v.status, v.content, v.working, v.effective_from AS "effectiveFrom",
  v.content_hash AS "contentHash", (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = v.workspace_id AND m.id = v.made_by) AS "madeBy",
  v.made_at AS "madeAt", v.proposed_at AS "proposedAt", v.signed_at AS "signedAt", v.withdrawn_at AS "withdrawnAt"`;

/** @param lock holds the row until the transaction ends. @throws Problem not-found */
export async function getPlanRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<PlanRow> {
  const { rows } = await sql<PlanRow>`SELECT ${columns} FROM goal_plans v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.id = ${id}::uuid ${lock ? sql`FOR UPDATE OF v` : sql``}`.execute(tx);
  if (!rows[0]) throw notFound(planWords);
  return rows[0];
}

/** More plans than these are not shown. */
const mostPlans = 500;

/** Of all plans, those that begin last first; of one, the newest version first. */
export async function listPlanRows(tx: Tx, workspaceId: WorkspaceId, planId?: string): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`SELECT ${columns} FROM goal_plans v
    WHERE v.workspace_id = ${workspaceId}::uuid ${planId === undefined ? sql`` : sql`AND v.plan_id = ${planId}::uuid`}
    ORDER BY v.starts_on DESC, v.plan_id, v.number DESC LIMIT ${mostPlans}`.execute(tx);
  return rows;
}

/** Of each plan the version signed last: they count. */
export async function plansInForce(tx: Tx, workspaceId: WorkspaceId): Promise<PlanRow[]> {
  const { rows } = await sql<PlanRow>`SELECT DISTINCT ON (v.plan_id) ${columns} FROM goal_plans v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.status = 'signed' ORDER BY v.plan_id, v.signed_at DESC, v.number DESC LIMIT ${mostPlans}`.execute(
    tx,
  );
  return rows;
}

/** The version of its plan that counts: the one signed last. */
export function inForceOf(rows: readonly Pick<PlanRow, 'id' | 'planId' | 'status' | 'signedAt' | 'number'>[]): Set<string> {
  const last = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    if (row.status !== 'signed') continue;
    const other = last.get(row.planId);
    if (!other || row.signedAt! > other.signedAt! || (row.signedAt === other.signedAt && row.number > other.number))
      last.set(row.planId, row);
  }
  return new Set([...last.values()].map(({ id }) => id));
}
