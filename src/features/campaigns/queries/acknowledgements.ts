import { sql } from 'kysely';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface Acknowledged {
  readonly member: Named;
  readonly at: string;
  readonly number: number;
}

/** Of the version that counts. */
export async function listAcknowledged(tx: Tx, workspaceId: WorkspaceId, versionId: string): Promise<Acknowledged[]> {
  const { rows } = await sql<Acknowledged>`
    SELECT json_build_object('id', m.id, 'name', m.name) AS member, a.acknowledged_at AS at, a.number FROM brief_acknowledgements a
    JOIN members m ON m.workspace_id = a.workspace_id AND m.id = a.member_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.version_id = ${versionId}::uuid ORDER BY a.acknowledged_at, a.id`.execute(tx);
  return rows;
}

/** Who has an accepted part and has not acknowledged the version that counts; `had` is the one they did. */
export async function listMissing(
  tx: Tx,
  workspaceId: WorkspaceId,
  campaignId: string,
  versionId: string,
): Promise<{ member: Named; had: number | null }[]> {
  const { rows } = await sql<{ member: Named; had: number | null }>`
    SELECT json_build_object('id', m.id, 'name', m.name) AS member,
      (SELECT max(a.number) FROM brief_acknowledgements a WHERE a.workspace_id = m.workspace_id AND a.campaign_id = ${campaignId}::uuid AND a.member_id = m.id) AS had
    FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.active
      AND EXISTS (SELECT 1 FROM campaign_roles r WHERE r.workspace_id = m.workspace_id AND r.campaign_id = ${campaignId}::uuid AND r.member_id = m.id AND r.state = 'accepted')
      AND NOT EXISTS (SELECT 1 FROM brief_acknowledgements a WHERE a.workspace_id = m.workspace_id AND a.version_id = ${versionId}::uuid AND a.member_id = m.id)
    ORDER BY m.name, m.id`.execute(tx);
  return rows;
}
