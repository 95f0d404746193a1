import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { count, day, instant } from './pieces.ts';

/** The responses of days, both included, that a goal about responders counts. */
export const respondersAsk = z.strictObject({
  start: day,
  end: day,
  /** Left out: of all campaigns. */
  campaignId: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const respondersAnswer = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      campaign: named,
      status: z.string().nullable(),
      respondedAt: instant,
      leadId: idSchema.nullable(),
      contactId: idSchema.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: count,
});
