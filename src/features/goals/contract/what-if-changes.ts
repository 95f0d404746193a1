/** What could be done otherwise, as the what-if sheet asks and a draft keeps it. */

import { z } from 'zod';
import { idSchema } from '#features/agreement/contract.ts';

const amount = z.string().regex(/^\d{1,15}$/, 'is an amount in minor units');
const place = z.string().max(200).nullable();

export const changesSchema = z.strictObject({
  /** So much of the period's budget is moved. `from` null: it is added; `to` null: it is saved. */
  moves: z
    .array(
      z
        .strictObject({ by: z.enum(['channel', 'segment']), from: place, to: place, amount })
        .refine(({ from, to }) => from !== to, 'It is moved to where it is.'),
    )
    .max(20)
    .default([]),
  /** More or fewer who work leads. */
  reps: z.int().min(-1000).max(1000).default(0),
  /** MQL by this version of its definition instead of the one in force, by its back-test. */
  definition: z.strictObject({ versionId: idSchema }).nullable().default(null),
  /** Every lead tried first within so many minutes of wall time: one of the times of the curve. */
  answerWithinMinutes: z.int().min(1).max(10_080).nullable().default(null),
});
export type Changes = z.output<typeof changesSchema>;
