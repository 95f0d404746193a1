/** Draws from the distributions that forecasts are made of, out of uniform numbers that somebody seeded: the same seed, the same draws. */

import { poisson } from '#engine/attribution/bootstrap-draw.ts';
import { normalQuantile } from '#engine/simulate/numbers.ts';

/** Uniform in [0, 1), such as a seeded `Chance`. */
export interface Draws {
  next(): number;
}

/** Never quite 0 or 1, where logarithm and normal quantile have no end. */
const inside = (draws: Draws): number => (Math.floor(draws.next() * 2 ** 32) + 0.5) / 2 ** 32;

export const drawNormal = (draws: Draws): number => normalQuantile(inside(draws));

/** With mean 1. */
export const drawExponential = (draws: Draws): number => -Math.log(inside(draws));

/**
 * A gamma deviate of scale 1 (G. Marsaglia and W. Tsang, A simple method for generating gamma variables, 2000; below a
 * shape of 1 by their power of a uniform number).
 * @param shape above 0; its mean and variance
 */
export function drawGamma(shape: number, draws: Draws): number {
  if (shape < 1) return drawGamma(shape + 1, draws) * inside(draws) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = drawNormal(draws);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(inside(draws)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** A share from a beta distribution. @param a and b above 0 */
export function drawBeta(a: number, b: number, draws: Draws): number {
  const one = drawGamma(a, draws);
  const other = drawGamma(b, draws);
  return one + other > 0 ? one / (one + other) : a / (a + b);
}

/** A factor of mean 1 whose variance is told; 1 without any. */
export const drawFactor = (variance: number, draws: Draws): number => (variance < 1e-9 ? 1 : drawGamma(1 / variance, draws) * variance);

/** A count that is Poisson distributed. @param mean from 0 */
export const drawCount = (mean: number, draws: Draws): number => (mean <= 0 ? 0 : poisson(mean, () => draws.next()));

/** What so many things come to together, each of this mean and deviation: gamma distributed, so never below 0 and skewed as sums of amounts are. */
export function drawSum(count: number, mean: number, deviation: number, draws: Draws): number {
  if (count <= 0 || mean <= 0) return 0;
  if (deviation < mean * 1e-6) return count * mean;
  const shape = count * (mean / deviation) ** 2;
  return (drawGamma(shape, draws) * deviation ** 2) / mean;
}

/** Variance ÷ an estimate of it from so many degrees of freedom: what few months leave open. */
export const drawVarianceFactor = (freedom: number, draws: Draws): number => freedom / (2 * drawGamma(freedom / 2, draws));
