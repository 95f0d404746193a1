import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, evidenceOf, january, linesOf, planOf, through, total, won, wonAmount } from '#tests/support/paid.ts';

const payees = [ada, { id: 'ben', side: 'sales', role: 'ae' }];
const spif = (given: object = {}) => ({
  kind: 'spif',
  id: 'spif',
  name: 'SPIF',
  measure: { kinds: ['meeting'], by: 'count' },
  from: '2026-01-10',
  until: '2026-02-20',
  pays: { each: '10000' },
  ...given,
});
const meeting = (id: string, on: string, payee: string, time = '09:00') => ({
  id,
  kind: 'meeting',
  on,
  occurredAt: `${on}T${time}:00Z`,
  credits: [{ payee }],
});

test('golden: so much for each fact from the first day to the last', () => {
  const facts = ['2026-01-09', '2026-01-10', '2026-01-31'].map((on) => meeting(on, on, 'ada'));
  assert.deepEqual(january({ components: [spif()] }, { facts }), [['spif', 20_000n]]);
});

test('golden: a percent of money', () => {
  const component = spif({ measure: wonAmount, pays: { percent: '1.5' } });
  assert.deepEqual(january({ components: [component] }, { facts: [won('d', '2026-01-15', '12345')] }), [['spif', 185n]]);
});

test('golden: first come, first served, until the budget is spent, over periods too', () => {
  // 250.00: Ada’s first and Ben’s in full, Ada’s second half of it, nobody’s afterwards
  const plan = planOf({ payees, components: [spif({ budget: '25000' })] });
  const facts = [
    meeting('m4', '2026-02-03', 'ben'),
    meeting('m3', '2026-02-02', 'ada'),
    meeting('m2', '2026-01-12', 'ben', '10:00'),
    meeting('m1', '2026-01-12', 'ada', '09:00'),
  ];
  const paid = through(plan, '2026-02', evidenceOf({ facts }));
  const amounts = (period: string, payee: string) => total(linesOf(paid, period, payee));
  assert.deepEqual([amounts('2026-01', 'ada'), amounts('2026-01', 'ben')], [10_000n, 10_000n]);
  assert.deepEqual([amounts('2026-02', 'ada'), amounts('2026-02', 'ben')], [5_000n, 0n]);
  const [line] = linesOf(paid, '2026-02', 'ben');
  assert.ok(line?.rule.kind === 'spif' && line.rule.beyondBudget === 10_000n);
});

test('golden: the fact that meets the budget’s end shares what is left', () => {
  const facts = [
    {
      ...meeting('m', '2026-01-12', 'ada'),
      credits: [
        { payee: 'ada', sharePercent: '50' },
        { payee: 'ben', sharePercent: '50' },
      ],
    },
  ];
  const plan = { payees, components: [spif({ budget: '5001' })] };
  // 25.01 and 25.00 of 50.00 each: the odd cent goes to the first by id
  assert.deepEqual(january(plan, { facts }, 'ada'), [['spif', 2_501n]]);
  assert.deepEqual(january(plan, { facts }, 'ben'), [['spif', 2_500n]]);
});

test('of two at one moment the smaller id comes first', () => {
  const facts = [meeting('m2', '2026-01-12', 'ada'), meeting('m1', '2026-01-12', 'ben')];
  const plan = { payees, components: [spif({ budget: '10000' })] };
  assert.deepEqual(january(plan, { facts }, 'ada'), [['spif', 0n]]);
  assert.deepEqual(january(plan, { facts }, 'ben'), [['spif', 10_000n]]);
});

test('when it happened decides, not the day it counts on', () => {
  const early = { ...meeting('m2', '2026-01-13', 'ada'), occurredAt: '2026-01-12T08:00:00Z' };
  const late = { ...meeting('m1', '2026-01-12', 'ben'), occurredAt: '2026-01-12T09:00:00Z' };
  const plan = { payees, components: [spif({ budget: '10000' })] };
  assert.deepEqual(january(plan, { facts: [late, early] }, 'ada'), [['spif', 10_000n]]);
});
