/** Who may do what with proposals, beyond the state they are in. */

import { proposalCan, type ProposalState, type ProposalVerb, whyNotIn } from '#engine/campaigns/proposal-states.ts';
import { type Policy, policy, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

export const mayReadProposals = policy('proposals.read', everybody);
/** Anybody who works here: sales mostly, but marketing may ask itself in the open as well. */
export const mayPropose = policy('proposals.propose', writers);
export const mayVote = policy('proposals.vote', writers);
/** Marketing, and leadership. */
export const mayAnswerProposals = policy('proposals.answer', writers, ['marketing', 'leadership']);
export const maySetAnswerDays = policy('proposals.settings', heads);

export const proposalPolicyOf: Readonly<Record<ProposalVerb, Policy>> = {
  edit: mayPropose,
  vote: mayVote,
  addCase: mayPropose,
  plan: mayAnswerProposals,
  finish: mayAnswerProposals,
  decline: mayAnswerProposals,
  withdraw: mayPropose,
  reopen: mayPropose,
};

type Asker = Pick<Who, 'memberId' | 'side' | 'role'>;

/** Why this member may not; null: may. What somebody proposed is changed by them or by a head. */
export function whyMayNot(verb: ProposalVerb, who: Asker, proposal: { readonly proposedBy: string }): string | null {
  if (!writers.includes(who.role)) return 'Those who look on don’t change anything.';
  const isOwn = proposal.proposedBy === who.memberId;
  switch (proposalCan[verb].by) {
    case 'others':
      return isOwn ? 'It is your own proposal: others vote for it.' : null;
    case 'proposer':
      return isOwn || heads.includes(who.role) ? null : 'Whoever proposed it does that, or a head.';
    case 'marketing':
      return who.side === 'sales' ? 'Marketing answers.' : null;
    case 'anybody':
      return null;
  }
}

/** Why it can't be done now by this member: the state first, then who may. */
export const whyNot = (
  verb: ProposalVerb,
  who: Asker,
  proposal: { readonly state: ProposalState; readonly proposedBy: string },
): string | null => whyNotIn(verb, proposal.state) ?? whyMayNot(verb, who, proposal);

/** A case is taken out by who added it, who proposed, or a head. */
export const whyMayNotRemoveCase = (
  who: Asker,
  proposal: { readonly state: ProposalState; readonly proposedBy: string },
  addedBy: string,
): string | null => {
  const inState = whyNotIn('addCase', proposal.state);
  if (inState) return inState;
  if (!writers.includes(who.role)) return 'Those who look on don’t change anything.';
  return [proposal.proposedBy, addedBy].includes(who.memberId) || heads.includes(who.role) ? null : 'Whoever added it takes it out.';
};
