/** Where a goal ends: by the engine's forecasts, over what is on record. */

import { type FlowForecast, forecastFlow, whyNoFlow } from '#engine/goals/forecast-flow.ts';
import { forecastLevel, whyNoLevel } from '#engine/goals/forecast-level.ts';
import { forecastShare, whyNoShare } from '#engine/goals/forecast-share.ts';
import { type Unit, quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { percentOf } from '#engine/goals/spread.ts';
import { firstDayOf, periodOf } from '#engine/returns/cohorts.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { GoalForecast } from '../contract/goals.ts';
import { meaningOf } from '../contract/metrics.ts';
import type { Goal } from '../contract/plans.ts';
import type { GoalContext } from './context.ts';
import { forecastGroups } from './forecast-groups.ts';
import { workingDaysBetween } from './ground.ts';
import { readMetric, type Reading } from './readings.ts';

export interface Forecast {
  readonly shown: GoalForecast;
  /** At the end, by draw; null without a forecast. */
  readonly draws: Float64Array | null;
  readonly flow: FlowForecast | null;
}

const flowFormula =
  'what is there + what is under way (by the rates and lags of settled cohorts, and how long each has waited) + what is still to come at the rate of the last half year; months differ as they did, and no year is quite like the last';
const directFormula =
  'what is there + what is still to come at the rate of the last half year; months differ as they did, and no year is quite like the last';
const shareFormula = 'what is decided, and what is still to be decided at the present rate, going as the like did so far';
const levelFormula = 'the level now, moved on as it moved in the last twelve months, and as unevenly';

const none = (why: string, formula: string): Forecast => ({
  shown: { value: null, reachedPercent: null, parts: null, why, formula, notes: [] },
  draws: null,
  flow: null,
});

/** @param reading of the goal's days up to as-of */
export async function forecastGoal(context: GoalContext, goal: Goal, reading: Reading): Promise<Forecast> {
  const { runs, unit } = meaningOf(goal.metric.name);
  const end = numberOfDay(goal.end);
  if (end <= context.asOf) return none('The period is over.', '');
  if (reading.value === null && reading.why !== null && numberOfDay(goal.start) <= context.asOf) return none(reading.why, '');
  if (runs === 'flow') return flowForecast(context, goal, reading);
  if (runs === 'share') return shareForecast(context, goal, reading);
  if (goal.metric.name === 'recurringRevenue') return levelForecast(context, goal, unit);
  return none('It moves with single customers and costs: a forecast would pretend to know more than the record tells.', '');
}

// ── sums ────────────────────────────────────────────────────────────────────

function flowForecast(context: GoalContext, goal: Goal, reading: Reading): Forecast {
  const { unit } = meaningOf(goal.metric.name);
  const groups = forecastGroups(context, goal);
  const formula = groups.some(({ conversion }) => conversion !== null) ? flowFormula : directFormula;
  const [start, end] = [numberOfDay(goal.start), numberOfDay(goal.end)];
  const asked = { actual: Number(reading.value ?? '0'), weeks: weeksAhead(context, end), groups };
  if (start > context.asOf) return none('It has not begun: the plan’s sheet says what is expected.', formula);
  const why = whyNoFlow(asked);
  if (why !== null) return none(`Too little is known to tell: ${why}.`, formula);
  const flow = forecastFlow(asked);
  return {
    shown: {
      ...shownValue(goal, flow.draws, flow.value, unit),
      parts: { actual: quantityOf(flow.actual, unit), underWay: spreadText(flow.underWay, unit), toCome: spreadText(flow.toCome, unit) },
      formula,
      notes: groups.length > 2 ? ['Segments with few of their own lean on the company as a whole.'] : [],
    },
    draws: flow.draws,
    flow,
  };
}

/** Weeks from the day after as-of to the end; the last may be short. */
export function weeksAhead(context: GoalContext, end: number): { days: number; workingDays: number }[] {
  const weeks: { days: number; workingDays: number }[] = [];
  for (let from = context.asOf + 1; from <= end; from += 7) {
    const until = Math.min(end, from + 6);
    weeks.push({ days: until - from + 1, workingDays: workingDaysBetween(context.ground, from, until) });
  }
  return weeks;
}

const shownValue = (
  goal: Goal,
  draws: Float64Array,
  value: FlowForecast['value'],
  unit: Unit,
): Pick<GoalForecast, 'value' | 'reachedPercent' | 'why'> => ({
  value: spreadText(value, unit),
  reachedPercent: percentOf(draws, (end) => (goal.direction === 'atLeast' ? end >= Number(goal.target) : end <= Number(goal.target))),
  why: null,
});

// ── shares ──────────────────────────────────────────────────────────────────

async function shareForecast(context: GoalContext, goal: Goal, reading: Reading): Promise<Forecast> {
  const [start, end] = [numberOfDay(goal.start), numberOfDay(goal.end)];
  const before = await readMetric(context, goal, { from: Math.min(start, context.asOf) - 365, until: Math.min(start, context.asOf) - 1 });
  const past = before.share ?? { hits: 0, of: 0 };
  const so = reading.share ?? { hits: 0, of: 0 };
  const gone = workingDaysBetween(context.ground, Math.min(start, context.asOf) - 365, context.asOf);
  const aDay = (past.of + so.of) / Math.max(1, gone);
  const asked = { ...so, past, aDay, workingDaysLeft: workingDaysBetween(context.ground, Math.max(start, context.asOf + 1), end) };
  const why = whyNoShare(asked);
  if (why !== null) return none(`Too little is known to tell: ${why}.`, shareFormula);
  const { value, draws } = forecastShare(asked);
  return { shown: { ...shownValue(goal, draws, value, 'share'), parts: null, formula: shareFormula, notes: [] }, draws, flow: null };
}

// ── levels ──────────────────────────────────────────────────────────────────

async function levelForecast(context: GoalContext, goal: Goal, unit: Unit): Promise<Forecast> {
  const now = periodOf(context.asOf + 1, 'month');
  const months = Array.from({ length: 13 }, (_, at) => now - 12 + at);
  const levels: number[] = [];
  for (const month of months) {
    const until = firstDayOf(month, 'month') - 1;
    const { value } = await readMetric(context, goal, { from: firstDayOf(month - 1, 'month'), until });
    if (Number(value ?? '0') > 0 || levels.length > 0) levels.push(Number(value ?? '0'));
  }
  const why = whyNoLevel(levels);
  if (why !== null) return none(`Too little is known to tell: ${why}.`, levelFormula);
  const ahead = Math.max(1, periodOf(numberOfDay(goal.end) + 1, 'month') - now);
  const { value, draws } = forecastLevel(levels, ahead);
  return { shown: { ...shownValue(goal, draws, value, unit), parts: null, formula: levelFormula, notes: [] }, draws, flow: null };
}
