/** What would be paid if: calculated from the facts as they are, nothing of it is stored. */

import { z } from 'zod';
import { daySchema, idSchema, named } from '#features/agreement/contract.ts';
import { count, money, payee } from './pieces.ts';
import { planContentSchema } from './plan-content.ts';
import { poolState } from './runs.ts';
import { statementLine } from './statements.ts';

/** If this deal closes at this amount on this day: what changes for the asker, or for whom they may see. */
export const dealWhatIfAsk = z.strictObject({
  dealId: idSchema,
  /** Minor units of the deal's currency; unsaid: its amount. */
  amount: z
    .string()
    .regex(/^\d{1,15}$/, 'is an amount in minor units, such as "1200050"')
    .optional(),
  closesOn: daySchema.optional(),
  memberId: idSchema.optional(),
});
export type DealWhatIfAsk = z.output<typeof dealWhatIfAsk>;
export const dealWhatIf = z.object({
  deal: named.extend({ amount: money, currency: z.string() }),
  payee,
  closesOn: z.string(),
  plans: z.array(
    z.object({
      planId: idSchema,
      versionId: idSchema,
      name: z.string(),
      currency: z.string(),
      before: money,
      after: money,
      difference: money,
      /** Lines that are new or differ. */
      lines: z.array(statementLine),
    }),
  ),
  notes: z.array(z.string()),
});
export type DealWhatIf = z.output<typeof dealWhatIf>;

/** A plan as it could be, against the version it comes from, over past periods. */
export const planWhatIfAsk = z.strictObject({
  content: planContentSchema,
  against: idSchema.optional(),
  /** First day of the first period; unsaid: the four periods before the running one. */
  periodStart: daySchema.optional(),
  lastPeriodStart: daySchema.optional(),
});
export type PlanWhatIfAsk = z.output<typeof planWhatIfAsk>;
export const planWhatIf = z.object({
  currency: z.string(),
  periods: z.array(
    z.object({
      periodStart: z.string(),
      label: z.string(),
      before: money.nullable(),
      after: money,
      pool: poolState.nullable(),
    }),
  ),
  payees: z.array(z.object({ payee, before: money.nullable(), after: money, periods: count })),
  notes: z.array(z.string()),
});
export type PlanWhatIf = z.output<typeof planWhatIf>;
