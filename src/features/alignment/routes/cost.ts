import { payVisible } from '#features/returns/contract/pay.ts';
import { type Route, route } from '#platform/http/route.ts';
import { setCostSettings } from '../actions/set-cost-settings.ts';
import { costAnswer, costQuery, costRecords, costRecordsQuery } from '../contract/cost.ts';
import { costSettings, costSettingsChange } from '../contract/cost-settings.ts';
import { mayReadCost, maySetCost } from '../policy.ts';
import { answerCost } from '../queries/cost.ts';
import { listCostRecords } from '../queries/cost-records.ts';
import { readCostSettings } from '../queries/cost-settings.ts';

const reading = { method: 'GET', tag: 'alignment', access: mayReadCost } as const;

export const costRoutes: readonly Route[] = [
  route({
    ...reading,
    path: '/alignment/cost',
    summary: 'What misalignment cost, by cause, with ranges',
    query: costQuery,
    answers: { 200: costAnswer },
    handle: async ({ database, who, query }) => ({ body: await answerCost(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/alignment/cost/records',
    summary: 'The leads, deals or customers behind a cause, each with what it carries and why',
    query: costRecordsQuery,
    answers: { 200: costRecords },
    handle: async ({ database, who, query }) => ({ body: await listCostRecords(database, who.workspaceId, payVisible(who), query) }),
  }),
  route({
    ...reading,
    path: '/alignment/cost/settings',
    summary: 'The assumptions that the cost of misalignment rests on',
    answers: { 200: costSettings },
    handle: async ({ database, who }) => ({ body: await database.inWorkspace(who.workspaceId, (tx) => readCostSettings(tx, who)) }),
  }),
  route({
    method: 'PATCH',
    path: '/alignment/cost/settings',
    summary: 'State assumptions: a new version, the ones before stay on record',
    tag: 'alignment',
    access: maySetCost,
    body: costSettingsChange,
    answers: { 200: costSettings },
    handle: async ({ transact, who, body }) => ({ body: await transact((tx) => setCostSettings(tx, who, body)) }),
  }),
];
