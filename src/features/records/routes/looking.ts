import { z } from 'zod';
import { route, type Route } from '#platform/http/route.ts';
import { sendCsv } from '#platform/http/send-csv.ts';
import { defineField, removeField } from '../actions/custom-fields.ts';
import { changeView, deleteView, saveView } from '../actions/views.ts';
import { customisableKinds } from '../contract.ts';
import { listKindOf, listKinds, listQuerySchema, pluralOf, type ListKind } from '../contract/lists.ts';
import {
  customFieldSchema,
  exportParametersSchema,
  fieldValueSchema,
  foundSchema,
  idParams,
  idSchema,
  viewSchema,
} from '../contract/schemas.ts';
import { mayDefineFields, mayExportRecords, mayKeepViews, mayReadRecords } from '../policy.ts';
import { exportCsv } from '../queries/export.ts';
import { listCustomFields, listValues, listViews, searchRecords, type SavedView } from '../queries/lookups.ts';

const pluralSchema = z.enum(listKinds.map((kind) => pluralOf[kind]));
const customKindSchema = z.enum(customisableKinds);
const shownView = (view: SavedView) => ({ ...view, kind: pluralOf[view.kind] });

function valuesAndExport(kind: ListKind): Route[] {
  const plural = pluralOf[kind];
  return [
    route({
      method: 'GET',
      path: `/${plural}/values`,
      summary: 'The different values of a field, for filters',
      tag: plural,
      access: mayReadRecords,
      query: z.strictObject({ field: z.string().max(80) }),
      answers: { 200: z.object({ items: z.array(fieldValueSchema), sampled: z.boolean() }) },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listValues(tx, who.workspaceId, kind, query.field)) }),
    }),
    route({
      method: 'GET',
      path: `/${plural}/export`,
      summary: `${plural} as CSV, as they are listed`,
      tag: plural,
      access: mayExportRecords,
      query: exportParametersSchema,
      stream: 'text/csv',
      handle: async ({ who, query, transact, reply }) => {
        const columns = query.columns
          ?.split(',')
          .map((name) => name.trim())
          .filter(Boolean);
        await transact((tx) => sendCsv(reply, `${plural}.csv`, exportCsv(tx, who.workspaceId, kind, { ...query, columns })), {
          snapshot: true,
          statementTimeout: 0,
        });
      },
    }),
  ];
}

export const lookingRoutes: Route[] = [
  ...listKinds.flatMap(valuesAndExport),
  route({
    method: 'GET',
    path: '/search',
    summary: 'Up to five records of each kind that begin with the text',
    tag: 'records',
    access: mayReadRecords,
    query: z.strictObject({ q: z.string().min(1).max(200) }),
    answers: { 200: z.object({ items: z.array(foundSchema) }) },
    handle: async ({ who, query, transact }) => ({
      body: {
        items: (await transact((tx) => searchRecords(tx, who.workspaceId, query.q))).map((found) => ({
          ...found,
          kind: pluralOf[found.kind],
        })),
      },
    }),
  }),
  route({
    method: 'GET',
    path: '/views',
    summary: 'Saved views: own ones and shared ones',
    tag: 'views',
    access: mayReadRecords,
    query: z.strictObject({ kind: pluralSchema.optional() }),
    answers: { 200: z.object({ items: z.array(viewSchema) }) },
    handle: async ({ who, query, transact }) => {
      const kind = query.kind === undefined ? undefined : (listKindOf(query.kind) ?? undefined);
      return { body: { items: (await transact((tx) => listViews(tx, who.workspaceId, who.memberId, kind))).map(shownView) } };
    },
  }),
  route({
    method: 'POST',
    path: '/views',
    summary: 'Keep a view',
    tag: 'views',
    access: mayKeepViews,
    body: z.strictObject({
      kind: pluralSchema,
      name: z.string().trim().min(1).max(200),
      shared: z.boolean().default(false),
      query: listQuerySchema,
    }),
    answers: { 201: z.object({ id: idSchema }) },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: { id: await transact((tx) => saveView(tx, who.workspaceId, who.memberId, { ...body, kind: listKindOf(body.kind)! })) },
    }),
  }),
  route({
    method: 'PATCH',
    path: '/views/:id',
    summary: 'Change a view',
    tag: 'views',
    access: mayKeepViews,
    params: idParams,
    body: z.strictObject({
      name: z.string().trim().min(1).max(200).optional(),
      shared: z.boolean().optional(),
      query: listQuerySchema.optional(),
    }),
    answers: { 204: z.undefined() },
    handle: async ({ who, params, body, transact }) => {
      await transact((tx) => changeView(tx, who, params.id, body));
    },
  }),
  route({
    method: 'DELETE',
    path: '/views/:id',
    summary: 'Delete a view',
    tag: 'views',
    access: mayKeepViews,
    params: idParams,
    answers: { 204: z.undefined() },
    handle: async ({ who, params, transact }) => {
      await transact((tx) => deleteView(tx, who, params.id));
    },
  }),
  route({
    method: 'GET',
    path: '/custom-fields',
    summary: 'The company’s own fields',
    tag: 'records',
    access: mayReadRecords,
    query: z.strictObject({ kind: customKindSchema.optional() }),
    answers: { 200: z.object({ items: z.array(customFieldSchema) }) },
    handle: async ({ who, query, transact }) => ({
      body: { items: await transact((tx) => listCustomFields(tx, who.workspaceId, query.kind)) },
    }),
  }),
  route({
    method: 'POST',
    path: '/custom-fields',
    summary: 'Define a field of the company’s own',
    tag: 'records',
    access: mayDefineFields,
    body: z.strictObject({
      kind: customKindSchema,
      key: z.string().regex(/^[a-z][a-zA-Z0-9_]{0,62}$/, 'a small letter, then letters, digits or _'),
      label: z.string().trim().min(1).max(200),
      type: z.enum(['text', 'number', 'boolean', 'day']),
    }),
    answers: { 201: customFieldSchema },
    handle: async ({ who, body, transact }) => {
      await transact((tx) => defineField(tx, who.workspaceId, body));
      return { status: 201, body };
    },
  }),
  route({
    method: 'DELETE',
    path: '/custom-fields/:kind/:key',
    summary: 'Take away an own field that holds nothing',
    tag: 'records',
    access: mayDefineFields,
    params: z.strictObject({ kind: customKindSchema, key: z.string().max(80) }),
    answers: { 204: z.undefined() },
    handle: async ({ who, params, transact }) => {
      await transact((tx) => removeField(tx, who.workspaceId, params.kind, params.key));
    },
  }),
];
