/** Who may do what with which meeting, action and decision, beyond the state it is in. */

import {
  actionCan,
  type ActionState,
  type ActionVerb,
  meetingCan,
  type MeetingState,
  type MeetingVerb,
  whyNotFrom,
} from '#engine/cadence/states.ts';
import type { Who } from '#platform/http/route.ts';
import { mayPlanSeries, mayRunMeetings } from '../policy.ts';

type Asker = Pick<Who, 'memberId' | 'side' | 'role'>;
const asked = (who: Asker): Who => ({ ...who, name: '', workspaceId: '' as Who['workspaceId'] });
const looksOn = 'Those who look on don’t take part.';

export const isHead = (who: Asker): boolean => mayPlanSeries.may(asked(who));

const planning: readonly MeetingVerb[] = ['move', 'cancel', 'restore'];

/** Null: may, whatever state it is in. */
export function whyMayNotMeet(verb: MeetingVerb, who: Asker, meeting: { readonly madeBy: string | null }): string | null {
  if (!mayRunMeetings.may(asked(who))) return looksOn;
  if (!planning.includes(verb) || isHead(who) || meeting.madeBy === who.memberId) return null;
  return 'A head does this, or whoever called the meeting.';
}

export const whyNotMeet = (
  verb: MeetingVerb,
  who: Asker,
  meeting: { readonly status: MeetingState; readonly madeBy: string | null },
): string | null => whyNotFrom(meetingCan[verb], meeting.status) ?? whyMayNotMeet(verb, who, meeting);

export const whyNotPlanSeries = (who: Asker): string | null => (isHead(who) ? null : 'Heads say when the sides meet.');

interface Owned {
  readonly ownerId: string;
  readonly madeBy: string;
}

export function whyMayNotAct(who: Asker, { ownerId, madeBy }: Owned): string | null {
  if (!mayRunMeetings.may(asked(who))) return looksOn;
  return who.memberId === ownerId || who.memberId === madeBy || isHead(who)
    ? null
    : 'Whoever has it does this, whoever gave it, or a head.';
}

export const whyNotAct = (verb: ActionVerb, who: Asker, action: Owned & { readonly status: ActionState }): string | null =>
  whyNotFrom(actionCan[verb], action.status) ?? whyMayNotAct(who, action);

/** A verdict is the other feature’s; what was drafted is withdrawn where it stands. */
export function whyNotWithdraw(
  who: Asker,
  decision: { readonly kind: string; readonly decidedBy: string; readonly withdrawnAt: string | null },
): string | null {
  if (decision.withdrawnAt !== null) return 'It is withdrawn.';
  if (decision.kind === 'ruling') return 'A verdict stands.';
  if (!mayRunMeetings.may(asked(who))) return looksOn;
  return decision.decidedBy === who.memberId || isHead(who) ? null : 'Whoever logged it takes it back, or a head.';
}
