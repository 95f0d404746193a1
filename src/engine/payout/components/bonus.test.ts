import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, evidenceOf, january, planOf, sqlCount, through, won, wonAmount } from '#tests/support/paid.ts';

const curve = [
  { at: '80', pays: '50' },
  { at: '100', pays: '100' },
  { at: '120', pays: '160' },
];
const bonus = (given: object = {}) => ({
  kind: 'bonus',
  id: 'bonus',
  name: 'Bonus',
  target: { amount: '100000' },
  metric: { from: 'attainment', measure: wonAmount, quota: 'quota' },
  curve,
  ...given,
});
const at = (amount: string) => january({ components: [bonus()] }, { facts: [won('d', '2026-01-10', amount)] });

test('golden: nothing below the first point, straight between points, no more beyond the last', () => {
  // quota 10,000, target 1,000
  assert.deepEqual(at('799999'), [['bonus', 0n]]);
  assert.deepEqual(at('800000'), [['bonus', 50_000n]]);
  assert.deepEqual(at('900000'), [['bonus', 75_000n]]); // 50 + 10 × 50 ÷ 20 = 75 %
  assert.deepEqual(at('1000000'), [['bonus', 100_000n]]);
  assert.deepEqual(at('1100000'), [['bonus', 130_000n]]); // 100 + 10 × 60 ÷ 20 = 130 %
  assert.deepEqual(at('5000000'), [['bonus', 160_000n]]);
});

test('golden: the attainment is exact, however it is shown', () => {
  // a third of the way from 80 to 100: 50 + 50 ÷ 3 = 66.6… % of 1,000.00
  const payees = [{ ...ada, quotas: { quota: '300' } }];
  const facts = [won('d', '2026-01-10', '260')]; // 86.66… %
  assert.deepEqual(january({ payees, components: [bonus()] }, { facts }), [['bonus', 66_667n]]);
});

test('golden: a percent of target pay', () => {
  // 40 % of 1,000.00, at quota
  const facts = [won('d', '2026-01-10', '1000000')];
  assert.deepEqual(january({ components: [bonus({ target: { percentOfTarget: '40' } })] }, { facts }), [['bonus', 40_000n]]);
});

test('golden: by a joint result, by the lowest clause of a side, by a ratio of one’s own', () => {
  const result = { id: 'r', name: 'nrr', period: '2026-01', value: '110' };
  const metric = { from: 'result', name: 'nrr' };
  assert.deepEqual(january({ components: [bonus({ metric })] }, { results: [result] }), [['bonus', 130_000n]]);
  const clause = (name: string, value: string) => ({ id: name, name, kind: 'clause', side: 'sales', period: '2026-01', value });
  const clauses = { from: 'clauses', side: 'sales' };
  assert.deepEqual(january({ components: [bonus({ metric: clauses })] }, { results: [clause('a', '99'), clause('b', '90')] }), [
    ['bonus', 75_000n],
  ]);
  const ratio = { from: 'ratio', of: sqlCount, to: { kinds: ['mql'], by: 'count' } };
  const count = (id: string, kind: string, n: number) => ({ id, kind, on: '2026-01-10', count: n, credits: [{ payee: 'ada' }] });
  assert.deepEqual(january({ components: [bonus({ metric: ratio })] }, { facts: [count('a', 'sql', 9), count('b', 'mql', 10)] }), [
    ['bonus', 75_000n],
  ]);
});

test('while the result isn’t known nothing is paid, and a note says so', () => {
  const plan = planOf({ components: [bonus({ metric: { from: 'result', name: 'nrr' } })] });
  const { lines, notes } = through(plan, '2026-01', evidenceOf({})).periods[0]!;
  assert.deepEqual(lines, []);
  assert.match(notes[0]!.what, /not known for this period/);
});
