/** Draws of Poisson counts: mean, variance and chances as they must be, on both sides of the change of method. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { drawCounts, poisson } from './bootstrap-draw.ts';

const draws = 40_000;

/** 5 standard errors: a right method fails once in a million seeds, and the seed is fixed. */
function near(actual: number, expected: number, standardError: number, what: string): void {
  assert.ok(Math.abs(actual - expected) < 5 * standardError, `${what} is ${actual}, expected ${expected} ± ${standardError}`);
}

for (const mean of [0.3, 1, 4.5, 15.9, 16, 40, 1234.5])
  test(`a mean of ${mean}: mean and variance are both ${mean}`, () => {
    const chance = new Chance(31).reseed(1, Math.round(mean * 10));
    const counts = Float64Array.from({ length: draws }, () => poisson(mean, () => chance.next()));
    const average = counts.reduce((sum, count) => sum + count, 0) / draws;
    const variance = counts.reduce((sum, count) => sum + (count - average) ** 2, 0) / draws;
    near(average, mean, Math.sqrt(mean / draws), 'the mean');
    near(variance, mean, Math.sqrt((2 * mean * mean + mean) / draws), 'the variance');
    assert.ok(counts.every((count) => Number.isInteger(count) && count >= 0));
  });

for (const mean of [1, 9, 20])
  test(`a mean of ${mean}: every count comes as often as it should`, () => {
    const chance = new Chance(32).reseed(1, mean);
    const counts = new Float64Array(draws);
    drawCounts(new Float64Array(draws).fill(mean), counts, () => chance.next());
    let expected = Math.exp(-mean);
    for (let count = 0; count < 3 * mean; expected *= mean / ++count) {
      const found = counts.reduce((sum, drawn) => (drawn === count ? sum + 1 : sum), 0) / draws;
      near(found, expected, Math.sqrt((expected * (1 - expected) + 1 / draws) / draws), `the share of ${count}`);
    }
  });

test('a mean of 0 draws nothing and takes no chance', () => {
  const counts = new Float64Array(3).fill(7);
  drawCounts(new Float64Array(3), counts, () => assert.fail('a chance was taken'));
  assert.deepEqual([...counts], [0, 0, 0]);
});
