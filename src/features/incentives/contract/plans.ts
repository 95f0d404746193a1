/** Plans and their versions. Everybody sees of a version what they may see of pay: `seen` says which part that is. */

import { z } from 'zod';
import { daySchema, idSchema, list, named } from '#features/agreement/contract.ts';
import { count, instant, paging, payee, periodKind, whyNot, words } from './pieces.ts';
import { planContentSchema } from './plan-content.ts';
import { payeeSignOff, planSignature, planSigning } from './sign-off.ts';
import { planState } from './states.ts';
import { planProblem, planWarning } from './warnings.ts';

export const planDraft = z.strictObject({ content: planContentSchema });
/** From the first day of a period of the plan, which is a first of a month. */
export const planProposal = z.strictObject({ effectiveFrom: daySchema });
export const planEnding = z.strictObject({
  /** First day, a period's first, on which the plan no longer counts. */
  from: daySchema,
});
export const newPlanComment = z.strictObject({
  text: words(5_000),
  /** Whose part it is about: only who sees that pay reads it. Of a payee always their own; unsaid by others: for all. */
  aboutMemberId: idSchema.optional(),
});

/**
 * How much of a version the asker sees: `whole`; `side` (figures of the own side, names of the other); `team`; `own`.
 * The same part is what they sign.
 */
export const planPart = z.enum(['whole', 'side', 'team', 'own']);
export type PlanPart = z.output<typeof planPart>;

const versionHead = {
  id: idSchema,
  planId: idSchema,
  number: count,
  status: planState,
  name: z.string(),
  periodKind,
  currency: z.string(),
  /** The day that was proposed and signed; and the day from which it counts, once signed. */
  effectiveFrom: z.string().nullable(),
  inForceFrom: z.string().nullable(),
  /** Signed, begun, not followed by another, not ended. */
  inForce: z.boolean(),
  madeBy: named.nullable(),
  madeAt: instant,
  proposedAt: instant.nullable(),
  signedAt: instant.nullable(),
  withdrawnAt: instant.nullable(),
  /** Of the signatures of the heads and the sponsor, those missing. */
  missing: z.array(z.enum(['marketing', 'sales', 'sponsor'])),
  payees: z.object({ marketing: count, sales: count, signed: count }),
  /** The asker is paid by it and has not signed. */
  awaitsMe: z.boolean(),
};
export const planVersionInList = z.object(versionHead);

export const planVersion = z.object({
  ...versionHead,
  part: planPart,
  /** The part of the content that the asker sees. */
  content: planContentSchema,
  /** Names of the payees and, where the asker may see it, whether each has signed. */
  people: z.array(payee.extend({ figuresShown: z.boolean() })),
  signOffs: z.array(payeeSignOff),
  signatures: z.array(planSignature),
  signing: planSigning,
  comments: z.array(
    z.object({ id: idSchema, member: named, side: z.string(), about: named.nullable(), text: z.string(), saidAt: instant }),
  ),
  problems: z.array(planProblem),
  warnings: z.array(planWarning),
  /** The plan in words, part by part. */
  sentences: z.array(z.object({ at: z.string(), says: z.string() })),
  /** Against the version signed before: what was added, removed and changed, in the same words. */
  diff: z.object({ against: count, added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
  can: z.object({ edit: whyNot, propose: whyNot, withdraw: whyNot, comment: whyNot, makeNext: whyNot }),
});
export type PlanVersion = z.output<typeof planVersion>;

export const plansAsk = z.strictObject({ which: z.enum(['all', 'open', 'inForce', 'awaitsMe']).default('all'), ...paging });
export type PlansAsk = z.output<typeof plansAsk>;
/** A plan by the newest of its versions that the asker sees. */
export const planInList = z.object({
  id: idSchema,
  name: z.string(),
  latest: planVersionInList,
  inForce: planVersionInList.nullable(),
  endedFrom: z.string().nullable(),
  hasPool: z.boolean(),
});
export const planList = list(planInList);

export const plan = z.object({
  id: idSchema,
  name: z.string(),
  endedFrom: z.string().nullable(),
  endedBy: named.nullable(),
  /** Newest first. */
  versions: z.array(planVersionInList),
  can: z.object({ end: whyNot, makeNext: whyNot }),
});
export type PlanOfPay = z.output<typeof plan>;
export const madeVersion = z.object({ id: idSchema, planId: idSchema });
