import type { DecisionKind } from '#engine/cadence/states.ts';
import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** What both sides talk about is read by all. */
export const mayReadMeetings = policy('meetings.read', everybody);
/** When the sides meet is for heads to say. */
export const mayPlanSeries = policy('meetings.series', heads);
/** A meeting by itself; whose it may move and cancel, policy/meetings.ts says. */
export const mayPlanMeetings = policy('meetings.plan', writers);
/** Starting, stepping, agenda, notes, who was there, ending. */
export const mayRunMeetings = policy('meetings.run', writers);
export const mayDecide = policy('meetings.decide', writers);
/** What a decision does in another feature needs that feature’s policy as well, so that no API token gets round its scopes. */
export const decidingNeeds: Readonly<Record<DecisionKind, string | null>> = {
  logged: null,
  definition: 'agreement.propose',
  contract: 'agreement.propose',
  ruling: 'rejections.judge',
};
export const mayKeepActions = policy('actions.write', writers);
/** One’s own address, for one’s own meetings. */
export const mayHaveFeed = policy('calendarFeed.keep', everybody);
