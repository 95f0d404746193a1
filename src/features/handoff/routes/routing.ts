import { type Route, route } from '#platform/http/route.ts';
import { putBackIntoRotation, removeFromRotation } from '../actions/rotation-members.ts';
import { changeRouting } from '../actions/routing-versions.ts';
import { tryLead } from '../actions/try-routing.ts';
import * as contract from '../contract.ts';
import { mayReadHandoff, mayRoute } from '../policy.ts';
import { getRouting } from '../queries/routing-answer.ts';
import { getRoutingVersion } from '../queries/routing-versions.ts';

/** To whom leads go. */
export const routingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/routing',
    summary: 'The routing in force, its versions, and where every rep stands in the rotation now',
    tag: 'handoff',
    access: mayReadHandoff,
    answers: { 200: contract.routingAnswer },
    handle: async ({ transact, who }) => ({ body: await transact((tx) => getRouting(tx, who.workspaceId)) }),
  }),
  route({
    method: 'PUT',
    path: '/routing',
    summary: 'Make a new version of the routing, in force at once; leads that are with somebody stay there',
    tag: 'handoff',
    access: mayRoute,
    body: contract.routingChange,
    answers: { 200: contract.routingMade },
    handle: async ({ transact, who, body }) => ({ body: await transact((tx) => changeRouting(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/routing/versions/:id',
    summary: 'One version of the routing, as it was',
    tag: 'handoff',
    access: mayReadHandoff,
    params: contract.byId,
    answers: { 200: contract.routingVersion },
    handle: async ({ transact, who, params }) => ({ body: await transact((tx) => getRoutingVersion(tx, who.workspaceId, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/routing/trials',
    summary:
      'Where would this lead go, and why? By id or by stated fields, at any moment, under the routing in force or one not saved yet; changes nothing',
    tag: 'handoff',
    access: mayReadHandoff,
    body: contract.routingTry,
    answers: { 200: contract.routingTried },
    handle: async ({ transact, who, body }) => ({ body: await transact((tx) => tryLead(tx, who.workspaceId, body)) }),
  }),
  route({
    method: 'POST',
    path: '/routing/rotation/:memberId/removal',
    summary: 'Take a member out of rotation: new leads go to others, what the member has stays',
    tag: 'handoff',
    access: mayRoute,
    params: contract.byMember,
    body: contract.rotationRemoval,
    handle: ({ transact, who, params, body }) =>
      transact((tx) => removeFromRotation(tx, who.workspaceId, params.memberId, { reason: body.reason, by: who.memberId })),
  }),
  route({
    method: 'DELETE',
    path: '/routing/rotation/:memberId/removal',
    summary: 'Put a member back into rotation',
    tag: 'handoff',
    access: mayRoute,
    params: contract.byMember,
    handle: ({ transact, who, params }) => transact((tx) => putBackIntoRotation(tx, who.workspaceId, params.memberId, who.memberId)),
  }),
];
