import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ada, evidenceOf, january, linesOf, planOf, rate, through, total, won } from '#tests/support/paid.ts';

const facts = [won('d', '2026-01-10', '1000000')]; // earns 1,000.00

test('golden: a component’s floor and cap', () => {
  assert.deepEqual(january({ components: [rate({ floor: '120000' })] }, { facts }), [
    ['rate', 100_000n],
    ['floor', 20_000n],
  ]);
  assert.deepEqual(january({ components: [rate({ floor: '120000' })] }, {}), [['floor', 120_000n]]);
  assert.deepEqual(january({ components: [rate({ cap: { amount: '80000', per: 'period' } })] }, { facts }), [
    ['rate', 100_000n],
    ['cap', -20_000n],
  ]);
});

test('golden: floor, then cap, of the whole', () => {
  const terms = [
    { kind: 'cap', id: 'cap', name: 'Cap', limit: { amount: '150000', per: 'period' } },
    { kind: 'floor', id: 'floor', name: 'Floor', amount: '170000' },
  ];
  assert.deepEqual(january({ components: [rate()], terms }, { facts }), [
    ['rate', 100_000n],
    ['floor', 70_000n],
    ['cap', -20_000n],
  ]);
});

test('golden: a cap a year leaves what the months before it left', () => {
  const terms = [{ kind: 'cap', id: 'cap', name: 'Cap', limit: { amount: '150000', per: 'year' } }];
  const plan = planOf({ components: [rate()], terms });
  const deals = ['2026-01', '2026-02', '2026-03', '2027-01'].map((month) => won(month, `${month}-10`, '1000000'));
  const paid = through(plan, '2027-01', evidenceOf({ facts: deals }));
  const months = ['2026-01', '2026-02', '2026-03', '2027-01'].map((month) => total(linesOf(paid, month, 'ada')));
  assert.deepEqual(months, [100_000n, 50_000n, 0n, 100_000n]);
});

test('golden: what is given back under a cap a year can be earned again', () => {
  // 1,000; 500 of 1,000; −800; then 800 of 1,000
  const terms = [{ kind: 'cap', id: 'cap', name: 'Cap', limit: { amount: '150000', per: 'year' } }];
  const plan = planOf({ components: [rate()], terms });
  const deals = ['1000000', '1000000', '-800000', '1000000'].map((amount, at) => won(`d${at}`, `2026-0${at + 1}-10`, amount));
  const paid = through(plan, '2026-04', evidenceOf({ facts: deals }));
  const months = paid.periods.map(({ period }) => total(linesOf(paid, period, 'ada')));
  assert.deepEqual(months, [100_000n, 50_000n, -80_000n, 80_000n]);
});

test('golden: floors and caps are for the days somebody was there, unless the plan says otherwise', () => {
  // from 17 January: 15 of 31 days of 310.00
  const payees = [{ ...ada, startedOn: '2026-01-17' }];
  const floor = { payees, components: [rate({ floor: '31000' })] };
  assert.deepEqual(january(floor, {}), [['floor', 15_000n]]);
  assert.deepEqual(january({ ...floor, proration: 'none' }, {}), [['floor', 31_000n]]);
  const gone = { payees: [{ ...ada, endedOn: '2025-12-31' }], components: [rate({ floor: '31000' })] };
  assert.deepEqual(january(gone, {}), []);
  assert.deepEqual(january({ ...gone, proration: 'none' }, {}), []);
  const cap = { payees, components: [rate({ cap: { amount: '31000', per: 'period' } })] };
  assert.deepEqual(january(cap, { facts: [won('d', '2026-01-20', '1000000')] })[1], ['cap', -85_000n]);
});

test('who left and is still credited for a while has the whole cap', () => {
  const payees = [{ ...ada, endedOn: '2025-12-31' }];
  const plan = { payees, creditDaysAfterLeaving: 30, components: [rate({ cap: { amount: '90000', per: 'period' } })] };
  assert.deepEqual(january(plan, { facts }), [
    ['rate', 100_000n],
    ['cap', -10_000n],
  ]);
});
