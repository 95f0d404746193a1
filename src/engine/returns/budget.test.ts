import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { totalVariance, varianceOf } from './budget.ts';

test('golden: 110 spent of 100 planned is 10 or 10 % over', () => {
  const { variance, share } = varianceOf({ budget: 10_000n, actual: 11_000n });
  assert.deepEqual([variance, share.value], [1_000n, 0.1]);
  assert.equal(varianceOf({ budget: 10_000n, actual: 7_500n }).share.value, -0.25);
});

test('spending without a budget has a variance and no share', () => {
  const { variance, share } = varianceOf({ budget: 0n, actual: 500n });
  assert.deepEqual([variance, share.value, share.reason], [500n, null, 'not a number: nothing was budgeted']);
});

test('property: the variances of the lines add up to that of all', () => {
  const line = fc.record({ budget: fc.bigInt({ min: 0n, max: 10n ** 15n }), actual: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 15n }) });
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const sum = lines.reduce((total, each) => total + varianceOf(each).variance, 0n);
      assert.equal(totalVariance(lines).variance, sum);
    }),
  );
});
