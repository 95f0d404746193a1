/** The scoreboard: the same few numbers for everybody. */

import { z } from 'zod';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { causeNames } from '#engine/alignment/cost/causes.ts';
import { count } from '#features/returns/contract/figure-pieces.ts';
import { indexFirst } from './index-answer.ts';

export const scoreboard = z.object({
  on: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  index: z.object({
    score: z.number().nullable(),
    measuredPercent: z.number(),
    since: z.string(),
    change: z.number().nullable(),
    version: z.string(),
    activities: z.array(
      z.object({ activity: z.enum(activityNames), label: z.string(), score: z.number().nullable(), change: z.number().nullable() }),
    ),
    first: indexFirst.nullable(),
    opens: z.string(),
  }),
  /** Of twelve months, as its own page tells it, without what rests on pay that the asker may not see. */
  cost: z.object({
    start: z.string(),
    end: z.string(),
    /** Minor units; null: not enough data yet. */
    amount: z.string().nullable(),
    low: z.string().nullable(),
    high: z.string().nullable(),
    confidencePercent: z.number(),
    first: z.object({ cause: z.enum(causeNames), label: z.string(), says: z.string() }).nullable(),
    opens: z.string(),
  }),
  /** What each side owed in these days, clause by clause. */
  agreement: z.object({
    start: z.string(),
    end: z.string(),
    sides: z.array(
      z.object({
        side: z.enum(['marketing', 'sales']),
        kept: count,
        broken: count,
        clauses: z.array(
          z.object({
            key: z.string(),
            title: z.string(),
            /** compliant ÷ due, 0..1; null: nothing was due. */
            attainment: z.number().nullable(),
            targetPercent: z.number(),
            kept: z.boolean().nullable(),
            opens: z.string(),
          }),
        ),
      }),
    ),
    opens: z.string(),
  }),
  /** Goals of plans in force, those off their pace first. */
  goals: z.object({
    items: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        unit: z.string(),
        direction: z.string(),
        value: z.string().nullable(),
        target: z.string(),
        state: z.string(),
        says: z.string(),
        end: z.string(),
        opens: z.string(),
      }),
    ),
    opens: z.string(),
  }),
});
export type Scoreboard = z.output<typeof scoreboard>;
