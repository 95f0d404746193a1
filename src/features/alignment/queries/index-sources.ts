/** From what each component is told: rows that open, or counts whose records stand on a page of their own. */

import type { ComponentName } from '#engine/alignment/index/table.ts';
import type { Counted } from '#engine/alignment/index/score.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { goalRows, versionRows } from './index-agreed-rows.ts';
import { askedPartRows, briefRows, donePartRows, participation, proposalRows } from './index-campaign-rows.ts';
import { clauseShare } from './index-clauses.ts';
import { dealRows, fitRows, keptRows } from './index-company-rows.ts';
import { answeredFeedbackRows, answeredRejectionRows, bothWays, ruledRows, settledRows } from './index-criticism-rows.ts';
import { clauseRows, flowRows, leadRows } from './index-lead-rows.ts';
import { actionRows, announcementRows, attendanceRows, bothSidesRows, meetingRows } from './index-meeting-rows.ts';
import { disputesInTime, gatesBothSides, poolBothSides, pooled, signedByPayees, statementsInTime } from './index-pay.ts';
import type { IndexQuestion } from './index-question.ts';
import type { IndexSource } from './index-row.ts';

type Source =
  | { readonly rows: IndexSource; readonly count?: undefined }
  | { readonly count: (tx: Tx, question: IndexQuestion) => Promise<Counted | null>; readonly rows?: undefined };

const rows = (source: IndexSource): Source => ({ rows: source });
const count = (source: (tx: Tx, question: IndexQuestion) => Promise<Counted | null>): Source => ({ count: source });

/** @param who whose eyes lists are for; null: nobody's, for counts */
export const sourcesFor = (who: Who | null): Readonly<Record<ComponentName, Source>> => ({
  contextPassed: rows(leadRows('contextPassed')),
  marketingRecords: rows(leadRows('marketingRecords')),
  outcomesReturned: rows(leadRows('outcomesReturned')),
  reasonsGiven: rows(leadRows('reasonsGiven')),
  dealRecords: rows(dealRows),
  campaignLeadsFollowed: rows(leadRows('campaignLeadsFollowed')),
  participation: count(participation),
  partsAnswered: rows(askedPartRows),
  partsDone: rows(donePartRows),
  briefsAcknowledged: rows(briefRows),
  proposalsAnswered: rows(proposalRows),
  salesClauses: count((_tx, question) => clauseShare(question, 'sales')),
  marketingClauses: count((_tx, question) => clauseShare(question, 'marketing')),
  leadsWorked: rows(leadRows('leadsWorked')),
  promptFirst: rows(leadRows('promptFirst')),
  triedEnough: rows(leadRows('triedEnough')),
  leadQuality: rows(leadRows('leadQuality')),
  evenFlow: rows(flowRows),
  fitCustomers: rows(fitRows),
  customersKept: rows(keptRows),
  goalsOnPace: rows(goalRows),
  pooled: count(pooled),
  poolBothSides: count(poolBothSides),
  gatesBothSides: count(gatesBothSides),
  signedByPayees: count(signedByPayees),
  statementsInTime: count(statementsInTime),
  disputesInTime: count(disputesInTime),
  meetingsHeld: rows(meetingRows),
  attended: rows(attendanceRows),
  bothSidesPresent: rows(bothSidesRows),
  actionsClosed: rows(actionRows),
  announcementsAcknowledged: rows(announcementRows),
  versionsDecided: rows(versionRows),
  rejectionsByClause: rows(clauseRows),
  rejectionsFair: rows(leadRows('rejectionsFair')),
  rejectionsAnswered: rows(answeredRejectionRows),
  contestsRuled: rows(ruledRows),
  feedbackAnswered: rows(answeredFeedbackRows(who)),
  feedbackSettled: rows(settledRows(who)),
  bothWays: count(bothWays),
});
