import { sql } from 'kysely';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** Who fills in a campaign's form has responded to the campaign; the first response counts. */
export async function noteResponse(
  tx: Tx,
  workspaceId: WorkspaceId,
  response: { campaignId: string; contactId: string; leadId: string | null; at: string },
): Promise<void> {
  const { campaignId, contactId, leadId, at } = response;
  const { rows } = await sql<{ id: string; respondedAt: string | null }>`SELECT id, responded_at AS "respondedAt" FROM campaign_members
    WHERE workspace_id = ${workspaceId}::uuid AND campaign_id = ${campaignId}::uuid AND (contact_id = ${contactId}::uuid OR lead_id = ${leadId}::uuid) AND archived_at IS NULL
    ORDER BY responded_at NULLS LAST, id LIMIT 1`.execute(tx);
  const found = rows[0];
  if (found?.respondedAt) return;
  const answered = { status: 'Responded', respondedAt: at };
  const sets = found ? answered : { campaignId, contactId, ...(leadId === null ? {} : { leadId }), joinedAt: at, ...answered };
  await recordFields(tx, workspaceId, { kind: 'campaignMember', ...(found ? { id: found.id } : {}), sets, memberId: null, occurredAt: at });
}
