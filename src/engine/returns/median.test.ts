import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { medianOf, percentileOf, places } from './median.ts';

const upTo = (n: number) => Array.from({ length: n }, (_, at) => n - at);

test('golden: printed places of the median’s 95 % interval', () => {
  // Conover, table of the binomial: n 6 → 1st and 6th; 10 → 2nd and 9th; 25 → 8th and 18th; 100 → 40th and 61st
  assert.deepEqual(
    [6, 10, 25, 100].map((n) => places(n, 0.5)),
    [
      [1, 6],
      [2, 9],
      [8, 18],
      [40, 61],
    ],
  );
  assert.deepEqual(places(5, 0.5), [0, 6]);
});

test('the median and its interval are values that occurred', () => {
  assert.deepEqual(medianOf(upTo(10), ''), { value: 5, reason: null, range: { low: 2, high: 9 }, n: 10, small: true });
  assert.deepEqual(medianOf([3, 1], '').range, null);
  assert.equal(medianOf([3, 1], '').value, 1);
  assert.equal(medianOf([], 'no deal was won').reason, 'not a number: no deal was won');
});

test('a high percentile needs more values to have an interval', () => {
  assert.deepEqual([percentileOf(upTo(20), 90, '').value, percentileOf(upTo(20), 90, '').range], [18, null]);
  const of = percentileOf(upTo(100), 90, '');
  assert.deepEqual([of.value, of.range], [90, { low: 84, high: 96 }]);
});

test('summed and taken as normal, the places agree', () => {
  const [low, high] = places(1000, 0.5);
  const [lowNext, highNext] = places(1001, 0.5);
  assert.ok(Math.abs(low - lowNext) <= 1 && Math.abs(high - highNext) <= 2, `${low} ${high}, ${lowNext} ${highNext}`);
});

test('of samples drawn from a known distribution, at least 95 % of the intervals hold the true median', () => {
  const chance = new Chance(7);
  let held = 0;
  for (let run = 0; run < 2000; run++) {
    const { range } = medianOf(
      Array.from({ length: 20 }, () => chance.next() ** 3),
      '',
    );
    if (range!.low <= 0.125 && 0.125 <= range!.high!) held++;
  }
  assert.ok(held >= 1900, `${held} of 2000`);
});
