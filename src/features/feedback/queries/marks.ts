import { sql } from 'kysely';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** A keyed hash of a member: without the installation’s secret nobody can tell whose it is. */
export const markOf = (sealing: Sealing, about: string, memberId: string): Buffer =>
  Buffer.from(sealing.sign(`${about} ${memberId}`, 'candour mark'), 'hex');

/** Of these, what this member has answered. Asked by the member alone. */
export async function answeredBy(
  tx: Tx,
  workspaceId: WorkspaceId,
  sealing: Sealing,
  { abouts, memberId }: { abouts: readonly string[]; memberId: string },
): Promise<Set<string>> {
  const marks = abouts.map((about) => markOf(sealing, about, memberId));
  const { rows } = await sql<{ about: string }>`SELECT m.about FROM unnest(${abouts}::text[], ${marks}::bytea[]) AS own(about, mark)
    JOIN candour_marks m ON m.workspace_id = ${workspaceId}::uuid AND m.about = own.about AND m.mark = own.mark`.execute(tx);
  return new Set(rows.map(({ about }) => about));
}
