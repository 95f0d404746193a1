import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { PlanVerb } from '#engine/campaigns/states.ts';
import { type PlanCase, type Refusal, whyNotPlan } from '../policy/plans.ts';
import { type CampaignAtHand, holdCampaign } from '../queries/campaign-at-hand.ts';
import { caseOf } from '../queries/plan-detail.ts';
import { findVersion, type VersionRow } from '../queries/plan-versions.ts';

/** A campaign held for a verb, with its draft. */
export interface HeldPlan {
  readonly campaign: CampaignAtHand;
  readonly draft: VersionRow | null;
  readonly asked: PlanCase;
}

/**
 * Of two who act at once the second finds what the first made of it.
 * @throws Problem not-found, forbidden, conflict (not from where the plan stands)
 */
export async function holdPlan(tx: Tx, who: Who, campaignId: string, verb: PlanVerb): Promise<HeldPlan> {
  const campaign = await holdCampaign(tx, who.workspaceId, campaignId);
  const draft = await findVersion(tx, who.workspaceId, campaign.id, 'draft');
  const asked = caseOf(campaign, draft !== null);
  refuse(whyNotPlan(verb, who, asked));
  return { campaign, draft, asked };
}

export function refuse(refusal: Refusal | null): void {
  if (refusal) throw new Problem(refusal.code, refusal.whyNot);
}

/** Writes what was done with a plan, in the transaction that did it. */
export const recordPlanFact = (tx: Tx, who: Who, campaignId: string, verb: string, body: Record<string, unknown> = {}): Promise<string> =>
  recordFact(tx, who.workspaceId, {
    kind: `campaignPlan.${verb}`,
    subjectKind: 'campaignPlan',
    subjectId: campaignId,
    memberId: who.memberId,
    body,
  });
