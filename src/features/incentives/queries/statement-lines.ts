import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Opening } from '../contract/pieces.ts';
import type { StatementLine } from '../contract/statements.ts';
import type { DisputeState } from '../contract/states.ts';
import { whyNotDispute } from '../policy/disputes.ts';

interface Row {
  readonly id: string;
  readonly lineNo: number;
  readonly versionId: string;
  readonly planId: string;
  readonly number: number;
  readonly planName: string;
  readonly memberId: string;
  readonly component: string;
  readonly kind: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly periodStart: string;
  readonly runStart: string;
  readonly runKind: string;
  readonly runStatus: string;
  readonly reason: string | null;
  readonly content: { readonly says: string; readonly opens: readonly Opening[] };
  readonly disputeId: string | null;
  readonly disputeStatus: DisputeState | null;
  readonly disputeDueAt: string | null;
}

/** @param where conditions of SQL over `l` (the line) and `r` (its run): whose pay is asked for must be checked before */
export async function readLines(tx: Tx, who: Who, where: readonly RawBuilder<unknown>[]): Promise<StatementLine[]> {
  const { rows } =
    await sql<Row>`SELECT l.id, l.line_no AS "lineNo", l.version_id AS "versionId", v.plan_id AS "planId", v.number, v.content ->> 'name' AS "planName",
      l.member_id AS "memberId", l.component, l.kind, l.amount, l.currency, l.period_start AS "periodStart", r.period_start AS "runStart", r.kind AS "runKind",
      r.status AS "runStatus", l.reason, l.content, d.id AS "disputeId", d.status AS "disputeStatus", d.due_at AS "disputeDueAt"
    FROM statement_lines l JOIN payout_runs r ON r.workspace_id = l.workspace_id AND r.id = l.run_id AND r.attempt = l.attempt
      JOIN incentive_plan_versions v ON v.workspace_id = l.workspace_id AND v.id = l.version_id
      LEFT JOIN LATERAL (SELECT d.id, d.status, d.due_at FROM disputes d WHERE d.workspace_id = l.workspace_id AND d.line_id = l.id
        ORDER BY d.raised_at DESC, d.id DESC LIMIT 1) d ON true
    WHERE ${sql.join([sql`l.workspace_id = ${who.workspaceId}::uuid`, ...where], sql` AND `)} ORDER BY l.line_no`.execute(tx);
  return rows.map((row) => lineOf(who, row));
}

function lineOf(who: Who, row: Row): StatementLine {
  const { disputeId, disputeStatus, disputeDueAt } = row;
  const dispute = disputeId && disputeStatus && disputeDueAt ? { id: disputeId, status: disputeStatus, dueAt: disputeDueAt } : null;
  return {
    id: row.id,
    lineNo: row.lineNo,
    plan: { planId: row.planId, versionId: row.versionId, number: row.number, name: row.planName },
    component: row.component,
    kind: row.kind,
    says: row.content.says,
    amount: String(row.amount),
    currency: row.currency,
    periodStart: row.periodStart,
    isCorrection: row.periodStart !== row.runStart || row.kind === 'dispute',
    reason: row.reason,
    opens: [...row.content.opens],
    dispute,
    can: { dispute: whyNotDispute(who, { memberId: row.memberId, runKind: row.runKind, runStatus: row.runStatus, dispute }) },
  };
}
