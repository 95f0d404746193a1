import { z } from 'zod';
import { byId, made } from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { grantAuditor, revokeAuditor } from '../actions/auditors.ts';
import { lookAtResults } from '../actions/look.ts';
import { recordResult } from '../actions/record-result.ts';
import * as contract from '../contract/access.ts';
import { mboResults, missingResults, newResult, resultsAsk } from '../contract/results.ts';
import { mayGrantAuditors, mayReadIncentives, mayRecordResults } from '../policy.ts';
import { getPaySight, listAuditors, listLooks } from '../queries/access.ts';
import { listMissingResults } from '../queries/results.ts';

const tag = 'incentives';

/** Who sees whose pay, who looked, and the results of objectives. */
export const accessRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/incentives/sight',
    summary: 'Whose pay the asker sees',
    tag,
    access: mayReadIncentives,
    answers: { 200: contract.paySight },
    handle: async ({ who, transact }) => ({ body: await transact((tx) => getPaySight(tx, who)) }),
  }),
  route({
    method: 'GET',
    path: '/incentives/looks',
    summary: 'Who looked at the asker’s pay, or at that of somebody whose pay they see',
    tag,
    access: mayReadIncentives,
    query: contract.looksAsk,
    answers: { 200: contract.looks },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listLooks(tx, who, query)) }),
  }),
  route({
    method: 'GET',
    path: '/incentives/auditors',
    summary: 'Who reads all pay by the owner’s leave, now and before',
    tag,
    access: mayReadIncentives,
    answers: { 200: contract.auditors },
    handle: async ({ who, transact }) => {
      const items = await transact((tx) => listAuditors(tx, who));
      return { body: { items, next: null, total: items.length } };
    },
  }),
  route({
    method: 'POST',
    path: '/incentives/auditors',
    summary: 'Let a member read all pay, and change nothing',
    tag,
    access: mayGrantAuditors,
    body: contract.newAuditor,
    answers: { 201: made },
    handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => grantAuditor(tx, who, body)) } }),
  }),
  route({
    method: 'DELETE',
    path: '/incentives/auditors/:id',
    summary: 'Revoke an auditor; it bites on their next request',
    tag,
    access: mayGrantAuditors,
    params: byId,
    answers: { 204: z.undefined() },
    async handle({ who, params, transact }) {
      await transact((tx) => revokeAuditor(tx, who, params.id));
      return { status: 204 };
    },
  }),
  ...resultRoutes(),
];

function resultRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/mbo-results',
      summary: 'Results of objectives of whom the asker sees, newest first',
      tag,
      access: mayReadIncentives,
      query: resultsAsk,
      answers: { 200: mboResults },
      handle: async ({ who, query, transact }) => ({ body: await transact((tx) => lookAtResults(tx, who, query)) }),
    }),
    route({
      method: 'GET',
      path: '/mbo-results/missing',
      summary: 'Objectives of the period that ended last whose result the asker has yet to record',
      tag,
      access: mayReadIncentives,
      answers: { 200: missingResults },
      handle: async ({ who, transact }) => ({ body: await transact((tx) => listMissingResults(tx, who)) }),
    }),
    route({
      method: 'POST',
      path: '/mbo-results',
      summary: 'Record how far a payee reached an objective, with the evidence; a later one counts in its stead',
      tag,
      access: mayRecordResults,
      body: newResult,
      answers: { 201: made },
      handle: async ({ who, body, transact }) => ({ status: 201, body: { id: await transact((tx) => recordResult(tx, who, body)) } }),
    }),
  ];
}
