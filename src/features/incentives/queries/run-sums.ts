import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Sight } from '../policy/access.ts';
import type { RunRow } from './run-rows.ts';
import { payCondition } from './sight.ts';

export interface RunSums {
  readonly sums: { readonly currency: string; readonly amount: string }[];
  readonly payees: number;
}

/** Of each run, what it pays those whom the asker sees, by currency, and how many they are. */
export async function sumsOfRuns(tx: Tx, workspaceId: WorkspaceId, sight: Sight, runs: readonly RunRow[]): Promise<Map<string, RunSums>> {
  const asked = runs.map(({ id, attempt }) => ({ id, attempt }));
  const { rows } = await sql<{ runId: string; currency: string; amount: bigint; payees: number }>`
    SELECT l.run_id AS "runId", l.currency, sum(l.amount)::bigint AS amount,
      (SELECT count(DISTINCT o.member_id)::int FROM statement_lines o WHERE o.workspace_id = ${workspaceId}::uuid AND o.run_id = l.run_id AND o.attempt = l.attempt
        AND ${payCondition(sight, sql`o.member_id`, sql`o.side`)}) AS payees
    FROM statement_lines l JOIN jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a(id uuid, attempt int) ON l.run_id = a.id AND l.attempt = a.attempt
    WHERE l.workspace_id = ${workspaceId}::uuid AND ${payCondition(sight, sql`l.member_id`, sql`l.side`)}
    GROUP BY l.run_id, l.attempt, l.currency ORDER BY l.currency`.execute(tx);
  const byRun = Map.groupBy(rows, ({ runId }) => runId);
  return new Map(
    [...byRun].map(([id, each]) => [
      id,
      { sums: each.map(({ currency, amount }) => ({ currency, amount: String(amount) })), payees: each[0]!.payees },
    ]),
  );
}
