/** Who signs a version of a plan, on what, and what of it each sees. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { contentHashSchema, instant, paySide, whyNot } from './pieces.ts';

/** A payee signs their own part; the heads of marketing and of sales for their side; the sponsor the whole. */
export const signers = ['payee', 'marketing', 'sales', 'sponsor'] as const;
export type Signer = (typeof signers)[number];
export const signer = z.enum(signers);

export const newPlanSignature = z.strictObject({
  /** The hash of what was read: `signing.contentHash` of the version as the signer sees it. */
  contentHash: contentHashSchema,
  /** As whom, where one could sign as several. */
  signsAs: signer.optional(),
});
export type NewPlanSignature = z.output<typeof newPlanSignature>;

export const planSignature = z.object({
  signsAs: signer,
  member: named,
  /** A leader signed for a side in which nobody who could has a login. */
  onBehalf: z.boolean(),
  contentHash: z.string(),
  signedAt: instant,
});
export type PlanSignature = z.output<typeof planSignature>;

/** As what the asker may sign now, each with the hash of what they would sign; else why not. */
export const planSigning = z.object({
  ways: z.array(z.object({ signsAs: signer, onBehalf: z.boolean(), contentHash: z.string() })),
  whyNot,
});

/** One payee's sign-off. Who has not signed is not paid by the plan. */
export const payeeSignOff = z.object({
  payee: z.object({ id: idSchema, name: z.string(), side: paySide, hasLogin: z.boolean() }),
  signedAt: instant.nullable(),
});
