/** The ways journeys take to a conversion, channel by channel: question and answer. */

import { z } from 'zod';
import { amount, answeredScope, count, endsBeforeStart, freshness, inOrder, scope, steps } from './attribution-pieces.ts';
import { attributionSetting } from './attribution.ts';

export const pathsAsk = z
  .strictObject({
    ...scope,
    steps,
    /** Paths listed. */
    limit: z.coerce.number().int().min(1).max(200).default(30),
  })
  .refine(inOrder, endsBeforeStart);
export type PathsAsk = z.output<typeof pathsAsk>;
/** Equal channels in a row are one step. A path longer than `steps` goes through `more`. */
export const pathsAnswer = z.object({
  ...answeredScope,
  setting: attributionSetting.nullable(),
  freshness,
  /** Converting journeys with touches. `channel` is null for `more` and `converted`. */
  nodes: z.array(
    z.object({
      id: z.string(),
      /** From 0. */
      step: count,
      kind: z.enum(['channel', 'more', 'converted']),
      channel: z.string().nullable(),
      conversions: count,
      value: amount,
      /** The conversions that pass here. Below the API's root, as all addresses of records. */
      recordsUrl: z.string(),
    }),
  ),
  links: z.array(z.object({ source: z.string(), target: z.string(), conversions: count, value: amount, recordsUrl: z.string() })),
  /** Most conversions first. */
  paths: z.array(
    z.object({
      channels: z.array(z.string()),
      conversions: count,
      value: amount,
      /** Journeys open now that have come exactly this way. */
      open: count,
      openUrl: z.string().nullable(),
      /** Null: a way of hundreds of steps, too long for an address. */
      recordsUrl: z.string().nullable(),
    }),
  ),
  /** Paths beyond the limit. */
  notShown: z.object({ paths: count, conversions: count, value: amount, recordsUrl: z.string() }).nullable(),
  /** How many touches conversions have: 0, 1, 2 … 20, and 21 for more. */
  lengths: z.array(z.object({ touches: count, conversions: count, recordsUrl: z.string() })),
  /** Days from the first counted touch to the conversion; null without conversions. */
  daysToConvert: z.object({ median: z.number(), p90: z.number() }).nullable(),
  total: z.object({
    conversions: count,
    value: amount,
    recordsUrl: z.string(),
    withoutTouches: count,
    withoutTouchesUrl: z.string(),
  }),
  notes: z.array(z.string()),
});
export type PathsAnswer = z.output<typeof pathsAnswer>;
