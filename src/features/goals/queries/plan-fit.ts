/** A plan's question to the engine: what is fitted, what is asked of it, with nothing left open. */

import { type Fit, fitOf } from '#engine/goals/fit.ts';
import { type UnitCost, unitCostOf } from '#engine/goals/ratio-cost.ts';
import { type UnderWay, underWayOf } from '#engine/goals/under-way.ts';
import type { WorkBackAsked } from '#engine/goals/work-back.ts';
import { monthOfDay } from '#engine/time/months.ts';
import { firstDayOf } from '#engine/returns/cohorts.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import { noDay } from '#platform/db/row-columns.ts';
import type { WorkBack } from '../contract/plans.ts';
import { type ChainGround, chainGround, type MqlCosts, mqlCosts } from './chain-ground.ts';
import type { GoalContext } from './context.ts';
import { workingDaysBetween } from './ground.ts';

export interface PlanAsked {
  readonly start: string;
  readonly end: string;
  readonly workBack: Pick<WorkBack, 'revenue' | 'monthWeights'>;
}

export interface PlanFit {
  readonly context: GoalContext;
  readonly segments: readonly (string | null)[];
  readonly chain: ChainGround;
  /** Of the plan's segments only; `company` is of all. */
  readonly fit: Fit;
  readonly costs: MqlCosts;
  readonly unitCost: UnitCost | null;
  readonly asked: Omit<WorkBackAsked, 'changes'>;
  /** By segment, by month of the plan: what is there already. */
  readonly actual: Actual;
}

export interface Actual {
  /** MQLs, then each later stage of the chain. */
  readonly entered: readonly (readonly (readonly number[])[])[];
  readonly revenue: readonly (readonly number[])[];
}

/** Why a plan can't be worked back; null where it can. */
export const whyNoSheet = ({ fit, asked }: PlanFit): string | null =>
  asked.until < asked.firstMonth
    ? 'the plan’s months are over'
    : asked.until - asked.firstMonth >= mostAhead
      ? 'the plan lies more than two years ahead'
      : fit.tooLittle;
const mostAhead = 24;

export async function fitPlan(context: GoalContext, plan: PlanAsked): Promise<PlanFit> {
  const costs = await mqlCosts(context);
  const segments = plan.workBack.revenue.map(({ segment }) => segment);
  const chain = chainGround(context, segments);
  const whole = fitOf(chain);
  const underWay = underWayOf(chain.courses, whole);
  const own = segments.length;
  const fit = { ...whole, segments: whole.segments.slice(0, own) };
  const [from, until] = [monthOfDay(numberOfDay(plan.start)), monthOfDay(numberOfDay(plan.end))];
  const actual = actualOf(context, chain, segments, { from, until });
  return {
    context,
    segments,
    chain,
    fit,
    costs,
    unitCost: unitCostOf(costs.months),
    actual,
    asked: {
      fit,
      underWay: ofSegments(underWay, own),
      firstMonth: monthOfDay(context.asOf + 1),
      from,
      until,
      targets: plan.workBack.revenue.map(({ amount }) => Number(amount)),
      monthShares: monthShares(context, plan, { from, until }),
      wonSoFar: actual.revenue.map((months) => months.reduce((sum, each) => sum + each, 0)),
      runRate: chain.runRate.slice(0, own),
      others: chain.others.slice(0, own),
    },
  };
}

const ofSegments = ({ arriving, open }: UnderWay, own: number): UnderWay => ({
  arriving: arriving.slice(0, own),
  open: open.slice(0, own),
});

interface PlanMonths {
  readonly from: number;
  readonly until: number;
}

/** As weighed, else by working days. */
function monthShares(context: GoalContext, { workBack }: PlanAsked, { from, until }: PlanMonths): number[] {
  const months = Array.from({ length: until - from + 1 }, (_, at) => from + at);
  const weights =
    workBack.monthWeights ??
    months.map((month) => workingDaysBetween(context.ground, firstDayOf(month, 'month'), firstDayOf(month + 1, 'month') - 1));
  const all = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => (all > 0 ? each / all : 1 / months.length));
}

function actualOf(context: GoalContext, { courses }: ChainGround, segments: readonly (string | null)[], months: PlanMonths): Actual {
  const entered = segments.map(() => courses.days.map(() => emptyMonths(months)));
  for (let row = 0; row < courses.count; row++) {
    const segment = courses.segments[row]!;
    if (segment >= segments.length || courses.days[0]![row] === noDay) continue;
    for (const [stage, days] of courses.days.entries()) {
      const month = monthWithin(days[row]!, context.asOf, months);
      if (month >= 0) entered[segment]![stage]![month]!++;
    }
  }
  return { entered, revenue: revenueOf(context, segments, months) };
}

/** Of all deals won, with an MQL or without. */
function revenueOf({ ground, asOf }: GoalContext, segments: readonly (string | null)[], months: PlanMonths): number[][] {
  const { deals } = ground.figures.fresh;
  const { status, closed, segment } = deals.numbers;
  const won = deals.dictionaries.status.codes.get('won');
  const places = deals.dictionaries.segment.texts.map((text) => segments.indexOf(text));
  const revenue = segments.map(() => emptyMonths(months));
  for (let row = 0; row < deals.count; row++) {
    const [place, month] = [places[segment[row]!]!, monthWithin(closed[row]!, asOf, months)];
    if (status[row] === won && place >= 0 && month >= 0) revenue[place]![month]! += Number(deals.amounts.amount[row]!);
  }
  return revenue;
}

const emptyMonths = ({ from, until }: PlanMonths): number[] => Array.from({ length: until - from + 1 }, () => 0);

/** The place of a day's month in the plan; −1 outside, and after the last day on record. */
function monthWithin(day: number, asOf: number, { from, until }: PlanMonths): number {
  if (day > asOf) return -1;
  const month = monthOfDay(day);
  return month < from || month > until ? -1 : month - from;
}
