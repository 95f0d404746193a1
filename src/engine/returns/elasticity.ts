/**
 * By how many per cent value grows when spend grows by one: the slope of log value on log spend over months, and what
 * all channels together say about each of them.
 */

import { studentT975 } from './mean.ts';
import { normal975 } from './ratio.ts';

/** A slope with its standard error. */
export interface Slope {
  readonly slope: number;
  readonly error: number;
}

/** A month, in any units. */
export interface Point {
  /** Above 0. */
  readonly spend: number;
  /** From 0. */
  readonly value: number;
}

/** A slope is never surer than this: months that lie on a line by chance prove nothing. */
const leastError = 0.02;
const mostRounds = 100;

/**
 * The slope by Poisson pseudo-maximum likelihood (J. Santos Silva and S. Tenreyro, "The Log of Gravity", 2006): the
 * log–log slope that months without any value don't break. Its error is the robust one that leaves out each month in
 * turn (HC3; J. MacKinnon and H. White, 1985), stretched so that ± 1.96 errors cover what Student's t says of few months.
 * @returns null where it doesn't settle: spend that doesn't vary, value in hardly any month
 */
export function slopeOf(points: readonly Point[]): Slope | null {
  const n = points.length;
  const x = centred(points.map(({ spend }) => Math.log(spend)));
  const mean = points.reduce((sum, { value }) => sum + value, 0) / n;
  const y = points.map(({ value }) => value / mean);
  const fit = n < 3 ? null : fitted(x, y);
  if (fit === null) return null;
  const error = (robustError(x, y, fit.means) * studentT975(n - 2)) / normal975;
  return Number.isFinite(error) ? { slope: fit.slope, error: Math.max(error, leastError) } : null;
}

function robustError(x: readonly number[], y: readonly number[], means: readonly number[]): number {
  const all = sumOf(means, () => 1);
  const middle = sumOf(means, (at) => x[at]!) / all;
  const bread = sumOf(means, (at) => (x[at]! - middle) ** 2);
  const meat = means.reduce((sum, mean, at) => {
    const away = x[at]! - middle;
    const leverage = mean * (1 / all + away ** 2 / bread);
    return sum + (((y[at]! - mean) * away) / (1 - leverage)) ** 2;
  }, 0);
  return Math.sqrt(meat) / bread;
}

const centred = (values: readonly number[]): number[] => {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.map((each) => each - mean);
};

const sumOf = (means: readonly number[], times: (at: number) => number): number =>
  means.reduce((sum, mean, at) => sum + mean * times(at), 0);

/** Newton's method on two parameters, in steps of at most 1 so that it doesn't overshoot. */
function fitted(x: readonly number[], y: readonly number[]): { slope: number; means: number[] } | null {
  let [level, slope] = [0, 0];
  for (let round = 0; round < mostRounds; round++) {
    const means = x.map((each) => Math.exp(level + slope * each));
    const [sum, first, second] = [sumOf(means, () => 1), sumOf(means, (at) => x[at]!), sumOf(means, (at) => x[at]! ** 2)];
    const [offLevel, offSlope] = [
      y.reduce((all, each, at) => all + each - means[at]!, 0),
      y.reduce((all, each, at) => all + (each - means[at]!) * x[at]!, 0),
    ];
    const determinant = sum * second - first * first;
    const stepLevel = bounded((second * offLevel - first * offSlope) / determinant);
    const stepSlope = bounded((sum * offSlope - first * offLevel) / determinant);
    if (!Number.isFinite(stepLevel + stepSlope)) return null;
    if (Math.abs(stepSlope) < 1e-10 && Math.abs(stepLevel) < 1e-10) return { slope, means };
    level += stepLevel;
    slope += stepSlope;
  }
  return null;
}

const bounded = (step: number): number => Math.max(-1, Math.min(1, step));

/** How far true slopes may differ from each other (standard deviation): between 0 and 1 they can't by more than ½. */
const deviations = Array.from({ length: 26 }, (_, at) => at / 50);

/**
 * Each slope drawn towards the mean of all, the more the less sure it is of itself and the more alike they are. How
 * alike isn't taken as known: it is averaged over all deviations from 0 to ½, each weighing what the slopes say of it
 * (the hierarchical normal model of A. Gelman and others, "Bayesian Data Analysis", 2013, 5.4). A single slope stays.
 */
export function shrunk(slopes: readonly Slope[]): Slope[] {
  if (slopes.length < 2) return [...slopes];
  const given = deviations.map((deviation) => givenDeviation(slopes, deviation ** 2));
  const most = Math.max(...given.map(({ logWeight }) => logWeight));
  const weights = given.map(({ logWeight }) => Math.exp(logWeight - most));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const mean = (of: (at: number) => number) => weights.reduce((sum, weight, at) => sum + weight * of(at), 0) / all;
  return slopes.map((_, which) => {
    const slope = mean((at) => given[at]!.slopes[which]!.slope);
    const square = mean((at) => given[at]!.slopes[which]!.error ** 2 + (given[at]!.slopes[which]!.slope - slope) ** 2);
    return { slope, error: Math.sqrt(square) };
  });
}

/** The slopes if the true ones differed by this variance, and how well that would go with what was seen. */
function givenDeviation(slopes: readonly Slope[], between: number): { slopes: Slope[]; logWeight: number } {
  const weights = slopes.map(({ error }) => 1 / (error ** 2 + between));
  const all = weights.reduce((sum, each) => sum + each, 0);
  const mean = slopes.reduce((sum, { slope }, at) => sum + slope * weights[at]!, 0) / all;
  const logWeight = slopes.reduce(
    (sum, { slope }, at) => sum + (Math.log(weights[at]!) - weights[at]! * (slope - mean) ** 2) / 2,
    -Math.log(all) / 2,
  );
  const drawn = slopes.map(({ slope, error }) => {
    const toMean = error ** 2 / (error ** 2 + between);
    return { slope: mean * toMean + slope * (1 - toMean), error: Math.sqrt(error ** 2 * (1 - toMean) + toMean ** 2 / all) };
  });
  return { slopes: drawn, logWeight };
}
