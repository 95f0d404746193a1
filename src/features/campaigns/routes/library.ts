import { z } from 'zod';
import { type Policy, route, type Route, type Who } from '#platform/http/route.ts';
import type { Tx } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { addFile, addLink, changeExpiry } from '../actions/add-version.ts';
import { addAsset, archiveAsset, editAsset, restoreAsset } from '../actions/keep-asset.ts';
import { answerRating, rateAsset } from '../actions/rate-asset.ts';
import { type Incoming, receiveFile } from '../actions/receive-file.ts';
import * as contract from '../contract/library.ts';
import { mayKeepContent, mayRateContent, mayReadLibrary } from '../policy/library.ts';
import { fileHeaders, fileStream, getFile } from '../queries/asset-file.ts';
import { libraryWaiting } from '../queries/library-waiting.ts';
import { getAsset, listLibrary } from '../queries/library.ts';

const tag = 'library';

/** A verb on one asset: it answers with what the asset is then. */
function verb<Body extends z.ZodType>(shape: {
  method?: 'POST' | 'DELETE' | 'PATCH';
  /** What follows `/library/:id`. */
  path: string;
  summary: string;
  access?: Policy;
  params?: z.ZodType<{ id: string; versionId?: string }>;
  body?: Body;
  act(tx: Tx, who: Who, params: { id: string; versionId?: string }, given: z.output<Body>): Promise<unknown>;
}): Route {
  return route({
    method: shape.method ?? 'POST',
    path: `/library/:id${shape.path}`,
    summary: shape.summary,
    tag,
    access: shape.access ?? mayKeepContent,
    params: shape.params ?? contract.byAsset,
    ...(shape.body && { body: shape.body }),
    answers: { 200: contract.assetDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await shape.act(tx, who, params, body as z.output<Body>);
        return getAsset(tx, who, params.id);
      }),
    }),
  });
}

export const libraryRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/library',
    summary: 'Content, by title, fit for a lead or deal, age, use or rating',
    tag,
    access: mayReadLibrary,
    query: contract.libraryAsk,
    answers: { 200: contract.libraryPage },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listLibrary(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/library',
    summary: 'Add content, with its first version where that is a link',
    tag,
    access: mayKeepContent,
    body: contract.newAsset,
    answers: { 201: contract.assetMade },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => addAsset(tx, who, body)) } }),
  }),
  route({
    method: 'GET',
    path: '/library/waiting',
    summary: 'Own content with ratings to answer or gone stale, and own links that were opened',
    tag,
    access: mayReadLibrary,
    answers: { 200: contract.libraryWaiting },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => libraryWaiting(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/library/:id',
    summary: 'One asset with its versions, ratings, and what can be done',
    tag,
    access: mayReadLibrary,
    params: contract.byAsset,
    answers: { 200: contract.assetDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getAsset(tx, who, params.id)) }),
  }),
  verb({
    method: 'PATCH',
    path: '',
    summary: 'Change what content is called, what it is made for, and who answers for it',
    body: contract.assetEdit,
    act: (tx, who, { id }, given) => editAsset(tx, who, id, given),
  }),
  verb({
    path: '/archival',
    summary: 'Take content out of the library; links sent before go on',
    body: contract.archival,
    act: (tx, who, { id }, { reason }) => archiveAsset(tx, who, id, reason),
  }),
  verb({
    method: 'DELETE',
    path: '/archival',
    summary: 'Put content back into the library',
    act: (tx, who, { id }) => restoreAsset(tx, who, id),
  }),
  route({
    method: 'POST',
    path: '/library/:id/versions',
    summary: 'Add a version that is a link',
    tag,
    access: mayKeepContent,
    params: contract.byAsset,
    body: contract.newVersion,
    answers: { 201: contract.versionMade },
    handle: async ({ who, params, body, transact }) => ({ status: 201, body: await transact((tx) => addLink(tx, who, params.id, body)) }),
  }),
  route({
    method: 'POST',
    path: '/library/:id/files',
    summary: 'Add a version that is a file, at most 20 MB',
    tag,
    access: mayKeepContent,
    params: contract.byAsset,
    query: contract.fileAsk,
    multipart: true,
    bodyLimit: contract.mostFileBytes + 100_000,
    answers: { 201: contract.versionMade },
    async handle({ who, params, query, request, transact }) {
      if (!request.isMultipart()) throw new Problem('bad-input', 'Send the file as multipart/form-data.');
      const parts = request.files({ limits: { fileSize: contract.mostFileBytes + 1, files: 2, fields: 0 }, throwFileSizeLimit: false });
      const file = await receiveFile(parts as AsyncIterable<Incoming>);
      return { status: 201, body: await transact((tx) => addFile(tx, who, params.id, { ...query, file })) };
    },
  }),
  verb({
    method: 'PATCH',
    path: '/versions/:versionId',
    summary: 'Set, move or take away the last day of a version',
    params: contract.byVersion,
    body: contract.versionChange,
    act: (tx, who, { id, versionId }, { expiresOn }) => changeExpiry(tx, who, { id, versionId: versionId ?? '' }, expiresOn),
  }),
  route({
    method: 'GET',
    path: '/library/:id/versions/:versionId/file',
    summary: 'The file of a version, to save',
    tag,
    access: mayReadLibrary,
    params: contract.byVersion,
    stream: 'application/octet-stream',
    async handle({ who, params, database, transact, reply }) {
      const file = await transact((tx) => getFile(tx, who.workspaceId, { id: params.id, versionId: params.versionId }));
      await reply.headers(fileHeaders(file)).send(fileStream(database, who.workspaceId, file));
    },
  }),
  verb({
    path: '/ratings',
    summary: 'Rate content, with the reason',
    access: mayRateContent,
    body: contract.newRating,
    act: (tx, who, { id }, given) => rateAsset(tx, who, id, given),
  }),
  route({
    method: 'POST',
    path: '/content-ratings/:ratingId/answer',
    summary: 'Answer a rating of content one answers for',
    tag,
    access: mayKeepContent,
    params: contract.byRating,
    body: contract.ratingAnswer,
    answers: { 200: contract.assetDetail },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => getAsset(tx, who, await answerRating(tx, who, params.ratingId, body.text))),
    }),
  }),
];
