import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { allocate } from './allocate.ts';

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

test('golden: what is left after cutting goes to the largest remainders', () => {
  // 100 by 1:1:1 is 33⅓ each; by 6:3:1 of 99 it is 59.4, 29.7, 9.9
  assert.deepEqual(allocate(100n, [1, 1, 1]), [34n, 33n, 33n]);
  assert.deepEqual(allocate(99n, [6, 3, 1]), [59n, 30n, 10n]);
  assert.deepEqual(allocate(2n, [1, 1, 1]), [1n, 1n, 0n]);
  assert.deepEqual(allocate(12_000n, [0.4, 0.2, 0.4]), [4_800n, 2_400n, 4_800n]);
});

test('a negative amount is the mirror of the positive one', () => {
  assert.deepEqual(allocate(-100n, [1, 1, 1]), [-34n, -33n, -33n]);
  assert.deepEqual(allocate(0n, [1, 2]), [0n, 0n]);
});

test('who has no weight gets nothing, and without any weight nobody can say whose it is', () => {
  assert.deepEqual(allocate(5n, [0, 3, 0n, 4]), [0n, 2n, 0n, 3n]);
  assert.equal(allocate(5n, [0, 0n]), null);
  assert.equal(allocate(5n, []), null);
});

test('a number counts as exactly what it is, however small or large', () => {
  assert.deepEqual(allocate(10n, [Number.MIN_VALUE, Number.MIN_VALUE]), [5n, 5n]);
  assert.deepEqual(allocate(3n, [Number.MAX_VALUE, Number.MAX_VALUE / 2]), [2n, 1n]);
  assert.deepEqual(allocate(7n, [2n ** 200n, 0.5]), [7n, 0n]);
  assert.deepEqual(allocate(3n, [1n, 0.5]), [2n, 1n]);
});

test('a weight that is none is named with its place', () => {
  assert.throws(() => allocate(1n, [1, -1]), /^RangeError: weight 1 is -1; a weight is a finite number from 0$/);
  assert.throws(() => allocate(1n, [Number.NaN]), RangeError);
  assert.throws(() => allocate(1n, [Number.POSITIVE_INFINITY]), RangeError);
  assert.throws(() => allocate(1n, [1n, -1n]), RangeError);
});

const weight = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n ** 18n }),
  fc.integer({ min: 0, max: 9 }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
);
const amount = fc.oneof(fc.bigInt({ min: -20n, max: 20n }), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }));

test('property: the parts add up, and none is a whole unit from its exact share', () => {
  fc.assert(
    fc.property(amount, fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 12 }), (given, weights) => {
      const total = sumOf(weights);
      const parts = allocate(given, weights);
      if (total === 0n) return assert.equal(parts, null);
      assert.equal(sumOf(parts!), given);
      for (const [at, part] of parts!.entries()) {
        const off = part * total - given * weights[at]!;
        assert.ok(-total < off && off < total);
      }
    }),
  );
});

test('property: weights of any kind add up, mirror, and don’t change when all are doubled', () => {
  fc.assert(
    fc.property(amount, fc.array(weight, { minLength: 1, maxLength: 8 }), (given, weights) => {
      const parts = allocate(given, weights);
      if (parts === null) return assert.ok(weights.every((each) => Number(each) === 0));
      assert.equal(sumOf(parts), given);
      assert.deepEqual(
        allocate(-given, weights)!.map((part) => -part),
        parts,
      );
      const doubled = weights.map((each) => (typeof each === 'bigint' ? each * 2n : each * 2));
      assert.deepEqual(allocate(given, doubled), parts);
    }),
  );
});

test('property: of equal weights the earlier never gets less', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 9 }), (given, count) => {
      const parts = allocate(
        given < 0n ? -given : given,
        Array.from({ length: count }, () => 0.1),
      )!;
      assert.deepEqual(
        parts,
        [...parts].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0)),
      );
    }),
  );
});
