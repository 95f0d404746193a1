/** What is wrong with a plan (it can't be proposed so) and what experience warns of (it can). */

import { z } from 'zod';
import { idSchema } from '#features/agreement/contract.ts';
import { planContentSchema } from './plan-content.ts';

/** `at`: where in the content, such as `components.0.cap`. */
export const planProblem = z.object({ at: z.string(), reason: z.string() });

export const planWarning = z.object({
  kind: z.string(),
  at: z.string(),
  says: z.string(),
  /** What would be better. */
  instead: z.string(),
  /** Of whose pay it speaks; null: of nobody's in particular. */
  payeeId: idSchema.nullable(),
});
export type PlanWarning = z.output<typeof planWarning>;

export const checkAsk = z.strictObject({ content: planContentSchema });
export const checked = z.object({ problems: z.array(planProblem), warnings: z.array(planWarning) });
