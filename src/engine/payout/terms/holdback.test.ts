import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, linesOf, planOf, rate, through, won } from '#tests/support/paid.ts';

const holdback = (given: object = {}) => ({ kind: 'holdback', id: 'hold', name: 'Holdback', sharePercent: '20', afterDays: 40, ...given });
const facts = [won('d', '2026-01-10', '1000000')]; // earns 1,000.00
const paidBy = (terms: readonly object[], last: string, results: readonly object[] = []) => {
  const paid = through(planOf({ components: [rate()], terms }), last, evidenceOf({ facts, results }));
  return paid.periods.map(({ period }) => linesOf(paid, period, 'ada').map(({ rule, amount }) => [rule.kind, amount]));
};
const withheld = [
  ['rate', 100_000n],
  ['holdback', -20_000n],
];

test('golden: a share is withheld, and released in the first period that ends so many days later', () => {
  // 31 January + 40 days lies in March
  assert.deepEqual(paidBy([holdback()], '2026-03'), [withheld, [], [['release', 20_000n]]]);
});

test('golden: exactly so many days later is late enough, and what has to be given back is not withheld', () => {
  // 31 January + 28 days is 28 February
  assert.deepEqual(paidBy([holdback({ afterDays: 28 })], '2026-02'), [withheld, [['release', 20_000n]]]);
  const owing = through(
    planOf({ components: [rate()], terms: [holdback()] }),
    '2026-01',
    evidenceOf({ facts: [won('d', '2026-01-10', '-1000000')] }),
  );
  assert.deepEqual(
    linesOf(owing, '2026-01', 'ada').map(({ rule, amount }) => [rule.kind, amount]),
    [['rate', -100_000n]],
  );
});

test('golden: while its condition doesn’t hold it stays, and may be lost', () => {
  const when = { metric: { from: 'result', name: 'kept' }, is: 'atLeast', value: '90' };
  const kept = (period: string, value: string) => ({ id: period, name: 'kept', period, value });
  const results = [kept('2026-03', '80'), kept('2026-04', '95')];
  assert.deepEqual(paidBy([holdback({ when })], '2026-04', results), [withheld, [], [], [['release', 20_000n]]]);
  assert.deepEqual(paidBy([holdback({ when, lostAfterDays: 59 })], '2026-04', results), [withheld, [], [['lost', 0n]], []]);
});

test('golden: a draw is paid in full; only what is earned beyond it is withheld', () => {
  const draw = { kind: 'draw', id: 'draw', name: 'Draw', amount: '60000', recoverable: true };
  assert.deepEqual(paidBy([holdback(), draw], '2026-01'), [
    [
      ['rate', 100_000n],
      ['holdback', -8_000n],
    ],
  ]);
  const high = { ...draw, amount: '150000' };
  assert.deepEqual(paidBy([holdback(), high], '2026-01'), [
    [
      ['rate', 100_000n],
      ['draw', 50_000n],
    ],
  ]);
});
