import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { convert, rateOn } from './convert.ts';

test('golden: 12,000.50 EUR at 1.0837 are 13,004.94 USD', () => {
  assert.equal(convert(1_200_050n, { from: 'EUR', to: 'USD', rate: '1.0837' }), 1_300_494n);
});

test('currencies of other decimals: yen have none, dinars three', () => {
  assert.equal(convert(1_000n, { from: 'EUR', to: 'JPY', rate: '163.25' }), 1_632n);
  assert.equal(convert(1_632n, { from: 'JPY', to: 'EUR', rate: '0.0061' }), 996n);
  assert.equal(convert(100n, { from: 'EUR', to: 'KWD', rate: '0.3335' }), 334n);
});

test('halves go to the even unit, and a negative amount is the mirror', () => {
  assert.equal(convert(1n, { from: 'EUR', to: 'USD', rate: '2.5' }), 2n);
  assert.equal(convert(3n, { from: 'EUR', to: 'USD', rate: '0.5' }), 2n);
  assert.equal(convert(-1n, { from: 'EUR', to: 'USD', rate: '1.5' }), -2n);
});

test('what is no currency and no rate is refused in words', () => {
  assert.throws(() => convert(1n, { from: 'EUR', to: 'XYZ', rate: '1' }), /“XYZ” is not in ISO 4217/);
  assert.throws(() => convert(1n, { from: 'EUR', to: 'USD', rate: '0' }), /a rate is above 0/);
  assert.throws(() => convert(1n, { from: 'EUR', to: 'USD', rate: '1,08' }), /is no decimal number/);
});

test('property: at a rate of 1 nothing changes, and an amount is never more than half a unit off', () => {
  const amount = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (given, millionths) => {
      assert.equal(convert(given, { from: 'EUR', to: 'EUR', rate: '1.000' }), given);
      const text = `${millionths / 1_000_000n}.${String(millionths % 1_000_000n).padStart(6, '0')}`;
      const off = convert(given, { from: 'EUR', to: 'USD', rate: text }) * 1_000_000n - given * millionths;
      assert.ok(-500_000n <= off && off <= 500_000n);
    }),
  );
});

test('the latest rate dated on or before the day is in force', () => {
  const rates = [
    { day: '2026-02-01', rate: '1.2' },
    { day: '2026-01-01', rate: '1.1' },
    { day: '2026-02-01', rate: '1.3' },
  ];
  assert.equal(rateOn(rates, '2026-01-31').rate?.rate, '1.1');
  assert.equal(rateOn(rates, '2026-02-01').rate?.rate, '1.3');
  assert.equal(rateOn(rates, '2030-01-01').rate?.rate, '1.3');
  assert.deepEqual(rateOn(rates, '2025-12-31'), { rate: null, reason: 'there is no rate for 2025-12-31: the first is of 2026-01-01' });
  assert.deepEqual(rateOn([], '2025-12-31'), { rate: null, reason: 'there is no rate for this currency' });
});
