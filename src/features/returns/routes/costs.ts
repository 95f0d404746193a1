import { byId, list } from '#features/agreement/contract.ts';
import { type Route, route } from '#platform/http/route.ts';
import { sendCsv } from '#platform/http/send-csv.ts';
import { postCost } from '../actions/post-cost.ts';
import { recordRate } from '../actions/rates.ts';
import { addRecurring, endRecurring } from '../actions/recurring.ts';
import { reverseCost } from '../actions/reverse-cost.ts';
import * as contract from '../contract/ledger.ts';
import { mayPlanCosts, mayPostCosts, mayReadReturns } from '../policy.ts';
import { exportCosts } from '../queries/cost-export.ts';
import { summariseCosts } from '../queries/cost-summary.ts';
import { getCost, listCosts } from '../queries/costs.ts';
import { listRates } from '../queries/rates.ts';
import { listRecurring } from '../queries/recurring.ts';

/** What both sides cost, entry by entry. */
export const costRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/costs',
    summary: 'Cost entries of both sides, with what they sum to; `by` and `group` narrow to one row of a summary',
    tag: 'costs',
    access: mayReadReturns,
    query: contract.costsQuery,
    answers: { 200: contract.costList },
    handle: async ({ transact, who, query }) => ({ body: await transact((tx) => listCosts(tx, who, query), { snapshot: true }) }),
  }),
  route({
    method: 'POST',
    path: '/costs',
    summary: 'Post a cost entry; it is booked in the workspace’s currency by the rate of its day',
    tag: 'costs',
    access: mayPostCosts,
    body: contract.newCost,
    answers: { 201: contract.postedCost },
    handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => postCost(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/costs/summary',
    summary: 'What both sides cost by group, with the proof that the rows add up to the ledger',
    tag: 'costs',
    access: mayReadReturns,
    query: contract.summaryQuery,
    answers: { 200: contract.costSummary },
    handle: async ({ database, who, query }) => ({ body: await summariseCosts(database, who, query) }),
  }),
  route({
    method: 'GET',
    path: '/costs.csv',
    summary: 'Cost entries as CSV, as they are listed',
    tag: 'costs',
    access: mayReadReturns,
    query: contract.costsExport,
    stream: 'text/csv',
    handle: async ({ transact, who, query, reply }) => {
      await transact((tx) => sendCsv(reply, 'costs.csv', exportCosts(tx, who, query)), { snapshot: true, statementTimeout: 0 });
    },
  }),
  ...recurringRoutes(),
  route({
    method: 'GET',
    path: '/costs/:id',
    summary: 'A cost entry',
    tag: 'costs',
    access: mayReadReturns,
    params: byId,
    answers: { 200: contract.costEntry },
    handle: async ({ transact, who, params }) => ({ body: await transact((tx) => getCost(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/costs/:id/reversal',
    summary: 'Take an entry back by one that negates it; answers the reversing entry',
    tag: 'costs',
    access: mayPostCosts,
    params: byId,
    body: contract.reversal,
    answers: { 201: contract.postedCost },
    handle: async ({ transact, who, params, body }) => ({
      status: 201,
      body: await transact((tx) => reverseCost(tx, who, params.id, body)),
    }),
  }),
  ...rateRoutes(),
];

function recurringRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/costs/recurring',
      summary: 'Costs that come again, those that go on first',
      tag: 'costs',
      access: mayReadReturns,
      answers: { 200: list(contract.recurringCost) },
      handle: async ({ transact, who }) => ({ body: await transact((tx) => listRecurring(tx, who)) }),
    }),
    route({
      method: 'POST',
      path: '/costs/recurring',
      summary: 'Record a recurring cost; what is due by today is posted at once',
      tag: 'costs',
      access: mayPostCosts,
      body: contract.newRecurring,
      answers: { 201: contract.recurringMade },
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => addRecurring(tx, who, body)) }),
    }),
    route({
      method: 'POST',
      path: '/costs/recurring/:id/end',
      summary: 'End a recurring cost; what was posted stands',
      tag: 'costs',
      access: mayPostCosts,
      params: byId,
      handle: ({ transact, who, params }) => transact((tx) => endRecurring(tx, who, params.id)),
    }),
  ];
}

function rateRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/exchange-rates',
      summary: 'Dated exchange rates, the latest first, and the currencies whose entries wait for one',
      tag: 'costs',
      access: mayReadReturns,
      query: contract.ratesQuery,
      answers: { 200: contract.rateList },
      handle: async ({ transact, who, query }) => ({ body: await transact((tx) => listRates(tx, who, query)) }),
    }),
    route({
      method: 'POST',
      path: '/exchange-rates',
      summary: 'Record a rate from a day on; the entries that waited for it are booked',
      tag: 'costs',
      access: mayPlanCosts,
      body: contract.newRate,
      answers: { 201: contract.rateMade },
      handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => recordRate(tx, who, body)) }),
    }),
  ];
}
