/** Disputes: a payee doubts a line and gets an answer by a day. */

import { z } from 'zod';
import { idSchema, list, named } from '#features/agreement/contract.ts';
import { instant, money, paging, payee, whyNot, words } from './pieces.ts';
import { statementLine } from './statements.ts';
import { disputeState } from './states.ts';

/** Working days in which a dispute is answered, by the workspace's calendar. */
export const disputeDays = 5;

export const newDispute = z.strictObject({ lineId: idSchema, reason: words(2_000, 'Say what is wrong with the line.') });

/** `corrected`: a line of the next run, by this amount in the line's currency; may be negative. */
export const disputeAnswer = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('explained'), answer: words(5_000) }),
  z.strictObject({
    outcome: z.literal('corrected'),
    answer: words(5_000),
    amount: z.string().regex(/^-?[1-9]\d{0,14}$/, 'is an amount in minor units other than nothing, such as "-12000"'),
  }),
]);
export const escalation = z.strictObject({ reason: words(2_000, 'Say why the sponsor should look at it.') });

export const disputesAsk = z.strictObject({
  status: disputeState.optional(),
  memberId: idSchema.optional(),
  runId: idSchema.optional(),
  ...paging,
});
export type DisputesAsk = z.output<typeof disputesAsk>;

export const dispute = z.object({
  id: idSchema,
  status: disputeState,
  runId: idSchema,
  runLabel: z.string(),
  payee,
  reason: z.string(),
  raisedBy: named,
  raisedAt: instant,
  dueAt: instant,
  /** Past due and not answered. */
  late: z.boolean(),
  line: statementLine,
  answer: z.string().nullable(),
  answeredBy: named.nullable(),
  answeredAt: instant.nullable(),
  escalatedBy: named.nullable(),
  escalatedAt: instant.nullable(),
  escalatedBecause: z.string().nullable(),
  correction: z.object({ amount: money, currency: z.string(), runId: idSchema.nullable() }).nullable(),
  /** Each step, oldest first. */
  history: z.array(z.object({ at: instant, member: named.nullable(), says: z.string() })),
  can: z.object({ answer: whyNot, escalate: whyNot, decide: whyNot, withdraw: whyNot }),
});
export type Dispute = z.output<typeof dispute>;
export const disputeList = list(dispute);
