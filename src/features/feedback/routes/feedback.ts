import type { Sealing } from '#platform/auth/sealing.ts';
import { Problem } from '#platform/errors.ts';
import { rateLimit } from '#platform/http/rate.ts';
import { route, type Route } from '#platform/http/route.ts';
import { giveAnonymously } from '../actions/give-anonymously.ts';
import { giveFeedback } from '../actions/give.ts';
import { writeByReceipt } from '../actions/receipt-entry.ts';
import { byReceipt, newReceiptEntry, receiptTaken, receiptThread } from '../contract/receipts.ts';
import { feedbackAsk, feedbackDetail, feedbackPage, givenFeedback, newFeedback, subjectAnswer, subjectAsk } from '../contract/feedback.ts';
import { feedbackToday } from '../contract/overview.ts';
import { byId } from '../contract/pieces.ts';
import { mayGiveFeedback, mayReadFeedback } from '../policy.ts';
import { getFeedback, listFeedback } from '../queries/feedback.ts';
import { readByReceipt } from '../queries/receipts.ts';
import { readSubject } from '../queries/subject-form.ts';
import { readFeedbackToday } from '../queries/today.ts';

const tag = 'feedback';

export function feedbackRoutesOf(sealing: Sealing): readonly Route[] {
  /** Nobody can be asked afterwards to stop, so what one member writes anonymously is limited here, and forgotten on a restart. */
  const withinRate = rateLimit({ perMinute: 0.5, burst: 20 });
  const limited = (memberId: string): void => {
    if (!withinRate(memberId))
      throw new Problem('too-many', 'That is a lot at once, and nobody can ask you about it. Write more in an hour.', {
        extra: { retryAfter: 3_600 },
      });
  };
  return [
    route({
      method: 'POST',
      path: '/feedback',
      summary: 'Give praise or criticism about a real thing, under one’s name or anonymously',
      tag,
      access: mayGiveFeedback,
      body: newFeedback,
      answers: { 201: givenFeedback },
      leavesNoTrace: ({ anonymous }) => anonymous,
      handle: async ({ who, body, transact }) => {
        const { receipt } = body;
        if (receipt === undefined) return { status: 201, body: { id: await transact((tx) => giveFeedback(tx, who, body)) } };
        limited(who.memberId);
        await transact((tx) => giveAnonymously(tx, who, sealing, { ...body, receipt }));
        return { status: 201, body: { id: null } };
      },
    }),
    route({
      method: 'GET',
      path: '/feedback',
      summary: 'Feedback to answer, to settle, received, given',
      tag,
      access: mayReadFeedback,
      query: feedbackAsk,
      answers: { 200: feedbackPage },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listFeedback(tx, who, query)) }),
    }),
    route({
      method: 'GET',
      path: '/feedback/subject',
      summary: 'The thing feedback would be about: who answers for it, and what a form needs to know',
      tag,
      access: mayReadFeedback,
      query: subjectAsk,
      answers: { 200: subjectAnswer },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => readSubject(tx, who, query.kind, query.id)) }),
    }),
    route({
      method: 'GET',
      path: '/feedback/today',
      summary: 'What of feedback, pulse and perception waits for the asker',
      tag,
      access: mayReadFeedback,
      answers: { 200: feedbackToday },
      handle: async ({ who, transact }) => ({ body: await transact((tx) => readFeedbackToday(tx, who, sealing)) }),
    }),
    route({
      method: 'POST',
      path: '/feedback/receipts/reading',
      summary: 'Read one’s anonymous feedback and its thread, by the receipt',
      tag,
      access: mayReadFeedback,
      body: byReceipt,
      answers: { 200: receiptThread },
      leavesNoTrace: () => true,
      handle: async ({ who, body, transact }) => ({
        body: await transact((tx) => readByReceipt(tx, who.workspaceId, sealing, body.receipt)),
      }),
    }),
    route({
      method: 'POST',
      path: '/feedback/receipts/entries',
      summary: 'Answer, settle, reopen or take back one’s anonymous feedback, by the receipt',
      tag,
      access: mayGiveFeedback,
      body: newReceiptEntry,
      answers: { 202: receiptTaken },
      leavesNoTrace: () => true,
      handle: async ({ who, body, transact }) => {
        limited(who.memberId);
        await transact((tx) => writeByReceipt(tx, who, sealing, body));
        return { status: 202, body: { waiting: true } };
      },
    }),
    route({
      method: 'GET',
      path: '/feedback/:id',
      summary: 'One feedback with its thread and what the asker can do',
      tag,
      access: mayReadFeedback,
      params: byId,
      answers: { 200: feedbackDetail },
      handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getFeedback(tx, who, params.id)) }),
    }),
  ];
}
