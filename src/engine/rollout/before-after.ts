/**
 * What changed for a pilot group, beyond what changed for everybody: a comparative interrupted time series.
 *
 * Week by week the pilot group's value less the comparison group's is explained by a level and a slope before the start,
 * and a change of both from the start on (segmented regression):
 *
 *     difference(t) = level + slope × t + after(t) × (change of level + change of slope × (t − start)) + noise
 *
 * What hits both groups alike (a season, a new price) is in neither side of the difference. The effect is the mean of
 * the last bracket over the weeks after the start.
 *
 * How sure one is: neighbouring weeks resemble each other, so the standard error is that of W. Newey and K. West (1987)
 * with Bartlett's weights. In short series it is too small, and counting weeks less four as degrees of freedom does not
 * mend that. So its expectation and its variance are worked out, for these very weeks, under noise that resembles its
 * neighbour as much as the residuals say (a first-order autoregression whose size is corrected for what the fit took
 * away): the variance is scaled to be right on average, and the t distribution gets the degrees of freedom by
 * F. Satterthwaite (as R. Bell and D. McCaffrey, 2002, do for clusters).
 *
 * Holds: with 12 weeks before and 8 after or more, and an autocorrelation of up to 0.5 between neighbouring weeks, the
 * 95 % interval holds the truth in at least 93 of 100 series (`before-after.test.ts`; docs/decisions/rollout.md).
 * Does not hold: where the groups would have parted anyway at the start (something else began then for one of them),
 * where what the pilot does spills over to the other group, where trends bend rather than run straight, with more
 * autocorrelation than 0.5 (89 of 100 at 0.8), or where the groups were chosen by their last weeks (they come back by
 * themselves). It is an effect on these groups in these weeks, and no promise for others.
 */

import { applied, dot, inverse, make, type Matrix, times, traceOfProduct, transposed } from './matrix.ts';
import { studentQuantile, studentTails } from './student.ts';

/** Fewer weeks say nothing. */
export const fewestWeeks = { before: 12, after: 8 } as const;
/** 95 %. */
const tails = 0.05;

export interface Week {
  /** Whole weeks, in any count that rises; some may be missing. */
  readonly week: number;
  readonly pilot: number;
  readonly comparison: number;
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly standardError: number;
  /** Degrees of freedom of the t distribution. */
  readonly freedom: number;
  /** The chance of at least such an estimate, either way, were there no effect. */
  readonly chance: number;
}

export interface BeforeAfter {
  /** Mean over the weeks after the start, in the metric's unit. */
  readonly effect: Estimate;
  /** What changed at once, at the start. */
  readonly level: Estimate;
  /** What changes more with each week. */
  readonly slope: Estimate;
  /** Between neighbouring weeks, as estimated; 0 where it is below. */
  readonly autocorrelation: number;
  readonly weeksBefore: number;
  readonly weeksAfter: number;
  /** The difference as fitted, and as it would have gone on without the change, week by week. */
  readonly fitted: readonly { readonly week: number; readonly difference: number; readonly with: number; readonly without: number }[];
}

/** Why it can't be said, in a sentence; or the answer. */
export type Told = { readonly whyNot: string; readonly told: null } | { readonly whyNot: null; readonly told: BeforeAfter };

/** @param weeks in rising order, those without a value on both sides left out @param start the first week with the change */
export function beforeAfter(weeks: readonly Week[], start: number): Told {
  const before = weeks.filter(({ week }) => week < start).length;
  const whyNot = whyTooFew(before, weeks.length - before);
  if (whyNot !== null) return { whyNot, told: null };
  const plan = planFor(
    weeks.map(({ week }) => week),
    start,
  );
  return { whyNot: null, told: estimate(plan, weeks) };
}

export function whyTooFew(before: number, after: number): string | null {
  if (before >= fewestWeeks.before && after >= fewestWeeks.after) return null;
  return `Too few weeks to say: ${before} before and ${after} after the start; ${fewestWeeks.before} and ${fewestWeeks.after} are needed.`;
}

/** All that follows from which weeks there are, and not from their values: the same for many series of the same weeks. */
export interface Plan {
  readonly weeks: readonly number[];
  readonly start: number;
  readonly design: Matrix;
  /** Coefficients from values. */
  readonly solve: Matrix;
  readonly residuals: Matrix;
  readonly expectations: readonly Expectation[];
  readonly contrasts: readonly Contrast[];
}

interface Contrast {
  /** What it weighs values by. */
  readonly weights: readonly number[];
  /** By place in `assumed`: what the variance is scaled by, and the degrees of freedom. */
  readonly scales: readonly number[];
  readonly freedoms: readonly number[];
}

interface Expectation {
  readonly autocorrelation: number;
  /** What residuals of the fit show of it. */
  readonly shown: number;
}

/** Autocorrelations for which expectations are worked out; between them they are interpolated. */
const assumed = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

export function planFor(weeks: readonly number[], start: number): Plan {
  const design = weeks.map((week) => [1, week - start, week >= start ? 1 : 0, week >= start ? week - start : 0]);
  const across = transposed(design);
  const squares = inverse(times(across, design));
  if (squares === null) throw new RangeError('weeks: level and slope before and after need two different weeks on each side');
  const solve = times(squares, across);
  const hat = times(design, solve);
  const residuals = make(weeks.length, weeks.length, (row, column) => (row === column ? 1 : 0) - hat[row]![column]!);
  const after = weeks.filter((week) => week >= start);
  const middle = after.reduce((sum, week) => sum + week - start, 0) / after.length;
  const covariances = assumed.map((size) => make(weeks.length, weeks.length, (row, column) => powerOf(size, weeks[row]! - weeks[column]!)));
  const seen = covariances.map((covariance) => times(times(residuals, covariance), residuals));
  return {
    ...{ weeks, start, design, solve, residuals },
    expectations: seen.map((covariance, at) => ({ autocorrelation: assumed[at]!, shown: shownIn(weeks, covariance) })),
    contrasts: [
      [0, 0, 1, middle],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ].map((contrast) => contrastOf(weeks, applied(transposed(solve), contrast), covariances, seen)),
  };
}

const powerOf = (size: number, distance: number): number => (distance === 0 ? 1 : size ** Math.abs(distance));

/** Newey and West's choice of how many weeks apart are looked at (1994). */
const reachOf = (weeks: number): number => Math.floor(4 * (weeks / 100) ** (2 / 9));

/** Bartlett's weight of two weeks. */
const bartlett = (distance: number, reach: number): number => Math.max(0, 1 - Math.abs(distance) / (reach + 1));

/** Expected Σ u(t) u(t−1) ÷ Σ u(t)², to first order. */
function shownIn(weeks: readonly number[], covariance: Matrix): number {
  let beside = 0;
  let own = 0;
  weeks.forEach((week, at) => {
    own += covariance[at]![at]!;
    if (at > 0 && week - weeks[at - 1]! === 1) beside += covariance[at]![at - 1]!;
  });
  return beside / own;
}

/**
 * Newey and West's variance of a contrast is a quadratic form of the residuals; so its mean and variance are traces.
 */
function contrastOf(
  weeks: readonly number[],
  weights: readonly number[],
  covariances: readonly Matrix[],
  seen: readonly Matrix[],
): Contrast {
  const reach = reachOf(weeks.length);
  const form = make(weeks.length, weeks.length, (row, column) => {
    const weight = bartlett(weeks[row]! - weeks[column]!, reach);
    return weight === 0 ? 0 : weight * weights[row]! * weights[column]!;
  });
  const moments = seen.map((residual, at) => {
    const product = times(form, residual);
    const mean = product.reduce((sum, row, place) => sum + row[place]!, 0);
    return { mean, variance: 2 * traceOfProduct(product, product), truth: dot(weights, applied(covariances[at]!, weights)) };
  });
  return {
    weights,
    scales: moments.map(({ mean, truth }) => truth / mean),
    freedoms: moments.map(({ mean, variance }) => (2 * mean * mean) / variance),
  };
}

/** @param weeks those of the plan */
export function estimate(plan: Plan, weeks: readonly Pick<Week, 'pilot' | 'comparison'>[]): BeforeAfter {
  const differences = weeks.map(({ pilot, comparison }) => pilot - comparison);
  const coefficients = applied(plan.solve, differences);
  const residuals = withoutDust(applied(plan.residuals, differences), differences);
  const autocorrelation = autocorrelationOf(plan, residuals);
  const [effect, level, slope] = plan.contrasts.map((contrast) => estimateOf(plan, contrast, differences, residuals, autocorrelation));
  return {
    ...{ effect: effect!, level: level!, slope: slope!, autocorrelation },
    weeksBefore: plan.weeks.filter((week) => week < plan.start).length,
    weeksAfter: plan.weeks.filter((week) => week >= plan.start).length,
    fitted: plan.weeks.map((week, at) => ({
      ...{ week, difference: differences[at]!, with: dot(plan.design[at]!, coefficients) },
      without: coefficients[0]! + coefficients[1]! * (week - plan.start),
    })),
  };
}

/** What floating point leaves of a series that lies exactly on its lines is no noise. */
function withoutDust(residuals: readonly number[], differences: readonly number[]): readonly number[] {
  return dot(residuals, residuals) < 1e-20 * dot(differences, differences) ? residuals.map(() => 0) : residuals;
}

/** The size under which residuals are expected to resemble each other as they do. */
function autocorrelationOf({ weeks, expectations }: Plan, residuals: readonly number[]): number {
  const own = dot(residuals, residuals);
  if (own === 0) return 0;
  const beside = residuals.reduce(
    (sum, value, at) => (at > 0 && weeks[at]! - weeks[at - 1]! === 1 ? sum + value * residuals[at - 1]! : sum),
    0,
  );
  const shown = beside / own;
  const above = expectations.findIndex((expectation) => expectation.shown >= shown);
  if (above === 0) return 0;
  if (above < 0) return expectations.at(-1)!.autocorrelation;
  const [one, other] = [expectations[above - 1]!, expectations[above]!];
  return one.autocorrelation + ((shown - one.shown) / (other.shown - one.shown)) * (other.autocorrelation - one.autocorrelation);
}

function estimateOf(
  { weeks }: Plan,
  { weights, scales, freedoms }: Contrast,
  differences: readonly number[],
  residuals: readonly number[],
  autocorrelation: number,
): Estimate {
  const value = dot(weights, differences);
  const freedom = between(freedoms, autocorrelation);
  const standardError = Math.sqrt(Math.max(0, neweyWest(weeks, weights, residuals) * between(scales, autocorrelation)));
  const reach = standardError * studentQuantile(tails, freedom);
  const chance =
    standardError === 0
      ? Math.abs(value) <= 1e-9 * Math.sqrt(dot(differences, differences))
        ? 1
        : 0
      : studentTails(value / standardError, freedom);
  return { value, low: value - reach, high: value + reach, standardError, freedom, chance };
}

/** Σ over pairs of weeks of Bartlett's weight × what each adds to the estimate's error. */
export function neweyWest(weeks: readonly number[], weights: readonly number[], residuals: readonly number[]): number {
  const reach = reachOf(weeks.length);
  const errors = residuals.map((residual, at) => residual * weights[at]!);
  let sum = 0;
  for (let one = 0; one < weeks.length; one++)
    for (let other = one; other < weeks.length && weeks[other]! - weeks[one]! <= reach; other++)
      sum += (one === other ? 1 : 2) * bartlett(weeks[other]! - weeks[one]!, reach) * errors[one]! * errors[other]!;
  return sum;
}

function between(values: readonly number[], autocorrelation: number): number {
  const place = Math.min(autocorrelation * 10, assumed.length - 1);
  const below = Math.floor(place);
  const [one, other] = [values[below]!, values[Math.min(below + 1, values.length - 1)]!];
  return one + (place - below) * (other - one);
}
