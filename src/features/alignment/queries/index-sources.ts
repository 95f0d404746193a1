/** From what each component is told: rows that open, or counts whose records stand on a page of their own. */

import type { ComponentName } from '#engine/alignment/index/table.ts';
import type { Counted } from '#engine/alignment/index/score.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { goalRows, versionRows } from './index-agreed-rows.ts';
import {
  askedPartRows,
  briefRows,
  donePartRows,
  donePartsApart,
  participation,
  participationApart,
  proposalRows,
} from './index-campaign-rows.ts';
import { agreementOf, clauseShare } from './index-clauses.ts';
import { customersOf, dealRows, fitRows, keptRows } from './index-company-rows.ts';
import { answeredFeedbackRows, answeredRejectionRows, bothWays, ruledRows, settledRows } from './index-criticism-rows.ts';
import { clauseRows, flowRows, leadRows } from './index-lead-rows.ts';
import { readIndexLeads } from './index-leads.ts';
import { actionRows, announcementRows, attendanceRows, bothSidesRows, meetingRows } from './index-meeting-rows.ts';
import { disputesInTime, gatesBothSides, poolBothSides, pooled, signedByPayees, statementsInTime } from './index-pay.ts';
import type { IndexQuestion } from './index-question.ts';
import type { IndexSource } from './index-row.ts';

/** What is read in transactions of its own, before the one that the source is given; it is remembered. */
type Apart = (question: IndexQuestion) => Promise<unknown>;
type Counting = (tx: Tx, question: IndexQuestion) => Promise<Counted | null>;
type Source =
  | { readonly rows: IndexSource; readonly count?: undefined; readonly apart?: Apart }
  | { readonly count: Counting; readonly rows?: undefined; readonly apart?: Apart };

const rows = (source: IndexSource): Source => ({ rows: source });
const ofLeads = (source: IndexSource): Source => ({ rows: source, apart: readIndexLeads });
const ofCustomers = (source: IndexSource): Source => ({ rows: source, apart: ({ ground }) => customersOf(ground) });
const count = (source: Counting): Source => ({ count: source });
const ofClauses = (side: 'marketing' | 'sales'): Source => ({
  count: (_tx, question) => clauseShare(question, side),
  apart: agreementOf,
});

/** @param who whose eyes lists are for; null: nobody's, for counts */
export const sourcesFor = (who: Who | null): Readonly<Record<ComponentName, Source>> => ({
  contextPassed: ofLeads(leadRows('contextPassed')),
  marketingRecords: ofLeads(leadRows('marketingRecords')),
  outcomesReturned: ofLeads(leadRows('outcomesReturned')),
  reasonsGiven: ofLeads(leadRows('reasonsGiven')),
  dealRecords: rows(dealRows),
  campaignLeadsFollowed: ofLeads(leadRows('campaignLeadsFollowed')),
  participation: { count: participation, apart: participationApart },
  partsAnswered: rows(askedPartRows),
  partsDone: { rows: donePartRows, apart: donePartsApart },
  briefsAcknowledged: rows(briefRows),
  proposalsAnswered: rows(proposalRows),
  salesClauses: ofClauses('sales'),
  marketingClauses: ofClauses('marketing'),
  leadsWorked: ofLeads(leadRows('leadsWorked')),
  promptFirst: ofLeads(leadRows('promptFirst')),
  triedEnough: ofLeads(leadRows('triedEnough')),
  leadQuality: ofLeads(leadRows('leadQuality')),
  evenFlow: ofLeads(flowRows),
  fitCustomers: ofCustomers(fitRows),
  customersKept: ofCustomers(keptRows),
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
  rejectionsByClause: ofLeads(clauseRows),
  rejectionsFair: ofLeads(leadRows('rejectionsFair')),
  rejectionsAnswered: rows(answeredRejectionRows),
  contestsRuled: rows(ruledRows),
  feedbackAnswered: rows(answeredFeedbackRows(who)),
  feedbackSettled: rows(settledRows(who)),
  bothWays: count(bothWays),
});
