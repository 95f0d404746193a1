/** From the brief to the end: launch, end, cancel. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { whyNotLaunch } from '../policy/plans.ts';
import { listMissing } from '../queries/acknowledgements.ts';
import { findVersion } from '../queries/plan-versions.ts';
import { holdPlan, recordPlanFact, refuse } from './hold-plan.ts';

/**
 * @param reason why it is launched although somebody has not acknowledged the brief: a head says it, and it stays on record with their names
 * @throws Problem conflict, forbidden: says who is missing
 */
export async function launchCampaign(tx: Tx, who: Who, campaignId: string, reason: string): Promise<void> {
  const { campaign, asked } = await holdPlan(tx, who, campaignId, 'launch');
  const brief = await findVersion(tx, who.workspaceId, campaign.id, 'published');
  const missing = brief ? await listMissing(tx, who.workspaceId, campaign.id, brief.id) : [];
  const ids = missing.map(({ member }) => member.id);
  refuse(whyNotLaunch(who, { ...asked, missing: ids }, reason));
  await sql`UPDATE campaign_plans SET state = 'launched', launched_at = clock_timestamp(), launched_by = ${who.memberId}::uuid, launch_reason = ${reason},
      launched_without = ${ids}::uuid[]
    WHERE workspace_id = ${who.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, campaign.id, 'launched', { number: brief?.number, reason, withoutAcknowledgement: ids });
}

export async function endCampaign(tx: Tx, who: Who, campaignId: string, reason: string): Promise<void> {
  const { campaign } = await holdPlan(tx, who, campaignId, 'end');
  await sql`UPDATE campaign_plans SET state = 'ended', ended_at = clock_timestamp(), ended_by = ${who.memberId}::uuid, end_reason = ${reason}
    WHERE workspace_id = ${who.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, campaign.id, 'ended', { reason });
}

/** It does not take place: parts that were asked for and not declined are taken back with it. */
export async function cancelCampaign(tx: Tx, who: Who, campaignId: string, reason: string): Promise<void> {
  const { campaign } = await holdPlan(tx, who, campaignId, 'cancel');
  await sql`UPDATE campaign_plans SET state = 'cancelled', cancelled_at = clock_timestamp(), cancelled_by = ${who.memberId}::uuid, cancel_reason = ${reason}
    WHERE workspace_id = ${who.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid`.execute(tx);
  const { rows } = await sql<{
    id: string;
  }>`UPDATE campaign_roles SET state = 'withdrawn', decided_by = ${who.memberId}::uuid, decided_at = clock_timestamp(),
      decision_note = ${'The campaign was cancelled.'}, changed_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND campaign_id = ${campaign.id}::uuid AND state IN ('asked', 'counterproposed', 'accepted') RETURNING id`.execute(
    tx,
  );
  await recordPlanFact(tx, who, campaign.id, 'cancelled', { reason, released: rows.map(({ id }) => id) });
}
