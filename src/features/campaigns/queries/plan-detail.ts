import { sql } from 'kysely';
import { placeOf } from '#features/agreement/queries/rule-reading.ts';
import { namesOf } from '#features/records/queries/names.ts';
import { spendOfCampaign } from '#features/returns/queries/campaign-spend.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanDetail, PlanVersion } from '../contract/plans.ts';
import { type Asker, type PlanCase, whyNotLaunch, whyNotPlan } from '../policy/plans.ts';
import { type Acknowledged, listAcknowledged, listMissing } from './acknowledgements.ts';
import { type CampaignAtHand, getCampaign } from './campaign-at-hand.ts';
import { shownVersion } from './plan-text.ts';
import { findVersion, getVersion, listVersionRows, type VersionRow } from './plan-versions.ts';
import { targetNow } from './target.ts';

/** Everything about a campaign's plan: its brief, who has read it, what it cost, what it brought, and what the asker can do. */
export async function getPlan(tx: Tx, who: Who, campaignId: string): Promise<PlanDetail> {
  const campaign = await getCampaign(tx, who.workspaceId, campaignId);
  const place = await placeOf(tx, who.workspaceId);
  const draft = await findVersion(tx, who.workspaceId, campaign.id, 'draft');
  const brief = await findVersion(tx, who.workspaceId, campaign.id, 'published');
  const shown = (row: VersionRow | null) => row && shownVersion(tx, who.workspaceId, campaign.id, row, place.currency);
  const { acknowledged, missing } = await readersOf(tx, who.workspaceId, campaign.id, brief);
  const counting = brief ?? draft;
  return {
    campaign: campaignShown(campaign),
    state: campaign.state,
    draft: await shown(draft),
    brief: await shown(brief),
    versions: await listVersions(tx, who.workspaceId, campaign.id),
    acknowledged,
    missing,
    isToAcknowledge: missing.some(({ member }) => member.id === who.memberId),
    launched: await launchedShown(tx, who.workspaceId, campaign),
    ended: campaign.ended,
    cancelled: campaign.cancelled,
    budget: await budgetOf(tx, who, campaign, counting),
    target: counting?.content.target ? await targetNow(tx, who.workspaceId, campaign, counting.content.target, place.timeZone) : null,
    roles: await countRoles(tx, who.workspaceId, campaign.id),
    can: canOf(who, { ...caseOf(campaign, draft !== null), missing: missing.map(({ member }) => member.id) }),
  };
}

const campaignShown = ({ id, name, startsOn, endsOn, type, channel, owner }: CampaignAtHand): PlanDetail['campaign'] => ({
  ...{ id, name, startsOn, endsOn, type, channel, owner },
});

/** One version, for who opens it from the list. */
export async function getPlanVersion(tx: Tx, workspaceId: WorkspaceId, campaignId: string, number: number): Promise<PlanVersion> {
  const { id } = await getCampaign(tx, workspaceId, campaignId);
  const { currency } = await placeOf(tx, workspaceId);
  return shownVersion(tx, workspaceId, id, await getVersion(tx, workspaceId, id, number), currency);
}

/** A plan as policy asks about it; who is missing is asked for where it matters. */
export const caseOf = (campaign: CampaignAtHand, hasDraft: boolean): PlanCase => ({
  state: campaign.state,
  ownerId: campaign.owner?.id ?? null,
  archived: campaign.archived,
  hasDraft,
  missing: [],
});

async function readersOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  campaignId: string,
  brief: VersionRow | null,
): Promise<{ acknowledged: Acknowledged[]; missing: PlanDetail['missing'] }> {
  if (!brief) return { acknowledged: [], missing: [] };
  return {
    acknowledged: await listAcknowledged(tx, workspaceId, brief.id),
    missing: await listMissing(tx, workspaceId, campaignId, brief.id),
  };
}

async function listVersions(tx: Tx, workspaceId: WorkspaceId, campaignId: string): Promise<PlanDetail['versions']> {
  const rows = await listVersionRows(tx, workspaceId, campaignId);
  return rows.map(({ number, publishedAt, publishedBy, madeAt, madeBy }) => ({ number, publishedAt, publishedBy, madeAt, madeBy }));
}

async function launchedShown(tx: Tx, workspaceId: WorkspaceId, { launched }: CampaignAtHand): Promise<PlanDetail['launched']> {
  if (!launched) return null;
  const names = await namesOf(tx, workspaceId, { member: launched.withoutIds });
  const withoutAcknowledgement = launched.withoutIds.flatMap((id) => names.get(`member ${id}`) ?? []);
  return { at: launched.at, by: launched.by, reason: launched.reason, withoutAcknowledgement };
}

async function budgetOf(tx: Tx, who: Who, { id }: CampaignAtHand, version: VersionRow | null): Promise<PlanDetail['budget']> {
  const { spent, currency, notConverted, basis, recordsUrl } = await spendOfCampaign(tx, who, id);
  const planned = (version?.content.budget ?? []).reduce((sum, { amount }) => sum + BigInt(amount), 0n);
  return {
    planned: { amount: String(planned), currency },
    spent: { amount: spent, currency },
    notConverted,
    basis,
    recordsUrl,
  };
}

async function countRoles(tx: Tx, workspaceId: WorkspaceId, campaignId: string): Promise<PlanDetail['roles']> {
  const { rows } = await sql<PlanDetail['roles']>`SELECT count(*) FILTER (WHERE r.state <> 'withdrawn')::int AS asked,
      count(*) FILTER (WHERE r.state = 'accepted')::int AS accepted, count(*) FILTER (WHERE r.state = 'declined')::int AS declined,
      count(*) FILTER (WHERE r.state = 'counterproposed')::int AS counterproposed
    FROM campaign_roles r WHERE r.workspace_id = ${workspaceId}::uuid AND r.campaign_id = ${campaignId}::uuid`.execute(tx);
  return rows[0]!;
}

function canOf(who: Asker, plan: PlanCase): PlanDetail['can'] {
  const can = (verb: Parameters<typeof whyNotPlan>[0]) => whyNotPlan(verb, who, plan)?.whyNot ?? null;
  return {
    edit: can('edit'),
    publish: can('publish'),
    acknowledge: plan.missing.includes(who.memberId) ? can('acknowledge') : 'There is nothing for you to acknowledge.',
    launch: whyNotLaunch(who, plan, '')?.whyNot ?? null,
    launchAllTheSame:
      plan.missing.length === 0 ? 'Everybody who takes part has acknowledged the brief.' : (whyNotLaunch(who, plan, '-')?.whyNot ?? null),
    end: can('end'),
    cancel: can('cancel'),
    askRole: can('askRole'),
  };
}
