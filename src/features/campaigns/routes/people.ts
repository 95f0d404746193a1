import { type Route, route } from '#platform/http/route.ts';
import { addPeople } from '../actions/add-people.ts';
import { addedPeople, newPeople } from '../contract/people.ts';
import { byId } from '../contract/pieces.ts';
import { mayAddPeople } from '../policy/plans.ts';

export const peopleRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/campaigns/:id/members',
    summary: 'Put leads or contacts on a campaign’s list; who is on it stays as it is',
    tag: 'campaigns',
    access: mayAddPeople,
    params: byId,
    body: newPeople,
    answers: { 201: addedPeople },
    handle: async ({ who, params, body, transact }) => ({ status: 201, body: await transact((tx) => addPeople(tx, who, params.id, body)) }),
  }),
];
