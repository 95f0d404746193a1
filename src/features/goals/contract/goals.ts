/** The goals of the plans in force: where each stands, where it is going, and what would close the gap. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { metricNames, metricSchema } from './metrics.ts';
import { count, day, instant, opens, quantity, reason, spread } from './pieces.ts';

/**
 * Read by server, screens and documentation. Behind and missed are off pace: told to both owners. `unknown`: there is
 * no value, or too few records to call it.
 */
export const goalStates = {
  ahead: { label: 'Ahead', offPace: false },
  onPace: { label: 'On pace', offPace: false },
  behind: { label: 'Behind', offPace: true },
  reached: { label: 'Reached', offPace: false },
  missed: { label: 'Missed', offPace: true },
  notStarted: { label: 'Not started', offPace: false },
  unknown: { label: 'Can’t tell', offPace: false },
} as const;
export type GoalState = keyof typeof goalStates;
export const goalState = z.enum(Object.keys(goalStates) as [GoalState, ...GoalState[]]);

export const goalForecast = z.object({
  /** At the end of the period; null: can't be told, `why` says so. */
  value: spread.nullable(),
  /** Of 100 such courses, in how many the target is reached; null without a forecast. */
  reachedPercent: count.nullable(),
  /** What it is made of; null where it is no sum. */
  parts: z.object({ actual: quantity, underWay: spread, toCome: spread }).nullable(),
  why: z.string().nullable(),
  formula: z.string(),
  notes: z.array(z.string()),
});
export type GoalForecast = z.output<typeof goalForecast>;

export const goalStanding = z.object({
  id: idSchema,
  parentId: idSchema.nullable(),
  planId: idSchema,
  versionId: idSchema,
  title: z.string(),
  metric: metricSchema,
  metricLabel: z.string(),
  unit: z.enum(['amount', 'amountAMonth', 'count', 'share', 'months']),
  runs: z.enum(['flow', 'share', 'level']),
  formula: z.string(),
  scope: z.object({ segment: z.string().nullable(), team: named.nullable() }),
  start: z.string(),
  end: z.string(),
  direction: z.enum(['atLeast', 'atMost']),
  target: quantity,
  tolerancePercent: z.number(),
  owners: z.object({ marketing: named, sales: named }),
  /** Of the period up to `asOf`; null: `why` says why not. */
  value: quantity.nullable(),
  why: z.string().nullable(),
  recordsUrl: opens,
  /** What stands behind it, numerator first, each opening into its records. */
  parts: z.array(z.object({ label: z.string(), count: count.nullable(), amount: quantity.nullable(), recordsUrl: opens })),
  /** Of a flow: by working days `ideal(d) = target × workingdays(1..d) ÷ workingdays(period)`, `gap = value − ideal`. Else: value − target. */
  pace: z
    .object({
      workingDays: count,
      workingDaysGone: count,
      ideal: quantity,
      gap: quantity,
      /** gap ÷ target, in percent, above 0 is better; two decimals. */
      gapPercent: quantity.nullable(),
      /** What is needed a working day from now on, and what came a working day so far; null where none is left or gone. */
      neededADay: quantity.nullable(),
      soFarADay: quantity.nullable(),
    })
    .nullable(),
  forecast: goalForecast,
  state: goalState,
  /** Why it is called so, in a sentence. */
  says: z.string(),
});
export type GoalStanding = z.output<typeof goalStanding>;

export const goalsAsk = z.strictObject({
  /** Of plans that run on this day; left out: today, else the one that begins next. */
  on: day.optional(),
  /** Whose: `me`, or everybody's. */
  of: z.enum(['all', 'me']).default('all'),
});
export const goalTree = z.object({
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
  intervalPercent: count,
  plans: z.array(
    z.object({
      planId: idSchema,
      versionId: idSchema,
      number: count,
      title: z.string(),
      start: z.string(),
      end: z.string(),
      hasWorkBack: z.boolean(),
    }),
  ),
  /** Parents before their children, in the order of the plan. */
  goals: z.array(goalStanding),
  /** Plans and versions that wait for something. */
  open: z.array(
    z.object({
      versionId: idSchema,
      title: z.string(),
      number: count,
      status: z.string(),
      missing: z.array(z.enum(['marketing', 'sales'])),
    }),
  ),
  can: z.object({ draft: z.string().nullable() }),
  notes: z.array(z.string()),
});
export type GoalTree = z.output<typeof goalTree>;

// ── one goal ────────────────────────────────────────────────────────────────

export const leverKeys = ['moreMqls', 'fasterAnswers', 'winRate', 'budget', 'aDay'] as const;
export const lever = z.object({
  key: z.enum(leverKeys),
  label: z.string(),
  /** What would have to be done: “38 more MQLs by 31 March”. */
  sentence: z.string(),
  /** What it would bring by the end of the period, in the unit of the goal. Null: can't be told, `why` says so. */
  effect: spread.nullable(),
  /** Of the gap between forecast and target, in percent, by the middle; null without a gap or an effect. */
  closesPercent: count.nullable(),
  why: z.string().nullable(),
  /** Where the numbers come from. */
  from: z.array(reason),
  /** That things went together does not show that the one caused the other; null where it is counting only. */
  caveat: z.string().nullable(),
});
export type Lever = z.output<typeof lever>;

export const goalDetail = z.object({
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  intervalPercent: count,
  goal: goalStanding,
  parent: named.nullable(),
  children: z.array(z.object({ id: idSchema, name: z.string(), state: goalState })),
  /** Of a flow: each working day, both summed from the start; actual null after `asOf`. */
  course: z.array(z.object({ day: z.string(), ideal: quantity, actual: quantity.nullable() })),
  /** Of a flow: the forecast by week from `asOf` on, summed from the start; empty without one. */
  ahead: z.array(z.object({ day: z.string(), value: spread })),
  /** Forecast − target; null without a forecast. Below 0 it falls short (or, at most, goes beyond). */
  gap: spread.nullable(),
  levers: z.array(lever),
  /** Weeks in which it was off pace, newest first. */
  misses: z.array(
    z.object({
      week: z.string(),
      value: quantity.nullable(),
      ideal: quantity.nullable(),
      gapPercent: quantity.nullable(),
      notedAt: instant,
    }),
  ),
});
export type GoalDetail = z.output<typeof goalDetail>;

// ── Today ───────────────────────────────────────────────────────────────────

export const goalsToday = z.object({
  currency: z.string(),
  asOf: z.string(),
  /** Goals the asker owns that are off pace, worst first. */
  offPace: z.array(
    goalStanding.pick({
      id: true,
      title: true,
      metricLabel: true,
      unit: true,
      direction: true,
      target: true,
      value: true,
      pace: true,
      forecast: true,
      state: true,
      says: true,
      owners: true,
      end: true,
      versionId: true,
    }),
  ),
  /** All goals the asker owns. */
  mine: count,
  /** Plans that wait for the asker's signature. */
  toSign: z.array(
    z.object({ versionId: idSchema, title: z.string(), number: count, proposedAt: instant.nullable(), madeBy: named.nullable() }),
  ),
});
export type GoalsToday = z.output<typeof goalsToday>;

/** What can be chosen when a goal is written. */
export const goalChoices = z.object({
  metrics: z.array(
    z.object({
      name: z.enum(metricNames as [(typeof metricNames)[number], ...(typeof metricNames)[number][]]),
      label: z.string(),
      unit: z.string(),
      runs: z.string(),
      formula: z.string(),
      better: z.enum(['more', 'less']),
      scopes: z.array(z.enum(['segment', 'team'])),
      needs: z.enum(['sideOrClause', 'campaign', 'minutes']).nullable(),
    }),
  ),
  segments: z.array(z.string()),
  teams: z.array(named),
  owners: z.object({ marketing: z.array(named), sales: z.array(named) }),
  clauses: z.array(z.object({ key: z.string(), side: z.enum(['marketing', 'sales']), title: z.string() })),
  campaigns: z.array(named),
  currency: z.string(),
});
export type GoalChoices = z.output<typeof goalChoices>;
