import { type Route, route } from '#platform/http/route.ts';
import { funnelAnswer, funnelQuery, funnelRecords, recordsQuery, stagesAnswer, stagesQuery } from './contract.ts';
import { mayReadFunnel } from './policy.ts';
import { answerFunnel, answerStages } from './queries/answers.ts';
import { listFunnelRecords } from './queries/records.ts';

export const funnelRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/funnel',
    summary: 'Conversion between two stages, by group',
    tag: 'funnel',
    access: mayReadFunnel,
    query: funnelQuery,
    answers: { 200: funnelAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerFunnel(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/funnel/records',
    summary: 'The leads behind a number of the funnel',
    tag: 'funnel',
    access: mayReadFunnel,
    query: recordsQuery,
    answers: { 200: funnelRecords },
    handle: async ({ database, who, query }) => ({ body: await listFunnelRecords(database, who.workspaceId, query) }),
  }),
  route({
    method: 'GET',
    path: '/funnel/stages',
    summary: 'How many leads entered each stage',
    tag: 'funnel',
    access: mayReadFunnel,
    query: stagesQuery,
    answers: { 200: stagesAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerStages(database, who.workspaceId, query) }),
  }),
];
