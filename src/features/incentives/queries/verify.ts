import { sql } from 'kysely';
import type { Check, Difference, Verification } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { sha256 } from './computed-plan.ts';
import { correctionsIn } from './dispute-corrections.ts';
import { keptInputs, recomputedHash } from './run-check.ts';
import { readRuns, type RunRow } from './run-rows.ts';

/** `accord verify` of pay: every locked run computed again from what was kept with it, and its entries in the ledger. */
export const verifyPayouts: Check = (database, workspaceId, say) =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const result: Verification = { checked: {}, differences: [], total: 0 };
      const runs = await readRuns(tx, workspaceId, { where: [sql`r.kind = 'regular'`, sql`r.status = 'locked'`] });
      for (const run of runs) {
        say(`payout_runs: ${run.periodStart}`);
        const found = [...(await compareLines(tx, workspaceId, run)), ...(await comparePostings(tx, workspaceId, run))];
        result.total += found.length;
        result.differences.push(...found);
      }
      result.checked['payoutRun'] = runs.length;
      return result;
    },
    { snapshot: true, statementTimeout: 0 },
  );

async function compareLines(tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<Difference[]> {
  const kept = await keptInputs(tx, workspaceId, run);
  const touched = kept.filter(({ text, inputsHash }) => sha256(text) !== inputsHash);
  const recomputed = recomputedHash(kept, await correctionsIn(tx, workspaceId, run));
  return [
    ...touched.map(({ versionId, inputsHash, text }) =>
      differenceOf(run, `inputs of ${versionId} are not those kept`, inputsHash, sha256(text)),
    ),
    ...(recomputed === run.linesHash ? [] : [differenceOf(run, 'computes otherwise from what was kept', run.linesHash, recomputed)]),
    ...(await compareAmounts(tx, workspaceId, run)),
  ];
}

/** The amount of a line is that of the engine's line kept with it. */
async function compareAmounts(tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<Difference[]> {
  const { rows } = await sql<{
    id: string;
    amount: bigint;
    kept: string;
  }>`SELECT id, amount, content #>> '{line,amount}' AS kept FROM statement_lines
    WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid AND attempt = ${run.attempt} AND content #>> '{line,amount}' <> amount::text`.execute(
    tx,
  );
  return rows.map(({ id, amount, kept }) => ({
    kind: 'statementLine',
    id,
    field: 'amount',
    state: String(amount),
    facts: kept,
    what: 'is not what was computed',
  }));
}

/** What a person gets by a run, and what went into the ledger. */
async function comparePostings(tx: Tx, workspaceId: WorkspaceId, run: RunRow): Promise<Difference[]> {
  const { rows } = await sql<{ memberId: string; paid: string | null; posted: string | null; entry: string | null }>`
    SELECT coalesce(l.member_id, p.member_id) AS "memberId", l.amount::text AS paid, p.amount::text AS posted, c.amount::text AS entry
    FROM (SELECT member_id, currency, sum(amount) AS amount FROM statement_lines WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid
        AND attempt = ${run.attempt} GROUP BY member_id, currency HAVING sum(amount) <> 0) l
      FULL JOIN (SELECT * FROM payout_postings WHERE workspace_id = ${workspaceId}::uuid AND run_id = ${run.id}::uuid) p
        ON p.member_id = l.member_id AND p.currency = l.currency
      LEFT JOIN cost_entries c ON c.workspace_id = ${workspaceId}::uuid AND c.id = p.cost_id
    WHERE l.amount IS DISTINCT FROM p.amount OR p.amount IS DISTINCT FROM c.amount`.execute(tx);
  return rows.map(({ memberId, paid, posted, entry }) =>
    differenceOf(run, `what ${memberId} gets is not what went into the ledger`, paid, posted === entry ? posted : entry),
  );
}

const differenceOf = (run: RunRow, what: string, state: string | null, facts: string | null): Difference => ({
  ...{ kind: 'payoutRun', id: run.id, field: 'lines', state, facts, what },
});
