import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Null for nobody, or somebody who is no member here. */
export async function memberName(tx: Tx, workspaceId: WorkspaceId, id: string | null): Promise<string | null> {
  if (id === null) return null;
  return (await namesOf(tx, workspaceId, { member: [id] })).get(`member ${id}`)?.name ?? null;
}
