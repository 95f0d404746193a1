import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, linesOf, planOf, through, total } from '#tests/support/paid.ts';
import { checkPlan } from './check-plan.ts';
import { readPlan } from './read-plan.ts';

const payees = [
  { id: 'ada', side: 'sales', target: '300000', poolWeight: '2' },
  { id: 'ben', side: 'sales', target: '200000', poolWeight: '1' },
  { id: 'mara', side: 'marketing', target: '100000', poolWeight: '1.5' },
];
const clauses = (side: string, value = '90') => ({ metric: { from: 'clauses', side }, is: 'atLeast', value });
const pool = (given: object = {}) => ({
  id: 'pool',
  name: 'Pool',
  fund: {
    base: '1000000',
    by: {
      metric: { from: 'result', name: 'revenue' },
      curve: [
        { at: '90', pays: '50' },
        { at: '100', pays: '100' },
        { at: '120', pays: '200' },
      ],
    },
  },
  opens: { marketing: [clauses('marketing')], sales: [clauses('sales')] },
  key: { by: 'equal', byDays: false },
  ...given,
});
const clause = (id: string, side: string, value: string) => ({ id, name: id, kind: 'clause', side, period: '2026-01', value });
const revenue = (value: string) => ({ id: 'rev', name: 'revenue', period: '2026-01', value });
const kept = [revenue('100'), clause('m1', 'marketing', '95'), clause('m2', 'marketing', '90'), clause('s1', 'sales', '99')];

function shares(given: object, results: readonly object[] = kept, employment: readonly object[] = [], more: object = {}) {
  const paid = through(planOf({ payees, pool: pool(given), ...more }), '2026-01', evidenceOf({ results, employment }));
  const outcome = paid.periods[0]!.pool!;
  assert.equal(total(paid.periods[0]!.lines) + outcome.unshared, outcome.paid, 'shares and what nobody can have are the pool');
  return { outcome, amounts: ['ada', 'ben', 'mara'].map((payee) => total(linesOf(paid, '2026-01', payee))), notes: paid.periods[0]!.notes };
}

test('golden: base times the curve of the joint result, shared to the unit', () => {
  // 10,000 ÷ 3: the odd cent to the first by id
  assert.deepEqual(shares({}).amounts, [333_334n, 333_333n, 333_333n]);
  const { outcome } = shares({}, [...kept.slice(1), revenue('95')]);
  assert.deepEqual([outcome.fund, outcome.factorPercent, outcome.paid, outcome.opened], [750_000n, '75', 750_000n, 'both']);
});

test('golden: by weight, by target pay, by days', () => {
  // 2 : 1 : 1.5 of 10,000
  assert.deepEqual(shares({ key: { by: 'weight', byDays: false } }).amounts, [444_445n, 222_222n, 333_333n]);
  assert.deepEqual(shares({ key: { by: 'target', byDays: false } }).amounts, [500_000n, 333_333n, 166_667n]);
  // Ben left on 10 January: 31 : 10 : 31
  const left = [{ payee: 'ben', endedOn: '2026-01-10' }];
  assert.deepEqual(shares({ key: { by: 'equal', byDays: true } }, kept, left).amounts, [430_556n, 138_889n, 430_555n]);
  // without days who was there at all has a whole share, who wasn't none
  assert.deepEqual(shares({}, kept, left).amounts, [333_334n, 333_333n, 333_333n]);
  assert.deepEqual(shares({}, kept, [{ payee: 'ben', endedOn: '2025-12-31' }]).amounts, [500_000n, 0n, 500_000n]);
});

test('golden: each side’s part first, then its members’', () => {
  // 40 % to Mara; 6,000 to Ada and Ben as 2 : 1
  const given = { sides: { marketing: '40', sales: '60' }, key: { by: 'weight', byDays: false } };
  assert.deepEqual(shares(given).amounts, [400_000n, 200_000n, 400_000n]);
});

test('golden: it opens only when all conditions of both sides hold; partly only where the plan says', () => {
  const failing = (id: string) => kept.map((each) => (each.id === id ? { ...each, value: '89.9999' } : each));
  assert.deepEqual(shares({}, failing('m2')).amounts, [0n, 0n, 0n]);
  assert.deepEqual(shares({}, failing('s1')).outcome.opened, 'onlyMarketing');
  assert.deepEqual(shares({}, failing('m1')).outcome.opened, 'onlySales');
  const partly = { opens: { ...pool().opens, onlySalesPercent: '30' } };
  assert.deepEqual(shares(partly, failing('m2')).amounts, [100_000n, 100_000n, 100_000n]);
  assert.deepEqual(shares(partly, failing('s1')).amounts, [0n, 0n, 0n]);
  assert.equal(shares(partly, [revenue('100')]).outcome.opened, 'neither');
});

test('golden: named clauses are the ones that count, and one that is missing holds nothing', () => {
  const named = (names: readonly string[]) => ({
    opens: {
      marketing: [{ ...clauses('marketing', '95'), metric: { from: 'clauses', side: 'marketing', clauses: names } }],
      sales: [clauses('sales')],
    },
  });
  assert.equal(shares(named(['m1'])).outcome.opened, 'both');
  assert.equal(shares(named(['m1', 'm2'])).outcome.opened, 'onlySales');
  assert.equal(shares(named(['m1', 'm3'])).outcome.opened, 'onlySales');
});

test('clauses of both sides may have one name', () => {
  const both = ['marketing', 'sales'].map((side, at) => ({ ...clause('kept', side, '95'), id: `c${at}` }));
  assert.equal(shares({}, [revenue('100'), ...both]).outcome.opened, 'both');
});

test('golden: a share of a joint result beyond a threshold, within least and most', () => {
  const fund = { base: '0', share: { metric: { from: 'result', name: 'margin' }, beyond: '50000000', percent: '2.5' } };
  const margin = (value: string) => [...kept, { id: 'margin', name: 'margin', unit: 'amount', period: '2026-01', value }];
  // 2.5 % of (620,000 − 500,000) = 3,000
  assert.equal(shares({ fund }, margin('62000000')).outcome.fund, 300_000n);
  assert.equal(shares({ fund }, margin('40000000')).outcome.fund, 0n);
  assert.equal(shares({ fund: { ...fund, max: '250000' } }, margin('62000000')).outcome.fund, 250_000n);
  assert.equal(shares({ fund: { ...fund, min: '100000' } }, margin('40000000')).outcome.fund, 100_000n);
  assert.match(shares({ fund }).notes[0]!.what, /not known/);
});

test('golden: a pool of currencies of no and three decimals is shared to the unit', () => {
  for (const currency of ['JPY', 'KWD']) {
    const given = { fund: { base: '1000' } };
    assert.deepEqual(shares(given, kept, [], { currency }).amounts, [334n, 333n, 333n]);
  }
});

test('when nobody has a key the pool is told to be unshared', () => {
  const gone = payees.map(({ id }) => ({ payee: id, endedOn: '2025-12-31' }));
  const { outcome, notes } = shares({}, kept, gone);
  assert.equal(outcome.unshared, 1_000_000n);
  assert.match(notes[0]!.what, /nobody has a key/);
});

test('one’s own numbers can’t open a pool, and a side without members has no part', () => {
  const wrong = (given: object) => {
    const read = readPlan({ name: 'P', currency: 'EUR', period: 'month', payees: payees.slice(0, 2), pool: pool(given) });
    assert.ok('value' in read);
    return checkPlan(read.value).map(({ at }) => at);
  };
  const own = { metric: { from: 'credit', measure: { kinds: ['won'], by: 'amount' } }, is: 'atLeast', value: '1' };
  assert.deepEqual(wrong({ opens: { marketing: [own], sales: [] } }), ['pool.opens.marketing.0.metric']);
  assert.deepEqual(wrong({ sides: { marketing: '40', sales: '60' } }), ['pool.sides.marketing']);
});
