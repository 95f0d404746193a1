import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Opening } from '../contract/pieces.ts';
import { sha256 } from './computed-plan.ts';
import type { RunRow } from './run-rows.ts';

/** What was agreed after a dispute and stands in no locked run yet: lines of this one, in the order they were agreed. */
export async function agreedCorrections(tx: Tx, workspaceId: WorkspaceId, run: RunRow) {
  const { rows } = await sql<{
    disputeId: string;
    versionId: string;
    memberId: string;
    side: string;
    amount: string;
    currency: string;
    periodStart: string;
    answer: string;
    lineKey: string;
  }>`SELECT d.id AS "disputeId", l.version_id AS "versionId", d.member_id AS "memberId", d.side, d.correction_amount::text AS amount,
      d.correction_currency AS currency, l.period_start AS "periodStart", d.answer, d.line_key AS "lineKey"
    FROM disputes d JOIN statement_lines l ON l.workspace_id = d.workspace_id AND l.id = d.line_id
      JOIN payout_runs q ON q.workspace_id = d.workspace_id AND q.id = d.run_id
    WHERE d.workspace_id = ${workspaceId}::uuid AND d.status = 'corrected' AND q.status = 'locked' AND q.period_kind = ${run.periodKind}
      AND NOT EXISTS (SELECT FROM statement_lines c JOIN payout_runs r ON r.workspace_id = c.workspace_id AND r.id = c.run_id AND r.attempt = c.attempt
        WHERE c.workspace_id = d.workspace_id AND c.dispute_id = d.id AND r.status = 'locked')
    ORDER BY d.answered_at, d.id`.execute(tx);
  return rows.map(({ answer, lineKey, ...row }) => ({
    ...row,
    lineKey: `dispute ${row.disputeId}`,
    component: 'dispute',
    kind: 'dispute',
    reason: 'dispute',
    factIds: [],
    content: { line: null, says: `Agreed after a dispute: ${answer}`, opens: [] satisfies Opening[], about: lineKey },
  }));
}

/** Of all lines of a run: those of each version by its hash, in the order of their ids, and what disputes agreed. */
export const hashOfRun = (
  versions: readonly { readonly versionId: string; readonly linesHash: string }[],
  corrections: readonly { readonly disputeId: string | null; readonly amount: string; readonly currency: string }[],
): string =>
  sha256(
    [
      ...versions.map(({ versionId, linesHash }) => `${versionId} ${linesHash}`),
      ...corrections.map(({ disputeId, amount, currency }) => `dispute ${disputeId} ${amount} ${currency}`),
    ].join('\n'),
  );

/** Those that stand in a run, in its order. */
export async function correctionsIn(tx: Tx, workspaceId: WorkspaceId, run: Pick<RunRow, 'id' | 'attempt'>) {
  const { rows } = await sql<{
    disputeId: string;
    amount: string;
    currency: string;
  }>`SELECT dispute_id AS "disputeId", amount::text AS amount, currency
    FROM statement_lines WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid AND attempt = ${run.attempt} AND dispute_id IS NOT NULL
    ORDER BY line_no`.execute(tx);
  return rows;
}
