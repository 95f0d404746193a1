/** One goal: its course day by day, where it is going week by week, what would close the gap, and when it was off pace. */

import { sql } from 'kysely';
import { decimalOf } from '#engine/agreement/pace.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { intervalPercent, spreadOf } from '#engine/goals/spread.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { GoalDetail } from '../contract/goals.ts';
import { meaningOf } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import { type GoalContext, readContext } from './context.ts';
import { flowByDay } from './flow-days.ts';
import { leversOf } from './levers.ts';
import { namesOfGoals } from './names.ts';
import { plansInForce, type PlanRow } from './plan-rows.ts';
import { type Standing, standingOf } from './standings.ts';

/** @throws Problem not-found (no plan in force has such a goal) */
export async function answerGoal(database: Database, who: Who, id: string): Promise<GoalDetail> {
  const { plan, names, misses } = await database.inWorkspace(who.workspaceId, async (tx) => {
    const plan = (await plansInForce(tx, who.workspaceId)).find(({ content }) => content.goals.some((goal) => goal.id === id));
    if (!plan) throw notFound('goal');
    return { plan, names: await namesOfGoals(tx, who.workspaceId, plan.content.goals), misses: await missesOf(tx, who.workspaceId, id) };
  });
  const { goals } = plan.content;
  const goal = goals.find((each) => each.id === id)!;
  const children = goals.filter(({ parentId }) => parentId === id);
  const context = await readContext(
    database,
    who.workspaceId,
    who,
    [goal, ...children].map(({ metric }) => metric),
  );
  const own = await standingOf(context, plannedIn(plan, goal), names);
  const shownChildren: GoalDetail['children'] = [];
  for (const child of children) {
    const { standing } = await standingOf(context, plannedIn(plan, child), names);
    shownChildren.push({ id: child.id, name: child.title, state: standing.state });
  }
  const parent = goals.find((each) => each.id === goal.parentId);
  const gap = gapOf(goal, own);
  return {
    asOf: dayText(context.asOf),
    timeZone: context.ground.figures.timeZone,
    currency: context.ground.figures.currency,
    intervalPercent,
    goal: own.standing,
    parent: parent ? { id: parent.id, name: parent.title } : null,
    children: shownChildren,
    course: courseOf(context, goal, own),
    ahead: aheadOf(context, goal, own),
    gap: gap && spreadText(gap, own.standing.unit),
    levers: await leversOf(context, goal, own, gap?.mid ?? null),
    misses,
  };
}

const plannedIn = ({ planId, id }: PlanRow, goal: Goal) => ({ goal, planId, versionId: id });

async function missesOf(tx: Tx, workspaceId: WorkspaceId, goalId: string): Promise<GoalDetail['misses']> {
  const { rows } = await sql<GoalDetail['misses'][number]>`SELECT week, value, ideal, gap_percent AS "gapPercent", noted_at AS "notedAt"
    FROM goal_misses WHERE workspace_id = ${workspaceId}::uuid AND goal_id = ${goalId}::uuid ORDER BY week DESC LIMIT 60`.execute(tx);
  return rows;
}

function gapOf({ target }: Goal, { forecast }: Standing) {
  return forecast.draws && spreadOf(forecast.draws.map((end) => end - Number(target)));
}

/** Longer periods than three years have no course. */
const mostDays = 1100;

function courseOf(context: GoalContext, goal: Goal, { standing }: Standing): GoalDetail['course'] {
  const [from, until] = [numberOfDay(goal.start), numberOfDay(goal.end)];
  if (standing.runs !== 'flow' || until - from > mostDays) return [];
  const came = flowByDay(
    context.ground,
    { metric: goal.metric, scope: goal.scope, from, until: Math.min(until, context.asOf) },
    context.beside,
  );
  const days = Array.from({ length: until - from + 1 }, (_, at) => from + at);
  const by = BigInt(Math.max(1, days.filter((day) => context.ground.isWorkingDay(day)).length));
  const decimals = meaningOf(goal.metric.name).unit === 'count' ? 1 : 0;
  let [actual, gone] = [0n, 0n];
  const course: GoalDetail['course'] = [];
  for (const day of days) {
    actual += came.get(day) ?? 0n;
    if (context.ground.isWorkingDay(day)) gone++;
    else if (day !== until && day !== context.asOf) continue;
    const ideal = decimalOf({ of: BigInt(goal.target) * gone, by }, decimals);
    course.push({ day: dayText(day), ideal, actual: day > context.asOf || standing.value === null ? null : String(actual) });
  }
  return course;
}

function aheadOf({ asOf }: GoalContext, goal: Goal, { forecast: { flow }, standing }: Standing): GoalDetail['ahead'] {
  if (flow === null) return [];
  const now = quantityOf(flow.actual, standing.unit);
  const end = numberOfDay(goal.end);
  const weeks = flow.weeks.map((value, week) => ({
    day: dayText(Math.min(end, asOf + 7 * (week + 1))),
    value: spreadText(value, standing.unit),
  }));
  return [{ day: dayText(asOf), value: { mid: now, low: now, high: now } }, ...weeks];
}
