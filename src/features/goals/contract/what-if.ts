/** The what-if sheet: what the plan's range would be if something were done otherwise. It calculates and stores nothing. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { count, day, opens, quantity, reason, spread } from './pieces.ts';
import { workBackSchema } from './plans.ts';
import { changesSchema } from './what-if-changes.ts';

/** Of a version, or of a sheet that isn't saved. */
export const whatIfAsk = z.strictObject({
  of: z.union([
    z.strictObject({ versionId: idSchema }),
    z.strictObject({ start: day, end: day, workBack: workBackSchema.omit({ changes: true }) }),
  ]),
  changes: changesSchema,
});
export type WhatIfAsk = z.output<typeof whatIfAsk>;

/** The same MQLs a month and the same past: what is won in the period. */
const outlook = z.object({
  revenue: spread,
  target: quantity,
  reachedPercent: count,
  won: spread,
  mqls: spread,
  budget: spread.nullable(),
  /** MQLs a month needed, and what the reps can work. */
  mqlsAMonth: quantity,
  workableAMonth: quantity.nullable(),
});
export const whatIfAnswer = z.object({
  asOf: z.string(),
  currency: z.string(),
  start: z.string(),
  end: z.string(),
  intervalPercent: count,
  before: outlook,
  after: outlook,
  /** By month, revenue before and after. */
  months: z.array(z.object({ month: z.string(), target: quantity, before: spread, after: spread })),
  /** What each change does by itself, in revenue of the period. */
  effects: z.array(
    z.object({
      key: z.enum(['moves', 'reps', 'definition', 'answerWithinMinutes']),
      label: z.string(),
      effect: spread.nullable(),
      why: z.string().nullable(),
      from: z.array(reason),
      caveat: z.string().nullable(),
    }),
  ),
  tooLittle: z.string().nullable(),
  notes: z.array(z.string()),
});
export type WhatIfAnswer = z.output<typeof whatIfAnswer>;

/** What can be changed, with the company's own numbers beside it. */
export const whatIfChoices = z.object({
  currency: z.string(),
  places: z.object({
    channel: z.array(z.object({ place: z.string().nullable(), label: z.string(), spend: quantity, recordsUrl: opens })),
    segment: z.array(z.object({ place: z.string().nullable(), label: z.string(), spend: quantity, recordsUrl: opens })),
  }),
  reps: z.object({ now: count, leadsAMonth: quantity, each: quantity }),
  /** Versions of the MQL definition that have a back-test. */
  definitions: z.array(
    z.object({
      versionId: idSchema,
      number: count,
      status: z.string(),
      sentence: z.string(),
      passedNow: count,
      passedThen: count,
      runBy: named.nullable(),
    }),
  ),
  /** Times of the curve, in minutes of wall time; `leads` were tried later. */
  speeds: z.array(z.object({ minutes: count, label: z.string(), leadsSlower: count, recordsUrl: opens })),
  notes: z.array(z.string()),
});
export type WhatIfChoices = z.output<typeof whatIfChoices>;
