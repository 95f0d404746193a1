/** What is wrong with a plan (it can't be proposed so) and what experience warns of (it can). */

import { z } from 'zod';
import { warningCodes } from '#engine/payout/warnings.ts';
import { idSchema } from '#features/agreement/contract.ts';
import { planContentSchema } from './plan-content.ts';

/** `at`: where in the content, such as `components.0.cap`; what is there, and what would be fine. */
export const planProblem = z.object({ at: z.string(), what: z.string(), fine: z.string() });
export type PlanProblem = z.output<typeof planProblem>;

/** What the company's own records add to what the engine warns of (`engine/payout/warnings.ts`). */
export const knownWarnings = [
  'neverReached',
  'noLogin',
  'leftCompany',
  'nobodySigns',
  'sponsorIsPaid',
  'beginsBeforeSigned',
  'noClauses',
] as const;

export const planWarning = z.object({
  code: z.enum([...warningCodes, ...knownWarnings]),
  at: z.string(),
  what: z.string(),
  better: z.string(),
  /** Whom it concerns, of those the asker sees; empty for everybody. */
  payees: z.array(idSchema),
});
export type PlanWarning = z.output<typeof planWarning>;

export const checkAsk = z.strictObject({ content: planContentSchema });
export const checked = z.object({ problems: z.array(planProblem), warnings: z.array(planWarning) });
