import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { noteQueuedLeads } from './note-queued.ts';

/** The row that says of a member what holds in every rotation. */
const everyPool = 'all';

/**
 * From now on no lead goes to this member by rotation, by rule, or as an account's owner; what the member has, stays.
 * @returns false where the member was out already, which stays as it was said first
 */
export async function takeOutOfRotation(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: string,
  { reason, by }: { reason: string; by: string | null },
): Promise<boolean> {
  const { rows } = await sql`INSERT INTO rotation (workspace_id, pool, member_id, out_since, out_reason)
    SELECT ${workspaceId}::uuid, ${everyPool}, id, now(), ${reason} FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${memberId}::uuid
    ON CONFLICT (workspace_id, pool, member_id) DO UPDATE SET out_since = excluded.out_since, out_reason = excluded.out_reason
      WHERE rotation.out_since IS NULL RETURNING member_id`.execute(tx);
  if (rows.length === 0) return false;
  await recordFact(tx, workspaceId, {
    kind: 'routing.memberTakenOut',
    subjectKind: 'routing',
    subjectId: memberId,
    memberId: by,
    body: { reason },
  });
  return true;
}

/** The member takes part again, and catches up by no more than was agreed. @throws Problem conflict where the member takes part already */
export async function putBackIntoRotation(tx: Tx, workspaceId: WorkspaceId, memberId: string, by: string): Promise<void> {
  const { rows } = await sql`UPDATE rotation SET out_since = NULL, out_reason = NULL
    WHERE workspace_id = ${workspaceId}::uuid AND member_id = ${memberId}::uuid AND out_since IS NOT NULL RETURNING member_id`.execute(tx);
  if (rows.length === 0) {
    await refuseUnknown(tx, workspaceId, memberId);
    throw new Problem('conflict', 'This member takes part in the rotation already.');
  }
  await recordFact(tx, workspaceId, { kind: 'routing.memberPutBack', subjectKind: 'routing', subjectId: memberId, memberId: by });
  await noteQueuedLeads(tx, workspaceId);
}

/** For people: the same, with what is wrong said. @throws Problem not-found · conflict where the member is out already */
export async function removeFromRotation(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: string,
  call: { reason: string; by: string },
): Promise<void> {
  if (await takeOutOfRotation(tx, workspaceId, memberId, call)) return;
  await refuseUnknown(tx, workspaceId, memberId);
  throw new Problem('conflict', 'This member is out of rotation already.');
}

async function refuseUnknown(tx: Tx, workspaceId: WorkspaceId, memberId: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${memberId}::uuid`.execute(tx);
  if (rows.length === 0) throw notFound('member');
}
