import { type Route, route } from '#platform/http/route.ts';
import { addKey, addKeyVersion, retireKey } from '../actions/allocation-keys.ts';
import { setBudgets } from '../actions/budgets.ts';
import * as contract from '../contract/plans.ts';
import { mayPlanCosts, mayReadReturns } from '../policy.ts';
import { appliedKey, listKeys } from '../queries/allocation-keys.ts';
import { budgetVariance, listBudgets } from '../queries/budgets.ts';

/** Budgets, and how shared costs are spread. */
export const planRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/budgets',
    summary: 'Lines of the budget that stand, by month, side and category',
    tag: 'budgets',
    access: mayReadReturns,
    query: contract.budgetsQuery,
    answers: { 200: contract.budgetList },
    handle: async ({ transact, who, query }) => ({ body: await transact((tx) => listBudgets(tx, who, query)) }),
  }),
  route({
    method: 'PUT',
    path: '/budgets',
    summary: 'Set lines of the budget; those it does not name stay',
    tag: 'budgets',
    access: mayPlanCosts,
    body: contract.budgetChange,
    answers: { 200: contract.budgetChanged },
    handle: async ({ transact, who, body }) => ({ body: await transact((tx) => setBudgets(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/budgets/variance',
    summary: 'Budget, cost and what lies between',
    tag: 'budgets',
    access: mayReadReturns,
    query: contract.varianceQuery,
    answers: { 200: contract.varianceAnswer },
    handle: async ({ transact, who, query }) => ({ body: await transact((tx) => budgetVariance(tx, who, query), { snapshot: true }) }),
  }),
  route({
    method: 'GET',
    path: '/allocation-keys',
    summary: 'Keys that spread shared costs, with all versions, in the order they are asked',
    tag: 'allocation',
    access: mayReadReturns,
    answers: { 200: contract.keyList },
    handle: async ({ transact, who }) => ({ body: await transact((tx) => listKeys(tx, who.workspaceId)) }),
  }),
  route({
    method: 'POST',
    path: '/allocation-keys',
    summary: 'Add a key',
    tag: 'allocation',
    access: mayPlanCosts,
    body: contract.newKey,
    answers: { 201: contract.keyMade },
    handle: async ({ transact, who, body }) => ({ status: 201, body: await transact((tx) => addKey(tx, who, body)) }),
  }),
  route({
    method: 'POST',
    path: '/allocation-keys/:keyId/versions',
    summary: 'Add a version of a key; it counts from its first month on',
    tag: 'allocation',
    access: mayPlanCosts,
    params: contract.byKeyId,
    body: contract.newKeyVersion,
    answers: { 201: contract.keyMade },
    handle: async ({ transact, who, params, body }) => ({
      status: 201,
      body: await transact((tx) => addKeyVersion(tx, who, params.keyId, body)),
    }),
  }),
  route({
    method: 'POST',
    path: '/allocation-keys/:keyId/retirement',
    summary: 'Retire a key: from a month on it spreads nothing',
    tag: 'allocation',
    access: mayPlanCosts,
    params: contract.byKeyId,
    body: contract.keyRetirement,
    answers: { 201: contract.keyMade },
    handle: async ({ transact, who, params, body }) => ({
      status: 201,
      body: await transact((tx) => retireKey(tx, who, params.keyId, body.effectiveFrom)),
    }),
  }),
  route({
    method: 'GET',
    path: '/allocation-keys/:keyId/applied',
    summary: 'What a key does with the costs of a month, target by target',
    tag: 'allocation',
    access: mayReadReturns,
    params: contract.byKeyId,
    query: contract.appliedQuery,
    answers: { 200: contract.appliedKey },
    handle: async ({ database, who, params, query }) => ({ body: await appliedKey(database, who, params.keyId, query.month) }),
  }),
];
