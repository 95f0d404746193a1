import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { BackTest, backTestAsk } from '../contract.ts';
import { answerBackTest } from '../queries/back-test-answer.ts';
import { wholeBackTest } from '../queries/back-test-ask.ts';

/**
 * Puts a version to past leads, beside the one in force for its term, and keeps the result with the version.
 * @throws Problem not-found, bad-input (a period that ends before it begins), conflict (a definition of touches)
 */
export async function runBackTest(tx: Tx, who: Who, versionId: string, asked: z.output<typeof backTestAsk>): Promise<BackTest> {
  const { workspaceId, memberId } = who;
  const whole = await wholeBackTest(tx, workspaceId, versionId, asked);
  const result = await answerBackTest(tx, workspaceId, whole);
  const id = newId();
  await sql`INSERT INTO back_tests (workspace_id, id, version_id, asked, result, member_id, run_at)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${versionId}::uuid, ${JSON.stringify(whole.ask)}::jsonb, ${JSON.stringify(result)}::jsonb,
      ${memberId}::uuid, ${whole.ask.now}::timestamptz)`.execute(tx);
  await recordFact(tx, workspaceId, {
    kind: 'definition.backTested',
    subjectKind: 'definition',
    subjectId: versionId,
    memberId,
    body: { backTestId: id, start: result.start, end: result.end, by: result.by },
  });
  return { ...result, id, versionId, runAt: whole.ask.now, member: { id: memberId, name: who.name } };
}
