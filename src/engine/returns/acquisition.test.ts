import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimalFraction } from '#engine/values/fraction.ts';
import { cacBlended, cacPaid, ltv, ltvToCac, paybackMonths } from './acquisition.ts';
import { told } from './figure.ts';
import { countedRate, statedRate } from './rates.ts';

const margin = decimalFraction('0.8');

test('golden: 120,000 for 40 customers is 3,000 each; with chance between 2,203 and 4,199', () => {
  const { value, range, small } = cacBlended({ cost: 12_000_000n, customers: 40 });
  assert.deepEqual([value, small], [300_000n, false]);
  assert.deepEqual(range, { low: 220_310n, high: 419_924n });
});

test('without a customer there is no cost of one, only a least one', () => {
  const none = cacPaid({ cost: 10_000n, customers: 0 });
  assert.deepEqual([none.value, none.reason], [null, 'not a number: no customer came from what was paid for']);
  // 10,000 ÷ 3.689
  assert.deepEqual(none.range, { low: 2_711n, high: null });
  assert.equal(cacBlended({ cost: 0n, customers: 2 }).value, 0n);
  assert.equal(cacBlended({ cost: -1n, customers: 2 }).reason, 'not a number: more was taken back than spent');
});

test('golden: 500 a month × 80 % ÷ 2 % = 20,000', () => {
  const { value, range, horizon } = ltv({ arpa: 50_000n, grossMargin: margin, churn: statedRate('0.02'), horizonMonths: 36 });
  assert.deepEqual([value, range, horizon], [2_000_000n, null, { months: 36, value: 1_440_000n }]);
});

test('where nobody left LTV is undefined: the horizon stands instead, with the least that it could be', () => {
  const { value, reason, range, horizon } = ltv({
    arpa: 50_000n,
    grossMargin: margin,
    churn: countedRate(0, 120),
    horizonMonths: 36,
  });
  assert.deepEqual([value, reason], [null, 'not a number: no account left, so no end is in sight']);
  assert.deepEqual(range, { low: 1_289_525n, high: null });
  assert.deepEqual(horizon, { months: 36, value: 1_440_000n });
  assert.equal(ltv({ arpa: null, grossMargin: margin, churn: null, horizonMonths: 36 }).horizon, null);
  assert.match(ltv({ arpa: 1n, grossMargin: margin, churn: null, horizonMonths: 36 }).reason!, /no account that could leave/);
});

test('golden: LTV 20,000 to CAC 5,000 is 4', () => {
  assert.equal(ltvToCac(told(2_000_000n), told(500_000n)).value, 4);
  assert.equal(ltvToCac(told(2_000_000n), told(0n)).reason, 'not a number: customers cost nothing');
});

test('the range of LTV to CAC sets the worst against the best; what lacks says why', () => {
  const both = ltvToCac(told(40n, 50, { low: 20n, high: 80n }), told(10n, 12, { low: 5n, high: 20n }));
  assert.deepEqual([both.value, both.range, both.n, both.small], [4, { low: 1, high: 16 }, 12, true]);
  const endless = ltv({ arpa: 50_000n, grossMargin: margin, churn: countedRate(0, 120), horizonMonths: 36 });
  const atLeast = ltvToCac(endless, told(500_000n));
  assert.deepEqual([atLeast.value, atLeast.reason, atLeast.range], [null, endless.reason, { low: 2.57905, high: null }]);
  assert.equal(ltvToCac(told(1n), cacPaid({ cost: 10n, customers: 0 })).range?.low, 0);
});

test('golden: a customer for 4,800 who brings 500 × 80 % a month has paid back after 12 months', () => {
  const cac = cacBlended({ cost: 48_000_000n, customers: 100 });
  const { value, range } = paybackMonths(cac, 50_000n, margin);
  assert.equal(value, 12);
  assert.deepEqual([range!.low.toFixed(2), range!.high!.toFixed(2)], ['9.87', '14.75']);
});

test('payback without margin or without a customer is not a number', () => {
  const cac = cacBlended({ cost: 100n, customers: 0 });
  assert.equal(paybackMonths(cac, 50n, margin).reason, 'not a number: no customer was won');
  assert.equal(paybackMonths(told(100n), 0n, margin).reason, 'not a number: an account brings no margin');
  assert.equal(paybackMonths(told(100n), null, margin).reason, 'not a number: there is no account');
});
