/** What the back-calculation of a plan is fitted to: leads through the stages, deals won, revenue without an MQL, cost of MQLs; by segment. */

import type { LeadCourses } from '#engine/goals/courses.ts';
import type { CostMonth } from '#engine/goals/ratio-cost.ts';
import { monthOfDay, monthText } from '#engine/time/months.ts';
import { firstDayOf } from '#engine/returns/cohorts.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { noDay } from '#platform/db/row-columns.ts';
import { programmeCategories, readCosts } from '#features/returns/queries/figure-costs.ts';
import type { GoalContext } from './context.ts';
import { daysOfStage } from './ground.ts';
import { exitsOf } from './lead-exits.ts';

export const chainStages = ['mql', 'sql', 'deal', 'won'] as const;
export type ChainStage = (typeof chainStages)[number];

/** Days that are looked back on. */
export const lookbackDays = 730;
/** Months that run rates, costs and revenue without an MQL are taken from. */
export const monthsBack = 12;
export const runRateMonths = 6;
/** A stage that fewer of the won leads tell is left out: rates through it would be too low. */
const leastTold = 0.9;

export interface ChainGround {
  readonly stages: readonly ChainStage[];
  /** Segments of the plan, then all others together. */
  readonly courses: LeadCourses;
  readonly from: number;
  readonly asOf: number;
  /** By segment of the plan and elsewhere: amounts of deals won of leads with an MQL. */
  readonly amounts: readonly (readonly number[])[];
  /** By segment: revenue a month of deals without an MQL, whole months of late. */
  readonly others: readonly (readonly number[])[];
  readonly othersFrom: number;
  /** By segment: MQLs a month of late. */
  readonly runRate: readonly number[];
}

/** Segments as the plan names them; null: leads without one. */
export function chainGround(context: GoalContext, segments: readonly (string | null)[]): ChainGround {
  const { leads } = context.ground;
  const { asOf } = context;
  const stages = toldStages(context);
  const slots = slotsOf(leads.dictionaries.segment.texts, segments);
  const mql = daysOfStage(leads, 'mql');
  let first = asOf;
  for (let row = 0; row < leads.count; row++) if (mql[row]! < first) first = mql[row]!;
  const from = Math.max(first, asOf - lookbackDays);
  const courses: LeadCourses = {
    count: leads.count,
    segments: Int32Array.from({ length: leads.count }, (_, row) => slots[leads.codes.segment[row]!]!),
    segmentCount: segments.length + 1,
    days: stages.map((stage) => daysOfStage(leads, stage)),
    gone: exitsOf(leads),
  };
  const lastMonth = monthOfDay(asOf + 1) - 1;
  return {
    stages,
    courses,
    from,
    asOf,
    ...dealsOf(context, segments, { from, lastMonth }),
    runRate: runRates(courses, mql, lastMonth, asOf),
  };
}

/** By code of a segment, its place in the plan; the last: elsewhere. */
const slotsOf = (texts: readonly (string | null)[], segments: readonly (string | null)[]): number[] =>
  texts.map((text) => {
    const at = segments.indexOf(text);
    return at < 0 ? segments.length : at;
  });

function toldStages({ ground: { leads } }: GoalContext): ChainStage[] {
  const [mql, won] = [daysOfStage(leads, 'mql'), daysOfStage(leads, 'won')];
  return chainStages.filter((stage) => {
    if (stage === 'mql' || stage === 'won') return true;
    const days = daysOfStage(leads, stage);
    let [all, told] = [0, 0];
    for (let row = 0; row < leads.count; row++) {
      if (mql[row] === noDay || won[row] === noDay) continue;
      all++;
      if (days[row] !== noDay) told++;
    }
    return all > 0 && told >= leastTold * all;
  });
}

function runRates({ segments, segmentCount }: LeadCourses, mql: Int32Array, lastMonth: number, asOf: number): number[] {
  const counts = Array.from({ length: segmentCount }, () => 0);
  const from = firstDayOf(lastMonth - runRateMonths + 1, 'month');
  const until = Math.min(asOf, firstDayOf(lastMonth + 1, 'month') - 1);
  for (let row = 0; row < segments.length; row++) if (mql[row]! >= from && mql[row]! <= until) counts[segments[row]!]!++;
  return counts.map((count) => count / runRateMonths);
}

function dealsOf(context: GoalContext, segments: readonly (string | null)[], { from, lastMonth }: { from: number; lastMonth: number }) {
  const { deals } = context.ground.figures.fresh;
  const { status, closed, hasMql, segment } = deals.numbers;
  const won = deals.dictionaries.status.codes.get('won');
  const slots = slotsOf(deals.dictionaries.segment.texts, segments);
  const amounts = Array.from({ length: segments.length + 1 }, (): number[] => []);
  const othersFrom = Math.max(lastMonth - monthsBack + 1, monthOfDay(from));
  const others = amounts.map(() => Array.from({ length: Math.max(0, lastMonth - othersFrom + 1) }, () => 0));
  for (let row = 0; row < deals.count; row++) {
    if (status[row] !== won || closed[row]! < from || closed[row]! > context.asOf) continue;
    const [slot, amount] = [slots[segment[row]!]!, Number(deals.amounts.amount[row]!)];
    const month = monthOfDay(closed[row]!) - othersFrom;
    if (hasMql[row] === 1) amounts[slot]!.push(amount);
    else if (month >= 0 && month < others[slot]!.length) others[slot]![month]! += amount;
  }
  return { amounts, others, othersFrom };
}

// ── cost of MQLs ────────────────────────────────────────────────────────────

export interface MqlCosts {
  readonly months: readonly CostMonth[];
  readonly start: string;
  readonly end: string;
}

/** Programme cost of marketing and MQLs, of the last whole months: no pay is in it, so that everybody sees the same. */
export async function mqlCosts(context: GoalContext): Promise<MqlCosts> {
  const { figures, leads } = context.ground;
  const lastMonth = monthOfDay(context.asOf + 1) - 1;
  const days = { start: firstDayOf(lastMonth - monthsBack + 1, 'month'), end: firstDayOf(lastMonth + 1, 'month') - 1 };
  const ask = { by: 'month', days, lagDays: 0, pay: { marketing: false, sales: false } } as const;
  const cells = await context.database.inWorkspace(context.workspaceId, (tx) =>
    readCosts(tx, context.workspaceId, ask, figures.surroundings),
  );
  const mql = daysOfStage(leads, 'mql');
  const counts = new Map<number, number>();
  for (let row = 0; row < leads.count; row++)
    if (mql[row]! >= days.start && mql[row]! <= days.end) counts.set(monthOfDay(mql[row]!), (counts.get(monthOfDay(mql[row]!)) ?? 0) + 1);
  const months = Array.from({ length: monthsBack }, (_, at) => {
    const month = lastMonth - monthsBack + 1 + at;
    const own = cells.filter(
      ({ value, side, category }) => value === monthText(month) && side === 'marketing' && programmeCategories.includes(category),
    );
    return { spend: own.reduce((sum, { amount }) => sum + Number(amount), 0), mqls: counts.get(month) ?? 0 };
  });
  return { months, start: dayText(days.start), end: dayText(days.end) };
}
