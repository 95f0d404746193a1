/**
 * Who sees whose pay, and who looked. A person sees their own; who manages one of the person's teams and is of the same
 * side; a side's heads that side's; the owner and the heads of leadership all; auditors, named by the owner, all,
 * read-only.
 */

import { z } from 'zod';
import { idSchema, list, named } from '#features/agreement/contract.ts';
import { instant, paging, whyNot, words } from './pieces.ts';

/** What the asker sees of pay, for screens to show or leave out whole parts. */
export const paySight = z.object({
  /** All pay of both sides: the owner, heads of leadership, auditors. */
  all: z.boolean(),
  sides: z.object({ marketing: z.boolean(), sales: z.boolean() }),
  /** Sees pay of people in teams they manage. */
  managesSomebody: z.boolean(),
  auditor: z.boolean(),
  /** Is paid by a plan that was proposed or signed. */
  isPayee: z.boolean(),
  can: z.object({ draftPlans: whyNot, grantAuditors: whyNot }),
});
export type PaySight = z.output<typeof paySight>;

export const newAuditor = z.strictObject({ memberId: idSchema, reason: words(2_000, 'Say why they may read all pay.') });
export type NewAuditor = z.output<typeof newAuditor>;
export const auditor = z.object({
  id: idSchema,
  member: named,
  reason: z.string(),
  grantedBy: named,
  grantedAt: instant,
  revokedBy: named.nullable(),
  revokedAt: instant.nullable(),
});
export const auditors = list(auditor);

/** What was looked at. */
export const lookKinds = ['statement', 'plan', 'run', 'export', 'dispute', 'result', 'estimate'] as const;
export type LookKind = (typeof lookKinds)[number];
export const looksAsk = z.strictObject({
  /** Whose pay was looked at; unsaid: the asker's own. */
  payeeId: idSchema.optional(),
  ...paging,
});
export type LooksAsk = z.output<typeof looksAsk>;
/** One viewer in one hour, however often they looked. */
export const look = z.object({
  viewer: z.object({ id: idSchema, name: z.string(), side: z.string() }),
  what: z.enum(lookKinds),
  recordId: idSchema.nullable(),
  hour: instant,
  lookedAt: instant,
});
export const looks = list(look).extend({ payee: named });
