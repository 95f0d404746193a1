/** Who may move which feedback, beyond the state it is in: whose it is, and to whom it is. */

import { feedbackCan, type FeedbackState, type FeedbackVerb, type Tone, whyNotIn } from '#engine/feedback/states.ts';
import type { Who } from '#platform/http/route.ts';
import type { Towards } from '../contract/pieces.ts';
import { mayAnswerFeedback } from '../policy.ts';

type Asker = Pick<Who, 'memberId' | 'side' | 'role'>;

export interface Concerned {
  readonly tone: Tone;
  readonly state: FeedbackState;
  readonly toSide: Towards;
  /** Null: nobody alone; the whole side answers. */
  readonly toMember: string | null;
  /** Null: anonymous. */
  readonly fromMember: string | null;
}

const heads: readonly string[] = ['owner', 'admin', 'manager'];
export const isHeadOf = (who: Asker, side: string): boolean => who.side === side && heads.includes(who.role);

export const isGiver = (who: Asker, { fromMember }: Concerned): boolean => fromMember === who.memberId;

/** The one it is to; where that is nobody alone, the whole side; and always its heads. Never who gave it. */
export const isReceiver = (who: Asker, feedback: Concerned): boolean =>
  !isGiver(who, feedback) &&
  (feedback.toMember === who.memberId || (feedback.toMember === null && who.side === feedback.toSide) || isHeadOf(who, feedback.toSide));

/** Null: may. */
export function whyMayNot(verb: FeedbackVerb, who: Asker, feedback: Concerned): string | null {
  if (!mayAnswerFeedback.may({ ...who, name: '', workspaceId: '' as Who['workspaceId'] })) return 'Those who look on don’t answer.';
  const { by } = feedbackCan[verb];
  const gave = isGiver(who, feedback);
  if (by === 'giver' && !gave)
    return feedback.fromMember === null ? 'Whoever gave it, anonymously, decides that.' : 'Whoever gave it decides that.';
  if (by === 'receiver' && !isReceiver(who, feedback))
    return gave ? 'The other side answers.' : 'Whoever it is to answers, or a head of that side.';
  return by === 'both' && !gave && !isReceiver(who, feedback) ? 'Those whom it concerns write here.' : null;
}

/** Why not, for whichever reason; null: can. */
export const whyNot = (verb: FeedbackVerb, who: Asker, feedback: Concerned): string | null =>
  whyNotIn(verb, feedback) ?? whyMayNot(verb, who, feedback);

/** Sides somebody can give feedback to. */
export const sidesToGive = (who: Pick<Who, 'side'>): Towards[] =>
  who.side === 'leadership' ? ['marketing', 'sales'] : [who.side === 'marketing' ? 'sales' : 'marketing'];
