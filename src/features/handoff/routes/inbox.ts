import { z } from 'zod';
import { type Policy, route, type Route, type Who } from '#platform/http/route.ts';
import type { Tx } from '#platform/db/database.ts';
import { claimLead } from '../actions/claim-lead.ts';
import { acceptLead, disqualifyLead, recycleLead } from '../actions/decide.ts';
import { qualifyLead } from '../actions/qualify.ts';
import { reassignLead } from '../actions/reassign.ts';
import { rejectLead } from '../actions/reject.ts';
import { restartLead } from '../actions/restart.ts';
import {
  acceptance,
  byId,
  claim,
  disqualification,
  handoffDetail,
  inboxAsk,
  inboxPage,
  newRejection,
  qualification,
  reassignment,
  recycling,
  restart,
} from '../contract.ts';
import { mayReadHandoff, mayReassign, mayRestartLeads, mayWorkLeads } from '../policy.ts';
import { readDetail } from '../queries/detail.ts';
import { listInbox } from '../queries/inbox.ts';

/** A verb on one lead: it answers with what the lead's hand-off is then. */
function verb<Body extends z.ZodType>(shape: {
  noun: string;
  summary: string;
  access: Policy;
  body: Body;
  act(tx: Tx, who: Who, leadId: string, given: z.output<Body>): Promise<unknown>;
}): Route {
  return route({
    method: 'POST',
    path: `/leads/:id/${shape.noun}`,
    summary: shape.summary,
    tag: 'handoff',
    access: shape.access,
    params: byId,
    body: shape.body,
    answers: { 200: handoffDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await shape.act(tx, who, params.id, body as z.output<Body>);
        return readDetail(tx, who, params.id);
      }),
    }),
  });
}

export const inboxRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/inbox',
    summary: 'Leads to decide on and to work, what is due next first',
    tag: 'handoff',
    access: mayReadHandoff,
    query: inboxAsk,
    answers: { 200: inboxPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listInbox(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/leads/:id/handoff',
    summary: 'One lead between the sides: why it was passed, to whom it went, its clocks, and what can be done',
    tag: 'handoff',
    access: mayReadHandoff,
    params: byId,
    answers: { 200: handoffDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => readDetail(tx, who, params.id)) }),
  }),
  verb({ noun: 'claim', summary: 'Take a lead that is nobody’s', access: mayWorkLeads, body: claim, act: claimLead }),
  verb({ noun: 'acceptance', summary: 'Accept a lead: it will be worked', access: mayWorkLeads, body: acceptance, act: acceptLead }),
  verb({
    noun: 'rejection',
    summary: 'Reject a lead by naming the clauses of the definition that were not met',
    access: mayWorkLeads,
    body: newRejection,
    act: rejectLead,
  }),
  verb({ noun: 'recycling', summary: 'Send a lead back to nurture until a day', access: mayWorkLeads, body: recycling, act: recycleLead }),
  verb({
    noun: 'disqualification',
    summary: 'Take a lead out: it will never buy',
    access: mayWorkLeads,
    body: disqualification,
    act: disqualifyLead,
  }),
  verb({
    noun: 'qualification',
    summary: 'Confirm a real opportunity (SQL); a conversation has to be on record',
    access: mayWorkLeads,
    body: qualification,
    act: qualifyLead,
  }),
  verb({ noun: 'reassignment', summary: 'Give a lead to another rep', access: mayReassign, body: reassignment, act: reassignLead }),
  route({
    method: 'POST',
    path: '/leads/:id/restart',
    summary: 'Begin the next cycle of a recycled lead; answers with the new lead',
    tag: 'handoff',
    access: mayRestartLeads,
    params: byId,
    body: restart,
    answers: { 201: handoffDetail },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => readDetail(tx, who, await restartLead(tx, who, params.id, body))),
    }),
  }),
];
