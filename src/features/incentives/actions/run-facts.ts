import type { Tx } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { RunRow } from '../queries/run-rows.ts';

/** That something was done with a run. Amounts stand in its lines only: facts are read by more people than pay is. */
export async function recordRunFact(
  tx: Tx,
  who: Who,
  run: Pick<RunRow, 'id' | 'attempt'>,
  verb: string,
  body: Record<string, unknown> = {},
): Promise<void> {
  await recordFact(tx, who.workspaceId, {
    kind: `payoutRun.${verb}`,
    subjectKind: 'payoutRun',
    subjectId: run.id,
    memberId: who.memberId,
    body: { attempt: run.attempt, ...body },
  });
}
