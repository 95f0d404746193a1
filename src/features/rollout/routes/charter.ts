import { z } from 'zod';
import { type Route, route } from '#platform/http/route.ts';
import { signCharter, writeCharter } from '../actions/charters.ts';
import { measureBaseline, takeBaseline } from '../actions/take-baseline.ts';
import { baseline, charterAnswer, charterSignature, figurePreview, madeCharter, measured, newCharter } from '../contract/charter.ts';
import { byId } from '../contract/pieces.ts';
import { mayReadRollout, maySignCharter, mayWriteCharter } from '../policy.ts';
import { answerCharter, measure } from '../queries/charter.ts';

const tag = 'rollout';

export const charterRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/rollout/charter',
    summary: 'The sponsor’s charter, its baseline, and the number now',
    tag,
    access: mayReadRollout,
    answers: { 200: charterAnswer },
    handle: async ({ who, database }) => ({ body: await answerCharter(database, who) }),
  }),
  route({
    method: 'GET',
    path: '/rollout/charter/preview',
    summary: 'What a number was over the last twelve complete months, before a charter names it',
    tag,
    access: mayReadRollout,
    query: figurePreview,
    answers: { 200: measured },
    handle: async ({ who, database, query }) => ({ body: await measure(database, who.workspaceId, query.figure) }),
  }),
  route({
    method: 'POST',
    path: '/rollout/charters',
    summary: 'Write a charter for its sponsor to sign; an unsigned one before it is replaced',
    tag,
    access: mayWriteCharter,
    body: newCharter,
    answers: { 201: madeCharter },
    handle: async ({ who, body, transact }) => ({ status: 201, body: await transact((tx) => writeCharter(tx, who, body)) }),
  }),
  route({
    method: 'POST',
    path: '/rollout/charters/:id/signatures',
    summary: 'Sign a charter as the sponsor it names',
    tag,
    access: maySignCharter,
    params: byId,
    body: charterSignature,
    answers: { 204: z.undefined() },
    handle: async ({ who, params, body, transact }) => {
      await transact((tx) => signCharter(tx, who, params.id, body.contentHash));
      return { status: 204 };
    },
  }),
  route({
    method: 'POST',
    path: '/rollout/baseline',
    summary: 'Keep what the one number was over the last twelve complete months: once, and for good',
    tag,
    access: mayWriteCharter,
    answers: { 201: baseline },
    handle: async ({ who, transact, database }) => {
      const taken = await measureBaseline(database, who);
      return { status: 201, body: await transact((tx) => takeBaseline(tx, who, taken)) };
    },
  }),
];
