import { route, type Route } from '#platform/http/route.ts';
import { listKinds, pluralOf, type ListKind } from '../contract/lists.ts';
import {
  countSchema,
  factSchema,
  idPagingSchema,
  idParams,
  listParametersSchema,
  pageOf,
  pagingSchema,
  recordPageSchema,
  recordSchema,
  revenueSchema,
  searchingSchema,
  timelineItemSchema,
} from '../contract/schemas.ts';
import { mayReadRecords } from '../policy.ts';
import { possibleDuplicates } from '../queries/duplicates.ts';
import { countRecords, listRecords } from '../queries/lists.ts';
import { getRecord, listCampaignMembers, listFacts, listRevenue } from '../queries/records.ts';
import { listTimeline, type TimelineKind } from '../queries/timeline.ts';

const timelineKinds: readonly ListKind[] = ['account', 'contact', 'lead', 'deal'];

function listAndPage(kind: ListKind): Route[] {
  const plural = pluralOf[kind];
  return [
    route({
      method: 'GET',
      path: `/${plural}`,
      summary: `List ${plural}`,
      tag: plural,
      access: mayReadRecords,
      query: listParametersSchema,
      answers: { 200: pageOf(recordSchema(kind)) },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listRecords(tx, who.workspaceId, kind, query)) }),
    }),
    route({
      method: 'GET',
      path: `/${plural}/count`,
      summary: `Count ${plural}, exactly up to 10,000`,
      tag: plural,
      access: mayReadRecords,
      query: searchingSchema,
      answers: { 200: countSchema },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => countRecords(tx, who.workspaceId, kind, query)) }),
    }),
    route({
      method: 'GET',
      path: `/${plural}/:id`,
      summary: `One ${kind}`,
      tag: plural,
      access: mayReadRecords,
      params: idParams,
      answers: { 200: recordPageSchema(kind) },
      handle: async ({ who, params, transact }) => {
        const record = await transact(async (tx) => ({
          ...(await getRecord(tx, who.workspaceId, kind, params.id)),
          possibleDuplicates: await possibleDuplicates(tx, who.workspaceId, kind, params.id),
        }));
        return { body: record, headers: { etag: `"${String((record as Record<string, unknown>).version)}"` } };
      },
    }),
    route({
      method: 'GET',
      path: `/${plural}/:id/facts`,
      summary: `The history of one ${kind}, newest first`,
      tag: plural,
      access: mayReadRecords,
      params: idParams,
      query: idPagingSchema,
      answers: { 200: pageOf(factSchema) },
      handle: async ({ who, params, query, transact }) => ({
        body: await transact((tx) => listFacts(tx, who.workspaceId, kind, params.id, query)),
      }),
    }),
  ];
}

const timeline = (kind: TimelineKind): Route =>
  route({
    method: 'GET',
    path: `/${pluralOf[kind]}/:id/timeline`,
    summary: `What happened with one ${kind}, newest first`,
    tag: pluralOf[kind],
    access: mayReadRecords,
    params: idParams,
    query: pagingSchema,
    answers: { 200: pageOf(timelineItemSchema) },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listTimeline(tx, who.workspaceId, kind, params.id, query)),
    }),
  });

export const readingRoutes: Route[] = [
  ...listKinds.flatMap(listAndPage),
  ...timelineKinds.map((kind) => timeline(kind as TimelineKind)),
  route({
    method: 'GET',
    path: '/campaigns/:id/members',
    summary: 'Who is in a campaign',
    tag: 'campaigns',
    access: mayReadRecords,
    params: idParams,
    query: idPagingSchema,
    answers: { 200: pageOf(recordSchema('campaignMember')) },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listCampaignMembers(tx, who.workspaceId, params.id, query)),
    }),
  }),
  route({
    method: 'GET',
    path: '/accounts/:id/revenue',
    summary: 'Revenue of an account, newest first',
    tag: 'accounts',
    access: mayReadRecords,
    params: idParams,
    query: idPagingSchema,
    answers: { 200: pageOf(revenueSchema) },
    handle: async ({ who, params, query, transact }) => ({
      body: await transact((tx) => listRevenue(tx, who.workspaceId, params.id, query)),
    }),
  }),
];
