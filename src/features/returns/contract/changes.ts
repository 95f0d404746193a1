/** What changed and why, and where the next amount would bring most: questions and answers. */

import { z } from 'zod';
import { amount, amountFigure, answeredScope, count, day, minorUnits, numberFigure, period, refuseBackwards } from './figure-pieces.ts';
import type { FigureBy } from './figure-table.ts';

// ── what changed and why ────────────────────────────────────────────────────

export const changeGroupings = [
  'segment',
  'channel',
  'origin',
  'campaign',
  'team',
  'owner',
  'product',
  'region',
] as const satisfies readonly FigureBy[];
export const changesQuery = z
  .strictObject({
    by: z.enum(changeGroupings).default('segment'),
    ...period,
    /** What it is compared with; left out: as many days (whole months: as many months) right before. */
    beforeStart: day.optional(),
    beforeEnd: day.optional(),
    /** What volume counts: deals decided (won + lost) in the period, or leads opened in it. */
    volume: z.enum(['deals', 'leads']).default('deals'),
  })
  .superRefine(refuseBackwards);
export type ChangesQuery = z.output<typeof changesQuery>;
/** `apart`: what units × rate × price can't tell (deals won without a lead, where leads are the volume). */
export const changeCauses = ['volume', 'mix', 'rate', 'price', 'apart'] as const;
export type ChangeCause = (typeof changeCauses)[number];
const effects = z.object({ volume: amount, mix: amount, rate: amount, price: amount, apart: amount });
const changeSide = z.object({
  /** Deals decided, or leads opened. */
  units: count,
  won: count,
  /** won ÷ units; null: none. */
  rate: z.number().nullable(),
  averageDeal: amount.nullable(),
  value: amount,
  unitsUrl: z.string().nullable(),
  wonUrl: z.string().nullable(),
});
export const changesAnswer = z.object({
  by: z.enum(changeGroupings),
  volume: z.enum(['deals', 'leads']),
  ...answeredScope,
  beforeStart: z.string(),
  beforeEnd: z.string(),
  formula: z.string(),
  before: changeSide,
  now: changeSide,
  change: amount,
  effects,
  /** The greatest first, a sentence each. */
  sentences: z.array(z.object({ cause: z.enum(changeCauses), amount, text: z.string() })),
  rows: z.array(
    z.object({ group: z.string().nullable(), label: z.string(), before: changeSide, now: changeSide, change: amount, effects }),
  ),
  /** change − Σ effects: "0". */
  difference: amount,
});
export type ChangesAnswer = z.output<typeof changesAnswer>;

// ── where the next amount would bring most ──────────────────────────────────

/** Left out, the period is the 24 months up to the last complete one. */
export const whereNextQuery = z
  .strictObject({
    by: z.enum(['channel', 'campaign', 'segment']).default('channel'),
    ...period,
    /** The next amount, minor units. Default: a tenth of the period's spend a month. */
    amount: minorUnits.optional(),
  })
  .superRefine(refuseBackwards);
export type WhereNextQuery = z.output<typeof whereNextQuery>;
export const whereNextAnswer = z.object({
  by: z.enum(['channel', 'campaign', 'segment']),
  ...answeredScope,
  costBasis: z.enum(['whole', 'programme']),
  formula: z.string(),
  amount,
  rows: z.array(
    z.object({
      group: z.string().nullable(),
      label: z.string(),
      /** Of marketing and sales on it, in the period. */
      spend: amount,
      /** Of the deals opened in these months that were won. */
      value: amount,
      /** Value for each unit spent, 1 = one for one. */
      average: numberFigure,
      /** By how many per cent value grew with one per cent of spend, 0..1. */
      elasticity: numberFigure,
      /** Value of the next unit of money, with its range; or why it can't be told. */
      marginal: numberFigure,
      /** In which share of all draws no other place's was higher, 0..1; null where it can't be told. */
      bestShare: z.number().nullable(),
      /** What the next amount would bring. */
      brings: amountFigure,
      /** The entries of `spend`. */
      recordsUrl: z.string().nullable(),
      /** The deals of `value`; null: there are none. */
      valueUrl: z.string().nullable(),
    }),
  ),
  /** The group that would bring most in 95 % of the draws; null: there is none, `sentence` says why. */
  best: z.object({ group: z.string().nullable(), label: z.string() }).nullable(),
  /** Which is best, or that nobody can tell. */
  sentence: z.string(),
  /** Spend and value went together; that the one caused the other is not shown. */
  caveat: z.string(),
});
export type WhereNextAnswer = z.output<typeof whereNextAnswer>;
