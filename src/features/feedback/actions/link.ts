import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { readable } from '../queries/readable.ts';

/** Says of two that they belong together, or that they don’t. The later word counts. */
export async function linkFeedback(
  tx: Tx,
  who: Who,
  { oneId, otherId, together }: { oneId: string; otherId: string; together: boolean },
): Promise<void> {
  const { rows } = await sql<{ id: string; toSide: string }>`SELECT f.id, f.to_side AS "toSide" FROM feedback f
    WHERE f.workspace_id = ${who.workspaceId}::uuid AND f.id = ANY(${[oneId, otherId]}::uuid[]) AND ${readable(who)}`.execute(tx);
  const [one, other] = [oneId, otherId].map((id) => rows.find((row) => row.id === id));
  if (!one || !other) throw notFound('feedback');
  const reason =
    oneId === otherId
      ? 'It is one and the same.'
      : one.toSide === other.toSide
        ? null
        : 'They are to different sides: each has something else to do.';
  if (reason) throw new Problem('bad-input', reason, { fields: [{ at: 'otherId', reason }] });
  const [first, second] = [oneId, otherId].sort();
  await sql`INSERT INTO feedback_links (workspace_id, one_id, other_id, together, member_id) VALUES (${who.workspaceId}::uuid, ${first}::uuid, ${second}::uuid, ${together}, ${who.memberId}::uuid)
    ON CONFLICT (workspace_id, one_id, other_id) DO UPDATE SET together = excluded.together, member_id = excluded.member_id, at = now()`.execute(
    tx,
  );
  await recordFact(tx, who.workspaceId, {
    kind: together ? 'feedback.joined' : 'feedback.parted',
    subjectKind: 'feedback',
    subjectId: oneId,
    memberId: who.memberId,
    body: { otherId },
  });
}
