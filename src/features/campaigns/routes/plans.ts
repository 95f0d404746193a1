import { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { type Policy, type Route, route, type Who } from '#platform/http/route.ts';
import { discardDraft, draftPlan } from '../actions/draft-plan.ts';
import { acknowledgeBrief, publishBrief } from '../actions/publish-brief.ts';
import { cancelCampaign, endCampaign, launchCampaign } from '../actions/run-plan.ts';
import { byId } from '../contract/pieces.ts';
import {
  acknowledging,
  audienceAnswer,
  audienceAsk,
  cancelling,
  draftEdit,
  ending,
  launching,
  planDetail,
  planVersion,
  publishing,
  versionParams,
} from '../contract/plans.ts';
import { mayAcknowledge, mayPlanCampaigns, mayReadCampaigns, mayRunCampaigns } from '../policy/plans.ts';
import { answerAudience, freezeAudience } from '../queries/audience.ts';
import { getPlan, getPlanVersion } from '../queries/plan-detail.ts';

const tag = 'campaigns';

/** A verb on one plan: it answers with what the plan is then. */
function verb<Body extends z.ZodType>(shape: {
  method?: 'POST' | 'PUT';
  noun: string;
  summary: string;
  access: Policy;
  body: Body;
  act(tx: Tx, who: Who, campaignId: string, given: z.output<Body>): Promise<unknown>;
}): Route {
  return route({
    method: shape.method ?? 'POST',
    path: `/campaigns/:id/plan/${shape.noun}`,
    summary: shape.summary,
    tag,
    access: shape.access,
    params: byId,
    body: shape.body,
    answers: { 200: planDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await shape.act(tx, who, params.id, body as z.output<Body>);
        return getPlan(tx, who, params.id);
      }),
    }),
  });
}

export const planRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/:id/plan',
    summary: 'What is planned for a campaign: its brief, who has read it, cost, target, and what can be done',
    tag,
    access: mayReadCampaigns,
    params: byId,
    answers: { 200: planDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getPlan(tx, who, params.id)) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/plan/versions/:number',
    summary: 'One version of a campaign’s plan, with what it changes',
    tag,
    access: mayReadCampaigns,
    params: versionParams,
    answers: { 200: planVersion },
    handle: async ({ who, params, transact }) => ({
      body: await transact((tx) => getPlanVersion(tx, who.workspaceId, params.id, params.number)),
    }),
  }),
  route({
    method: 'POST',
    path: '/campaigns/audience',
    summary: 'How many an audience holds now, and in words; stores nothing',
    tag,
    access: mayReadCampaigns,
    body: audienceAsk,
    answers: { 200: audienceAnswer },
    handle: async ({ who, body, transact }) => ({
      body: await transact(async (tx) => answerAudience(tx, who.workspaceId, await freezeAudience(tx, who, body.audience, 'audience'))),
    }),
  }),
  verb({
    method: 'PUT',
    noun: 'draft',
    summary: 'Write the draft of a campaign’s plan; the first begins it',
    access: mayPlanCampaigns,
    body: draftEdit,
    act: draftPlan,
  }),
  route({
    method: 'DELETE',
    path: '/campaigns/:id/plan/draft',
    summary: 'Throw the draft away; what was published stays',
    tag,
    access: mayPlanCampaigns,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => discardDraft(tx, who, params.id));
      return { status: 204 };
    },
  }),
  verb({
    noun: 'brief',
    summary: 'Publish the draft as the brief; whoever takes part is asked to acknowledge it',
    access: mayRunCampaigns,
    body: publishing,
    act: (tx, who, id, { contentHash }) => publishBrief(tx, who, id, contentHash),
  }),
  verb({
    noun: 'acknowledgement',
    summary: 'Say that one has read the brief',
    access: mayAcknowledge,
    body: acknowledging,
    act: (tx, who, id, { contentHash }) => acknowledgeBrief(tx, who, id, contentHash),
  }),
  verb({
    noun: 'launch',
    summary: 'Launch a campaign; with somebody missing a head gives a reason',
    access: mayRunCampaigns,
    body: launching,
    act: (tx, who, id, { reason }) => launchCampaign(tx, who, id, reason),
  }),
  verb({
    noun: 'ending',
    summary: 'End a campaign',
    access: mayRunCampaigns,
    body: ending,
    act: (tx, who, id, { reason }) => endCampaign(tx, who, id, reason),
  }),
  verb({
    noun: 'cancellation',
    summary: 'Cancel a campaign; parts asked for it are taken back',
    access: mayRunCampaigns,
    body: cancelling,
    act: (tx, who, id, { reason }) => cancelCampaign(tx, who, id, reason),
  }),
];
