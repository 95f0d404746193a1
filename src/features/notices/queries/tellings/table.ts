/**
 * The kinds of facts that somebody is told of. A kind without a line here is nobody’s news; the database notes exactly
 * these (`accord.is_told`), and a test holds the two together.
 */

import * as announcements from './announcements.ts';
import * as campaigns from './campaigns.ts';
import * as comments from './comments.ts';
import * as deliveries from './deliveries.ts';
import * as feedback from './feedback.ts';
import * as goalsAndPay from './goals-and-pay.ts';
import * as handoff from './handoff.ts';
import * as meetings from './meetings.ts';
import * as signing from './signing.ts';
import type { Tell } from './telling.ts';

export const tellings: Readonly<Record<string, Tell>> = {
  'comment.made': comments.commentMade,
  'comment.edited': comments.commentEdited,
  'announcement.made': announcements.announcementMade,
  'announcement.reminded': announcements.announcementReminded,
  'rejection.made': handoff.rejectionMade,
  'rejection.agreed': handoff.rejectionAgreed,
  'rejection.mended': handoff.rejectionMended,
  'rejection.contested': handoff.rejectionContested,
  'rejection.ruled': handoff.rejectionRuled,
  'lead.escalated': handoff.leadEscalated,
  'lead.reassigned': handoff.leadReassigned,
  'campaignRole.asked': campaigns.roleAsked,
  'campaignRole.accepted': campaigns.roleAccepted,
  'campaignRole.declined': campaigns.roleDeclined,
  'campaignRole.counterproposed': campaigns.roleCounterproposed,
  'campaignRole.counterTaken': campaigns.roleCounterTaken,
  'campaignRole.counterRefused': campaigns.roleCounterRefused,
  'campaignRole.withdrawn': campaigns.roleWithdrawn,
  'proposal.proposed': campaigns.proposalMade,
  'proposal.planned': campaigns.proposalPlanned,
  'proposal.done': campaigns.proposalDone,
  'proposal.declined': campaigns.proposalDeclined,
  'proposal.reopened': campaigns.proposalReopened,
  'definition.proposed': signing.definitionProposed,
  'definition.signed': signing.definitionSigned,
  'agreement.proposed': signing.agreementProposed,
  'agreement.signed': signing.agreementSigned,
  'goalPlan.proposed': signing.goalPlanProposed,
  'goalPlan.signed': signing.goalPlanSigned,
  'incentivePlan.proposed': signing.incentivePlanProposed,
  'incentivePlan.signed': signing.incentivePlanSigned,
  'excuse.asked': handoff.excuseAsked,
  'excuse.granted': handoff.excuseGranted,
  'excuse.refused': handoff.excuseRefused,
  'feedback.given': feedback.feedbackGiven,
  'feedback.accepted': feedback.feedbackAccepted,
  'feedback.explained': feedback.feedbackExplained,
  'feedback.disagreed': feedback.feedbackDisagreed,
  'feedback.thanked': feedback.feedbackThanked,
  'feedback.confirmed': feedback.feedbackConfirmed,
  'feedback.reopened': feedback.feedbackReopened,
  'feedback.said': feedback.feedbackSaid,
  'pulse.opened': feedback.pulseOpened,
  'goal.paceMissed': goalsAndPay.goalMissed,
  'payoutRun.locked': goalsAndPay.statementReady,
  'dispute.raised': goalsAndPay.disputeRaised,
  'dispute.escalated': goalsAndPay.disputeEscalated,
  'dispute.corrected': goalsAndPay.disputeCorrected,
  'dispute.explained': goalsAndPay.disputeExplained,
  'meeting.invited': meetings.meetingInvited,
  'meeting.moved': meetings.meetingMoved,
  'meeting.cancelled': meetings.meetingCancelled,
  'meeting.restored': meetings.meetingRestored,
  'meeting.changed': meetings.meetingChanged,
  'meeting.minutesSent': meetings.minutesSent,
  'action.given': meetings.actionGiven,
  'action.reassigned': meetings.actionGiven,
  'action.closed': meetings.actionClosed,
  'message.givenUp': deliveries.messageGivenUp,
};
