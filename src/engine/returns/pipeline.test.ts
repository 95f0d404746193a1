import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fraction, percentFraction } from '#engine/values/fraction.ts';
import { coverage, forecast, velocity } from './pipeline.ts';
import { countedRate, statedRate } from './rates.ts';

test('golden: 100 × 0.25 × 50,000 ÷ 60 = 20,833 a day', () => {
  const parts = { open: 100, winRate: statedRate('0.25'), averageDeal: 5_000_000n, cycleDays: 60 };
  assert.equal(velocity(parts).value, 2_083_333n);
  assert.equal(velocity({ ...parts, averageDeal: 50_000n }).value, 20_833n);
});

test('a counted win rate gives velocity its range', () => {
  const { value, range, n } = velocity({ open: 100, winRate: countedRate(25, 100), averageDeal: 5_000_000n, cycleDays: 60 });
  assert.deepEqual([value, n], [2_083_333n, 100]);
  // 17.5 % and 34.3 % of 5,000,000 × 100 ÷ 60
  assert.deepEqual(range, { low: 1_462_101n, high: 2_858_705n });
});

test('what velocity lacks is named', () => {
  const parts = { open: 1, winRate: statedRate('0.5'), averageDeal: 100n, cycleDays: 10 };
  assert.equal(velocity({ ...parts, winRate: null }).reason, 'not a number: no deal was closed, so there is no win rate');
  assert.equal(velocity({ ...parts, averageDeal: null }).reason, 'not a number: no deal was won');
  assert.equal(velocity({ ...parts, cycleDays: 0 }).reason, 'not a number: the deals took no days');
});

test('coverage is the pipeline in remaining targets; with nothing left to win it is not a number', () => {
  assert.equal(coverage({ pipeline: 900n, remaining: 300n }).value, 3);
  assert.equal(coverage({ pipeline: 900n, remaining: 0n }).reason, 'not a number: nothing remains of the target');
  assert.equal(coverage({ pipeline: 900n, remaining: -5n }).value, null);
});

test('golden: a forecast is the sum of amount × probability, rounded once', () => {
  const deals = [
    { amount: 1_000n, probability: percentFraction('50') },
    { amount: 333n, probability: percentFraction('12.5') },
    { amount: 100n, probability: fraction(1, 3) },
  ];
  // 500 + 41.625 + 33.333… = 574.958…
  const { value, n, range } = forecast(deals);
  assert.deepEqual([value, n], [575n, 3]);
  assert.deepEqual(range, { low: 0n, high: 1_433n });
  assert.equal(forecast([]).value, 0n);
});

test('property: certain deals are forecast whole, without a range, and probabilities add', () => {
  const amounts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 14n }), { maxLength: 20 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (given, basisPoints) => {
      const total = given.reduce((sum, each) => sum + each, 0n);
      const certain = forecast(given.map((amount) => ({ amount, probability: percentFraction('100') })));
      assert.deepEqual([certain.value, certain.range], [total, { low: total, high: total }]);
      const at = (points: number) => given.map((amount) => ({ amount, probability: fraction(points, 10_000) }));
      assert.equal(forecast([...at(basisPoints), ...at(10_000 - basisPoints)]).value, total);
    }),
  );
});
