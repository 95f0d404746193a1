import { type RawBuilder, sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Dispute } from '../contract/disputes.ts';
import type { PeriodKind } from '#engine/payout/plan.ts';
import type { DisputeState } from '../contract/states.ts';

type Named = NonNullable<Dispute['answeredBy']>;

export interface DisputeRow {
  readonly id: string;
  readonly status: DisputeState;
  readonly runId: string;
  readonly periodStart: string;
  readonly periodKind: PeriodKind;
  readonly lineId: string;
  readonly payee: Dispute['payee'];
  readonly reason: string;
  readonly raisedBy: Named;
  readonly raisedAt: string;
  readonly dueAt: string;
  readonly late: boolean;
  readonly answer: string | null;
  readonly answeredBy: Named | null;
  readonly answeredAt: string | null;
  readonly escalatedBy: Named | null;
  readonly escalatedAt: string | null;
  readonly escalatedBecause: string | null;
  readonly correctionAmount: bigint | null;
  readonly correctionCurrency: string | null;
  /** The locked or draft run in which the correction stands. */
  readonly correctedIn: string | null;
}

const member = (column: string): RawBuilder<unknown> =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = d.workspace_id AND m.id = ${sql.ref(column)})`;

/** @param where conditions of SQL over `d` (the dispute) and `r` (its run). Newest first. */
export async function readDisputes(
  tx: Tx,
  workspaceId: WorkspaceId,
  { where, limit }: { where: readonly RawBuilder<unknown>[]; limit: number },
): Promise<DisputeRow[]> {
  const { rows } =
    await sql<DisputeRow>`SELECT d.id, d.status, d.run_id AS "runId", r.period_start AS "periodStart", r.period_kind AS "periodKind",
      d.line_id AS "lineId", (SELECT json_build_object('id', m.id, 'name', m.name, 'side', d.side) FROM members m WHERE m.workspace_id = d.workspace_id AND m.id = d.member_id) AS payee,
      d.reason, ${member('d.raised_by')} AS "raisedBy", d.raised_at AS "raisedAt", d.due_at AS "dueAt", d.status = 'open' AND d.due_at < now() AS late,
      d.answer, ${member('d.answered_by')} AS "answeredBy", d.answered_at AS "answeredAt", ${member('d.escalated_by')} AS "escalatedBy",
      d.escalated_at AS "escalatedAt", d.escalated_because AS "escalatedBecause", d.correction_amount AS "correctionAmount", d.correction_currency AS "correctionCurrency",
      (SELECT c.run_id FROM statement_lines c JOIN payout_runs cr ON cr.workspace_id = c.workspace_id AND cr.id = c.run_id AND cr.attempt = c.attempt
        WHERE c.workspace_id = d.workspace_id AND c.dispute_id = d.id AND cr.status <> 'discarded' ORDER BY cr.period_start LIMIT 1) AS "correctedIn"
    FROM disputes d JOIN payout_runs r ON r.workspace_id = d.workspace_id AND r.id = d.run_id
    WHERE ${sql.join([sql`d.workspace_id = ${workspaceId}::uuid`, ...where], sql` AND `)}
    ORDER BY d.raised_at DESC, d.id DESC LIMIT ${limit}`.execute(tx);
  return rows;
}

/** @param lock whether nobody else answers it until the transaction ends. @throws Problem not-found */
export async function getDisputeRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<DisputeRow> {
  if (lock) await sql`SELECT 1 FROM disputes WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  const [row] = await readDisputes(tx, workspaceId, { where: [sql`d.id = ${id}::uuid`], limit: 1 });
  if (!row) throw notFound('dispute');
  return row;
}
