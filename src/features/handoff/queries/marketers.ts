import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Who in marketing is on a lead: the owner of its campaign, or of the one that was merged into. By campaign. */
export async function marketersOf(tx: Tx, workspaceId: WorkspaceId, campaignIds: readonly string[]): Promise<Map<string, string>> {
  if (campaignIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; ownerId: string }>`SELECT o.id, s.owner_id AS "ownerId" FROM campaigns o
    JOIN campaigns s ON s.workspace_id = ${workspaceId}::uuid AND s.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ANY(${campaignIds}::uuid[]) AND s.owner_id IS NOT NULL`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.ownerId]));
}
