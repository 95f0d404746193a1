import { byId } from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { answerDispute, escalateDispute, raiseDispute, withdrawDispute } from '../actions/disputes.ts';
import * as contract from '../contract/disputes.ts';
import { mayDispute, mayReadIncentives } from '../policy.ts';
import { getDispute, listDisputes } from '../queries/disputes.ts';

const tag = 'incentives';

export const disputeRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/disputes',
    summary: 'Disputes of whom the asker sees, newest first',
    tag,
    access: mayReadIncentives,
    query: contract.disputesAsk,
    answers: { 200: contract.disputeList },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listDisputes(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/disputes',
    summary: 'Dispute a line of one’s own; it is answered within five working days',
    tag,
    access: mayDispute,
    body: contract.newDispute,
    answers: { 201: contract.dispute },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getDispute(tx, who, await raiseDispute(tx, who, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/disputes/:id',
    summary: 'One dispute with its line and its steps',
    tag,
    access: mayReadIncentives,
    params: byId,
    answers: { 200: contract.dispute },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getDispute(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/answer',
    summary: 'Explain the line, or agree to a correction in the next run; of what was escalated the sponsor decides so',
    tag,
    access: mayDispute,
    params: byId,
    body: contract.disputeAnswer,
    answers: { 200: contract.dispute },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await answerDispute(tx, who, params.id, body);
        return getDispute(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/escalation',
    summary: 'Take a dispute to the sponsor',
    tag,
    access: mayDispute,
    params: byId,
    body: contract.escalation,
    answers: { 200: contract.dispute },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await escalateDispute(tx, who, params.id, body.reason);
        return getDispute(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/disputes/:id/withdrawal',
    summary: 'Withdraw a dispute',
    tag,
    access: mayDispute,
    params: byId,
    answers: { 200: contract.dispute },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await withdrawDispute(tx, who, params.id);
        return getDispute(tx, who, params.id);
      }),
    }),
  }),
];
