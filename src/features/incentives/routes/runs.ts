import { byId } from '#features/agreement/contract.ts';
import { sendCsv } from '#platform/http/send-csv.ts';
import { type Route, route } from '#platform/http/route.ts';
import { approveRun } from '../actions/approve-run.ts';
import { computeRun } from '../actions/compute-run.ts';
import { discardRun } from '../actions/discard-run.ts';
import { lockRun } from '../actions/lock-run.ts';
import { startRuns } from '../actions/start-runs.ts';
import * as contract from '../contract/runs.ts';
import { payroll } from '../contract/statements.ts';
import { mayApprovePay, mayExportPay, mayReadIncentives, mayRunPay } from '../policy.ts';
import { payrollOf, payrollRows } from '../queries/payroll.ts';
import { checkRun } from '../queries/run-check.ts';
import { getRunDetail } from '../queries/run-detail.ts';
import { listRuns } from '../queries/runs.ts';

const tag = 'incentives';

export const runRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/payout-runs',
    summary: 'Runs that pay somebody the asker sees, newest period first',
    tag,
    access: mayReadIncentives,
    query: contract.runsAsk,
    answers: { 200: contract.runList },
    handle: async ({ who, query, transact }) => ({ body: await transact((tx) => listRuns(tx, who, query)) }),
  }),
  route({
    method: 'POST',
    path: '/payout-runs',
    summary: 'Start the regular run of a period that is over, or shadow runs of a version over past periods',
    tag,
    access: mayRunPay,
    body: contract.newRun,
    answers: { 201: contract.madeRuns },
    handle: async ({ who, body, transact }) => ({ status: 201, body: await transact((tx) => startRuns(tx, who, body)) }),
  }),
  route({
    method: 'GET',
    path: '/payout-runs/:id',
    summary: 'One run: plans, pools with their gates, approvals, what to know before approving',
    tag,
    access: mayReadIncentives,
    params: byId,
    answers: { 200: contract.run },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => getRunDetail(tx, who, params.id)) }),
  }),
  route({
    method: 'POST',
    path: '/payout-runs/:id/computation',
    summary: 'Compute a draft run from what is on record now',
    tag,
    access: mayRunPay,
    params: byId,
    answers: { 200: contract.run },
    handle: async ({ who, params, database, transact }) => {
      await computeRun(database, who, params.id);
      return { body: await transact((tx) => getRunDetail(tx, who, params.id)) };
    },
  }),
  route({
    method: 'POST',
    path: '/payout-runs/:id/approvals',
    summary: 'Approve the lines that were read; two people do, neither of whom started the run',
    tag,
    access: mayApprovePay,
    params: byId,
    body: contract.newApproval,
    answers: { 200: contract.run },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await approveRun(tx, who, params.id, body);
        return getRunDetail(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/payout-runs/:id/lock',
    summary: 'Lock an approved run: its lines stay as they are, and become commissions in the ledger',
    tag,
    access: mayRunPay,
    params: byId,
    answers: { 200: contract.run },
    handle: async ({ who, params, transact }) => ({
      body: await transact(async (tx) => {
        await lockRun(tx, who, params.id);
        return getRunDetail(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'POST',
    path: '/payout-runs/:id/discard',
    summary: 'Set a draft run aside',
    tag,
    access: mayRunPay,
    params: byId,
    body: contract.discarding,
    answers: { 200: contract.run },
    handle: async ({ who, params, body, transact }) => ({
      body: await transact(async (tx) => {
        await discardRun(tx, who, params.id, body.reason);
        return getRunDetail(tx, who, params.id);
      }),
    }),
  }),
  route({
    method: 'GET',
    path: '/payout-runs/:id/check',
    summary: 'The run computed again from the inputs kept with it, and what of them has changed since',
    tag,
    access: mayReadIncentives,
    params: byId,
    answers: { 200: contract.runCheck },
    handle: async ({ who, params, database }) => ({ body: await checkRun(database, who, params.id) }),
  }),
  route({
    method: 'GET',
    path: '/payout-runs/:id/payroll',
    summary: 'What a locked run pays whom the asker sees, a row a person and currency',
    tag,
    access: mayExportPay,
    params: byId,
    answers: { 200: payroll },
    handle: async ({ who, params, transact }) => ({ body: await transact((tx) => payrollOf(tx, who, params.id)) }),
  }),
  route({
    method: 'GET',
    path: '/payout-runs/:id/payroll/export',
    summary: 'The same as CSV, for payroll',
    tag,
    access: mayExportPay,
    params: byId,
    stream: 'text/csv',
    handle: async ({ who, params, transact, reply }) => {
      const paid = await transact((tx) => payrollOf(tx, who, params.id));
      await sendCsv(reply, `payroll-${paid.label.replaceAll(' ', '-')}.csv`, payrollRows(paid));
    },
  }),
];
