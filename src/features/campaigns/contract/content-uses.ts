/** Content used for a lead or a deal: a tracked link or shown in a call; who opened it, and what came of it. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';

const instant = z.string().describe('ISO 8601 in UTC');
const count = z.number().int();
const text = (most: number) => z.string().trim().max(most);
const paging = { limit: z.coerce.number().int().min(1).max(200).default(50), cursor: text(200).optional() };

export const useWays = ['link', 'call', 'meeting'] as const;
export const newUse = z
  .strictObject({
    /** `link`: a tracked link to send; `call`, `meeting`: shown there. */
    way: z.enum(useWays),
    leadId: idSchema.optional(),
    dealId: idSchema.optional(),
    note: text(500).default(''),
  })
  .refine(({ leadId, dealId }) => (leadId === undefined) !== (dealId === undefined), {
    path: ['leadId'],
    message: 'name the lead or the deal it is for: one of them',
  });
export type NewUse = z.output<typeof newUse>;
export const useMade = z.object({
  id: idSchema,
  /** The tracked link, told this once; null where it was shown. */
  link: z.string().nullable(),
});
export const byUse = z.strictObject({ useId: idSchema });

const subject = z.object({ kind: z.enum(['lead', 'deal']), id: idSchema, name: z.string(), company: z.string().nullable() });
export const contentUse = z.object({
  id: idSchema,
  asset: named,
  version: z.object({ id: idSchema, number: count }),
  way: z.enum(useWays),
  member: named,
  subject,
  note: z.string(),
  usedAt: instant,
  /** By people; openings by mail scanners and by ourselves are told apart. */
  opens: count,
  firstOpenedAt: instant.nullable(),
  lastOpenedAt: instant.nullable(),
  scanned: count,
  /** Opened when nothing valid was left to show. */
  inVain: count,
  /** The version that an open led to last, where it was not the one sent. */
  servedNumber: count.nullable(),
  revokedAt: instant.nullable(),
  /** Why the asker may not close the link; null: may. */
  mayNotRevoke: z.string().nullable(),
});
export type ContentUse = z.output<typeof contentUse>;

/** Of one lead or deal, the newest first. */
export const usesAsk = z
  .strictObject({ leadId: idSchema.optional(), dealId: idSchema.optional(), ...paging })
  .refine(({ leadId, dealId }) => (leadId === undefined) !== (dealId === undefined), {
    path: ['leadId'],
    message: 'name the lead or the deal: one of them',
  });
export const usesPage = z.object({ items: z.array(contentUse), next: z.string().nullable(), total: count });
export type UsesPage = z.output<typeof usesPage>;

/** `reached`: opened by a person, or shown. */
export const useGroups = ['all', 'opened', 'links', 'shown', 'reached'] as const;
/** The uses behind a number of one asset. */
export const assetUsesAsk = z.strictObject({ memberId: idSchema.optional(), which: z.enum(useGroups).default('all'), ...paging });

const told = {
  /** Of the leads there were. */
  leads: count,
  won: count,
  /** won ÷ leads; null of none. */
  share: z.number().nullable(),
  /** 95 %. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  recordsUrl: z.string(),
};
/** What came of one asset's uses. */
export const assetOutcome = z.object({
  uses: count,
  links: count,
  shown: count,
  opens: count,
  /** Leads for which it was opened by a person, or shown. */
  reached: count,
  usesUrl: z.string(),
  byMember: z.array(
    z.object({
      member: named,
      uses: count,
      links: count,
      shown: count,
      opened: count,
      reached: count,
      /** Deals won after it was used. */
      won: count,
      usesUrl: z.string(),
      dealsUrl: z.string(),
    }),
  ),
  /** Deals won after a use, each once. */
  wonDeals: count,
  wonAmount: z.string(),
  currency: z.string(),
  /** Won deals without an amount in this currency. */
  withoutAmount: count,
  dealsUrl: z.string(),
  /** Leads that were decided after a use, and comparable ones without: same stage and segment. */
  used: z.object(told),
  compared: z.object(told),
  /** Difference of the shares won, weighted by stage and segment, with its 95 % interval; null: too few to say, `why` says so. */
  difference: z.object({ value: z.number(), low: z.number(), high: z.number(), strata: count }).nullable(),
  why: z.string().nullable(),
  /** 1: all comparable leads; else the share of them that was drawn, by their ids. */
  comparedShare: z.number(),
  /** Used leads that are not decided yet, or have no comparable one. */
  undecided: count,
  withoutMatch: count,
  formula: z.string(),
  caveat: z.string(),
});
export type AssetOutcome = z.output<typeof assetOutcome>;

export const outcomeRecordsAsk = z.strictObject({ of: z.enum(['used', 'compared']).default('used'), ...paging });
export const outcomeRecords = z.object({
  items: z.array(
    z.object({
      leadId: idSchema,
      name: z.string(),
      company: z.string().nullable(),
      segment: z.string().nullable(),
      /** The stage it was in when the content was first used; of a compared one, the stage it is compared at. */
      stage: z.string(),
      /** When it was used first, or when the compared one entered the stage. */
      at: instant.nullable(),
      won: z.boolean(),
      decidedAt: instant.nullable(),
      owner: named.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: count,
});
export const wonDealsAsk = z.strictObject({ memberId: idSchema.optional(), ...paging });
export const wonDeals = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      account: named.nullable(),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      wonAt: instant,
      usedAt: instant,
      usedBy: named,
    }),
  ),
  next: z.string().nullable(),
  total: count,
});
