import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { draftEdit, KeptPlan, PlanContent } from '../contract/plans.ts';
import { freezeAudience } from '../queries/audience.ts';
import { findVersion } from '../queries/plan-versions.ts';
import { type HeldPlan, holdPlan, recordPlanFact } from './hold-plan.ts';
import { planHash } from './plan-hash.ts';

/**
 * Writes the draft: the first begins the plan, one after a published version is the next version.
 * @throws Problem bad-input (a view or an asset that is not there), forbidden, conflict (the draft changed meanwhile, or the campaign is over)
 */
export async function draftPlan(tx: Tx, who: Who, campaignId: string, { content, basedOn }: z.output<typeof draftEdit>): Promise<void> {
  const held = await holdPlan(tx, who, campaignId, 'edit');
  if (held.draft && held.draft.contentHash !== basedOn) throw changedMeanwhile(held);
  await refuseUnknownAssets(tx, who, content);
  const kept = { ...content, audience: await freezeAudience(tx, who, content.audience) };
  if (held.draft) await changeDraft(tx, who, held, kept);
  else await beginDraft(tx, who, held, kept);
}

const changedMeanwhile = ({ draft }: HeldPlan): Problem =>
  new Problem('conflict', `${draft?.madeBy?.name ?? 'Somebody'} changed the draft meanwhile: look at it again.`, {
    extra: { contentHash: draft?.contentHash },
  });

async function refuseUnknownAssets(tx: Tx, who: Who, { assets }: PlanContent): Promise<void> {
  const ids = assets.flatMap(({ assetId }) => assetId ?? []);
  if (ids.length === 0) return;
  const { rows } = await sql<{
    id: string;
  }>`SELECT a.id FROM assets a WHERE a.workspace_id = ${who.workspaceId}::uuid AND a.id = ANY(${ids}::uuid[])`.execute(tx);
  const known = new Set(rows.map(({ id }) => id));
  const at = assets.findIndex(({ assetId }) => assetId !== null && !known.has(assetId));
  if (at >= 0)
    throw new Problem('bad-input', 'There is no such content in the library.', {
      fields: [{ at: `content.assets.${at}.assetId`, reason: 'There is no such content in the library.' }],
    });
}

async function changeDraft(tx: Tx, who: Who, { campaign, draft }: HeldPlan, content: KeptPlan): Promise<void> {
  const number = draft!.number;
  await sql`UPDATE plan_versions SET content = ${JSON.stringify(content)}::jsonb, content_hash = ${planHash(campaign.id, number, content)},
      made_by = ${who.memberId}::uuid, made_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${draft!.id}::uuid`.execute(tx);
  await recordPlanFact(tx, who, campaign.id, 'edited', { number });
}

async function beginDraft(tx: Tx, who: Who, { campaign }: HeldPlan, content: KeptPlan): Promise<void> {
  await sql`INSERT INTO campaign_plans (workspace_id, campaign_id) VALUES (${who.workspaceId}::uuid, ${campaign.id}::uuid) ON CONFLICT DO NOTHING`.execute(
    tx,
  );
  const number = ((await findVersion(tx, who.workspaceId, campaign.id, 'published'))?.number ?? 0) + 1;
  await sql`INSERT INTO plan_versions (workspace_id, id, campaign_id, number, content, content_hash, made_by, made_at)
    VALUES (${who.workspaceId}::uuid, ${newId()}::uuid, ${campaign.id}::uuid, ${number}, ${JSON.stringify(content)}::jsonb,
      ${planHash(campaign.id, number, content)}, ${who.memberId}::uuid, clock_timestamp())`.execute(tx);
  await recordPlanFact(tx, who, campaign.id, 'drafted', { number });
}

/**
 * Throws the draft away; what was published stays.
 * @throws Problem conflict where there is none
 */
export async function discardDraft(tx: Tx, who: Who, campaignId: string): Promise<void> {
  const { campaign, draft } = await holdPlan(tx, who, campaignId, 'edit');
  if (!draft) throw new Problem('conflict', 'There is no draft.');
  await sql`DELETE FROM plan_versions WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${draft.id}::uuid AND published_at IS NULL`.execute(
    tx,
  );
  await recordPlanFact(tx, who, campaign.id, 'draftDiscarded', { number: draft.number });
}
