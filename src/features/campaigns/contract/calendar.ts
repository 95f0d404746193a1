/** Campaigns over months, against territories and quarters, with the load they put on reps. */

import { z } from 'zod';
import { planStates, roleKinds } from '#engine/campaigns/states.ts';
import { idSchema, named } from '#features/agreement/contract.ts';
import { namedCampaign, period } from './pieces.ts';

export const calendarAsk = z.strictObject({
  /** Unsaid: this quarter and the next. At most 24 months. */
  ...period,
  region: z.string().max(80).optional(),
});
export const calendarAnswer = z.object({
  start: z.string(),
  end: z.string(),
  today: z.string(),
  quarters: z.array(z.object({ label: z.string(), start: z.string(), end: z.string() })),
  /** Territories: the regions of teams, and those that plans name. */
  regions: z.array(z.object({ name: z.string(), teams: z.array(named), reps: z.number().int() })),
  campaigns: z.array(
    namedCampaign.extend({
      type: z.string().nullable(),
      channel: z.string().nullable(),
      owner: named.nullable(),
      state: z.enum(planStates).nullable(),
      /** None: everywhere. */
      regions: z.array(z.string()),
      audience: z.string().nullable(),
      timeline: z.array(z.object({ label: z.string(), onDay: z.string() })),
      roles: z.object({ asked: z.number().int(), accepted: z.number().int() }),
    }),
  ),
  /** Campaigns without a first day, which stand in no month. */
  undated: z.number().int(),
  /** Parts asked for and not declined, by rep and week (its Monday): those due in it, or running without a day. */
  load: z.array(
    z.object({
      /** Null: other reps of `team` together, where the asker may not see persons. */
      member: named.nullable(),
      team: named.nullable(),
      weeks: z.array(z.object({ week: z.string(), roles: z.number().int(), kinds: z.array(z.enum(roleKinds)) })),
    }),
  ),
  clashes: z.array(
    z.object({
      kind: z.enum(['audience', 'load']),
      week: z.string(),
      sentence: z.string(),
      campaignIds: z.array(idSchema),
      member: named.nullable(),
    }),
  ),
  /** More parts than this in a week is a clash. */
  mostRolesAWeek: z.number().int(),
});
export type CalendarAnswer = z.output<typeof calendarAnswer>;
