import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { route, type Route } from '#platform/http/route.ts';
import { archiveRecord, editRecord, restoreRecord } from '../actions/edit-records.ts';
import { bulkEdit, undoBulkEdit } from '../actions/bulk-edit.ts';
import { dismissDuplicate, mergeRecords, unmergeRecords } from '../actions/merge-records.ts';
import { recordFields } from '../actions/record-fields.ts';
import { filterSchema, listKinds, pluralOf, type ListKind } from '../contract/lists.ts';
import {
  bulkEditSchema,
  duplicateGroupSchema,
  duplicateKinds,
  idParams,
  idSchema,
  pageOf,
  pagingSchema,
  recordPageSchema,
  setsSchema,
} from '../contract/schemas.ts';
import { mayBulkEditRecords, mayMergeRecords, mayReadRecords, mayWriteRecords } from '../policy.ts';
import { listDuplicates, possibleDuplicates, type DuplicateKind } from '../queries/duplicates.ts';
import { getRecord } from '../queries/records.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** `"123"` or `W/"123"` → the version; absent or `*` → any. */
function expectedVersion(request: FastifyRequest): string | undefined {
  const header = request.headers['if-match'];
  return header === undefined || header === '*' ? undefined : header.replace(/^W\//, '').replaceAll('"', '');
}

async function shown(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, id: string) {
  return { ...(await getRecord(tx, workspaceId, kind, id)), possibleDuplicates: await possibleDuplicates(tx, workspaceId, kind, id) };
}

function writing(kind: ListKind): Route[] {
  const plural = pluralOf[kind];
  return [
    route({
      method: 'POST',
      path: `/${plural}`,
      summary: `Make a ${kind}`,
      tag: plural,
      access: mayWriteRecords,
      body: setsSchema,
      answers: { 201: recordPageSchema(kind) },
      handle: async ({ who, body, transact }) => ({
        status: 201,
        body: await transact(async (tx) =>
          shown(tx, who.workspaceId, kind, (await recordFields(tx, who.workspaceId, { kind, sets: body, memberId: who.memberId })).id),
        ),
      }),
    }),
    route({
      method: 'PATCH',
      path: `/${plural}/:id`,
      summary: `Change a ${kind}; with If-Match only if nobody changed it since`,
      tag: plural,
      access: mayWriteRecords,
      params: idParams,
      body: z.strictObject({ sets: setsSchema }),
      answers: { 200: recordPageSchema(kind) },
      handle: async ({ who, params, body, transact, request }) => ({
        body: await transact(async (tx) => {
          await editRecord(tx, who.workspaceId, {
            kind,
            id: params.id,
            sets: body.sets,
            memberId: who.memberId,
            version: expectedVersion(request),
          });
          return shown(tx, who.workspaceId, kind, params.id);
        }),
      }),
    }),
    archival(kind, 'POST'),
    archival(kind, 'DELETE'),
    route({
      method: 'POST',
      path: `/${plural}/bulk-edits`,
      summary: `Set the same values on many ${plural}`,
      tag: plural,
      access: mayBulkEditRecords,
      body: z
        .strictObject({
          ids: z.array(idSchema).min(1).max(10_000).optional(),
          query: z.strictObject({ q: z.string().max(200).optional(), filter: filterSchema.optional() }).optional(),
          sets: setsSchema,
        })
        .refine((body) => (body.ids === undefined) !== (body.query === undefined), 'give either ids or a query'),
      bodyLimit: 2_097_152,
      answers: { 200: bulkEditSchema },
      handle: async ({ who, body, transact }) => ({
        body: await transact((tx) => bulkEdit(tx, who.workspaceId, { kind, memberId: who.memberId, ...body })),
      }),
    }),
  ];
}

const archival = (kind: ListKind, method: 'POST' | 'DELETE'): Route =>
  route({
    method,
    path: `/${pluralOf[kind]}/:id/archival`,
    summary: method === 'POST' ? `Take a ${kind} out of the lists` : `Put a ${kind} back into the lists`,
    tag: pluralOf[kind],
    access: mayWriteRecords,
    params: idParams,
    answers: { 200: recordPageSchema(kind) },
    handle: async ({ who, params, transact, request }) => ({
      body: await transact(async (tx) => {
        const change = method === 'POST' ? archiveRecord : restoreRecord;
        await change(tx, who.workspaceId, { kind, id: params.id, memberId: who.memberId, version: expectedVersion(request) });
        return shown(tx, who.workspaceId, kind, params.id);
      }),
    }),
  });

function merging(kind: DuplicateKind): Route[] {
  const plural = pluralOf[kind];
  return [
    route({
      method: 'POST',
      path: `/${plural}/:id/merges`,
      summary: `Merge another ${kind} into this one`,
      tag: plural,
      access: mayMergeRecords,
      params: idParams,
      body: z.strictObject({ otherId: idSchema }),
      answers: { 200: recordPageSchema(kind) },
      handle: async ({ who, params, body, transact }) => ({
        body: await transact(async (tx) => {
          await mergeRecords(tx, who.workspaceId, { kind, survivorId: params.id, otherId: body.otherId, memberId: who.memberId });
          return shown(tx, who.workspaceId, kind, params.id);
        }),
      }),
    }),
    route({
      method: 'DELETE',
      path: `/${plural}/:id/merges/:otherId`,
      summary: 'Take a merge back',
      tag: plural,
      access: mayMergeRecords,
      params: z.strictObject({ id: idSchema, otherId: idSchema }),
      answers: { 200: z.object({ id: idSchema, cleared: z.array(z.string()), kept: z.array(z.string()) }) },
      handle: async ({ who, params, transact }) => ({
        body: await transact((tx) =>
          unmergeRecords(tx, who.workspaceId, { kind, survivorId: params.id, otherId: params.otherId, memberId: who.memberId }),
        ),
      }),
    }),
  ];
}

export const writingRoutes: Route[] = [
  ...listKinds.flatMap(writing),
  ...merging('account'),
  ...merging('contact'),
  route({
    method: 'POST',
    path: '/bulk-edits/:id/undo',
    summary: 'Put back what a bulk edit changed, except what was changed since',
    tag: 'records',
    access: mayBulkEditRecords,
    params: idParams,
    answers: { 200: z.object({ restored: z.number(), changedSince: z.array(z.object({ id: idSchema, field: z.string() })) }) },
    handle: async ({ who, params, transact }) => ({
      body: await transact((tx) => undoBulkEdit(tx, who.workspaceId, { id: params.id, memberId: who.memberId })),
    }),
  }),
  route({
    method: 'GET',
    path: '/duplicates',
    summary: 'Groups of records that may be the same',
    tag: 'records',
    access: mayReadRecords,
    query: pagingSchema.extend({ kind: z.enum(['accounts', 'contacts']) }),
    answers: { 200: pageOf(duplicateGroupSchema) },
    handle: async ({ who, query, transact }) => ({
      body: await transact((tx) => listDuplicates(tx, who.workspaceId, duplicateKinds[query.kind], query)),
    }),
  }),
  route({
    method: 'POST',
    path: '/duplicates/dismissals',
    summary: 'Say that two records are not the same',
    tag: 'records',
    access: mayMergeRecords,
    body: z.strictObject({ kind: z.enum(['accounts', 'contacts']), oneId: idSchema, otherId: idSchema }),
    answers: { 204: z.undefined() },
    handle: async ({ who, body, transact }) => {
      await transact((tx) => dismissDuplicate(tx, who.workspaceId, { ...body, kind: duplicateKinds[body.kind], memberId: who.memberId }));
    },
  }),
];
