import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entitle } from '../entitle.ts';
import { ada, evidenceOf, linesOf, planOf, rate, through, total, won } from '#tests/support/paid.ts';

const draw = (given: object = {}) => ({ kind: 'draw', id: 'draw', name: 'Draw', amount: '100000', recoverable: true, ...given });
const deals = [
  won('jan', '2026-01-10', '400000'), // earns 400
  won('feb', '2026-02-10', '1300000'), // 1,300
  won('mar', '2026-03-10', '5000000'), // 5,000
];
const paidBy = (terms: readonly object[], payee: object = ada) =>
  through(planOf({ payees: [payee], components: [rate()], terms }), '2026-03', evidenceOf({ facts: deals }));
const months = ['2026-01', '2026-02', '2026-03'];

test('golden: what is missing is advanced, and paid back from what is earned beyond the draw', () => {
  // 400 + 600 advanced; 1,300 pays back 300; 5,000 pays back the other 300
  const paid = paidBy([draw()]);
  assert.deepEqual(
    months.map((month) => linesOf(paid, month, 'ada').map(({ rule, amount }) => [rule.kind, amount])),
    [
      [
        ['rate', 40_000n],
        ['draw', 60_000n],
      ],
      [
        ['rate', 130_000n],
        ['recovery', -30_000n],
      ],
      [
        ['rate', 500_000n],
        ['recovery', -30_000n],
      ],
    ],
  );
  assert.deepEqual(
    paid.periods.map(({ balances }) => balances[0]?.drawn ?? 0n),
    [60_000n, 30_000n, 0n],
  );
});

test('golden: a draw that isn’t recoverable is a gift', () => {
  const paid = paidBy([draw({ recoverable: false })]);
  assert.deepEqual(
    months.map((month) => total(linesOf(paid, month, 'ada'))),
    [100_000n, 130_000n, 500_000n],
  );
});

test('golden: after the first periods there is no draw, and its balance is paid back all the same', () => {
  const paid = paidBy([draw({ periods: 1 })], { ...ada, startedOn: '2026-01-01' });
  // February: 1,300 − 600
  assert.deepEqual(
    months.map((month) => total(linesOf(paid, month, 'ada'))),
    [100_000n, 70_000n, 500_000n],
  );
});

test('a balance outlives the version of the plan that it came from', () => {
  const [first, second] = [planOf({ components: [rate()], terms: [draw()] }), planOf({ components: [rate()] })];
  const versions = [
    { version: 'v1', plan: first, from: '2026-01-01' },
    { version: 'v2', plan: second, from: '2026-02-01' },
  ];
  const paid = entitle({ versions, through: '2026-02', evidence: evidenceOf({ facts: deals }) });
  assert.deepEqual(
    linesOf(paid, '2026-02', 'ada').map(({ rule, amount, component }) => [rule.kind, amount, component]),
    [
      ['rate', 130_000n, 'rate'],
      ['recovery', -60_000n, 'draw'],
    ],
  );
});
