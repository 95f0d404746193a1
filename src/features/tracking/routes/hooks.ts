import type { Sealing } from '#platform/auth/sealing.ts';
import { type Route, route } from '#platform/http/route.ts';
import { changeHook, makeHook, renewHookSecret } from '../actions/keep-hooks.ts';
import * as contract from '../contract/hooks.ts';
import { byId } from '../contract/pieces.ts';
import { mayKeepTracking, mayReadTracking } from '../policy.ts';
import { getHook, listHooks } from '../queries/hooks.ts';

export const hookRoutes = ({ publicUrl, sealing }: { publicUrl: string; sealing: Sealing }): Route[] => [
  route({
    method: 'GET',
    path: '/tracking/hooks',
    summary: 'Inbound webhooks, with what each maps from its sample',
    tag: 'tracking',
    access: mayReadTracking,
    answers: { 200: contract.hookList },
    handle: async ({ who, transact }) => ({ body: { items: await transact((tx) => listHooks(tx, who.workspaceId, publicUrl)) } }),
  }),
  route({
    method: 'POST',
    path: '/tracking/hooks',
    summary: 'Make a hook; its secret is shown once',
    tag: 'tracking',
    access: mayKeepTracking,
    body: contract.newHook,
    answers: { 201: contract.madeHook },
    answersSecret: true,
    handle: async ({ who, body, transact }) => {
      const { id, key, secret } = await transact((tx) => makeHook(tx, who, sealing, body));
      return { status: 201, body: { id, secret, url: `${publicUrl}/t/h/${key}` } };
    },
  }),
  route({
    method: 'GET',
    path: '/tracking/hooks/:id',
    summary: 'A hook',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    answers: { 200: contract.hook },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getHook(tx, who.workspaceId, publicUrl, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/tracking/hooks/:id',
    summary: 'Change a hook: mapping, campaign, whether it makes leads',
    tag: 'tracking',
    access: mayKeepTracking,
    params: byId,
    body: contract.hookChange,
    answers: { 200: contract.hook },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeHook(tx, who, params.id, body);
        return getHook(tx, who.workspaceId, publicUrl, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/tracking/hooks/:id/secret',
    summary: 'A new secret, shown once; the one before holds no longer',
    tag: 'tracking',
    access: mayKeepTracking,
    params: byId,
    answers: { 201: contract.hookSecret },
    answersSecret: true,
    handle: async ({ who, params, transact }) => ({
      status: 201,
      body: await transact((tx) => renewHookSecret(tx, who, sealing, params.id)),
    }),
  }),
];
