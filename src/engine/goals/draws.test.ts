import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Chance } from '#engine/simulate/chance.ts';
import { drawBeta, drawCount, drawFactor, drawGamma, drawSum, drawVarianceFactor } from './draws.ts';
import { percentOf, quantileOf, spreadOf } from './spread.ts';

const many = 20_000;
function seen(draw: (chance: Chance) => number): { mean: number; variance: number; least: number } {
  const chance = new Chance(1).reseed(0, 0);
  const values = Float64Array.from({ length: many }, () => draw(chance));
  const mean = values.reduce((sum, each) => sum + each, 0) / many;
  return {
    mean,
    variance: values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (many - 1),
    least: values.reduce((a, b) => Math.min(a, b)),
  };
}
const near = (value: number, expected: number, share: number): void =>
  assert.ok(Math.abs(value - expected) <= share * expected, `${value}, not ${expected}`);

test('gamma deviates have the mean and variance of their shape, below 1 too', () => {
  for (const shape of [0.3, 0.9, 1, 4.5, 80]) {
    const { mean, variance, least } = seen((chance) => drawGamma(shape, chance));
    near(mean, shape, 0.04);
    near(variance, shape, 0.1);
    assert.ok(least >= 0);
  }
});

test('a beta share of 3 hits in 10 lies around 0.3', () => {
  const { mean, variance } = seen((chance) => drawBeta(3, 7, chance));
  near(mean, 0.3, 0.02);
  near(variance, (0.3 * 0.7) / 11, 0.06);
});

test('counts are Poisson, factors have mean 1, sums the mean and variance of their parts', () => {
  const counts = seen((chance) => drawCount(7, chance));
  near(counts.mean, 7, 0.02);
  near(counts.variance, 7, 0.05);
  const factors = seen((chance) => drawFactor(0.09, chance));
  near(factors.mean, 1, 0.02);
  near(factors.variance, 0.09, 0.06);
  const sums = seen((chance) => drawSum(5, 1000, 400, chance));
  near(sums.mean, 5000, 0.02);
  near(sums.variance, 5 * 400 ** 2, 0.06);
  assert.equal(drawSum(0, 1000, 400, new Chance(1).reseed(0, 0)), 0);
  assert.equal(drawSum(3, 1000, 0, new Chance(1).reseed(0, 0)), 3000);
});

test('few months leave their variance more open than many', () => {
  const spread = (freedom: number) => {
    const chance = new Chance(2).reseed(0, 0);
    return spreadOf(Float64Array.from({ length: 4_000 }, () => drawVarianceFactor(freedom, chance)));
  };
  assert.ok(spread(4).high - spread(4).low > 2 * (spread(40).high - spread(40).low));
});

test('the spread is the median and the tenth and ninetieth of a hundred', () => {
  const draws = Float64Array.from({ length: 101 }, (_, at) => 100 - at);
  assert.deepEqual(spreadOf(draws), { mid: 50, low: 10, high: 90 });
  assert.equal(quantileOf(Float64Array.from([1, 2]), 0.25), 1.25);
  assert.equal(
    percentOf(draws, (value) => value >= 75),
    26,
  );
});
