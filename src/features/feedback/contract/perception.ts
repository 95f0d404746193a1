/** Perception and evidence: what each side thinks a number is, asked before it is shown, beside what it is. */

import { z } from 'zod';
import { count, day, sides, towards, whyNot } from './pieces.ts';

export type PerceptionUnit = 'percent' | 'hours';
/** Asked every month, of the three months before it. */
export const perceptionTable = {
  revenueShare: {
    label: 'Revenue that marketing brought',
    question: 'What share of the won value came through a campaign?',
    unit: 'percent',
    formula: 'won value of deals that came through a campaign ÷ won value, deals won in the period',
    about: 'marketing',
  },
  followedInTime: {
    label: 'Leads followed in time',
    question: 'What share of the leads passed to sales got a first attempt in the agreed time?',
    unit: 'percent',
    formula: 'leads with an evidenced first attempt within the agreed time ÷ leads passed whose time is over',
    about: 'sales',
  },
  speedToLead: {
    label: 'Speed to lead',
    question: 'After how many working hours is half of the leads first tried?',
    unit: 'hours',
    formula: 'median of first evidenced attempt − clock start, in working time, leads passed in the period',
    about: 'sales',
  },
  leadQuality: {
    label: 'Lead quality',
    question: 'What share of the leads sales decided on was good enough to keep?',
    unit: 'percent',
    formula: '(decided − rejected for good) ÷ decided, leads passed in the period',
    about: 'marketing',
  },
  winRate: {
    label: 'Win rate',
    question: 'What share of the deals that closed was won?',
    unit: 'percent',
    formula: 'won ÷ (won + lost), deals by the day they closed',
    about: 'sales',
  },
  marketingKept: {
    label: 'What marketing kept of the agreement',
    question: 'What share of what marketing promised did it keep?',
    unit: 'percent',
    formula: 'compliant ÷ due, mean over marketing’s clauses',
    about: 'marketing',
  },
  salesKept: {
    label: 'What sales kept of the agreement',
    question: 'What share of what sales promised did it keep?',
    unit: 'percent',
    formula: 'compliant ÷ due, mean over the clauses of sales',
    about: 'sales',
  },
} as const satisfies Record<
  string,
  { label: string; question: string; unit: PerceptionUnit; formula: string; about: (typeof towards)[number] }
>;
export type PerceptionMetric = keyof typeof perceptionTable;
export const perceptionMetrics = Object.keys(perceptionTable) as [PerceptionMetric, ...PerceptionMetric[]];
export const metric = z.enum(perceptionMetrics);

export const truth = z.object({
  /** Percent or hours, to a tenth; null: not known, `why` says it. */
  value: z.number().nullable(),
  why: z.string().nullable(),
  /** Address of the answer it was taken from, and of its page; each opens into the records. */
  recordsUrl: z.string(),
  page: z.string(),
});
export type Truth = z.output<typeof truth>;

export const perceptionItem = z.object({
  metric,
  label: z.string(),
  question: z.string(),
  unit: z.enum(['percent', 'hours']),
  formula: z.string(),
  about: z.enum(towards),
  state: z.enum(['toGuess', 'seen']),
  /** Only once the asker has guessed or passed. */
  truth: truth.nullable(),
  whyNotGuess: whyNot,
});
export type PerceptionItem = z.output<typeof perceptionItem>;
export const perception = z.object({
  /** The month in which it is asked: `2026-03`. */
  period: z.string(),
  /** What it is about: the three months before. */
  start: day,
  end: day,
  items: z.array(perceptionItem),
});
export type Perception = z.output<typeof perception>;

export const newGuess = z.strictObject({
  metric,
  /** A percentage from 0 to 100, or working hours up to 1,000; null passes, and shows the number. */
  value: z.number().min(0).max(1_000).nullable(),
});
export type NewGuess = z.output<typeof newGuess>;
/** `counted` false: the asker had seen the number before. */
export const guessTaken = z.object({ counted: z.boolean(), item: perceptionItem });

export const perceptionGapsAsk = z.strictObject({
  period: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is a month like 2026-03')
    .optional(),
});
export const guessed = z.object({
  /** Null: everybody. */
  side: z.enum(sides).nullable(),
  /** Null: fewer than five guessed, or the rest would be too few. */
  guesses: count.nullable(),
  median: z.number().nullable(),
  /** From the lowest to the highest guess, widened to whole steps. */
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Guessed = z.output<typeof guessed>;
export const perceptionGaps = z.object({
  /** Of a month that is over; null: none is. */
  period: z.string().nullable(),
  start: day.nullable(),
  end: day.nullable(),
  /** Months that can be asked for, newest first. */
  periods: z.array(z.string()),
  items: z.array(
    z.object({
      metric,
      label: z.string(),
      unit: z.enum(['percent', 'hours']),
      formula: z.string(),
      about: z.enum(towards),
      truth,
      everybody: guessed,
      sides: z.array(guessed),
    }),
  ),
  rules: z.array(z.string()),
});
export type PerceptionGaps = z.output<typeof perceptionGaps>;
