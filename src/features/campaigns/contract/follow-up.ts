/** People who responded to a campaign and whom nobody has tried to reach since. */

import { z } from 'zod';
import { handoffStates } from '#engine/handoff/states.ts';
import { idSchema, named } from '#features/agreement/contract.ts';
import { instant, namedCampaign, paged, person, whyNot } from './pieces.ts';

export const followUpAsk = z.strictObject({
  /** Whose: a member's id, `me`, `nobody` or `all`. */
  of: z.union([z.enum(['me', 'all', 'nobody']), idSchema]).default('all'),
  /** Responses of the last so many days. */
  days: z.coerce.number().int().min(1).max(366).default(60),
  ...paged,
});
export const allFollowUpAsk = followUpAsk.extend({ of: z.union([z.enum(['me', 'all', 'nobody']), idSchema]).default('me') });
export const followUpItem = z.object({
  /** The campaign member. */
  id: idSchema,
  campaign: namedCampaign,
  person: person.extend({ title: z.string().nullable(), email: z.string().nullable(), phone: z.string().nullable() }),
  /** Who has the lead, else the contact. */
  owner: named.nullable(),
  respondedAt: instant,
  /** The campaign's own word for it, such as “Attended”. */
  response: z.string().nullable(),
  /** What it responded to: the last thing it did by then. */
  respondedTo: z.object({ kind: z.string(), subject: z.string().nullable(), at: instant }).nullable(),
  /** Since the response, in the owner's working time and by the wall clock. */
  waiting: z.object({ workingMinutes: z.number().int(), wallMinutes: z.number().int() }),
  /** Between the sides, where the lead is an MQL. */
  handoff: z.object({ state: z.enum(handoffStates), version: z.string() }).nullable(),
  /** Taking it into work, by the hand-off's own verbs: POST to `/leads/:id/<noun>` with `version`. Null where it is no MQL. */
  can: z.object({ claim: whyNot, accept: whyNot }).nullable(),
});
export type FollowUpItem = z.output<typeof followUpItem>;
export const followUpPage = z.object({
  /** The longest waiting first. */
  items: z.array(followUpItem),
  next: z.string().nullable(),
  /** Of the same scope and days, counted up to 1,000. */
  counts: z.object({ waiting: z.number().int(), waitingIsAtLeast: z.boolean() }),
});
export type FollowUpPage = z.output<typeof followUpPage>;
