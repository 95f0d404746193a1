/**
 * Backward: from what is to be won to the MQLs, SQLs and deals that bring it, per segment and month. The same futures as
 * forward (engine/goals/outlook.ts) are asked the other way round: how many times the MQLs would have brought the target
 * in each of them. So the two agree: with the middle number of MQLs about half of the futures reach the target, with the
 * high one about nine of ten.
 */

import type { Fit } from './fit.ts';
import { chainLags } from './kernels.ts';
import { byMonths } from './lags.ts';
import { type Change, coursesAhead, type Drawn, drawsOfOutlook, firstGone, type Outlook, outlookOf } from './outlook.ts';
import { meanShare } from './pooling.ts';
import { quantileOf } from './spread.ts';
import type { UnderWay } from './under-way.ts';

export interface WorkBackAsked {
  readonly fit: Fit;
  readonly underWay: UnderWay;
  /** Month (year × 12 + month − 1) of the first day after as-of. */
  readonly firstMonth: number;
  /** First and last month of the plan. */
  readonly from: number;
  readonly until: number;
  /** By segment: to be won in the plan's months, minor units. */
  readonly targets: readonly number[];
  /** By month of the plan; they add up to 1. */
  readonly monthShares: readonly number[];
  /** By segment: won in the plan's months up to as-of. */
  readonly wonSoFar: readonly number[];
  /** By segment: MQLs a month until the plan begins. */
  readonly runRate: readonly number[];
  readonly others: readonly (readonly number[])[];
  readonly changes?: readonly Change[];
}

export interface WorkedBack {
  /** By segment. */
  readonly needs: readonly Need[];
  /** By segment, by month ahead: MQLs of the middle. */
  readonly mqls: readonly (readonly number[])[];
  /** With these MQLs. */
  readonly outlook: Outlook;
  /** By segment and draw: what is won in the plan's months, with what was won up to as-of. */
  readonly revenue: readonly Drawn[];
  /** All segments together, as a factor on the MQLs of the middle. */
  readonly together: Need;
}

export interface Need {
  /** By draw: how many times the MQLs of the middle would have brought the target; sorted. */
  readonly factors: Float64Array;
  /**
   * `period`: MQLs that bring the target within the plan's months. `steady`: so little of what they bring falls into
   * them that each month has the MQLs which keep such a month's revenue up, whenever it comes.
   */
  readonly basis: 'period' | 'steady';
}

/** Below this share of MQLs' revenue within the plan's months, the period can't be made by its own MQLs. */
const leastWithin = 0.25;
/** The middle moves little after so many. */
const rounds = 4;
const mostFactor = 1000;

export function workBack(asked: WorkBackAsked): WorkedBack {
  const months = asked.until - asked.firstMonth + 1;
  const courses = coursesAhead({ ...asked, months });
  const shapes = asked.fit.segments.map((_, segment) => shapeOf(asked, segment));
  const bases = shapes.map((shape, segment) => basisOf(asked, segment, shape));
  let levels = shapes.map((shape, segment) => startLevel(asked, segment, shape));
  let found: { outlook: Outlook; factors: Float64Array[]; mqls: number[][] } | null = null;
  for (let round = 0; round < rounds; round++) {
    const mqls = shapes.map((shape, segment) => mqlsAhead(asked, segment, shape, levels[segment]!, months));
    const outlook = outlookOf({ ...asked, months, mqls, planFrom: Math.max(0, asked.from - asked.firstMonth) }, courses);
    const factors = shapes.map((_, segment) => factorsOf(asked, outlook, segment, bases[segment]!));
    found = { outlook, factors, mqls };
    if (round < rounds - 1) levels = levels.map((level, segment) => level * middleOf(factors[segment]!));
  }
  const { outlook, factors, mqls } = found!;
  return {
    mqls,
    outlook,
    needs: factors.map((each, segment) => ({ factors: each.toSorted(), basis: bases[segment]! })),
    revenue: asked.fit.segments.map((_, segment) => revenueOf(asked, outlook, segment)),
    together: { factors: togetherOf(asked, outlook, bases).sort(), basis: bases.includes('period') ? 'period' : 'steady' },
  };
}

/** Months ahead that belong to the plan, by number from the first ahead. */
const ownMonths = ({ from, until, firstMonth }: WorkBackAsked): number[] =>
  Array.from({ length: until - Math.max(from, firstMonth) + 1 }, (_, at) => Math.max(from, firstMonth) - firstMonth + at);

/**
 * How the MQLs of the plan lie over its months ahead: before the revenue they bring, by the lags. What lies after the
 * plan is taken to go on as its last three months. Adds up to 1.
 */
function shapeOf(asked: WorkBackAsked, segment: number): number[] {
  const { from, until, firstMonth, monthShares, fit } = asked;
  const later = byMonths(chainLags(fit, segment), 24);
  const last = monthShares.slice(-3);
  const after = last.reduce((sum, each) => sum + each, 0) / last.length;
  const target = (month: number): number => (month > until ? after : (monthShares[month - from] ?? 0));
  const shape = ownMonths(asked).map((month) => later.reduce((sum, share, lag) => sum + share * target(month + firstMonth + lag), 0));
  // Of the month under way only the rest is ahead.
  if (firstMonth >= from) shape[0]! *= 1 - firstGone(fit.asOf);
  const all = shape.reduce((sum, each) => sum + each, 0);
  return shape.map((each) => (all > 0 ? each / all : 1 / shape.length));
}

function basisOf(asked: WorkBackAsked, segment: number, shape: readonly number[]): Need['basis'] {
  const later = byMonths(chainLags(asked.fit, segment), 24);
  const own = ownMonths(asked);
  const last = own.at(-1)!;
  const within = own.reduce(
    (sum, month, at) => sum + shape[at]! * later.slice(0, last - month + 1).reduce((all, each) => all + each, 0),
    0,
  );
  return within < leastWithin ? 'steady' : 'period';
}

/** What an MQL brings in the end, minor units. */
export const valueOfMql = (fit: Fit, segment: number): number => {
  const { steps, amounts } = fit.segments[segment]!;
  return steps.reduce((rate, step) => rate * meanShare(step.rate), 1) * fit.dealsPerWin * amounts.mean;
};

function startLevel(asked: WorkBackAsked, segment: number, shape: readonly number[]): number {
  const value = valueOfMql(asked.fit, segment);
  return value > 0 && shape.length > 0 ? Math.max(1e-6, asked.targets[segment]! / value) : 0;
}

/** By month ahead: the run rate until the plan begins, then the plan's. */
function mqlsAhead(asked: WorkBackAsked, segment: number, shape: readonly number[], level: number, months: number): number[] {
  const mqls = Array.from({ length: months }, () => asked.runRate[segment]!);
  mqls[0]! *= 1 - firstGone(asked.fit.asOf);
  for (const [at, month] of ownMonths(asked).entries()) mqls[month] = level * shape[at]!;
  return mqls;
}

/** By draw: so many times the MQLs of the plan would have brought exactly what is to be won. */
function factorsOf(asked: WorkBackAsked, outlook: Outlook, segment: number, basis: Need['basis']): Float64Array {
  const { ofPlan, rest } = partsOf(asked, outlook, segment, basis);
  return ofPlan.map((brought, draw) => factorOf(asked.targets[segment]! - rest[draw]!, brought));
}

function togetherOf(asked: WorkBackAsked, outlook: Outlook, bases: readonly Need['basis'][]): Float64Array {
  const parts = asked.targets.map((_, segment) => partsOf(asked, outlook, segment, bases[segment]!));
  const target = asked.targets.reduce((sum, each) => sum + each, 0);
  return Float64Array.from({ length: drawsOfOutlook }, (_, draw) => {
    const of = (part: 'ofPlan' | 'rest'): number => parts.reduce((sum, each) => sum + each[part][draw]!, 0);
    return factorOf(target - of('rest'), of('ofPlan'));
  });
}

const factorOf = (missing: number, brought: number): number =>
  missing <= 0 ? 0 : brought <= 0 ? mostFactor : Math.min(mostFactor, missing / brought);

/** What the plan's MQLs bring, and what comes all the same: won already, of MQLs before the plan, without an MQL. */
function partsOf(asked: WorkBackAsked, outlook: Outlook, segment: number, basis: Need['basis']): { ofPlan: Drawn; rest: Drawn } {
  const own = ownMonths(asked);
  const rest = sumOf(own.map((month) => outlook.withoutMql[segment]![month]!));
  const soFar = asked.wonSoFar[segment]!;
  if (basis === 'steady') return { ofPlan: outlook.ofPlanEver[segment]!, rest: rest.map((each) => each + soFar) };
  const underWay = sumOf(own.flatMap((month) => [outlook.ofUnderWay[segment]![month]!, outlook.ofBefore[segment]![month]!]));
  return {
    ofPlan: sumOf(own.map((month) => outlook.ofPlan[segment]![month]!)),
    rest: rest.map((each, draw) => each + underWay[draw]! + soFar),
  };
}

function revenueOf(asked: WorkBackAsked, outlook: Outlook, segment: number): Drawn {
  const { ofPlan, rest } = partsOf(asked, outlook, segment, 'period');
  return ofPlan.map((each, draw) => each + rest[draw]!);
}

export function sumOf(parts: readonly Drawn[]): Drawn {
  const all = new Float64Array(drawsOfOutlook);
  for (const part of parts) for (let draw = 0; draw < all.length; draw++) all[draw]! += part[draw]!;
  return all;
}

const middleOf = (factors: Float64Array): number => Math.max(1e-6, quantileOf(factors.toSorted(), 0.5));
