/**
 * Forward: from MQLs a month, what is under way already and what comes without an MQL to revenue by month, as many
 * futures drawn at random from what the record leaves open: rates, lags, amounts, months that differ, and chance itself.
 */

import { Chance } from '#engine/simulate/chance.ts';
import { monthOfDay } from '#engine/time/months.ts';
import { drawnAmounts, type Moments } from './amounts.ts';
import { drawCount, drawExponential, drawFactor, type Draws, drawSum, drawVarianceFactor } from './draws.ts';
import type { Fit, SegmentFit } from './fit.ts';
import { type Kernel, kernelsOf } from './kernels.ts';
import { drawCompanyShare, drawShare, meanShare } from './pooling.ts';
import { horizonDays, type UnderWay } from './under-way.ts';

export const drawsOfOutlook = 1000;
/** Lags are drawn anew so many times, each for every so-manieth future. */
const lagVariants = 8;
const seed = 20_260_101;
/** No year is quite like the one before, which the record of a year can't show: an assumption, told. Ten per cent. */
export const yearDeviation = 0.1;

export interface OutlookAsked {
  readonly fit: Fit;
  readonly underWay: UnderWay;
  /** Months ahead: the one of the first day after as-of, and those that follow. */
  readonly months: number;
  /** The month ahead in which the plan begins: MQLs of earlier ones are told apart. */
  readonly planFrom: number;
  /** By segment and month: MQLs still to come; of a month under way those of its rest. */
  readonly mqls: readonly (readonly number[])[];
  /** By segment: revenue of past months that came without an MQL, minor units. */
  readonly others: readonly (readonly number[])[];
  readonly changes?: readonly Change[];
}

/** What is done otherwise than in the past: by draw, a factor on how many of the MQLs to come are won. */
export type Change = Float64Array;

/** By draw. */
export type Drawn = Float64Array;
/** By segment, by month, by draw. */
export interface Outlook {
  /** Revenue of the plan's MQLs, by the month it is won in. */
  readonly ofPlan: readonly (readonly Drawn[])[];
  /** What they bring in the end, were no month the last; by segment. */
  readonly ofPlanEver: readonly Drawn[];
  /** Of MQLs to come before the plan begins. */
  readonly ofBefore: readonly (readonly Drawn[])[];
  readonly ofUnderWay: readonly (readonly Drawn[])[];
  readonly withoutMql: readonly (readonly Drawn[])[];
  /** By stage after the first: how many enter it. */
  readonly entering: readonly (readonly (readonly Drawn[])[])[];
}

/** What of an outlook doesn't hang on the MQLs: when they arrive, and what is under way. */
export interface Courses {
  /** By segment: the lags as seen, then as they might have been. */
  readonly kernels: readonly (readonly Kernel[])[];
  /** By segment, by stage stood at, by later stage, by month. */
  readonly waiting: readonly (readonly (readonly (readonly number[])[])[])[];
}

export function coursesAhead(asked: Pick<OutlookAsked, 'fit' | 'underWay' | 'months'>): Courses {
  const { fit, months } = asked;
  const draws = new Chance(seed);
  const asking = { months, gone: firstGone(fit.asOf), variants: lagVariants };
  return {
    kernels: fit.segments.map((_, at) => kernelsOf(fit, at, asking, draws.reseed(1, at))),
    waiting: fit.segments.map((_, at) => waitingByMonth(asked, at)),
  };
}

/** @param courses of the same fit and months, where they are known already */
export function outlookOf(asked: OutlookAsked, courses: Courses = coursesAhead(asked)): Outlook {
  const { fit, months } = asked;
  const { kernels, waiting } = courses;
  const draws = new Chance(seed);
  const outlook = emptyOutlook(fit, months);
  for (let draw = 0; draw < drawsOfOutlook; draw++) {
    draws.reseed(2, draw);
    const factors = monthFactors(fit, months, draws);
    const ofCompany = fit.segments[0]!.steps.map(({ rate }) => drawCompanyShare(rate, draws));
    for (const [at, segment] of fit.segments.entries()) {
      // A stream of its own: what one segment draws changes nothing of another's.
      draws.reseed(3 + at, draw);
      const future = futureOf(segment, ofCompany, draws);
      drawSegment(asked, outlook, { at, draw, future, factors, kernel: kernels[at]![draw % lagVariants]!, waiting: waiting[at]!, draws });
    }
  }
  return outlook;
}

/** How much of the month of the first day ahead is over, 0 until below 1. */
export function firstGone(asOf: number): number {
  const month = monthOfDay(asOf + 1);
  let [first, next] = [asOf + 1, asOf + 1];
  while (monthOfDay(first - 1) === month) first--;
  while (monthOfDay(next) === month) next++;
  return (asOf + 1 - first) / (next - first);
}

/** By stage stood at, by later stage, by month: expected arrivals. */
function waitingByMonth({ fit, underWay, months }: Pick<OutlookAsked, 'fit' | 'underWay' | 'months'>, segment: number): number[][][] {
  const first = monthOfDay(fit.asOf + 1);
  return underWay.arriving[segment]!.map((stages) =>
    stages.map((days) => {
      const byMonth = Array.from({ length: months }, () => 0);
      for (let day = 0; day < horizonDays; day++) {
        const month = monthOfDay(fit.asOf + 1 + day) - first;
        if (month < months) byMonth[month]! += days[day]!;
      }
      return byMonth;
    }),
  );
}

/** A year's own factor, and each month's. */
function monthFactors({ overdispersion }: Fit, months: number, draws: Draws): number[] {
  const { variance, freedom } = overdispersion;
  const year = drawFactor(yearDeviation ** 2, draws);
  const drawn = variance === 0 || freedom < 1 ? 0 : Math.min(1, variance * drawVarianceFactor(freedom, draws));
  return Array.from({ length: months }, () => year * drawFactor(drawn, draws));
}

/** What one future holds for a segment. */
interface Future {
  /** By step. */
  readonly rates: readonly number[];
  readonly means: readonly number[];
  readonly amounts: Moments;
}

const futureOf = ({ steps, amounts }: SegmentFit, ofCompany: readonly number[], draws: Draws): Future => ({
  rates: steps.map(({ rate }, step) => drawShare(rate, ofCompany[step]!, draws)),
  means: steps.map(({ rate }) => meanShare(rate)),
  amounts: drawnAmounts(amounts, draws),
});

interface Segment {
  readonly at: number;
  readonly draw: number;
  readonly future: Future;
  /** By month. */
  readonly factors: readonly number[];
  readonly kernel: Kernel;
  readonly waiting: readonly (readonly (readonly number[])[])[];
  readonly draws: Draws;
}

function drawSegment(asked: OutlookAsked, outlook: Outlook, segment: Segment): void {
  const { at, draw, future, draws, factors } = segment;
  const { fit, months, mqls, planFrom } = asked;
  const won = future.rates.length - 1;
  const change = (asked.changes ?? []).reduce((factor, each) => factor * each[draw]!, 1);
  const { mean, deviation } = future.amounts;
  const brings = (wins: number): number => drawSum(drawCount(wins * fit.dealsPerWin, draws), mean, deviation, draws);
  let ever = 0;
  for (let month = 0; month < months; month++) {
    for (let stage = 0; stage < won; stage++) {
      const expected = comingIn(asked, segment, stage, month, 0, months) * change + waitingIn(segment, stage, month);
      outlook.entering[at]![stage]![month]![draw] = drawCount(expected, draws);
    }
    const ofPlan = drawCount(comingIn(asked, segment, won, month, planFrom, months) * change * fit.dealsPerWin, draws);
    const ofBefore = drawCount(comingIn(asked, segment, won, month, 0, planFrom) * change * fit.dealsPerWin, draws);
    const ofUnderWay = drawCount(waitingIn(segment, won, month) * fit.dealsPerWin, draws);
    outlook.entering[at]![won]![month]![draw] = ofPlan + ofBefore + ofUnderWay;
    outlook.ofPlan[at]![month]![draw] = drawSum(ofPlan, mean, deviation, draws);
    outlook.ofBefore[at]![month]![draw] = drawSum(ofBefore, mean, deviation, draws);
    outlook.ofUnderWay[at]![month]![draw] = drawSum(ofUnderWay, mean, deviation, draws);
    if (month >= planFrom) ever += (mqls[at]![month] ?? 0) * factors[month]!;
  }
  outlook.ofPlanEver[at]![draw] = brings(ever * product(future.rates) * change);
  for (const [month, other] of drawOthers(asked.others[at]!, months, draws).entries()) outlook.withoutMql[at]![month]![draw] = other;
}

/** Of the MQLs to come in months from…until, how many are expected to enter a stage in a month. */
function comingIn(
  { mqls }: OutlookAsked,
  { at, future, factors, kernel }: Segment,
  stage: number,
  month: number,
  from: number,
  until: number,
): number {
  let sum = 0;
  for (let of = from; of <= month && of < until; of++)
    sum += (mqls[at]![of] ?? 0) * factors[of]! * (of === 0 ? kernel.first : kernel.later)[stage]![month - of]!;
  return sum * product(future.rates.slice(0, stage + 1));
}

/** Of those under way. What was expected at the mean rates moves with the rates and the first month's factor of this future. */
function waitingIn({ future, waiting, factors }: Segment, stage: number, month: number): number {
  let sum = 0;
  for (let from = 0; from <= stage; from++) {
    let ratio = factors[0]!;
    for (let step = from; step <= stage; step++) ratio *= future.rates[step]! / future.means[step]!;
    sum += waiting[from]![stage - from]![month]! * ratio;
  }
  return sum;
}

/** Months drawn from those of the past, each future giving them other weights (Bayesian bootstrap; D. Rubin, 1981). */
function drawOthers(past: readonly number[], months: number, draws: Draws): number[] {
  if (past.length === 0) return Array.from({ length: months }, () => 0);
  let sum = 0;
  const sums = past.map(() => (sum += drawExponential(draws)));
  return Array.from({ length: months }, () => {
    const target = draws.next() * sum;
    return past[sums.findIndex((each) => each > target)] ?? past.at(-1)!;
  });
}

const product = (numbers: readonly number[]): number => numbers.reduce((all, each) => all * each, 1);

function emptyOutlook({ segments }: Fit, months: number): Outlook {
  const byMonth = (): Drawn[] => Array.from({ length: months }, () => new Float64Array(drawsOfOutlook));
  return {
    ofPlan: segments.map(byMonth),
    ofPlanEver: segments.map(() => new Float64Array(drawsOfOutlook)),
    ofBefore: segments.map(byMonth),
    ofUnderWay: segments.map(byMonth),
    withoutMql: segments.map(byMonth),
    entering: segments.map(({ steps }) => steps.map(byMonth)),
  };
}
