/** What the index was: kept day by day, each by the formula of its day. */

import { z } from 'zod';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { count, day, refuseBackwards } from '#features/returns/contract/figure-pieces.ts';

/** Left out: the year up to today. */
export const indexHistoryQuery = z.strictObject({ start: day.optional(), end: day.optional() }).superRefine(refuseBackwards);
export type IndexHistoryQuery = z.output<typeof indexHistoryQuery>;

export const indexPoint = z.object({
  on: z.string(),
  /** `observed`: kept on the day itself. `computed`: computed later from what was on record by then. */
  kind: z.enum(['observed', 'computed']),
  /** The formula it was told by: points of different versions are not to be joined by a line. */
  version: z.string(),
  days: count,
  score: z.number().nullable(),
  measuredPercent: z.number(),
  activities: z.array(z.object({ activity: z.enum(activityNames), score: z.number().nullable() })),
  takenAt: z.string(),
});
export type IndexPoint = z.output<typeof indexPoint>;

export const indexHistory = z.object({
  start: z.string(),
  end: z.string(),
  timeZone: z.string(),
  /** Of the formulas as they are now. */
  version: z.string(),
  /** One a day and version, by day; of one day what was observed counts before what was computed. At most 732. */
  points: z.array(indexPoint),
});
export type IndexHistory = z.output<typeof indexHistory>;
