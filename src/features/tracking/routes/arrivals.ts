import { mayDo, type Route, route } from '#platform/http/route.ts';
import { makeTrackedLink } from '../actions/make-link.ts';
import { mendSubmission } from '../actions/mend-submission.ts';
import * as contract from '../contract/arrivals.ts';
import { byId } from '../contract/pieces.ts';
import * as sent from '../contract/submissions.ts';
import { mayMakeLinks, mayMendSubmissions, mayReadTracking } from '../policy.ts';
import { answerArrivals } from '../queries/arrivals.ts';
import { listEvents, listVisits } from '../queries/events.ts';
import { getSubmissionDetail, listSubmissions } from '../queries/submissions.ts';

/** What arrived, and what became of it. */
export const arrivalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/tracking/arrivals',
    summary: 'What arrived by day and channel, and what was refused and why; the last 28 days unless said',
    tag: 'tracking',
    access: mayReadTracking,
    query: contract.arrivalsAsk,
    answers: { 200: contract.arrivals },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => answerArrivals(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/tracking/events',
    summary: 'Events one by one, newest first, while they are kept',
    tag: 'tracking',
    access: mayReadTracking,
    query: contract.eventsAsk,
    answers: { 200: contract.eventPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listEvents(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/tracking/visits',
    summary: 'Visits of a lead or contact, newest first, each with its touch and pages',
    tag: 'tracking',
    access: mayReadTracking,
    query: contract.visitsAsk,
    answers: { 200: contract.visitList },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listVisits(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'POST',
    path: '/tracking/links',
    summary: 'A link for a mail to one lead: a visit that begins with it is that lead’s',
    tag: 'tracking',
    access: mayMakeLinks,
    body: contract.newLink,
    answers: { 201: contract.madeLink },
    answersSecret: true,
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact((tx) => makeTrackedLink(tx, who.workspaceId, { ...body, memberId: who.memberId })),
    }),
  }),
  route({
    method: 'GET',
    path: '/tracking/submissions',
    summary: 'What forms and hooks brought, newest first',
    tag: 'tracking',
    access: mayReadTracking,
    query: sent.submissionsAsk,
    answers: { 200: sent.submissionPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listSubmissions(tx, who.workspaceId, query)) }),
  }),
  route({
    method: 'GET',
    path: '/tracking/submissions/:id',
    summary: 'A submission exactly as it was sent, and what became of it',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    answers: { 200: sent.submissionDetail },
    handle: async ({ who, params, transact }) => ({
      body: await transact((tx) => getSubmissionDetail(tx, who.workspaceId, params.id, mayDo(who, mayMendSubmissions, false))),
    }),
  }),
  route({
    method: 'POST',
    path: '/tracking/submissions/:id/mending',
    summary: 'Mend a submission that failed, and take it up anew',
    tag: 'tracking',
    access: mayMendSubmissions,
    params: byId,
    body: sent.mending,
    answers: { 200: sent.submissionDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await mendSubmission(tx, who, params.id, body.values);
        return getSubmissionDetail(tx, who.workspaceId, params.id, true);
      }),
    }),
  }),
];
