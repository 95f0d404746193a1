import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { countAudience } from '../queries/audience.ts';
import { listMissing } from '../queries/acknowledgements.ts';
import { findVersion } from '../queries/plan-versions.ts';
import { holdPlan, recordPlanFact } from './hold-plan.ts';
import { planHash } from './plan-hash.ts';

const notWhatWasRead = 'This is not what you read: look at it again.';

/**
 * The draft becomes the brief: it stays as it is, and whoever takes part is asked to acknowledge it, anew where there
 * was one before.
 * @param contentHash of what was read
 */
export async function publishBrief(tx: Tx, who: Who, campaignId: string, contentHash: string): Promise<void> {
  const { campaign, draft } = await holdPlan(tx, who, campaignId, 'publish');
  if (!draft || draft.contentHash !== contentHash || planHash(campaign.id, draft.number, draft.content) !== contentHash)
    throw new Problem('conflict', notWhatWasRead);
  if (draft.content.message === '')
    throw new Problem('conflict', 'A brief says what the message is: write it first.', {
      fields: [{ at: 'content.message', reason: 'is empty' }],
    });
  const counted = await countAudience(tx, who.workspaceId, draft.content.audience);
  await sql`UPDATE plan_versions SET published_at = clock_timestamp(), published_by = ${who.memberId}::uuid, audience_count = ${counted?.total ?? null}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${draft.id}::uuid`.execute(tx);
  await sql`UPDATE campaign_plans SET state = 'briefed' WHERE workspace_id = ${who.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid AND state = 'draft'`.execute(
    tx,
  );
  await recordPlanFact(tx, who, campaign.id, 'briefed', { number: draft.number, contentHash, audienceCount: counted?.total ?? null });
}

/**
 * “I have read it”: by who has an accepted part, of the brief that counts. Twice is once.
 * @throws Problem conflict (not what was read, or no part in it)
 */
export async function acknowledgeBrief(tx: Tx, who: Who, campaignId: string, contentHash: string): Promise<void> {
  const { campaign } = await holdPlan(tx, who, campaignId, 'acknowledge');
  const brief = await findVersion(tx, who.workspaceId, campaign.id, 'published');
  if (!brief || brief.contentHash !== contentHash) throw new Problem('conflict', notWhatWasRead);
  const missing = await listMissing(tx, who.workspaceId, campaign.id, brief.id);
  if (!missing.some(({ member }) => member.id === who.memberId)) return refuseWithoutPart(tx, who, brief.id);
  await sql`INSERT INTO brief_acknowledgements (workspace_id, id, campaign_id, version_id, number, member_id, content_hash, acknowledged_at)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${campaign.id}::uuid, ${brief.id}::uuid, ${brief.number}, ${who.memberId}::uuid, ${contentHash}, clock_timestamp())`.execute(
    tx,
  );
  await recordPlanFact(tx, who, campaign.id, 'acknowledged', { number: brief.number, contentHash });
}

async function refuseWithoutPart(tx: Tx, who: Who, versionId: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM brief_acknowledgements a WHERE a.workspace_id = ${who.workspaceId}::uuid
    AND a.version_id = ${versionId}::uuid AND a.member_id = ${who.memberId}::uuid`.execute(tx);
  if (rows.length === 0) throw new Problem('conflict', 'Who has accepted a part acknowledges the brief; you have none in this campaign.');
}
