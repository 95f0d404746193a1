import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { approvalScopeOf, whyNotApprove } from '../policy/runs.ts';
import { approvalsOf, lockRunRow, runCaseOf } from '../queries/run-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { recordRunFact } from './run-facts.ts';

/**
 * Approves the lines that were read: whoever names another hash looks again.
 * @throws Problem forbidden, conflict
 */
export async function approveRun(
  tx: Tx,
  who: Who,
  id: string,
  given: { readonly linesHash: string; readonly note: string },
): Promise<void> {
  const run = await lockRunRow(tx, who.workspaceId, id);
  const sight = await sightOf(tx, who);
  const reason = whyNotApprove(sight, await runCaseOf(tx, who.workspaceId, run, await approvalsOf(tx, who.workspaceId, id)), who);
  const scope = approvalScopeOf(sight);
  if (reason !== null || scope === null)
    throw new Problem(scope === null || who.scopes ? 'forbidden' : 'conflict', reason ?? 'Heads approve.');
  if (run.linesHash !== given.linesHash)
    throw new Problem('conflict', 'These are not the lines you read: look at them again before you approve.');
  await sql`INSERT INTO payout_approvals (workspace_id, id, run_id, attempt, lines_hash, member_id, scope, note, approved_at)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${id}::uuid, ${run.attempt}, ${run.linesHash}, ${who.memberId}::uuid, ${scope}, ${given.note}, clock_timestamp())`.execute(
    tx,
  );
  await recordRunFact(tx, who, run, 'approved', { scope, linesHash: run.linesHash });
}
