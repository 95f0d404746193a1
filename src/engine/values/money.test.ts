import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { divideHalfEven, majorUnits, moneyText } from './money.ts';

test('minor units become the main unit by the currency’s decimals', () => {
  const shown = [
    majorUnits('1200050', 'EUR'),
    majorUnits('5', 'EUR'),
    majorUnits('-5', 'EUR'),
    majorUnits('500', 'JPY'),
    majorUnits('1', 'KWD'),
  ];
  assert.deepEqual(shown, ['12000.50', '0.05', '-0.05', '500', '0.001']);
});

test('amounts are written exactly, far beyond what a number holds', () => {
  assert.equal(moneyText('1200050', 'EUR'), '€12,000.50');
  assert.equal(moneyText('1200000', 'EUR'), '€12,000');
  assert.equal(moneyText('123456789012345678901', 'USD'), '$1,234,567,890,123,456,789.01');
  assert.equal(moneyText('12', 'XXX'), '12 XXX');
});

test('halves go to the even unit', () => {
  const halves = [5n, 15n, 25n, -5n, -15n, 14n, 16n, 0n].map((a) => divideHalfEven(a, 10n));
  assert.deepEqual(halves, [0n, 2n, 2n, 0n, -2n, 1n, 2n, 0n]);
  assert.throws(() => divideHalfEven(1n, 0n), RangeError);
});

test('property: never more than half a unit away, and minus is the mirror', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 10n ** 10n }), (a, b) => {
      const quotient = divideHalfEven(a, b);
      const off = a - quotient * b;
      assert.ok((off < 0n ? -off : off) * 2n <= b);
      assert.equal(divideHalfEven(-a, b), -quotient);
    }),
  );
});
