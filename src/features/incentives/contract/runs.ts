/**
 * Runs: pay of one period computed from facts. A regular run takes all plans with its kind of period; a shadow run one
 * version of a plan over past periods, to see what it would have paid; it is never payable and says so everywhere.
 */

import { z } from 'zod';
import { daySchema, idSchema, list, named } from '#features/agreement/contract.ts';
import { count, instant, money, opening, paging, paySide, periodKind, whyNot, words } from './pieces.ts';
import { runState } from './states.ts';

export const runKinds = ['shadow', 'regular'] as const;
export const runKind = z.enum(runKinds);
export type RunKind = (typeof runKinds)[number];

export const newRun = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('regular'),
    periodKind,
    /** First day of the period. */
    periodStart: daySchema,
  }),
  z.strictObject({
    kind: z.literal('shadow'),
    /** The version, of any state, whose periods are computed. */
    versionId: idSchema,
    /** First day of the first and of the last period, both included. */
    periodStart: daySchema,
    lastPeriodStart: daySchema.optional(),
  }),
]);
export type NewRun = z.output<typeof newRun>;
/** A shadow run over several periods makes one run each. */
export const madeRuns = z.object({ ids: z.array(idSchema), seriesId: idSchema.nullable() });

export const runsAsk = z.strictObject({
  kind: runKind.optional(),
  status: runState.optional(),
  periodKind: periodKind.optional(),
  versionId: idSchema.optional(),
  seriesId: idSchema.optional(),
  ...paging,
});
export type RunsAsk = z.output<typeof runsAsk>;

/** A sum in one currency, of what the asker may see. */
export const sum = z.object({ currency: z.string(), amount: money });

const runHead = {
  id: idSchema,
  kind: runKind,
  status: runState,
  /** Of shadow runs false, always. */
  payable: z.boolean(),
  periodKind,
  periodStart: z.string(),
  periodEnd: z.string(),
  /** Such as "Q2 2026". */
  label: z.string(),
  seriesId: idSchema.nullable(),
  /** How often it was computed; 0: not yet. */
  attempt: count,
  cutoff: instant,
  computedAt: instant.nullable(),
  startedBy: named,
  startedAt: instant,
  lockedAt: instant.nullable(),
  lockedBy: named.nullable(),
  /** Approvals of the lines as they are. */
  approvals: count,
  openDisputes: count,
  /** Sums and payees of what the asker sees; empty where that is nobody. */
  sums: z.array(sum),
  payees: count,
  /** False: the sums leave out whom the asker may not see. */
  sumsAreWhole: z.boolean(),
};
export const runInList = z.object(runHead);
export const runList = list(runInList);

export const gateState = z.object({
  side: paySide.nullable(),
  says: z.string(),
  value: z.string().nullable(),
  needed: z.string(),
  holds: z.boolean(),
  opens: z.array(opening),
});
/** The pool as both sides see it: what is in it, whether it opens and why; shares only of those the asker may see. */
export const poolState = z.object({
  versionId: idSchema,
  planName: z.string(),
  currency: z.string(),
  /** What the joint result funds, before the gates. */
  funded: money,
  /** What is shared out. */
  fund: money,
  state: z.enum(['open', 'partly', 'closed']),
  why: z.string(),
  gates: z.array(gateState),
  sharers: z.object({ marketing: count, sales: count }),
});
export type PoolState = z.output<typeof poolState>;

export const runApproval = z.object({
  id: idSchema,
  member: named,
  scope: z.enum(['all', 'marketing', 'sales']),
  note: z.string(),
  approvedAt: instant,
  /** False: given on an earlier computation, whose lines differed. */
  counts: z.boolean(),
});
export const run = z.object({
  ...runHead,
  inputsHash: z.string().nullable(),
  linesHash: z.string().nullable(),
  discardedBecause: z.string().nullable(),
  plans: z.array(
    z.object({
      planId: idSchema,
      versionId: idSchema,
      number: count,
      name: z.string(),
      /** Not paid by it, as they have not signed it. */
      notSigned: z.array(named),
    }),
  ),
  pools: z.array(poolState),
  approvalList: z.array(runApproval),
  approvalsNeeded: count,
  /** What whoever approves should know: disputes, warnings, corrections of earlier periods, who isn't paid. */
  notes: z.array(z.string()),
  /** Entries of the ledger made at the lock. */
  postings: z.array(z.object({ member: named, amount: money, currency: z.string(), costId: idSchema, postedOn: z.string() })),
  can: z.object({ compute: whyNot, approve: whyNot, lock: whyNot, discard: whyNot, export: whyNot }),
});
export type Run = z.output<typeof run>;

export const newApproval = z.strictObject({
  /** The hash of the lines that were looked at. */
  linesHash: z.string().regex(/^[0-9a-f]{64}$/, 'is the hash of the lines that were read'),
  note: z.string().trim().max(2_000).default(''),
});
export const discarding = z.strictObject({ reason: words(2_000, 'Say why.') });

/** A locked run computed again from its kept inputs, and the facts that changed since. */
export const runCheck = z.object({
  equal: z.boolean(),
  linesHash: z.string(),
  recomputedHash: z.string(),
  changedFacts: z.array(z.object({ opening, says: z.string() })),
});
