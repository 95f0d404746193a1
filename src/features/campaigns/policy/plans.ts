/** Who plans a campaign, launches it and asks for parts in it: one reading for the page, the verbs and the tests. */

import { planCan, type PlanState, type PlanVerb } from '#engine/campaigns/states.ts';
import { policy, policyWhere, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

export type Asker = Pick<Who, 'memberId' | 'side' | 'role' | 'name' | 'workspaceId'>;
export const isHead = (who: Pick<Who, 'role'>): boolean => heads.includes(who.role);

/** Plans, briefs, sums of participation and lift are read by all. */
export const mayReadCampaigns = policy('campaigns.read', everybody);
/** Marketing and leadership plan; heads of sales as well. Checked per campaign. */
export const mayPlanCampaigns = policyWhere('campaigns.plan', (who) => writers.includes(who.role) && (who.side !== 'sales' || isHead(who)));
/** Publishing, launching, ending, cancelling: marketing and leadership. Checked per campaign. */
export const mayRunCampaigns = policy('campaigns.run', writers, ['marketing', 'leadership']);
/** Acknowledging a brief. */
export const mayAcknowledge = policy('campaigns.acknowledge', writers);

/** Both sides know whom to invite. */
export const mayAddPeople = policy('campaignMembers.add', writers);

/** A plan as far as it matters who may do what with it. */
export interface PlanCase {
  readonly state: PlanState | null;
  /** Whose campaign it is. */
  readonly ownerId: string | null;
  readonly archived: boolean;
  readonly hasDraft: boolean;
  /** Those with an accepted part who have not acknowledged the brief. */
  readonly missing: readonly string[];
}

const whose: Readonly<Record<PlanVerb, string>> = {
  edit: 'Marketing plans it, or a head of sales.',
  publish: 'Marketing or leadership publishes the brief.',
  acknowledge: 'Who looks on has nothing to acknowledge.',
  launch: 'Marketing or leadership launches it.',
  end: 'Marketing or leadership ends it.',
  cancel: 'Marketing or leadership cancels it.',
  askRole: 'Marketing asks for parts, or a head of sales.',
};
const policyOf = {
  edit: mayPlanCampaigns,
  publish: mayRunCampaigns,
  acknowledge: mayAcknowledge,
  launch: mayRunCampaigns,
  end: mayRunCampaigns,
  cancel: mayRunCampaigns,
  askRole: mayPlanCampaigns,
} as const satisfies Record<PlanVerb, unknown>;

export interface Refusal {
  readonly code: 'forbidden' | 'conflict';
  readonly whyNot: string;
}

/** Why this member may not do it with this plan now; null: may. What a launch lacks is told apart (`whyNotLaunch`). */
export function whyNotPlan(verb: PlanVerb, who: Asker, plan: PlanCase): Refusal | null {
  if (!policyOf[verb].may(who)) return { code: 'forbidden', whyNot: whose[verb] };
  if (verb !== 'acknowledge' && !isHead(who) && plan.ownerId !== null && plan.ownerId !== who.memberId)
    return { code: 'forbidden', whyNot: 'It is somebody else’s campaign: its owner or a head does that.' };
  if (plan.archived) return { code: 'conflict', whyNot: 'The campaign is archived: restore it first.' };
  const { from, otherwise } = planCan[verb];
  // A first draft begins the plan.
  const state = plan.state ?? (verb === 'edit' ? 'draft' : null);
  if (state === null) return { code: 'conflict', whyNot: 'Nothing is planned yet: write a draft first.' };
  if (!from.includes(state)) return { code: 'conflict', whyNot: otherwise };
  return verb === 'publish' && !plan.hasDraft ? { code: 'conflict', whyNot: 'There is no draft to publish.' } : null;
}

/**
 * Whether everybody who takes part knows the brief. With somebody missing a head launches all the same, and says why.
 * @param reason given for launching all the same
 */
export function whyNotLaunch(who: Asker, plan: PlanCase, reason: string): Refusal | null {
  const refused = whyNotPlan('launch', who, plan);
  if (refused || plan.missing.length === 0) return refused;
  const count = plan.missing.length === 1 ? 'One who takes part has' : `${plan.missing.length} who take part have`;
  if (!isHead(who)) return { code: 'forbidden', whyNot: `${count} not acknowledged the brief: a head can launch all the same.` };
  return reason === '' ? { code: 'conflict', whyNot: `${count} not acknowledged the brief: launch all the same with a reason.` } : null;
}
