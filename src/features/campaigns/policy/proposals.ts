/** Who may do what with proposals, beyond the state they are in. */

import { proposalCan, type ProposalState, type ProposalVerb, whyNotIn } from '#engine/campaigns/proposal-states.ts';
import { policy, type Role, type Side, type Who } from '#platform/http/route.ts';

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

type Asker = Pick<Who, 'memberId' | 'side' | 'role'>;

interface Proposed {
  readonly proposedBy: string;
  /** Of who proposed it. */
  readonly side: Side;
}

/** Whoever proposed it, or, where they are gone, a head of their side or of leadership: never the other side. */
const isTheirs = (who: Asker, { proposedBy, side }: Proposed): boolean =>
  proposedBy === who.memberId || (heads.includes(who.role) && (who.side === side || who.side === 'leadership'));

/** Why this member may not; null: may. */
export function whyMayNot(verb: ProposalVerb, who: Asker, proposal: Proposed): string | null {
  if (!writers.includes(who.role)) return 'Those who look on don’t change anything.';
  const isOwn = proposal.proposedBy === who.memberId;
  switch (proposalCan[verb].by) {
    case 'others':
      return isOwn ? 'It is your own proposal: others vote for it.' : null;
    case 'proposer':
      return isTheirs(who, proposal) ? null : 'Whoever proposed it does that, or a head of their side.';
    case 'marketing':
      return who.side === 'sales' ? 'Marketing answers.' : null;
    case 'anybody':
      return null;
  }
}

/** Why it can't be done now by this member: the state first, then who may. */
export const whyNot = (verb: ProposalVerb, who: Asker, proposal: Proposed & { readonly state: ProposalState }): string | null =>
  whyNotIn(verb, proposal.state) ?? whyMayNot(verb, who, proposal);

/** A case is taken out by who added it, or by whose proposal it is. */
export const whyMayNotRemoveCase = (who: Asker, proposal: Proposed & { readonly state: ProposalState }, addedBy: string): string | null => {
  const inState = whyNotIn('addCase', proposal.state);
  if (inState) return inState;
  if (!writers.includes(who.role)) return 'Those who look on don’t change anything.';
  return addedBy === who.memberId || isTheirs(who, proposal) ? null : 'Whoever added it takes it out.';
};
