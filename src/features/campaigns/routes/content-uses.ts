import { route, type Route } from '#platform/http/route.ts';
import { revokeLink, useContent } from '../actions/use-content.ts';
import * as contract from '../contract/content-uses.ts';
import { byAsset } from '../contract/library.ts';
import { mayReadLibrary, mayUseContent } from '../policy/library.ts';
import { listOutcomeRecords, readOutcome } from '../queries/asset-outcome.ts';
import { getUse, listUsesOf, listUsesOfAsset } from '../queries/content-uses.ts';
import { listWonDeals } from '../queries/won-after-use.ts';

const tag = 'library';

export const contentUseRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/library/:id/uses',
    summary: 'Use content for a lead or deal: a tracked link, told this once, or shown in a call or meeting',
    tag,
    access: mayUseContent,
    params: byAsset,
    body: contract.newUse,
    answers: { 201: contract.useMade },
    answersSecret: true,
    async handle({ who, params, body, request, transact }) {
      const { id, token } = await transact((tx) => useContent(tx, who, params.id, body));
      return { status: 201, body: { id, link: token && `${request.server.accord.publicUrl}/s/${token}` } };
    },
  }),
  route({
    method: 'GET',
    path: '/library/:id/uses',
    summary: 'The uses behind a number of an asset, the newest first',
    tag,
    access: mayReadLibrary,
    params: byAsset,
    query: contract.assetUsesAsk,
    answers: { 200: contract.usesPage },
    handle: async ({ who, params, query, transact }) => ({ body: await transact((tx) => listUsesOfAsset(tx, who, params.id, query)) }),
  }),
  route({
    method: 'GET',
    path: '/library/:id/outcome',
    summary: 'What came of an asset: use by member, reached leads, won deals, and leads with it against leads without',
    tag,
    access: mayReadLibrary,
    params: byAsset,
    answers: { 200: contract.assetOutcome },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => readOutcome(tx, who, params.id)) }),
  }),
  route({
    method: 'GET',
    path: '/library/:id/outcome/records',
    summary: 'The leads that are compared',
    tag,
    access: mayReadLibrary,
    params: byAsset,
    query: contract.outcomeRecordsAsk,
    answers: { 200: contract.outcomeRecords },
    handle: async ({ who, params, query, transact }) => ({ body: await transact((tx) => listOutcomeRecords(tx, who, params.id, query)) }),
  }),
  route({
    method: 'GET',
    path: '/library/:id/deals',
    summary: 'The deals won after an asset was used',
    tag,
    access: mayReadLibrary,
    params: byAsset,
    query: contract.wonDealsAsk,
    answers: { 200: contract.wonDeals },
    handle: async ({ who, params, query, transact }) => ({ body: await transact((tx) => listWonDeals(tx, who, params.id, query)) }),
  }),
  route({
    method: 'GET',
    path: '/content-uses',
    summary: 'Content used for a lead or a deal, with its openings',
    tag,
    access: mayReadLibrary,
    query: contract.usesAsk,
    answers: { 200: contract.usesPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listUsesOf(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/content-uses/:useId/closing',
    summary: 'Close a tracked link: from now on it leads nowhere',
    tag,
    access: mayUseContent,
    params: contract.byUse,
    answers: { 200: contract.contentUse },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await revokeLink(tx, who, params.useId);
        return getUse(tx, who, params.useId);
      }),
    }),
  }),
];
