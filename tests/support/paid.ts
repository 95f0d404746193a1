/** Plans of pay and evidence for tests, in the few words that matter. */

import assert from 'node:assert/strict';
import { checkPlan } from '#engine/payout/check-plan.ts';
import { type Entitled, entitle } from '#engine/payout/entitle.ts';
import type { Evidence, Fact } from '#engine/payout/evidence.ts';
import type { Plan } from '#engine/payout/plan.ts';
import { checkEvidence, readEvidence } from '#engine/payout/read-evidence.ts';
import { readPlan } from '#engine/payout/read-plan.ts';
import type { Line } from '#engine/payout/statement.ts';

/** Ada, an AE. */
export const ada = { id: 'ada', side: 'sales', role: 'ae', target: '100000', quotas: { quota: '1000000' } };

/** EUR by month, for Ada, unless said. */
export function planOf(given: object): Plan {
  const read = readPlan({ name: 'Plan', currency: 'EUR', period: 'month', payees: [ada], ...given });
  assert.ok('value' in read, JSON.stringify('problems' in read && read.problems));
  assert.deepEqual(checkPlan(read.value), []);
  return read.value;
}

export const wonAmount = { kinds: ['won'], by: 'amount' };
export const sqlCount = { kinds: ['sql'], by: 'count' };

/** A component of kind `rate` called `rate`: 10 % of won money unless said. */
export const rate = (given: object = {}): object => ({
  kind: 'rate',
  id: 'rate',
  name: 'Commission',
  measure: wonAmount,
  tiers: [{ from: '0', percent: '10' }],
  ...given,
});

/** A deal won; Ada's unless said. */
export const won = (id: string, on: string, amount: string, more: object = {}): object => ({
  id,
  kind: 'won',
  on,
  amount,
  credits: [{ payee: 'ada' }],
  ...more,
});

export function evidenceOf(given: { facts?: readonly object[]; results?: readonly object[]; employment?: readonly object[] }): Evidence {
  const read = readEvidence(given);
  assert.ok('value' in read, JSON.stringify('problems' in read && read.problems));
  assert.deepEqual(checkEvidence(read.value), []);
  return read.value;
}

export const factOf = (given: object): Fact => evidenceOf({ facts: [given] }).facts[0]!;

/** From January 2026 through a month. */
export const through = (plan: Plan, last: string, evidence: Evidence): Entitled =>
  entitle({ versions: [{ version: 'v1', plan, from: '2026-01-01' }], through: last, evidence });

/** What Ada is owed for January 2026, line by line: kind and minor units. */
export function january(plan: object, given: Parameters<typeof evidenceOf>[0], payee = 'ada'): [string, bigint][] {
  return linesOf(through(planOf(plan), '2026-01', evidenceOf(given)), '2026-01', payee).map(({ rule, amount }) => [rule.kind, amount]);
}

export const linesOf = ({ periods }: Entitled, period: string, payee: string): readonly Line[] =>
  periods.find((each) => each.period === period)!.lines.filter((line) => line.payee === payee);

export const total = (lines: readonly { readonly amount: bigint }[]): bigint => lines.reduce((sum, { amount }) => sum + amount, 0n);
