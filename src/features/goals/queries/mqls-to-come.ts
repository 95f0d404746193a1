/** What an MQL that comes from now on brings by a goal's end: by the chain's rates, lags and amounts, of the goal's scope. */

import { drawnAmounts } from '#engine/goals/amounts.ts';
import { fitOf } from '#engine/goals/fit.ts';
import { chainLags } from '#engine/goals/kernels.ts';
import { lagShares, mostDays } from '#engine/goals/lags.ts';
import { drawsOfOutlook } from '#engine/goals/outlook.ts';
import { drawCompanyShare, drawShare } from '#engine/goals/pooling.ts';
import { Chance } from '#engine/simulate/chance.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { recordsPath } from '#features/funnel/contract.ts';
import { numberOfDay } from '#features/returns/queries/figure-scope.ts';
import type { Goal } from '../contract/plans.ts';
import { chainGround } from './chain-ground.ts';
import type { GoalContext } from './context.ts';
import { workingDaysBetween } from './ground.ts';

export type MqlsToCome =
  | {
      readonly why: null;
      /** By draw: what one brings by the end, in the metric's unit. */
      readonly each: Float64Array;
      /** MQLs at the rate of late from now to the end. */
      readonly coming: number;
      /** Of what one brings in the end, the share that comes by the end; 0..1. */
      readonly within: number;
      readonly recordsUrl: string;
    }
  | { readonly why: string };

const seed = 20_260_107;

export function mqlsToCome(context: GoalContext, goal: Goal): MqlsToCome {
  if (goal.scope.teamId !== null) return { why: 'What an MQL brings isn’t told by team.' };
  // All segments as one, or the goal's own and the others.
  const segment = goal.scope.segment;
  const chain = chainGround(context, segment === null ? [] : [segment]);
  const fit = fitOf(chain);
  if (fit.tooLittle !== null) return { why: `Too little is known to tell: ${fit.tooLittle}.` };
  const own = fit.segments[0]!;
  const steps = goal.metric.name === 'sqls' ? own.steps.slice(0, 1) : own.steps;
  const lags = goal.metric.name === 'sqls' ? lagShares(own.steps[0]!.cohort.lags, fit.company[0]!.lags) : chainLags(fit, 0);
  const within = shareWithin(lags, numberOfDay(goal.end) - context.asOf);
  const perWin = goal.metric.name === 'sqls' ? 1 : fit.dealsPerWin;
  const chance = new Chance(seed);
  const each = Float64Array.from({ length: drawsOfOutlook }, (_, draw) => {
    chance.reseed(1, draw);
    const rate = steps.reduce((product, step) => product * drawShare(step.rate, drawCompanyShare(step.rate, chance), chance), 1);
    const size = goal.metric.name === 'wonValue' ? drawnAmounts(own.amounts, chance).mean : 1;
    return rate * perWin * size * within;
  });
  return { why: null, each, within, coming: comingOf(context, goal, chain.runRate[0]!), recordsUrl: urlOf(context, segment, chain.from) };
}

/** Of what enters evenly over so many days, the share that arrives by their end. */
function shareWithin(lags: Float64Array, days: number): number {
  let share = 0;
  for (let lag = 0; lag <= Math.min(mostDays, days - 1); lag++) share += lags[lag]! * ((days - lag) / days);
  return share;
}

/** A month's MQLs by its working days. */
function comingOf(context: GoalContext, goal: Goal, aMonth: number): number {
  const left = workingDaysBetween(context.ground, context.asOf + 1, numberOfDay(goal.end));
  const ofYear = workingDaysBetween(context.ground, context.asOf - 364, context.asOf);
  return ofYear === 0 ? 0 : (aMonth * 12 * left) / ofYear;
}

const urlOf = (context: GoalContext, segment: string | null, from: number): string =>
  recordsPath(
    {
      by: segment === null ? 'none' : 'segment',
      from: 'mql',
      to: 'won',
      mode: 'cohort',
      start: dayText(from),
      end: dayText(context.asOf),
      windowDays: null,
      asOf: dayText(context.asOf),
    },
    'entered',
    segment === null ? undefined : segment,
  );
