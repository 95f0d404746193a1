/** Retention of customers and their cohorts: questions and answers. */

import { z } from 'zod';
import { amount, answeredScope, count, group, numberFigure, numberRange, paging, part, period, refuseBackwards } from './figure-pieces.ts';
import { accountGroupings, revenueBases } from './figure-table.ts';

// ── retention ───────────────────────────────────────────────────────────────

/** Left out, the period is the twelve months up to the last complete one; of cohorts by quarter three years. */
const accountsScope = { ...period, basis: z.enum(revenueBases).optional() };
export const retentionQuery = z
  .strictObject({ by: z.enum(accountGroupings).default('none'), ...accountsScope })
  .superRefine(refuseBackwards);
export type RetentionQuery = z.output<typeof retentionQuery>;

/** Accounts behind a step of the bridge; `kept` = at the start and still at the end. */
export const retentionParts = ['start', 'new', 'returned', 'expansion', 'contraction', 'churned', 'kept', 'end'] as const;
export type RetentionPart = (typeof retentionParts)[number];

const retentionOfOne = {
  /** Each NRR, GRR in shares of what the start's customers paid a month; logo retention in shares of their number. */
  nrr: numberFigure,
  grr: numberFigure,
  logoRetention: numberFigure,
  /**
   * Accounts and what they pay a month. start + new + returned + expansion − contraction − churned = end. `returned`:
   * customers once before, not at the start, again at the end. `amount` of expansion, contraction, churned: by how much.
   */
  bridge: z.object(Object.fromEntries(retentionParts.map((name) => [name, part])) as Record<RetentionPart, typeof part>),
  /** end − (start + new + returned + expansion − contraction − churned): "0". */
  difference: amount,
};
export const retentionAnswer = z.object({
  by: z.enum(accountGroupings),
  ...answeredScope,
  basis: z.enum(revenueBases),
  formulas: z.object({ nrr: z.string(), grr: z.string(), logoRetention: z.string(), monthly: z.string() }),
  rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), ...retentionOfOne })),
  total: z.object(retentionOfOne),
  notShown: z.object({ groups: count }).nullable(),
});
export type RetentionAnswer = z.output<typeof retentionAnswer>;
export const retentionRecordsQuery = z
  .strictObject({
    part: z.enum(retentionParts).default('start'),
    by: z.enum(accountGroupings).default('none'),
    group: group.optional(),
    ...accountsScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type RetentionRecordsQuery = z.output<typeof retentionRecordsQuery>;

// ── cohorts ─────────────────────────────────────────────────────────────────

const cohortScope = {
  /** Length of a cohort and of a step. */
  every: z.enum(['month', 'quarter']).default('month'),
  ...accountsScope,
  /** Accounts of one group only. */
  by: z.enum(accountGroupings).default('none'),
  group: group.optional(),
};
export const cohortsQuery = z
  .strictObject({ measure: z.enum(['revenue', 'customers']).default('customers'), ...cohortScope })
  .superRefine(refuseBackwards);
export type CohortsQuery = z.output<typeof cohortsQuery>;
export const cohortsAnswer = z.object({
  every: z.enum(['month', 'quarter']),
  measure: z.enum(['revenue', 'customers']),
  by: z.enum(accountGroupings),
  /** Undefined in the question: null, with `ofGroup` false. */
  group: z.string().nullable(),
  ofGroup: z.boolean(),
  ...answeredScope,
  basis: z.enum(revenueBases),
  formula: z.string(),
  /** All cohorts together by step: customers still there ÷ customers, over the cohorts whose cell is not censored. */
  together: z.array(numberFigure),
  cohorts: z.array(
    z.object({
      /** `2026-03`, `2026-Q1`: when the account became a customer, on the basis asked for. */
      cohort: z.string(),
      /** Accounts in it; more may come while its own time is not over (`growing`). */
      customers: count,
      growing: z.boolean(),
      recordsUrl: z.string(),
      cells: z.array(
        z.object({
          /** Steps since the cohort's own, from 0. */
          step: count,
          /** The month or quarter it is. */
          period: z.string(),
          /** Customers: share of the cohort still there. Revenue: of what it brought at step 0 (activity) or paid a month (terms). Null: censored, or nothing at step 0. */
          value: z.number().nullable(),
          why: z.string().nullable(),
          uncertainty: numberRange.nullable(),
          customers: count,
          amount,
          /** Its time is not over yet: it may still rise, and is not to be compared. */
          censored: z.boolean(),
          recordsUrl: z.string(),
        }),
      ),
    }),
  ),
});
export type CohortsAnswer = z.output<typeof cohortsAnswer>;
export const cohortRecordsQuery = z
  .strictObject({
    cohort: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2]|Q[1-4])$/, 'a cohort is a month like 2026-03 or a quarter like 2026-Q1')
      .default('2026-01'),
    /** Left out: all accounts of the cohort. */
    step: z.coerce.number().int().min(0).max(1200).optional(),
    ...cohortScope,
    ...paging,
  })
  .superRefine(refuseBackwards);
export type CohortRecordsQuery = z.output<typeof cohortRecordsQuery>;
