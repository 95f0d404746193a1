/** The worked-back sheet: revenue → deals → SQLs → MQLs → value and budget, per segment and month, with where each number comes from. */

import { z } from 'zod';
import { count, opens, quantity, reason, spread } from './pieces.ts';

/** One rate, amount or cost that the sheet rests on. */
export const assumption = z.object({
  /** `mqlToSql`, `sqlToDeal`, `dealToWon`, `averageDeal`, `costPerMql`, `lag`, `otherRevenue`, `overdispersion`. */
  key: z.string(),
  label: z.string(),
  unit: z.enum(['share', 'amount', 'days', 'amountAMonth', 'ratio']),
  value: spread,
  /** Observed: `hits` of `of`; null where it isn't a share. */
  seen: z.object({ hits: count, of: count }).nullable(),
  /** How much of it is the segment's own, 0..1; the rest is lent by the company as a whole. 1: nothing is. */
  ownWeight: z.number(),
  formula: z.string(),
  recordsUrl: opens,
  note: z.string().nullable(),
});
export type Assumption = z.output<typeof assumption>;

const line = z.object({
  /** `2026-03`. */
  month: z.string(),
  /** What is to be won in this month: the target's share. */
  target: quantity,
  /** What the MQLs of this sheet and those before it are expected to bring, with what comes without an MQL. */
  revenue: spread,
  won: spread,
  /** Opened, by the month they must open in. */
  deals: spread.nullable(),
  sqls: spread.nullable(),
  mqls: spread,
  /** What these MQLs are worth: MQLs × P(customer) × average deal. */
  value: spread,
  /** MQLs × cost per MQL. Null: no cost of programmes is on record. */
  budget: spread.nullable(),
});
export type SheetLine = z.output<typeof line>;
const summed = line.omit({ month: true });

export const sheetSegment = z.object({
  segment: z.string().nullable(),
  label: z.string(),
  target: quantity,
  months: z.array(line),
  total: summed,
  assumptions: z.array(assumption),
  /** Too little of its own to be told alone; said in words. */
  sparse: z.string().nullable(),
});
export type SheetSegment = z.output<typeof sheetSegment>;

export const working = z.object({
  version: z.string(),
  /** The last day on record when it was worked out. */
  asOf: z.string(),
  currency: z.string(),
  intervalPercent: count,
  /** Stages it goes back through, first to last; a stage that the record doesn't hold is left out and said so. */
  stages: z.array(z.enum(['mql', 'sql', 'deal', 'won'])),
  segments: z.array(sheetSegment),
  /** Of all segments together: not the sum of the lows and highs, as chance evens out. */
  months: z.array(line),
  total: summed,
  /** Of revenue: what comes without an MQL (expansions, own deals of sales), what comes of MQLs that are there already, and what new ones must bring. */
  sources: z.object({ withoutMql: spread, underWay: spread, ofNewMqls: spread }),
  /** In how many of 100 such periods the target is reached with the sheet's MQLs (`mid`), and with those of `high`. */
  reached: z.object({ withMid: count, withHigh: count }),
  formula: z.string(),
  /** Null: it can be told. Else why there is no sheet, and the numbers are empty. */
  tooLittle: z.string().nullable(),
  notes: z.array(z.string()),
});
export type Working = z.output<typeof working>;

// ── feasibility ─────────────────────────────────────────────────────────────

export const check = z.object({
  key: z.enum(['capacity', 'budget', 'pace', 'margin']),
  label: z.string(),
  /** `holds`, `tight` (within the range), `fails`, `unknown`. */
  verdict: z.enum(['holds', 'tight', 'fails', 'unknown']),
  /** “Needs 212 MQLs a month; 7 reps can work 180.” */
  sentence: z.string(),
  unit: z.enum(['count', 'amount']),
  needed: spread.nullable(),
  available: quantity.nullable(),
  byMonth: z.array(z.object({ month: z.string(), needed: spread, available: quantity.nullable(), recordsUrl: opens })),
  /** Assumptions and where they are looked at. */
  rests: z.array(reason),
});
export type FeasibilityCheck = z.output<typeof check>;
export const feasibility = z.object({ holds: z.boolean(), checks: z.array(check) });
export type Feasibility = z.output<typeof feasibility>;
