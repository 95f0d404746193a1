/** Results of objectives (MBO): how far a payee reached one in a period, recorded by their manager with the evidence. */

import { z } from 'zod';
import { daySchema, idSchema, list, named } from '#features/agreement/contract.ts';
import { count, instant, paging, payee, whyNot, words } from './pieces.ts';

/** 0 to 100 with at most two decimals. */
export const resultPercent = z.string().regex(/^(?:100(?:\.0{1,2})?|\d{1,2}(?:\.\d{1,2})?)$/, 'is a percent from 0 to 100, such as "87.5"');

export const newResult = z.strictObject({
  planId: idSchema,
  component: z.string().trim().min(1).max(80),
  objective: z.string().trim().min(1).max(80),
  memberId: idSchema,
  /** First day of the period of the plan that it is for. */
  periodStart: daySchema,
  resultPercent,
  evidence: words(5_000, 'Say what shows it: what was done, where it can be seen.'),
});
export type NewResult = z.output<typeof newResult>;

export const resultsAsk = z.strictObject({
  planId: idSchema.optional(),
  memberId: idSchema.optional(),
  periodStart: daySchema.optional(),
  ...paging,
});
export type ResultsAsk = z.output<typeof resultsAsk>;
export const mboResult = z.object({
  id: idSchema,
  planId: idSchema,
  planName: z.string(),
  component: z.string(),
  objective: z.string(),
  /** The objective by its name, as the last signed version has it. */
  says: z.string(),
  payee,
  periodStart: z.string(),
  resultPercent: z.string(),
  evidence: z.string(),
  recordedBy: named,
  recordedAt: instant,
  /** The last one recorded of a payee, period and objective counts; earlier ones stand. */
  counts: z.boolean(),
});
export const mboResults = list(mboResult);

/** Objectives of versions in force whose result of an ended period nobody has recorded, for Today. */
export const missingResult = z.object({
  planId: idSchema,
  planName: z.string(),
  component: z.string(),
  objective: z.string(),
  says: z.string(),
  payee,
  periodStart: z.string(),
  can: z.object({ record: whyNot }),
});
export const missingResults = z.object({ items: z.array(missingResult), total: count });
