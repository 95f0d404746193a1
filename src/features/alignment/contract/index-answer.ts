/** The alignment index: question and answer, shared by server, command line and screens. */

import { z } from 'zod';
import { activityNames } from '#engine/alignment/index/activities.ts';
import { causeNames } from '#engine/alignment/cost/causes.ts';
import { componentNames } from '#engine/alignment/index/table.ts';
import { count, day, group } from '#features/returns/contract/figure-pieces.ts';

/** Days the index looks at, the day itself among them. */
export const indexDays = 90;
/** What moved it is told against the day so many days before, unless another is asked for. */
export const indexSinceDays = 7;
/** Days ahead in which open items count as next week’s. */
export const indexAheadDays = 7;

export const indexScope = {
  /** The last day of those it looks at; left out: today. */
  on: day.optional(),
  days: z.coerce.number().int().min(28).max(731).default(indexDays),
  /** JSON: a segment in quotes, or null for what has none. Left out: all. Of a segment only what can be told by segment is measured. */
  segment: group.optional(),
};

export const indexQuery = z.strictObject({
  ...indexScope,
  /** The day what moved it is told against, before `on`; left out: seven days before. */
  since: day.optional(),
});
export type IndexQuery = z.output<typeof indexQuery>;

/** 0 to 100, to the hundredth. */
const score = z.number();
const side = z.enum(['marketing', 'sales', 'both']);

export const indexComponent = z.object({
  component: z.enum(componentNames),
  label: z.string(),
  side,
  /** Of a hundred of its activity, by the formula. */
  weightPercent: z.number(),
  /** What it brings to the index: over all components they add up to it, to the hundredth. Null while it is not measured. */
  points: z.number().nullable(),
  /** What it would bring at its target. */
  pointsAtTarget: z.number().nullable(),
  /** What is met, and what is due; for a mean or a rate the same in hundredths of a percent. */
  count,
  of: count,
  /** count ÷ of, in percent; null: not measured yet. */
  sharePercent: z.number().nullable(),
  targetPercent: z.number(),
  floorPercent: z.number(),
  /** Null: not measured yet, which is not zero. */
  score: score.nullable(),
  /** What there must be before it is measured, and how to begin; null where it is measured. */
  notYet: z.string().nullable(),
  begin: z.string().nullable(),
  /** In a sentence with its figures, or why there are none. */
  says: z.string(),
  formula: z.string(),
  /** Its place in the generated documentation: `docs/reference/alignment-index.md#…`. */
  formulaAt: z.string(),
  /** Address in the app of the page on which it is moved. */
  opens: z.string(),
  /** The records behind count and of; null: they stand on the page that `opens` names. */
  recordsUrl: z.string().nullable(),
  /** Items that can still be met within the next seven days. */
  open: count,
});
export type IndexComponentAnswer = z.output<typeof indexComponent>;

export const indexActivity = z.object({
  activity: z.enum(activityNames),
  label: z.string(),
  about: z.string(),
  score: score.nullable(),
  /** Of its weights, how much is measured. */
  measuredPercent: z.number(),
  /** Of the index, with what is measured now; 0 where nothing of it is. */
  weightPercent: z.number(),
  /** Against `moved.since`; null where it was not measured on one of the two days. */
  change: z.number().nullable(),
  components: z.array(indexComponent),
});
export type IndexActivityAnswer = z.output<typeof indexActivity>;

/** A part of the change between two days. */
export const indexMove = z.object({
  /** `component`: its score rose or fell. `measured`: what is measured at all has changed, and with it the weights. */
  kind: z.enum(['component', 'measured']),
  component: z.enum(componentNames).nullable(),
  label: z.string(),
  /** Points of the index; the parts add up to the change to the hundredth. */
  points: z.number(),
  says: z.string(),
  opens: z.string().nullable(),
  recordsUrl: z.string().nullable(),
});
export type IndexMove = z.output<typeof indexMove>;

export const indexOpenItem = z.object({
  /** Null where the item is no record of its own. */
  id: z.string().nullable(),
  name: z.string(),
  /** The moment it must be done by; null where nothing says. */
  dueAt: z.string().nullable(),
  /** Address in the app. */
  opens: z.string(),
});

/** What can be won with the items that are open within the next seven days. */
export const indexNext = z.object({
  component: z.enum(componentNames),
  label: z.string(),
  side,
  /** Points the index would gain if all of them were done and nothing else changed. */
  gain: z.number(),
  open: count,
  says: z.string(),
  opens: z.string(),
  /** All of them; null where they stand on the page that `opens` names. */
  recordsUrl: z.string().nullable(),
  /** The most urgent, five at most. */
  items: z.array(indexOpenItem),
});
export type IndexNext = z.output<typeof indexNext>;

export const indexFirst = z.object({
  component: z.enum(componentNames),
  label: z.string(),
  side,
  /** The cause of cost it was named by; null: named by its share alone. */
  cause: z.enum(causeNames).nullable(),
  says: z.string(),
  opens: z.string(),
  recordsUrl: z.string().nullable(),
});
export type IndexFirst = z.output<typeof indexFirst>;

export const indexAnswer = z.object({
  /** First and last day looked at. */
  start: z.string(),
  on: z.string(),
  days: count,
  segment: z.string().nullable().optional(),
  timeZone: z.string(),
  /** Of the formulas. */
  version: z.string(),
  /** Null: nothing is measured yet. */
  score: score.nullable(),
  /** Of all weights, how much is measured. */
  measuredPercent: z.number(),
  says: z.string(),
  activities: z.array(indexActivity),
  moved: z.object({
    since: z.string(),
    from: score.nullable(),
    to: score.nullable(),
    /** Null where there is no index on one of the days; `whyNot` says so. */
    change: z.number().nullable(),
    whyNot: z.string().nullable(),
    /** `snapshot`: the day before as it was kept then. `computed`: from what is on record now. */
    basis: z.enum(['snapshot', 'computed']),
    /** Greatest first, by size; all of them, those that moved nothing left out. */
    lines: z.array(indexMove),
  }),
  /** Greatest gain first; empty where nothing is open. */
  next: z.array(indexNext),
  /** The illness to look at first: as the cost names it, else what is surely beneath what is ordinary; null in a healthy company. */
  first: indexFirst.nullable(),
  notes: z.array(z.string()),
});
export type IndexAnswer = z.output<typeof indexAnswer>;
