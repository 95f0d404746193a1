import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { atPlaces, makeReadNumber, noValues, readNumber, scaleOf, seenTogether, seeValue } from './read-amount.ts';

const read = (text: string) => {
  const number = makeReadNumber();
  const bytes = Buffer.from(`9${text}9`);
  return readNumber(bytes, 1, bytes.length - 1, number) ? { ...number } : null;
};

test('digits and a point are read without a rounding in between', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.integer({ min: 0, max: 15 }), (units, decimals) => {
      const digits = String(units).padStart(decimals + 1, '0');
      const text = decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
      assert.deepEqual(read(text), { units: Number(units), decimals, rounded: false }, text);
    }),
    { numRuns: 2000 },
  );
});

test('the ways other programs write numbers', () => {
  assert.deepEqual(read('1e+05'), { units: 100_000, decimals: 0, rounded: false });
  assert.deepEqual(read('2.5E-3'), { units: 25, decimals: 4, rounded: false });
  assert.deepEqual(read('.5'), { units: 5, decimals: 1, rounded: false });
  assert.deepEqual(read('7.'), { units: 7, decimals: 0, rounded: false });
  assert.deepEqual(read('+12.50'), { units: 1250, decimals: 2, rounded: false });
  assert.deepEqual(read('0.30000000000000004'), { units: 3, decimals: 1, rounded: true });
  assert.deepEqual(read('74.1000000000000051'), { units: 741, decimals: 1, rounded: true });
  assert.deepEqual(read('0.12345678901234567'), { units: 123_456_789_012_346, decimals: 15, rounded: true });
  assert.deepEqual(read('0.00000000000000000'), { units: 0, decimals: 15, rounded: false });
});

test('what is no amount is refused', () => {
  for (const text of [
    '',
    '-1',
    'abc',
    '1,5',
    '1 000',
    '€5',
    '1.2.3',
    'NaN',
    'Infinity',
    '1e',
    '1e+',
    '1e999',
    '1234567890123456',
    '9e15',
    '--1',
    '+',
    '.',
  ])
    assert.equal(read(text), null, text);
});

test('values of different decimals come to one size, half up', () => {
  assert.equal(atPlaces(5, 1, 3), 500);
  assert.equal(atPlaces(12_345, 3, 2), 1235);
  assert.equal(atPlaces(12_344, 3, 2), 1234);
});

test('the scale is finer than what is shown where there is room, and coarser where sums would not stay exact', () => {
  const scale = (values: readonly string[]) => {
    const seen = noValues();
    for (const text of values) seeValue(seen, read(text)!);
    return scaleOf(seenTogether([seen, noValues()]));
  };
  assert.deepEqual(scale(['1000.50', '7']), { places: 6, shown: 2, rounded: false });
  assert.deepEqual(scale(['1000']), { places: 6, shown: 2, rounded: false });
  assert.deepEqual(scale([]), { places: 6, shown: 2, rounded: false });
  assert.deepEqual(scale(['250000.125']), { places: 3, shown: 3, rounded: false });
  assert.deepEqual(scale(Array(1000).fill('9999.123')), { places: 5, shown: 3, rounded: false });
  assert.deepEqual(scale(['1000000000000', '0.123456']), { places: 3, shown: 3, rounded: true });
  assert.equal(scale(['0.30000000000000004']).rounded, true);
});
