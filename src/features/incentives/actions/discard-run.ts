import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { whyNotDiscard, whyNotRunPay } from '../policy/runs.ts';
import { lockRunRow, runCaseOf } from '../queries/run-rows.ts';
import { sightOf } from '../queries/sight.ts';
import { recordRunFact } from './run-facts.ts';

/** Sets a draft run aside: it stays readable, and the period can be run anew. @throws Problem forbidden, conflict */
export async function discardRun(tx: Tx, who: Who, id: string, because: string): Promise<void> {
  const run = await lockRunRow(tx, who.workspaceId, id);
  const sight = await sightOf(tx, who);
  const reason = whyNotDiscard(sight, await runCaseOf(tx, who.workspaceId, run, []));
  if (reason !== null) throw new Problem(whyNotRunPay(sight) === null ? 'conflict' : 'forbidden', reason);
  await sql`UPDATE payout_runs SET status = 'discarded', discarded_by = ${who.memberId}::uuid, discarded_at = clock_timestamp(), discarded_because = ${because}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordRunFact(tx, who, run, 'discarded', { because });
}
