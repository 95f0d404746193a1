import type { z } from 'zod';
import { byId } from '#features/feedback/contract/pieces.ts';
import type { Tx } from '#platform/db/database.ts';
import { route, type Route, type Who } from '#platform/http/route.ts';
import { decide, withdrawDecision } from '../actions/decide.ts';
import { changeAction, dropAction, finishAction, giveAction, reopenAction } from '../actions/give-action.ts';
import {
  actionChange,
  actionDone,
  actionDropped,
  actionItem,
  actionPage,
  actionsAsk,
  decision,
  decisionPage,
  decisionsAsk,
  newAction,
  newDecision,
  nothing,
} from '../contract/actions.ts';
import { byMeeting } from '../contract/meetings.ts';
import { mayDecide, mayKeepActions, mayReadMeetings } from '../policy.ts';
import { getAction, listActions } from '../queries/actions.ts';
import { getDecision, listDecisions } from '../queries/decisions.ts';

const tag = 'meetings';

/** A verb of an action: does it, and answers with what became of it. */
const actionVerb = <Body extends z.ZodType>(
  method: 'POST' | 'PATCH',
  path: string,
  summary: string,
  body: Body,
  act: (tx: Tx, who: Who, id: string, said: z.output<Body>) => Promise<void>,
): Route =>
  route({
    ...{ method, path, summary, tag },
    access: mayKeepActions,
    params: byId,
    body,
    answers: { 200: actionItem },
    handle: async ({ who, params, body: said, transact }) => ({
      body: await transact(async (tx) => {
        await act(tx, who, params.id, said as z.output<Body>);
        return getAction(tx, who, params.id);
      }),
    }),
  });

export const outcomeRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/meetings/:id/decisions',
    summary: 'Decide in a meeting: logged, or as a draft of what both sides sign, or a verdict',
    tag,
    access: mayDecide,
    params: byMeeting,
    body: newDecision,
    answers: { 201: decision },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getDecision(tx, who, await decide(tx, who, params.id, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/decisions',
    summary: 'Decisions of all meetings, and what they led to',
    tag,
    access: mayReadMeetings,
    query: decisionsAsk,
    answers: { 200: decisionPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listDecisions(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/decisions/:id/withdrawal',
    summary: 'Take a decision back; what it led to is withdrawn where it stands',
    tag,
    access: mayDecide,
    params: byId,
    body: nothing,
    answers: { 200: decision },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await withdrawDecision(tx, who, params.id);
        return getDecision(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/meetings/:id/actions',
    summary: 'Agree an action in a meeting',
    tag,
    access: mayKeepActions,
    params: byMeeting,
    body: newAction,
    answers: { 201: actionItem },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getAction(tx, who, await giveAction(tx, who, params.id, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/actions',
    summary: 'Actions: open, late, closed',
    tag,
    access: mayReadMeetings,
    query: actionsAsk,
    answers: { 200: actionPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listActions(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/actions',
    summary: 'Give an action outside of any meeting',
    tag,
    access: mayKeepActions,
    body: newAction,
    answers: { 201: actionItem },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getAction(tx, who, await giveAction(tx, who, null, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/actions/:id',
    summary: 'One action',
    tag,
    access: mayReadMeetings,
    params: byId,
    answers: { 200: actionItem },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getAction(tx, who, params.id)) }),
  }),
  actionVerb('PATCH', '/actions/:id', 'Move an action, reword it, give it to somebody else', actionChange, changeAction),
  actionVerb('POST', '/actions/:id/completion', 'Say that an action is done', actionDone, finishAction),
  actionVerb('POST', '/actions/:id/dropping', 'Drop an action, saying why', actionDropped, dropAction),
  actionVerb('POST', '/actions/:id/reopening', 'Open a closed action again', nothing, reopenAction),
];
