import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '#platform/auth/session-cookie.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import { Problem } from '#platform/errors.ts';
import { listPolicies, mayDo, type Route, route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { acceptInvitation, readInvitation } from '../actions/invitations.ts';
import { changePassword, requestReset, resetPassword } from '../actions/passwords.ts';
import { type Device, endSession, listSessions, signIn, signOut, switchWorkspace } from '../actions/sessions.ts';
import { addWorkspace, isFirstRun, setUpFirst } from '../actions/workspaces.ts';
import { findMe } from '../queries/me.ts';
import { bySession, type PeopleGround } from './ground.ts';

/** Getting in and out, and who one is then. */
export function signInRoutes(ground: PeopleGround): Route[] {
  const { database } = ground;
  return [
    route({
      method: 'GET',
      path: '/setup',
      summary: 'Whether this installation waits for its first login',
      tag: 'people',
      access: 'public',
      answers: { 200: contract.firstRun },
      handle: async () => ({ body: { firstRun: await isFirstRun(database) } }),
    }),
    route({
      method: 'POST',
      path: '/setup',
      summary: 'Make the first login, workspace and owner',
      tag: 'people',
      access: 'public',
      body: contract.setUp,
      answers: { 201: contract.me },
      handle: async ({ body, request, reply }) => {
        const token = await setUpFirst(database, body, deviceOf(request));
        setSessionCookie(request, reply, token);
        return { status: 201, body: await meBySession(ground, token) };
      },
    }),
    route({
      method: 'POST',
      path: '/session',
      summary: 'Sign in',
      tag: 'people',
      access: 'public',
      body: contract.signIn,
      answers: { 200: contract.me },
      handle: async ({ body, request, reply }) => {
        const token = await signIn(database, body, deviceOf(request), readSessionCookie(request));
        setSessionCookie(request, reply, token);
        return { body: await meBySession(ground, token) };
      },
    }),
    route({
      method: 'DELETE',
      path: '/session',
      summary: 'Sign out',
      tag: 'people',
      access: 'public',
      handle: async ({ request, reply }) => {
        await signOut(database, readSessionCookie(request));
        clearSessionCookie(request, reply);
      },
    }),
    route({
      method: 'POST',
      path: '/session/workspace',
      summary: 'Go to another of one’s workspaces',
      tag: 'people',
      access: 'login',
      body: contract.chooseWorkspace,
      answers: { 200: contract.me },
      handle: async ({ body, login, request }) => {
        await switchWorkspace(database, login!.id, readSessionCookie(request)!, body.workspaceId);
        return { body: await meOf(ground, login!.id, body.workspaceId) };
      },
    }),
    route({
      method: 'GET',
      path: '/me',
      summary: 'Who is signed in, where, and what they may do',
      tag: 'people',
      access: 'login',
      answers: { 200: contract.me },
      handle: async ({ login, who }) => ({ body: await meOf(ground, login!.id, who?.workspaceId ?? null) }),
    }),
    route({
      method: 'PUT',
      path: '/me/password',
      summary: 'Change one’s password; all other sessions end',
      tag: 'people',
      access: 'login',
      body: contract.passwordChange,
      handle: async ({ body, login, request }) => {
        await changePassword(database, login!.id, readSessionCookie(request)!, body);
      },
    }),
    route({
      method: 'GET',
      path: '/sessions',
      summary: 'One’s open sessions',
      tag: 'people',
      access: 'login',
      answers: { 200: contract.list(contract.session) },
      handle: async ({ login, request }) => ({
        body: contract.onePage(await listSessions(database, login!.id, readSessionCookie(request)!)),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/sessions/:id',
      summary: 'End one of one’s sessions',
      tag: 'people',
      access: 'login',
      params: contract.bySession,
      handle: async ({ login, params }) => endSession(database, login!.id, params.id),
    }),
    route({
      method: 'POST',
      path: '/workspaces',
      summary: 'Make a further workspace and become its owner',
      tag: 'people',
      access: 'login',
      body: contract.newWorkspace,
      answers: { 201: contract.me },
      handle: async ({ body, login, who, request }) => {
        const owner = { loginId: login!.id, name: login!.name, email: login!.email, side: who?.side ?? 'leadership' };
        const workspaceId = await addWorkspace(database, body, owner, hashToken(readSessionCookie(request)!));
        return { status: 201, body: await meOf(ground, login!.id, workspaceId) };
      },
    }),
    route({
      method: 'POST',
      path: '/password-resets',
      summary: 'Ask for a link that sets a new password; the answer is the same for every address',
      tag: 'people',
      access: 'public',
      body: contract.resetRequest,
      answers: { 202: z.object({}) },
      handle: async ({ body, afterCommit }) => {
        afterCommit(() => requestReset(ground, body.email));
        return { status: 202, body: {} };
      },
    }),
    route({
      method: 'PUT',
      path: '/password-resets/:token',
      summary: 'Set a new password by link; all sessions end',
      tag: 'people',
      access: 'public',
      params: contract.linkToken,
      body: contract.resetPassword,
      handle: async ({ params, body }) => resetPassword(database, params.token, body.password),
    }),
    route({
      method: 'GET',
      path: '/invitations/:token/open',
      summary: 'What an invitation’s link invites to',
      tag: 'people',
      access: 'public',
      params: contract.linkToken,
      answers: { 200: contract.openInvitation },
      handle: async ({ params }) => ({ body: await readInvitation(database, params.token) }),
    }),
    route({
      method: 'POST',
      path: '/invitations/:token/acceptance',
      summary: 'Join by an invitation’s link',
      tag: 'people',
      access: 'public',
      params: contract.linkToken,
      body: contract.acceptance,
      answers: { 200: contract.me },
      handle: async ({ params, body, request, reply }) => {
        const token = await acceptInvitation(database, params.token, body, deviceOf(request));
        setSessionCookie(request, reply, token);
        return { body: await meBySession(ground, token) };
      },
    }),
  ];
}

const deviceOf = (request: FastifyRequest): Device => ({ address: request.ip, userAgent: request.headers['user-agent'] });

async function meBySession(ground: PeopleGround, token: string): Promise<contract.Me> {
  const opened = await bySession(ground.database, token);
  if (!opened) throw new Problem('unauthenticated', 'The session ended meanwhile.');
  return meOf(ground, opened.loginId, opened.workspaceId);
}

async function meOf(ground: PeopleGround, loginId: string, workspaceId: string | null): Promise<contract.Me> {
  const me = await ground.database.atGate('sign-in', (tx) => findMe(tx, loginId, workspaceId));
  if (!me) throw new Problem('unauthenticated', 'This login is gone.');
  const { member } = me;
  if (!member) return { ...me, may: [] };
  const who = { ...member, memberId: member.id, workspaceId: '' as never };
  return {
    ...me,
    may: listPolicies()
      .filter((each) => mayDo(who, each, false))
      .map((each) => each.verb),
  };
}
