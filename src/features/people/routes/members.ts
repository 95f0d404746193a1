import { z } from 'zod';
import { type Route, route } from '#platform/http/route.ts';
import * as contract from '../contract.ts';
import { makeApiToken, listScopes, revokeApiToken } from '../actions/api-tokens.ts';
import { invite, revokeInvitation } from '../actions/invitations.ts';
import { addMember, changeMember } from '../actions/members.ts';
import { addTeam, changeTeam, removeTeam } from '../actions/teams.ts';
import { changeWorkspace } from '../actions/workspaces.ts';
import * as policies from '../policy.ts';
import { listApiTokens, listInvitations, listMembers, listTeams } from '../queries/people.ts';
import type { PeopleGround } from './ground.ts';

/** Who is in the workspace, as seen by those who are. */
export function memberRoutes(ground: PeopleGround): Route[] {
  return [
    route({
      method: 'PATCH',
      path: '/workspace',
      summary: 'Change the workspace’s name, time zone, currency or country',
      tag: 'people',
      access: policies.mayChangeWorkspace,
      body: contract.workspaceChange,
      handle: ({ transact, who, body }) => transact((tx) => changeWorkspace(tx, who, body)),
    }),
    route({
      method: 'GET',
      path: '/members',
      summary: 'Members, with and without a login',
      tag: 'people',
      access: policies.mayReadMembers,
      query: contract.memberFilter,
      answers: { 200: contract.list(contract.member) },
      handle: async ({ transact, who, query }) => ({
        body: contract.onePage(await transact((tx) => listMembers(tx, who.workspaceId, query))),
      }),
    }),
    route({
      method: 'POST',
      path: '/members',
      summary: 'Add a member without a login',
      tag: 'people',
      access: policies.mayChangeMembers,
      body: contract.newMember,
      answers: { 201: contract.made },
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => addMember(tx, who, body)) }),
    }),
    route({
      method: 'PATCH',
      path: '/members/:id',
      summary: 'Change a member’s name, side, role, job or activity',
      tag: 'people',
      access: policies.mayChangeMembers,
      params: contract.byId,
      body: contract.memberChange,
      handle: ({ transact, who, params, body }) => transact((tx) => changeMember(tx, who, params.id, body)),
    }),
    route({
      method: 'GET',
      path: '/teams',
      summary: 'Teams and who is in them',
      tag: 'people',
      access: policies.mayReadTeams,
      answers: { 200: contract.list(contract.team) },
      handle: async ({ transact, who }) => ({ body: contract.onePage(await transact((tx) => listTeams(tx, who.workspaceId))) }),
    }),
    route({
      method: 'POST',
      path: '/teams',
      summary: 'Add a team',
      tag: 'people',
      access: policies.mayChangeTeams,
      body: contract.newTeam,
      answers: { 201: contract.made },
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => addTeam(tx, who, body)) }),
    }),
    route({
      method: 'PATCH',
      path: '/teams/:id',
      summary: 'Change a team',
      tag: 'people',
      access: policies.mayChangeTeams,
      params: contract.byId,
      body: contract.teamChange,
      handle: ({ transact, who, params, body }) => transact((tx) => changeTeam(tx, who, params.id, body)),
    }),
    route({
      method: 'DELETE',
      path: '/teams/:id',
      summary: 'Remove a team; its members stay',
      tag: 'people',
      access: policies.mayChangeTeams,
      params: contract.byId,
      handle: ({ transact, who, params }) => transact((tx) => removeTeam(tx, who, params.id)),
    }),
    ...invitationRoutes(ground),
    ...apiTokenRoutes(),
  ];
}

function invitationRoutes(ground: PeopleGround): Route[] {
  return [
    route({
      method: 'GET',
      path: '/invitations',
      summary: 'Invitations, newest first',
      tag: 'people',
      access: policies.mayReadInvitations,
      answers: { 200: contract.list(contract.invitation) },
      handle: async ({ transact, who }) => ({ body: contract.onePage(await transact((tx) => listInvitations(tx, who.workspaceId))) }),
    }),
    route({
      method: 'POST',
      path: '/invitations',
      summary: 'Invite somebody; `link` is answered where no mail is sent',
      tag: 'people',
      access: policies.mayInvite,
      body: contract.newInvitation,
      answers: { 201: contract.invited },
      answersSecret: true,
      handle: async ({ transact, afterCommit, who, body }) => {
        const { id, token, workspaceName } = await transact((tx) => invite(tx, who, body));
        const link = `${ground.publicUrl}/invitations/${token}`;
        if (!ground.mailer.configured) {
          ground.log.info({ invitation: id }, 'No mail server is set (SMTP_URL): whoever invited passes the link on.');
          return { status: 201, body: { id, link } };
        }
        afterCommit(() => ground.mailer.send({ to: body.email, ...invitationLetter(who.name, workspaceName, link) }));
        return { status: 201, body: { id, link: null } };
      },
    }),
    route({
      method: 'DELETE',
      path: '/invitations/:id',
      summary: 'Withdraw an invitation',
      tag: 'people',
      access: policies.mayInvite,
      params: contract.byId,
      handle: ({ transact, who, params }) => transact((tx) => revokeInvitation(tx, who, params.id)),
    }),
  ];
}

function invitationLetter(inviter: string, workspaceName: string, link: string): { subject: string; text: string } {
  return {
    subject: `${inviter} invites you to ${workspaceName} in Accord`,
    text: `${inviter} invites you to work together in ${workspaceName}, in Accord.\n\nJoin here within seven days:\n${link}\n`,
  };
}

function apiTokenRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api-tokens',
      summary: 'API tokens, newest first, without their secrets',
      tag: 'people',
      access: policies.mayReadApiTokens,
      answers: { 200: contract.list(contract.apiToken).extend({ scopes: z.array(z.string()) }) },
      handle: async ({ transact, who }) => ({
        body: { ...contract.onePage(await transact((tx) => listApiTokens(tx, who.workspaceId))), scopes: listScopes() },
      }),
    }),
    route({
      method: 'POST',
      path: '/api-tokens',
      summary: 'Make an API token; it is shown this once',
      tag: 'people',
      access: policies.mayMakeApiTokens,
      body: contract.newApiToken,
      answers: { 201: contract.apiTokenOnce },
      answersSecret: true,
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => makeApiToken(tx, who, body)) }),
    }),
    route({
      method: 'DELETE',
      path: '/api-tokens/:id',
      summary: 'Revoke an API token',
      tag: 'people',
      access: policies.mayMakeApiTokens,
      params: contract.byId,
      handle: ({ transact, who, params }) => transact((tx) => revokeApiToken(tx, who, params.id)),
    }),
  ];
}
