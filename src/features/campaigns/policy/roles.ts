/** Who asks, answers and reads a part in a campaign, and whose evidence is whose to see. */

import { roleCan, type RoleState, type RoleVerb } from '#engine/campaigns/states.ts';
import { policy, type Role, type Who } from '#platform/http/route.ts';
import { type Asker, isHead, mayPlanCampaigns, type Refusal } from './plans.ts';

const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];

/** The one who is asked answers. */
export const mayAnswerRoles = policy('campaignRoles.answer', writers);
/** Who asked takes another part or not, and takes back. */
export const mayAskRoles = mayPlanCampaigns;

/** A part as far as it matters who may do what with it. */
export interface RoleCase {
  readonly state: RoleState;
  readonly memberId: string;
  readonly askedBy: string;
  readonly campaignOwnerId: string | null;
  readonly dueOn: string | null;
}

/** Whom somebody sees as persons: oneself, one's team as its manager, one's side as its head. */
export interface Seen {
  readonly of: ReadonlySet<string>;
  /** All: the asker heads their side. */
  has(memberId: string): boolean;
}

/** Why this member may not do it with this part now; null: may. @param today in the workspace's zone */
export function whyNotRole(verb: RoleVerb, who: Asker, role: RoleCase, today: string): Refusal | null {
  const { by, from, otherwise } = roleCan[verb];
  const forbidden = by === 'asked' ? whyNotAnswer(who, role) : whyNotAsker(who, role);
  if (forbidden) return { code: 'forbidden', whyNot: forbidden };
  if (!from.includes(role.state)) return { code: 'conflict', whyNot: otherwise };
  const late = verb === 'decline' && role.state === 'accepted' && role.dueOn !== null && role.dueOn < today;
  return late ? { code: 'conflict', whyNot: 'It was accepted and its day is over: it stays as it is.' } : null;
}

function whyNotAnswer(who: Asker, { memberId }: RoleCase): string | null {
  if (!mayAnswerRoles.may(who)) return 'Those who look on take no part.';
  return who.memberId === memberId ? null : 'Only who is asked answers.';
}

function whyNotAsker(who: Asker, { askedBy, campaignOwnerId }: RoleCase): string | null {
  const isTheirs = who.memberId === askedBy || who.memberId === campaignOwnerId;
  const may = mayAskRoles.may(who) && (isTheirs || (isHead(who) && who.side !== 'sales'));
  return may ? null : 'Who asked, the campaign’s owner or a head of marketing decides that.';
}

/** Whether a part and its answer are theirs to read: who is asked and who asks, and those above both. */
export const seesRole = (who: Asker, role: Pick<RoleCase, 'memberId' | 'askedBy' | 'campaignOwnerId'>, seen: Seen): boolean =>
  seen.has(role.memberId) ||
  who.memberId === role.askedBy ||
  who.memberId === role.campaignOwnerId ||
  (isHead(who) && who.side !== 'sales');

/** Whether somebody sees all persons of a side: as its head. */
export const seesSide = (who: Pick<Who, 'side' | 'role'>, side: Who['side']): boolean => isHead(who) && who.side === side;

export const evidenceIsPersonal = 'What a person did is shown to that person, their manager and the heads of their side.';
