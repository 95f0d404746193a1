/** Who may move which lead, beyond the state it is in: by side and role, and by whose it is. */

import type { Verb } from '#engine/handoff/states.ts';
import type { Policy, Who } from '#platform/http/route.ts';
import { mayAnswerRejections, mayJudgeRejections, mayReassign, mayRestartLeads, mayWorkLeads } from '../policy.ts';

export type LeadVerb = Exclude<Verb, 'agree' | 'mend' | 'contest' | 'rule'>;
export type AnswerVerb = 'agree' | 'mend' | 'contest';

export const policyOf: Readonly<Record<Verb, Policy>> = {
  claim: mayWorkLeads,
  accept: mayWorkLeads,
  reject: mayWorkLeads,
  recycle: mayWorkLeads,
  disqualify: mayWorkLeads,
  qualify: mayWorkLeads,
  agree: mayAnswerRejections,
  mend: mayAnswerRejections,
  contest: mayAnswerRejections,
  rule: mayJudgeRejections,
  restart: mayRestartLeads,
  reassign: mayReassign,
};

const whose: Readonly<Record<Verb, string>> = {
  claim: 'Reps claim leads.',
  accept: 'The rep accepts it.',
  reject: 'The rep who has it decides.',
  recycle: 'The rep who has it decides.',
  disqualify: 'The rep who has it decides.',
  qualify: 'The rep who has it decides.',
  agree: 'Marketing answers.',
  mend: 'Marketing answers.',
  contest: 'Marketing answers.',
  rule: 'Those who look on don’t judge.',
  restart: 'Marketing starts a new cycle.',
  reassign: 'A manager gives it to somebody else.',
};

type Asker = Pick<Who, 'memberId' | 'side' | 'role' | 'name' | 'workspaceId'>;

/** Why this member may not do it with this lead; null: may. Reps work their own leads, heads and leadership all. */
export function whyMayNot(verb: LeadVerb, who: Asker, lead: { readonly ownerId: string | null }): string | null {
  if (!policyOf[verb].may(who)) return whose[verb];
  if (verb === 'claim') return who.side === 'sales' ? null : whose.claim;
  const ownOnly = who.side === 'sales' && who.role === 'member' && policyOf[verb] === mayWorkLeads;
  return ownOnly && lead.ownerId !== who.memberId ? 'It is another rep’s lead.' : null;
}

/** Why this member may not answer this rejection; null: may. Marketers answer their own, heads and leadership all. */
export function whyMayNotAnswer(who: Asker, rejection: { readonly marketerId: string | null }): string | null {
  if (!mayAnswerRejections.may(who)) return whose.agree;
  const ownOnly = who.side === 'marketing' && who.role === 'member';
  return ownOnly && rejection.marketerId !== null && rejection.marketerId !== who.memberId
    ? 'It went to somebody else in marketing.'
    : null;
}

export const whyMayNotJudge = (who: Asker): string | null => (mayJudgeRejections.may(who) ? null : whose.rule);
