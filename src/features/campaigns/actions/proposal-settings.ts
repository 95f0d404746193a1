import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';

/** Agrees on the working days within which marketing answers, for what is proposed from now on. */
export async function setAnswerDays(tx: Tx, who: Who, answerDays: number): Promise<void> {
  const id = newId();
  await sql`INSERT INTO proposal_settings (workspace_id, id, answer_days, set_by, set_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${answerDays}, ${who.memberId}::uuid, clock_timestamp())`.execute(tx);
  await recordFact(tx, who.workspaceId, {
    kind: 'proposal.daysAgreed',
    subjectKind: 'proposal',
    subjectId: id,
    memberId: who.memberId,
    body: { answerDays },
  });
}
