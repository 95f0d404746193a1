/** What the shapes of campaigns share. */

import { z } from 'zod';
import { daySchema, idSchema, named } from '#features/agreement/contract.ts';

export const byId = z.strictObject({ id: idSchema });
export const instant = z.string();
export const words = (most: number) => z.string().trim().max(most);
export const saidWhy = words(2_000).min(1, 'Say why.');
/** Minor units of `currency`. */
export const money = z.object({ amount: z.string(), currency: z.string() });
export const regions = z.array(words(80).min(1)).max(30);
/** Whether the asker may do a thing with what is shown: null, or why not. */
export const whyNot = z.string().nullable();
export const period = {
  /** Days of the workspace's zone, both included. */
  start: daySchema.optional(),
  end: daySchema.optional(),
};
export const paged = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};
/** A campaign as it stands beside something else. */
export const namedCampaign = named.extend({ startsOn: z.string().nullable(), endsOn: z.string().nullable() });
export type NamedCampaign = z.output<typeof namedCampaign>;
/** Somebody of the campaign: the lead of it where there is one, else the contact. */
export const person = z.object({
  leadId: idSchema.nullable(),
  contactId: idSchema.nullable(),
  name: z.string(),
  company: z.string().nullable(),
});
