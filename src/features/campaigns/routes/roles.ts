import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { type Policy, type Route, route, type Who } from '#platform/http/route.ts';
import { acceptRole, counterpropose, declineRole } from '../actions/answer-role.ts';
import { askRoles } from '../actions/ask-roles.ts';
import { answerCounter, withdrawRole } from '../actions/decide-role.ts';
import { byId } from '../contract/pieces.ts';
import {
  acceptance,
  counterAnswer,
  counterproposal,
  declining,
  evidenceAsk,
  evidencePage,
  madeRoles,
  newRoles,
  role,
  roleList,
  withdrawal,
} from '../contract/roles.ts';
import { mayReadCampaigns } from '../policy/plans.ts';
import { mayAnswerRoles, mayAskRoles } from '../policy/roles.ts';
import { listRoleEvidence } from '../queries/role-evidence.ts';
import { getMadeRoles, getRole, listRoles } from '../queries/roles.ts';

const tag = 'campaigns';

/** A verb on one part: it answers with what the part is then. */
function verb<Body extends z.ZodType>(shape: {
  noun: string;
  summary: string;
  access: Policy;
  body: Body;
  act(tx: Tx, who: Who, roleId: string, given: z.output<Body>): Promise<unknown>;
}): Route {
  return route({
    method: 'POST',
    path: `/campaign-roles/:id/${shape.noun}`,
    summary: shape.summary,
    tag,
    access: shape.access,
    params: byId,
    body: shape.body,
    answers: { 200: role },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await shape.act(tx, who, params.id, body as z.output<Body>);
        return getRole(tx, who, params.id);
      }),
    }),
  });
}

export const roleRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/roles',
    summary: 'Parts asked for in a campaign: one’s own and those one asked for; of all, sums',
    tag,
    access: mayReadCampaigns,
    params: byId,
    answers: { 200: roleList },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => listRoles(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/:id/roles',
    summary: 'Ask reps, or each rep of a team, for a part in a campaign',
    tag,
    access: mayAskRoles,
    params: byId,
    body: newRoles,
    answers: { 201: madeRoles },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getMadeRoles(tx, who, await askRoles(tx, who, params.id, body))),
    }),
  }),
  route({
    method: 'GET',
    path: '/campaign-roles/:id',
    summary: 'One part in a campaign',
    tag,
    access: mayReadCampaigns,
    params: byId,
    answers: { 200: role },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getRole(tx, who, params.id)) }),
  }),
  route({
    method: 'GET',
    path: '/campaign-roles/:id/evidence',
    summary: 'The touches by which a part counts as done, newest first',
    tag,
    access: mayReadCampaigns,
    params: byId,
    query: evidenceAsk,
    answers: { 200: evidencePage },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listRoleEvidence(tx, who, params.id, query)),
    }),
  }),
  verb({ noun: 'acceptance', summary: 'Accept a part', access: mayAnswerRoles, body: acceptance, act: acceptRole }),
  verb({ noun: 'refusal', summary: 'Decline a part, with the reason', access: mayAnswerRoles, body: declining, act: declineRole }),
  verb({
    noun: 'counterproposal',
    summary: 'Propose another part instead',
    access: mayAnswerRoles,
    body: counterproposal,
    act: counterpropose,
  }),
  verb({
    noun: 'counter-answer',
    summary: 'Take the other part, or ask for the first again',
    access: mayAskRoles,
    body: counterAnswer,
    act: answerCounter,
  }),
  verb({ noun: 'withdrawal', summary: 'Take a part back that one asked for', access: mayAskRoles, body: withdrawal, act: withdrawRole }),
];
