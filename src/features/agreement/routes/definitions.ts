import { z } from 'zod';
import { type Route, route } from '#platform/http/route.ts';
import { addTerm, draftDefinition, editDefinition, proposeDefinition } from '../actions/definitions.ts';
import { lives, signVersion, withdrawVersion } from '../actions/signing.ts';
import {
  byId,
  definitionDraft,
  definitionVersion,
  list,
  made,
  newDefinition,
  newSignature,
  newTerm,
  proposal,
  term,
  termDetail,
  termKeySchema,
} from '../contract.ts';
import { mayPropose, mayReadAgreement, maySign } from '../policy.ts';
import { getDefinition } from '../queries/definitions.ts';
import { getTerm, listTerms } from '../queries/terms.ts';

const tag = 'agreement';
const byKey = z.strictObject({ key: termKeySchema });

const termRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/terms',
    summary: 'The words both sides use, with the definition in force and the proposals that wait',
    tag,
    access: mayReadAgreement,
    answers: { 200: list(term) },
    async handle({ who, transact }) {
      const items = await transact((tx) => listTerms(tx, who.workspaceId));
      return { body: { items, next: null, total: items.length } };
    },
  }),
  route({
    method: 'POST',
    path: '/terms',
    summary: 'Add a term of the company’s own',
    tag,
    access: mayPropose,
    body: newTerm,
    answers: { 201: z.object({ key: z.string() }) },
    async handle({ who, body, transact }) {
      await transact((tx) => addTerm(tx, who, body));
      return { status: 201, body: { key: body.key } };
    },
  }),
  route({
    method: 'GET',
    path: '/terms/:key',
    summary: 'One term with all versions of its definition',
    tag,
    access: mayReadAgreement,
    params: byKey,
    answers: { 200: termDetail },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getTerm(tx, who.workspaceId, params.key)) }),
  }),
];

const draftRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/definitions',
    summary: 'Draft a new version of a definition',
    tag,
    access: mayPropose,
    body: newDefinition,
    answers: { 201: made },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => draftDefinition(tx, who, body)) } }),
  }),
  route({
    method: 'GET',
    path: '/definitions/:id',
    summary: 'One version of a definition: sentence, signatures, comments, what it changes',
    tag,
    access: mayReadAgreement,
    params: byId,
    answers: { 200: definitionVersion },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getDefinition(tx, who, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/definitions/:id',
    summary: 'Edit a draft',
    tag,
    access: mayPropose,
    params: byId,
    body: definitionDraft,
    answers: { 200: definitionVersion },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await editDefinition(tx, who, params.id, body);
        return getDefinition(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'DELETE',
    path: '/definitions/:id',
    summary: 'Withdraw a draft or a proposal',
    tag,
    access: mayPropose,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => withdrawVersion(tx, who, lives.definition, params.id));
      return { status: 204 };
    },
  }),
];

const proposalRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/definitions/:id/proposal',
    summary: 'Propose a draft to both sides, to count from a day on',
    tag,
    access: mayPropose,
    params: byId,
    body: proposal,
    answers: { 201: definitionVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await proposeDefinition(tx, who, params.id, body.effectiveFrom);
        return getDefinition(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/definitions/:id/signatures',
    summary: 'Sign a proposed definition for one’s side; the second side’s signature makes it count',
    tag,
    access: maySign,
    params: byId,
    body: newSignature,
    answers: { 201: definitionVersion },
    handle: async ({ who, params, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => {
        await signVersion(tx, who, lives.definition, params.id, body);
        return getDefinition(tx, who, params.id);
      }),
    }),
  }),
];

export const definitionRoutes: readonly Route[] = [...termRoutes, ...draftRoutes, ...proposalRoutes];
