import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, january, linesOf, planOf, through, total } from '#tests/support/paid.ts';

const mbo = (amount: string, weights: readonly string[]) => ({
  kind: 'mbo',
  id: 'mbo',
  name: 'Objectives',
  target: { amount },
  objectives: weights.map((weightPercent, at) => ({ id: `o${at}`, name: `Objective ${at}`, weightPercent })),
});
const result = (objective: string, percent: string, more: object = {}) => ({
  id: `${objective}-${percent}`,
  kind: 'objective',
  on: '2026-01-31',
  percent,
  by: 'lea',
  tags: { objective },
  credits: [{ payee: 'ada' }],
  ...more,
});

test('golden: each objective pays its weight of the target times its result', () => {
  // 1,000.00: 60 % at 100 %, 40 % at 75 %
  assert.deepEqual(january({ components: [mbo('100000', ['60', '40'])] }, { facts: [result('o0', '100'), result('o1', '75')] }), [
    ['mbo', 60_000n],
    ['mbo', 30_000n],
  ]);
});

test('golden: all kept is the target to the unit, whatever the weights', () => {
  const weights = ['33.33', '33.33', '33.34'];
  const facts = weights.map((_, at) => result(`o${at}`, '100'));
  // 33.66…, 33.66… and 33.67… of 1.01: 34 + 33 + 34, the largest remainders first
  const lines = january({ components: [mbo('101', weights)] }, { facts });
  assert.equal(total(lines.map(([, amount]) => ({ amount }))), 101n);
});

test('the result recorded last counts, a mistake doesn’t, and one that is missing is noted', () => {
  const plan = planOf({ components: [mbo('100000', ['60', '40'])] });
  const facts = [
    result('o0', '50', { recordedAt: '2026-02-01T10:00:00Z' }),
    result('o0', '80', { recordedAt: '2026-02-02T10:00:00.5Z' }),
    result('o0', '100', { recordedAt: '2026-02-03T10:00:00Z' }),
    { id: 'x', kind: 'objective', on: '2026-02-03', reverses: { fact: 'o0-100', cause: 'mistake' } },
  ];
  const paid = through(plan, '2026-01', evidenceOf({ facts }));
  assert.deepEqual(
    linesOf(paid, '2026-01', 'ada').map(({ amount, facts: own }) => [amount, own[0]?.id]),
    [[48_000n, 'o0-80']],
  );
  assert.match(paid.periods[0]!.notes[0]!.what, /^“Objective 1” has no result/);
});
