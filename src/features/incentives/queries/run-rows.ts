/** Runs as they are stored, with their approvals and whom they pay. */

import { type RawBuilder, sql } from 'kysely';
import type { PeriodKind } from '#engine/payout/plan.ts';
import type { Side as PaidSide } from '#engine/payout/sides.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { RunKind } from '../contract/runs.ts';
import type { RunState } from '../contract/states.ts';
import type { ApprovalScope, RunCase } from '../policy/runs.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface RunRow {
  readonly id: string;
  readonly kind: RunKind;
  readonly status: RunState;
  readonly periodKind: PeriodKind;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly seriesId: string | null;
  /** Of a shadow run. */
  readonly versionId: string | null;
  readonly attempt: number;
  readonly cutoff: string;
  readonly inputsHash: string | null;
  readonly linesHash: string | null;
  readonly computedAt: string | null;
  readonly startedBy: Named;
  readonly startedAt: string;
  readonly lockedBy: Named | null;
  readonly lockedAt: string | null;
  readonly discardedBecause: string | null;
  readonly openDisputes: number;
}

const nameOf = (column: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = r.workspace_id AND m.id = ${column})`;

const selected = sql`r.id, r.kind, r.status, r.period_kind AS "periodKind", r.period_start AS "periodStart", r.period_end AS "periodEnd",
  r.series_id AS "seriesId", r.version_id AS "versionId", r.attempt, r.cutoff, r.inputs_hash AS "inputsHash", r.lines_hash AS "linesHash", r.computed_at AS "computedAt",
  ${nameOf(sql`r.started_by`)} AS "startedBy", r.started_at AS "startedAt", ${nameOf(sql`r.locked_by`)} AS "lockedBy", r.locked_at AS "lockedAt",
  r.discarded_because AS "discardedBecause", (SELECT count(*)::int FROM disputes d WHERE d.workspace_id = r.workspace_id AND d.run_id = r.id
    AND d.status IN ('open', 'escalated')) AS "openDisputes"`;

/** @param where conditions of SQL over `r`. Newest period first. */
export async function readRuns(
  tx: Tx,
  workspaceId: WorkspaceId,
  { where, limit }: { where: readonly RawBuilder<unknown>[]; limit?: number },
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`SELECT ${selected} FROM payout_runs r
    WHERE ${sql.join([sql`r.workspace_id = ${workspaceId}::uuid`, ...where], sql` AND `)}
    ORDER BY r.period_start DESC, r.id DESC LIMIT ${limit ?? 1_000}`.execute(tx);
  return rows;
}

/** @throws Problem not-found */
export async function getRun(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<RunRow> {
  const [run] = await readRuns(tx, workspaceId, { where: [sql`r.id = ${id}::uuid`], limit: 1 });
  if (!run) throw notFound('run');
  return run;
}

/** The run, which nobody else computes, approves, locks or discards until the transaction ends. */
export async function lockRunRow(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<RunRow> {
  await sql`SELECT 1 FROM payout_runs WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid FOR UPDATE`.execute(tx);
  return getRun(tx, workspaceId, id);
}

export interface ApprovalRow {
  readonly id: string;
  readonly member: Named;
  readonly scope: ApprovalScope;
  readonly note: string;
  readonly approvedAt: string;
  readonly attempt: number;
  readonly linesHash: string;
}

/** Every approval that was given, oldest first. */
export async function approvalsOf(tx: Tx, workspaceId: WorkspaceId, runId: string): Promise<ApprovalRow[]> {
  const { rows } = await sql<ApprovalRow>`SELECT a.id, json_build_object('id', m.id, 'name', m.name) AS member, a.scope, a.note,
      a.approved_at AS "approvedAt", a.attempt, a.lines_hash AS "linesHash"
    FROM payout_approvals a JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.member_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.run_id = ${runId}::uuid ORDER BY a.approved_at, a.id`.execute(tx);
  return rows;
}

/** An approval counts for the lines it was given on, also where computing anew came to the same ones. */
export const counting = (run: Pick<RunRow, 'linesHash'>, approvals: readonly ApprovalRow[]): ApprovalRow[] => [
  ...new Map(approvals.filter(({ linesHash }) => linesHash === run.linesHash).map((each) => [each.member.id, each])).values(),
];

/** What the rules about a run ask of it. */
export async function runCaseOf(tx: Tx, workspaceId: WorkspaceId, run: RunRow, approvals: readonly ApprovalRow[]): Promise<RunCase> {
  const { rows } = await sql<{ side: PaidSide }>`SELECT DISTINCT side FROM statement_lines
    WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid AND attempt = ${run.attempt}`.execute(tx);
  return {
    kind: run.kind,
    status: run.status,
    attempt: run.attempt,
    startedById: run.startedBy.id,
    sides: rows.map(({ side }) => side).toSorted(),
    approvals: counting(run, approvals).map(({ member, scope }) => ({ memberId: member.id, scope })),
  };
}
