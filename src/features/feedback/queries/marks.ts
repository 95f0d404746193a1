import { sql } from 'kysely';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** A keyed hash of a member: without the installation’s secret nobody can tell whose it is. */
export const markOf = (sealing: Sealing, about: string, memberId: string): Buffer =>
  Buffer.from(sealing.sign(`${about} ${memberId}`, 'candour mark'), 'hex');

/** Whether this member has answered what it is about. Asked by the member alone. */
export async function hasMark(
  tx: Tx,
  workspaceId: WorkspaceId,
  sealing: Sealing,
  { about, memberId }: { about: string; memberId: string },
): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM candour_marks WHERE workspace_id = ${workspaceId}::uuid AND about = ${about} AND mark = ${markOf(sealing, about, memberId)}`.execute(
      tx,
    );
  return rows.length > 0;
}
