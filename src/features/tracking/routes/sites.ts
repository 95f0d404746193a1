import type { Sealing } from '#platform/auth/sealing.ts';
import { type Route, route } from '#platform/http/route.ts';
import { changeSite, makeSite, renewIdentitySecret } from '../actions/keep-sites.ts';
import { byId } from '../contract/pieces.ts';
import * as contract from '../contract/sites.ts';
import { mayKeepTracking, mayReadTracking } from '../policy.ts';
import { getSite, listSites } from '../queries/sites.ts';

export const siteRoutes = ({ publicUrl, sealing }: { publicUrl: string; sealing: Sealing }): Route[] => [
  route({
    method: 'GET',
    path: '/tracking/sites',
    summary: 'Sites whose pages tell of their visits, with the snippet for each',
    tag: 'tracking',
    access: mayReadTracking,
    answers: { 200: contract.siteList },
    handle: async ({ who, transact }) => ({ body: { items: await transact((tx) => listSites(tx, who.workspaceId, publicUrl)) } }),
  }),
  route({
    method: 'POST',
    path: '/tracking/sites',
    summary: 'Add a site',
    tag: 'tracking',
    access: mayKeepTracking,
    body: contract.newSite,
    answers: { 201: contract.site },
    handle: async ({ who, body, transact }) => ({
      status: 201,
      body: await transact(async (tx) => getSite(tx, who.workspaceId, publicUrl, (await makeSite(tx, who, body)).id)),
    }),
  }),
  route({
    method: 'GET',
    path: '/tracking/sites/:id',
    summary: 'A site',
    tag: 'tracking',
    access: mayReadTracking,
    params: byId,
    answers: { 200: contract.site },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getSite(tx, who.workspaceId, publicUrl, params.id)) }),
  }),
  route({
    method: 'PATCH',
    path: '/tracking/sites/:id',
    summary: 'Change a site, or shut its door by archiving it',
    tag: 'tracking',
    access: mayKeepTracking,
    params: byId,
    body: contract.siteChange,
    answers: { 200: contract.site },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await changeSite(tx, who, params.id, body);
        return getSite(tx, who.workspaceId, publicUrl, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/tracking/sites/:id/identity-secret',
    summary: 'A new secret by which the site’s server signs who is signed in; the one before holds no longer',
    tag: 'tracking',
    access: mayKeepTracking,
    params: byId,
    answers: { 201: contract.identitySecret },
    answersSecret: true,
    handle: async ({ who, params, transact }) => ({
      status: 201,
      body: await transact((tx) => renewIdentitySecret(tx, who, sealing, params.id)),
    }),
  }),
];
