/** Where each goal stands: value, pace, forecast, and what it is called. */

import { decimalOf } from '#engine/agreement/pace.ts';
import { flowPace, stateOf } from '#engine/goals/pace.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { GoalStanding } from '../contract/goals.ts';
import { meaningOf } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import { quantityWords } from '../contract/wording.ts';
import type { GoalContext } from './context.ts';
import { type Forecast, forecastGoal } from './forecasts.ts';
import { workingDaysBetween } from './ground.ts';
import { namedIn } from './names.ts';
import { readMetric, type Reading } from './readings.ts';

export interface PlannedGoal {
  readonly goal: Goal;
  readonly planId: string;
  readonly versionId: string;
}

export interface Standing {
  readonly standing: GoalStanding;
  readonly forecast: Forecast;
}

export async function standingOf(context: GoalContext, planned: PlannedGoal, names: Readonly<Record<string, string>>): Promise<Standing> {
  const { goal, planId, versionId } = planned;
  const meaning = meaningOf(goal.metric.name);
  const [start, end] = [numberOfDay(goal.start), numberOfDay(goal.end)];
  const reading =
    start > context.asOf
      ? { value: null, why: `It begins on ${goal.start}.`, recordsUrl: null, parts: [], share: null }
      : await readMetric(context, goal, { from: start, until: Math.min(end, context.asOf) });
  const forecast = await forecastGoal(context, goal, reading);
  const pace = paceOf(context, goal, reading);
  const state = stateOfGoal(context, goal, reading, pace);
  const { share: _, ...shown } = reading;
  const standing: GoalStanding = {
    id: goal.id,
    parentId: goal.parentId,
    planId,
    versionId,
    title: goal.title,
    metric: goal.metric,
    metricLabel: meaning.label,
    unit: meaning.unit,
    runs: meaning.runs,
    formula: meaning.formula,
    scope: { segment: goal.scope.segment, team: goal.scope.teamId === null ? null : namedIn(names, goal.scope.teamId) },
    start: goal.start,
    end: goal.end,
    direction: goal.direction,
    target: goal.target,
    tolerancePercent: goal.tolerancePercent,
    owners: { marketing: namedIn(names, goal.owners.marketing), sales: namedIn(names, goal.owners.sales) },
    ...shown,
    pace,
    forecast: forecast.shown,
    state,
    says: saysOf(context, goal, reading, pace, state),
  };
  return { standing, forecast };
}

function paceOf(context: GoalContext, goal: Goal, { value }: Reading): GoalStanding['pace'] {
  if (value === null) return null;
  const [start, end] = [numberOfDay(goal.start), numberOfDay(goal.end)];
  const workingDays = workingDaysBetween(context.ground, start, end);
  const workingDaysGone = workingDaysBetween(context.ground, start, Math.min(end, context.lastFullDay));
  const days = { workingDays, workingDaysGone };
  if (meaningOf(goal.metric.name).runs !== 'flow') return { ...days, ...levelGap(goal, value), neededADay: null, soFarADay: null };
  const pace = flowPace({ target: BigInt(goal.target), value: BigInt(value), direction: goal.direction, ...days });
  const decimals = meaningOf(goal.metric.name).unit === 'count' ? 1 : 0;
  return {
    ...days,
    ideal: decimalOf(pace.ideal, decimals),
    gap: decimalOf(pace.gap, decimals),
    gapPercent: pace.gapPercent,
    neededADay: pace.neededADay && decimalOf(pace.neededADay, decimals),
    soFarADay: pace.soFarADay && decimalOf(pace.soFarADay, decimals),
  };
}

/** Of what is no sum: it should be at the target at any time. */
function levelGap({ target, direction }: Goal, value: string): { ideal: string; gap: string; gapPercent: string | null } {
  const gap = Number(value) - Number(target);
  const percent = Number(target) === 0 ? null : ((direction === 'atLeast' ? gap : -gap) / Number(target)) * 100;
  return {
    ideal: target,
    gap: String(Math.round(gap * 10_000) / 10_000),
    gapPercent: percent === null ? null : String(Math.round(percent * 100) / 100),
  };
}

function stateOfGoal(context: GoalContext, goal: Goal, { value }: Reading, pace: GoalStanding['pace']): GoalStanding['state'] {
  const isFlow = meaningOf(goal.metric.name).runs === 'flow';
  const isMet =
    value !== null && (goal.direction === 'atLeast' ? Number(value) >= Number(goal.target) : Number(value) <= Number(goal.target));
  return stateOf({
    direction: goal.direction,
    hasBegun: numberOfDay(goal.start) <= context.asOf,
    hasEnded: numberOfDay(goal.end) <= context.lastFullDay,
    gapPercent: pace?.gapPercent == null ? null : Number(pace.gapPercent),
    tolerancePercent: goal.tolerancePercent,
    isMet,
    staysMet: isFlow && goal.direction === 'atLeast',
  });
}

function saysOf(
  context: GoalContext,
  goal: Goal,
  { value, why }: Reading,
  pace: GoalStanding['pace'],
  state: GoalStanding['state'],
): string {
  if (value === null || pace === null) return why ?? 'There is no value yet.';
  const { unit, runs } = meaningOf(goal.metric.name);
  const words = (quantity: string): string => quantityWords(quantity, unit, context.ground.figures.currency);
  const limit = goal.direction === 'atLeast' ? 'at least' : 'at most';
  if (state === 'reached' || state === 'missed') return `${words(value)}, and ${limit} ${words(goal.target)} was the goal.`;
  if (runs !== 'flow') return `${words(value)} so far; the goal is ${limit} ${words(goal.target)}.`;
  const { workingDays, workingDaysGone, ideal, gapPercent } = pace;
  const off =
    gapPercent === null ? '' : ` (${Math.abs(Number(gapPercent))} % of the target ${Number(gapPercent) < 0 ? 'behind' : 'ahead'})`;
  return `${words(value)} after ${workingDaysGone} of ${workingDays} working days; the pace asks for ${words(ideal)}${off}.`;
}
