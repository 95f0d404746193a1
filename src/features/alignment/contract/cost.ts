/** The cost of misalignment and the records behind it: questions and answers, shared by server, command line and screens. */

import { z } from 'zod';
import { type CauseName, causeNames } from '#engine/alignment/cost/causes.ts';
import { amount, count, group, paging, period, refuseBackwards } from '#features/returns/contract/figure-pieces.ts';

/** Changes whenever a formula changes, so that an old number can be told from a new one. */
export const costVersion = 'cost-1';
/** Percent of the draws between low and high. */
export const costConfidencePercent = 95;

export const costGroupings = ['none', 'month', 'segment'] as const;
export type CostBy = (typeof costGroupings)[number];

const scope = {
  /** Leads that were passed, deals that were lost, customers who left from the first to the last day. */
  ...period,
  /** JSON: a segment in quotes, or null for what has none. Left out: all. */
  segment: group.optional(),
};

// ── the cost ────────────────────────────────────────────────────────────────

export const costQuery = z.strictObject({ by: z.enum(costGroupings).default('none'), ...scope }).superRefine(refuseBackwards);
export type CostQuery = z.output<typeof costQuery>;

/** Minor units of the answer's currency. `low` and `high` hold it in so many of a hundred draws as `confidencePercent` says. */
const ranged = { amount, low: amount, high: amount };
/** Null where not enough is on record. */
const rangedOrNot = { amount: amount.nullable(), low: amount.nullable(), high: amount.nullable() };

/** A part of a cause: a month (`2026-03`) or a segment. */
export const costPart = z.object({ group: z.string().nullable(), label: z.string(), ...ranged, count, recordsUrl: z.string().nullable() });
export type CostPart = z.output<typeof costPart>;

/** What belongs to a cause and is not added to it. */
export const costBeside = z.object({
  key: z.enum(['spend', 'amounts', 'hours', 'yearly']),
  label: z.string(),
  /** Null for hours. */
  amount: amount.nullable(),
  low: amount.nullable(),
  high: amount.nullable(),
  hours: z.number().nullable(),
  /** How it is counted. */
  says: z.string(),
});
export type CostBeside = z.output<typeof costBeside>;

export const costCause = z.object({
  cause: z.enum(causeNames),
  label: z.string(),
  /** Place in the order in which causes are asked, from 1. */
  order: count,
  kind: z.enum(['lostRevenue', 'spent']),
  of: z.enum(['lead', 'deal', 'account']),
  side: z.enum(['marketing', 'sales', 'both']),
  ...rangedOrNot,
  /** Leads, deals or customers in it. */
  count,
  /** Those that are too young to be counted. */
  unsettled: count,
  /** Why there is no amount: “not enough data yet: …”; null where there is one. */
  whyNot: z.string().nullable(),
  /** With figures, in a sentence; null without an amount. */
  says: z.string().nullable(),
  holds: z.string(),
  formula: z.string(),
  /** Its place in the generated documentation: `docs/reference/misalignment-cost.md#…`. */
  formulaAt: z.string(),
  /** On what of the company's own past it rests. */
  basis: z.string(),
  /** What it is held against; null where there is nothing to hold it against. */
  share: z
    .object({
      against: z.string(),
      of: amount,
      /** amount ÷ of, 0..1. */
      value: z.number(),
      low: z.number(),
      high: z.number(),
      threshold: z.number(),
      /** Above it even at the low end: more than chance explains. */
      above: z.boolean(),
    })
    .nullable(),
  beside: z.array(costBeside),
  /** Empty unless a grouping was asked for. Months in order, else the greatest first. */
  parts: z.array(costPart),
  /** The records behind it; null where there are none. */
  recordsUrl: z.string().nullable(),
});
export type CostCause = z.output<typeof costCause>;

export const costAnswer = z.object({
  start: z.string(),
  end: z.string(),
  segment: z.string().nullable().optional(),
  by: z.enum(costGroupings),
  /** The last day on record, today at most. */
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
  confidencePercent: z.number(),
  /** What “prompt” and “often enough” mean here, and from where: a clause in force, the settings, or what is usual. */
  agreed: z.object({ promptMinutes: z.number(), promptFrom: z.string(), attempts: count, attemptsFrom: z.string() }),
  /** Greatest amount first, those without one last. */
  causes: z.array(costCause),
  total: z.object({
    ...rangedOrNot,
    lostRevenue: z.object(ranged),
    spent: z.object(ranged),
    leads: count,
    deals: count,
    customers: count,
    /** Causes without an amount: the total holds nothing of them. */
    without: z.array(z.enum(causeNames)),
    /** The parts of all causes together, as in a cause. */
    parts: z.array(costPart.omit({ recordsUrl: true })),
  }),
  /** The cause furthest above its threshold, and why that is named first; null where none is above. */
  first: z
    .object({ cause: z.enum(causeNames), label: z.string(), side: z.enum(['marketing', 'sales', 'both']), says: z.string() })
    .nullable(),
  notes: z.array(z.string()),
});
export type CostAnswer = z.output<typeof costAnswer>;

// ── the records ─────────────────────────────────────────────────────────────

export const costRecordsQuery = z
  .strictObject({
    cause: z.enum(causeNames),
    ...scope,
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written YYYY-MM')
      .optional(),
    ...paging,
  })
  .superRefine(refuseBackwards);
export type CostRecordsQuery = z.output<typeof costRecordsQuery>;

export const costRecord = z.object({
  id: z.string(),
  name: z.string(),
  company: z.string().nullable(),
  segment: z.string().nullable(),
  /** Day it was passed, lost, left. */
  on: z.string(),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** What it carries, minor units. */
  amount,
  why: z.string(),
});
export type CostRecord = z.output<typeof costRecord>;

export const costRecords = z.object({
  cause: z.enum(causeNames),
  of: z.enum(['lead', 'deal', 'account']),
  /** Latest day first. */
  items: z.array(costRecord),
  next: z.string().nullable(),
  /** The very count and amount of the cause. */
  total: count,
  sum: z.object({ amount, currency: z.string() }),
});
export type CostRecords = z.output<typeof costRecords>;

/** The address of the records behind a cause. `segment` undefined: of all; `month` one of the period's. */
export function costRecordsPath(asked: {
  cause: CauseName;
  start: string;
  end: string;
  segment?: string | null | undefined;
  month?: string | undefined;
}): string {
  const { cause, start, end, segment, month } = asked;
  const given = {
    ...{ cause, start, end },
    ...(segment === undefined ? {} : { segment: JSON.stringify(segment) }),
    ...(month === undefined ? {} : { month }),
  };
  return `/api/v1/alignment/cost/records?${new URLSearchParams(given)}`;
}

/** Place in the order in which causes are asked, from 1. */
export const orderOf = (cause: CauseName): number => causeNames.indexOf(cause) + 1;
