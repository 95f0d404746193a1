/** What a forecast of a sum rests on: what came in the past, what is under way, and what became of what was settled; by segment. */

import { amountsOf } from '#engine/goals/amounts.ts';
import { blockDays, type PastBlock } from '#engine/goals/arrivals.ts';
import { type LeadCourses, never, settledCohorts } from '#engine/goals/courses.ts';
import type { FlowGroup } from '#engine/goals/forecast-flow.ts';
import { pooledShares } from '#engine/goals/pooling.ts';
import { noDay } from '#platform/db/row-columns.ts';
import type { Goal } from '../contract/plans.ts';
import type { GoalContext } from './context.ts';
import { visitFlow } from './flow-days.ts';
import { daysOfStage, workingDaysBetween } from './ground.ts';
import { exitsOf } from './lead-exits.ts';
import { dealsWithin, leadsWithin } from './scope.ts';

/** Blocks of four weeks that are looked back on, and days that settled cohorts are taken from. */
const blocks = 13;
export const lookbackDays = 730;
/** The others go together: too many groups each know too little. */
const mostSegments = 8;

type Measured = Pick<Goal, 'metric' | 'scope'>;

/** Of the sums that come by way of something else: deals that must be won, MQLs that must become SQL. Else they count when they come. */
export function forecastGroups(context: GoalContext, goal: Measured): FlowGroup[] {
  if (goal.metric.name === 'wonValue' || goal.metric.name === 'won') return dealGroups(context, goal);
  if (goal.metric.name === 'sqls') return [...leadGroups(context, goal), sqlsWithoutMql(context, goal)];
  return [directGroup(context, goal)];
}

/** From the first whole block since anything came; oldest first. @param days each with how many came */
function pastBlocks(context: GoalContext, days: Iterable<readonly [number, number]>): PastBlock[] {
  const { asOf } = context;
  const counts = new Map<number, number>();
  let first = Infinity;
  for (const [day, count] of days) {
    if (day > asOf) continue;
    first = Math.min(first, day);
    const block = Math.floor((asOf - day) / blockDays);
    counts.set(block, (counts.get(block) ?? 0) + count);
  }
  const whole = Math.min(blocks, Math.floor((asOf - first + 1) / blockDays));
  return Array.from({ length: Math.max(0, whole) }, (_, at) => {
    const block = whole - 1 - at;
    const until = asOf - block * blockDays;
    return { count: counts.get(block) ?? 0, workingDays: workingDaysBetween(context.ground, until - blockDays + 1, until) };
  });
}

// ── what counts when it comes ───────────────────────────────────────────────

function directGroup(context: GoalContext, goal: Measured): FlowGroup {
  const isAmount = goal.metric.name === 'pipelineCreated' || goal.metric.name === 'mqlValue';
  const days: [number, number][] = [];
  const amounts: number[] = [];
  visitFlow(context.ground, goal.metric, goal.scope, context.beside, (day, amount) => {
    days.push([day, isAmount ? 1 : Number(amount)]);
    if (isAmount && day <= context.asOf && day > context.asOf - lookbackDays / 2) amounts.push(Number(amount));
  });
  // One without an amount is part of what comes: the mean is that of all.
  const share = amounts.length === 0 ? 0 : amounts.filter((amount) => amount > 0).length / amounts.length;
  const [of] = amountsOf([amounts.filter((amount) => amount > 0)]);
  return {
    past: pastBlocks(context, days),
    conversion: null,
    waiting: [],
    amounts: isAmount ? { ...of!, mean: of!.mean * share } : null,
  };
}

function sqlsWithoutMql({ ground, ...context }: GoalContext, { scope }: Measured): FlowGroup {
  const [mql, sql] = [daysOfStage(ground.leads, 'mql'), daysOfStage(ground.leads, 'sql')];
  const holds = leadsWithin(ground, ground.leads, scope);
  const days: [number, number][] = [];
  for (let row = 0; row < ground.leads.count; row++) if (sql[row] !== noDay && mql[row] === noDay && holds(row)) days.push([sql[row]!, 1]);
  return { past: pastBlocks({ ...context, ground }, days), conversion: null, waiting: [], amounts: null };
}

// ── deals ───────────────────────────────────────────────────────────────────

interface Things {
  readonly courses: LeadCourses;
  /** By row: what it counts if it counts. */
  readonly sizes: readonly number[];
  /** By row: what it came to, where it counted; 0 otherwise. */
  readonly amounts: readonly number[] | null;
}

function dealGroups(context: GoalContext, { metric, scope }: Measured): FlowGroup[] {
  const { deals } = context.ground.figures.fresh;
  const { status, opened, closed, segment } = deals.numbers;
  const [won, open] = [deals.dictionaries.status.codes.get('won'), deals.dictionaries.status.codes.get('open')];
  const holds = dealsWithin(context.ground.figures, scope);
  const rows: number[] = [];
  for (let row = 0; row < deals.count; row++) if (opened[row] !== noDay && holds(row)) rows.push(row);
  const amount = (row: number): number => Number(deals.amounts.amount[row]!);
  const isAmount = metric.name === 'wonValue';
  return groupsOf(context, {
    courses: {
      ...segmentsOf(rows.map((row) => segment[row]!)),
      count: rows.length,
      days: [rows.map((row) => opened[row]!), rows.map((row) => (status[row] === won ? closed[row]! : never))],
      gone: rows.map((row) => (status[row] === won || status[row] === open ? never : closed[row]!)),
    },
    sizes: rows.map((row) => (isAmount ? amount(row) : 1)),
    amounts: isAmount ? rows.map((row) => (status[row] === won ? amount(row) : 0)) : null,
  });
}

function leadGroups(context: GoalContext, { scope }: Measured): FlowGroup[] {
  const { leads } = context.ground;
  const [mql, sql] = [daysOfStage(leads, 'mql'), daysOfStage(leads, 'sql')];
  const holds = leadsWithin(context.ground, leads, scope);
  const gone = exitsOf(leads);
  const rows: number[] = [];
  for (let row = 0; row < leads.count; row++) if (mql[row] !== noDay && holds(row)) rows.push(row);
  return groupsOf(context, {
    courses: {
      ...segmentsOf(rows.map((row) => leads.codes.segment[row]!)),
      count: rows.length,
      days: [rows.map((row) => mql[row]!), rows.map((row) => sql[row]!)],
      gone: rows.map((row) => gone[row]!),
    },
    sizes: rows.map(() => 1),
    amounts: null,
  });
}

/** Codes of segments to groups: the greatest, and the others together. */
function segmentsOf(codes: readonly number[]): Pick<LeadCourses, 'segments' | 'segmentCount'> {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const greatest = [...counts].sort(([a, one], [b, other]) => other - one || a - b).slice(0, mostSegments);
  const groups = new Map(greatest.map(([code], at) => [code, at]));
  return {
    segments: codes.map((code) => groups.get(code) ?? mostSegments),
    segmentCount: counts.size > mostSegments ? mostSegments + 1 : Math.max(1, counts.size),
  };
}

function groupsOf(context: GoalContext, { courses, sizes, amounts }: Things): FlowGroup[] {
  const { asOf } = context;
  const [entered, counted] = [courses.days[0]!, courses.days[1]!];
  const from = Math.max(asOf - lookbackDays, earliest(entered));
  const cohorts = settledCohorts(courses, 0, { from, asOf });
  const rates = pooledShares(cohorts.slice(0, -1).map(({ reached, entered: of }) => ({ hits: reached, of })));
  const rows = Array.from({ length: courses.segmentCount }, (): number[] => []);
  for (let row = 0; row < courses.count; row++) rows[courses.segments[row]!]!.push(row);
  const ofSegments = amounts && amountsOf(rows.map((own) => own.map((row) => amounts[row]!).filter((amount) => amount > 0)));
  return rows.map((own, segment) => ({
    past: pastBlocks(
      context,
      own.map((row) => [entered[row]!, 1] as const),
    ),
    conversion: { cohort: cohorts[segment]!, company: cohorts.at(-1)!, rate: rates[segment]! },
    waiting: own
      .filter((row) => entered[row]! <= asOf && counted[row]! > asOf && courses.gone[row]! > asOf)
      .map((row) => ({ age: asOf - entered[row]!, size: sizes[row]! })),
    amounts: ofSegments?.[segment] ?? null,
  }));
}

function earliest(days: ArrayLike<number>): number {
  let first = Infinity;
  for (let row = 0; row < days.length; row++) first = Math.min(first, days[row]!);
  return first;
}
