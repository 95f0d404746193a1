/**
 * What the shapes of incentives share. Amounts are decimal strings of minor units of the currency beside them; percents
 * and other quantities decimal strings; days are in the workspace's zone, both ends of a period included.
 */

import { z } from 'zod';
import { periodKinds } from '#engine/payout/plan.ts';
import { sides } from '#engine/payout/sides.ts';
import { idSchema } from '#features/agreement/contract.ts';

export const instant = z.string().describe('ISO 8601 in UTC');
export const money = z.string().describe('decimal string of minor units; may be negative');
export const count = z.number().int();
/** What somebody writes; the limit is in characters. */
export const words = (most: number, missing = 'Say something.') => z.string().trim().min(1, missing).max(most);
export const contentHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'is the content hash of what was read');

/** Kinds of period that plans pay by. */
export const periodKind = z.enum(periodKinds);
export const paySide = z.enum(sides);

/** A page of a list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
};

/** Null: it may be done. Else why not, in words for a disabled button. */
export const whyNot = z.string().nullable();

export const payee = z.object({ id: idSchema, name: z.string(), side: paySide });

/**
 * Where a number of pay leads: the record, clause, figure or result behind it. `path` is an address of this API that
 * answers with the records; null where somebody's own word is all there is (`label` says it).
 */
export const opening = z.object({
  kind: z.enum(['deal', 'lead', 'revenue', 'touch', 'campaign', 'clause', 'figure', 'result', 'none']),
  id: z.string().nullable(),
  label: z.string(),
  on: z.string().nullable(),
  amount: money.nullable(),
  currency: z.string().nullable(),
  path: z.string().nullable(),
});
export type Opening = z.output<typeof opening>;
