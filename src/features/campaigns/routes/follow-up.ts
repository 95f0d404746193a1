import { type Route, route } from '#platform/http/route.ts';
import { allFollowUpAsk, followUpAsk, followUpPage } from '../contract/follow-up.ts';
import { byId } from '../contract/pieces.ts';
import { mayReadCampaigns } from '../policy/plans.ts';
import { listFollowUp } from '../queries/follow-up.ts';

const tag = 'campaigns';

export const followUpRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/campaigns/follow-up',
    summary: 'Responders of all campaigns whom nobody has tried to reach since; one’s own unless asked otherwise',
    tag,
    access: mayReadCampaigns,
    query: allFollowUpAsk,
    answers: { 200: followUpPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listFollowUp(tx, who, null, query)) }),
  }),
  route({
    method: 'GET',
    path: '/campaigns/:id/follow-up',
    summary: 'Responders of one campaign whom nobody has tried to reach since, the longest waiting first',
    tag,
    access: mayReadCampaigns,
    params: byId,
    query: followUpAsk,
    answers: { 200: followUpPage },
    handle: async ({ who, params, query, transact }) => ({ body: await transact((tx) => listFollowUp(tx, who, params.id, query)) }),
  }),
];
