import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalFraction, exactFraction, fraction, inverse, numberOf, percentFraction, timesFraction } from './fraction.ts';

test('decimals and percents are exact', () => {
  assert.deepEqual(decimalFraction('1.0837'), { numerator: 10_837n, denominator: 10_000n });
  assert.deepEqual(decimalFraction('-0.5'), { numerator: -5n, denominator: 10n });
  assert.deepEqual(percentFraction('12.5'), { numerator: 125n, denominator: 1_000n });
  assert.equal(numberOf(percentFraction('12.5')), 0.125);
  assert.equal(numberOf(exactFraction(0.1)), 0.1);
  assert.deepEqual(inverse(fraction(3, 4)), fraction(4, 3));
});

test('what is no decimal, and a division by nothing, is refused', () => {
  for (const text of ['', '1,5', '1e3', '.5', '1.', 'NaN']) assert.throws(() => decimalFraction(text), /is no decimal number/, text);
  assert.throws(() => fraction(1, 0), /what is divided by is above 0/);
  assert.throws(() => inverse(fraction(0, 1)), RangeError);
});

test('a product is rounded once, halves to the even unit', () => {
  assert.equal(timesFraction(5n, decimalFraction('0.5')), 2n);
  assert.equal(timesFraction(7n, decimalFraction('0.5')), 4n);
  // 1 × 1/3 × 3 is 1, though a third of 1 rounds to 0
  assert.equal(timesFraction(1n, fraction(1, 3), fraction(3, 1)), 1n);
});

test('property: a number made a fraction is the same number again', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-200, max: 1e200, noNaN: true }), (x) => {
      assert.equal(numberOf(exactFraction(x)), x);
    }),
  );
});
