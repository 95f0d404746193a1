import { type Route, route } from '#platform/http/route.ts';
import { closePeriod, measuresForClosing, reopenPeriod } from '../actions/close-period.ts';
import * as contract from '../contract/ledger.ts';
import { mayClosePeriods, mayReadReturns } from '../policy.ts';
import { getPeriod, listPeriods } from '../queries/periods.ts';

/** Months of the ledger, and closing them. */
export const periodRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/periods',
    summary: 'Months of the ledger, the latest first: open or closed, what they sum to, what stands in the way of closing',
    tag: 'periods',
    access: mayReadReturns,
    answers: { 200: contract.periodList },
    handle: async ({ transact, who }) => ({ body: await transact((tx) => listPeriods(tx, who), { snapshot: true }) }),
  }),
  route({
    method: 'GET',
    path: '/periods/:month',
    summary: 'A month by category, with every closing and reopening of it',
    tag: 'periods',
    access: mayReadReturns,
    params: contract.byMonth,
    answers: { 200: contract.periodDetail },
    handle: async ({ transact, who, params }) => ({ body: await transact((tx) => getPeriod(tx, who, params.month), { snapshot: true }) }),
  }),
  route({
    method: 'POST',
    path: '/periods/:month/closing',
    summary: 'Close a month: it takes no entries any more, and keeps totals, number and hash of those it has',
    tag: 'periods',
    access: mayClosePeriods,
    params: contract.byMonth,
    handle: async ({ transact, database, who, params }) => {
      const measures = await measuresForClosing(database, who.workspaceId, params.month);
      await transact((tx) => closePeriod(tx, who, params.month, measures));
    },
  }),
  route({
    method: 'POST',
    path: '/periods/:month/reopening',
    summary: 'Open a closed month again, for a reason',
    tag: 'periods',
    access: mayClosePeriods,
    params: contract.byMonth,
    body: contract.reopening,
    handle: ({ transact, who, params, body }) => transact((tx) => reopenPeriod(tx, who, params.month, body.reason)),
  }),
];
