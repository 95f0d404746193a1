import { z } from 'zod';
import { type Policy, route, type Route, type Who } from '#platform/http/route.ts';
import type { Tx } from '#platform/db/database.ts';
import { answerProposal } from '../actions/answer-proposal.ts';
import { reopenProposal, withdrawProposal } from '../actions/close-proposal.ts';
import { addCase, removeCase } from '../actions/proposal-cases.ts';
import { setAnswerDays } from '../actions/proposal-settings.ts';
import { editProposal, propose } from '../actions/propose.ts';
import { takeBackVote, vote } from '../actions/vote.ts';
import * as contract from '../contract/proposals.ts';
import { mayAnswerProposals, mayPropose, mayReadProposals, maySetAnswerDays, mayVote } from '../policy/proposals.ts';
import { listDealsBehind } from '../queries/proposal-cases.ts';
import { getProposalSettings } from '../queries/proposal-settings.ts';
import { getProposal, listProposals, proposalsWaiting } from '../queries/proposals.ts';

const tag = 'proposals';

/** A verb on one proposal: it answers with what the proposal is then. */
function verb<Body extends z.ZodType>(shape: {
  method?: 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  /** What follows `/proposals/:id`. */
  path: string;
  summary: string;
  access: Policy;
  params?: z.ZodType<{ id: string; caseId?: string }>;
  body?: Body;
  act(tx: Tx, who: Who, params: { id: string; caseId?: string }, given: z.output<Body>): Promise<void>;
}): Route {
  return route({
    method: shape.method ?? 'POST',
    path: `/proposals/:id${shape.path}`,
    summary: shape.summary,
    tag,
    access: shape.access,
    params: shape.params ?? contract.byProposal,
    ...(shape.body && { body: shape.body }),
    answers: { 200: contract.proposalDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await shape.act(tx, who, params, body as z.output<Body>);
        return getProposal(tx, who, params.id);
      }),
    }),
  });
}

export const proposalRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/proposals',
    summary: 'What was proposed, by votes, value behind it, due day or age',
    tag,
    access: mayReadProposals,
    query: contract.proposalsAsk,
    answers: { 200: contract.proposalsPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listProposals(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/proposals',
    summary: 'Ask for a campaign, content or an answer to an objection',
    tag,
    access: mayPropose,
    body: contract.newProposal,
    answers: { 201: contract.proposalMade },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => propose(tx, who, body)) } }),
  }),
  route({
    method: 'GET',
    path: '/proposals/waiting',
    summary: 'Answers that are due, and own proposals that were answered',
    tag,
    access: mayReadProposals,
    answers: { 200: contract.proposalsWaiting },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => proposalsWaiting(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/proposals/settings',
    summary: 'Within how many working days proposals are answered',
    tag,
    access: mayReadProposals,
    answers: { 200: contract.proposalSettingsAnswer },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => getProposalSettings(tx, who.workspaceId)) }),
  }),
  route({
    method: 'PUT',
    path: '/proposals/settings',
    summary: 'Agree on the working days within which proposals are answered',
    tag,
    access: maySetAnswerDays,
    body: contract.proposalSettings,
    answers: { 200: contract.proposalSettingsAnswer },
    handle: async ({ who, body, transact }) => ({
      body: await transact(async (tx) => {
        await setAnswerDays(tx, who, body.answerDays);
        return getProposalSettings(tx, who.workspaceId);
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/proposals/:id',
    summary: 'One proposal with cases, votes, history, and what can be done',
    tag,
    access: mayReadProposals,
    params: contract.byProposal,
    answers: { 200: contract.proposalDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getProposal(tx, who, params.id)) }),
  }),
  route({
    method: 'GET',
    path: '/proposals/:id/deals',
    summary: 'The deals behind an amount of a proposal',
    tag,
    access: mayReadProposals,
    params: contract.byProposal,
    query: contract.valueAsk,
    answers: { 200: contract.valueDeals },
    handle: async ({ who, params, query, transact }) => ({ body: await transact((tx) => listDealsBehind(tx, who, params.id, query)) }),
  }),
  verb({
    method: 'PATCH',
    path: '',
    summary: 'Change what is asked for, until it is answered',
    access: mayPropose,
    body: contract.proposalEdit,
    act: (tx, who, { id }, given) => editProposal(tx, who, id, given),
  }),
  verb({ method: 'PUT', path: '/vote', summary: 'Vote for a proposal', access: mayVote, act: (tx, who, { id }) => vote(tx, who, id) }),
  verb({
    method: 'DELETE',
    path: '/vote',
    summary: 'Take a vote back',
    access: mayVote,
    act: (tx, who, { id }) => takeBackVote(tx, who, id),
  }),
  verb({
    path: '/cases',
    summary: 'Add a lead or deal that would be helped by it',
    access: mayPropose,
    body: contract.newCase,
    act: (tx, who, { id }, given) => addCase(tx, who, id, given),
  }),
  verb({
    method: 'DELETE',
    path: '/cases/:caseId',
    summary: 'Take a case out',
    access: mayPropose,
    params: contract.byCase,
    act: (tx, who, { id, caseId }) => removeCase(tx, who, id, caseId ?? ''),
  }),
  verb({
    path: '/answer',
    summary: 'Answer: planned by a day, done, or declined with the reason',
    access: mayAnswerProposals,
    body: contract.proposalAnswer,
    act: (tx, who, { id }, given) => answerProposal(tx, who, id, given),
  }),
  verb({
    path: '/withdrawal',
    summary: 'Withdraw what one proposed',
    access: mayPropose,
    body: contract.proposalWithdrawal,
    act: (tx, who, { id }, given) => withdrawProposal(tx, who, id, given),
  }),
  verb({
    path: '/reopening',
    summary: 'Ask again after it was closed, with a new due day',
    access: mayPropose,
    body: contract.proposalReopening,
    act: (tx, who, { id }, given) => reopenProposal(tx, who, id, given),
  }),
];
