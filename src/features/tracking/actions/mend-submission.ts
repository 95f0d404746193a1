import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { Who } from '#platform/http/route.ts';
import { personGround, readPerson } from '../queries/person.ts';
import { valuesOf } from '../queries/sent-values.ts';
import { getSubmission } from '../queries/stored-submission.ts';
import { whyNotMend } from '../queries/submissions.ts';
import { followJob } from './write-arrivals.ts';

/**
 * Puts other values beside what was sent, and takes the submission up anew. What was sent stays as it is.
 * @throws Problem conflict where it can't be mended any more; bad-input where it still tells no person
 */
export async function mendSubmission(tx: Tx, who: Who, id: string, values: Readonly<Record<string, string>>): Promise<void> {
  const sent = await getSubmission(tx, who.workspaceId, id, true);
  const why = whyNotMend(sent.state, true);
  if (why) throw new Problem('conflict', why);
  const mended = { ...sent.mended, ...values };
  const { problems } = readPerson(await personGround(tx, who.workspaceId), valuesOf({ ...sent, mended }));
  if (problems.length > 0)
    throw new Problem('bad-input', `${problems[0]!.at}: ${problems[0]!.reason}.`, {
      fields: problems.map(({ at, reason }) => ({ at: `values.${at}`, reason })),
    });
  await sql`UPDATE tracking_submissions SET mended = ${JSON.stringify(mended)}::jsonb, state = 'waiting', reason = NULL
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await sql`INSERT INTO tracking_backlog (workspace_id, id, kind, submission_id) VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, 'submission', ${id}::uuid)`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: 'submission.mended',
    subjectKind: 'submission',
    subjectId: id,
    memberId: who.memberId,
    body: { fields: Object.keys(values) },
  });
  await enqueue(tx, who.workspaceId, followJob(who.workspaceId));
}
