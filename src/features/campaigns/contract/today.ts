/** What campaigns want of somebody today. */

import { z } from 'zod';
import { instant, namedCampaign } from './pieces.ts';
import { followUpItem } from './follow-up.ts';
import { role } from './roles.ts';

export const campaignToday = z.object({
  /** Parts asked of me that I have not answered, the soonest due first. */
  asked: z.array(role),
  /** Parts I accepted that are not done yet. */
  owed: z.array(role),
  /** Briefs of campaigns in which I have a part, to acknowledge. `had`: the version I acknowledged before. */
  briefs: z.array(z.object({ campaign: namedCampaign, number: z.number().int(), publishedAt: instant, had: z.number().int().nullable() })),
  /** Responders of mine whom nobody has tried to reach: the first of them, and how many. */
  responders: z.object({ items: z.array(followUpItem), waiting: z.number().int(), waitingIsAtLeast: z.boolean() }),
  /** Other parts proposed to what I asked for: mine to take or not. */
  counterproposals: z.array(role),
  /** Declined in the last 14 days, of what I asked for. */
  declined: z.array(role),
});
export type CampaignToday = z.output<typeof campaignToday>;
