/** What stands behind a number of attribution: credited conversions and touches, and journeys touch by touch. */

import { z } from 'zod';
import { ruleModels } from '#engine/attribution/models.ts';
import { idSchema, named } from '#features/agreement/contract.ts';
import { amount, count, endsBeforeStart, group, inOrder, instant, scope, steps, touchSides, word, written } from './attribution-pieces.ts';
import { attributionGroupings, attributionSetting, journeyBases } from './attribution.ts';

// ── credits ─────────────────────────────────────────────────────────────────

const station = z.union([z.tuple([z.number().int().min(0).max(7), word]), z.enum(['more', 'converted'])]);
/** Where a way passes on the flow: a step, from 0, and its channel; the touches after the drawn steps; the conversion. */
export type FlowStation = z.output<typeof station>;
const writtenStation = written(station, 'a station is JSON: [step, channel] such as [0, "Email"], "more" or "converted"');

const creditLists = ['conversions', 'touches', 'unattributed', 'open'] as const;
const ofOpen = ['by', 'which', 'model', 'path', 'steps', 'limit', 'cursor'];
export const creditsAsk = z
  .strictObject({
    by: z.enum(attributionGroupings).default('channel'),
    ...scope,
    /** Left out: of all groups. */
    group: group.optional(),
    /** Rule models only: a data-driven one credits channels, not single touches. The setting's own unless said. */
    model: z.enum(ruleModels).optional(),
    /**
     * `conversions` with their credit to the group; `touches` that are credited; `unattributed` conversions; `open`
     * journeys, which have not converted by now: of no period, segment or group, and narrowed by `path` only.
     */
    which: z.enum(creditLists).default('conversions'),
    /** Only journeys that went exactly this way (JSON: channels in order, equal ones in a row being one, null for none). */
    path: written(z.array(word).min(1), 'a path is JSON: a list of channels such as ["Email", "Direct"]').optional(),
    /** Only journeys on none of the so many most frequent ways. */
    beyond: z.coerce.number().int().min(1).max(200).optional(),
    /** Only journeys that pass a station of the flow drawn with `steps` (JSON, as `nodes` tell), and go from it straight to another. */
    at: writtenStation.optional(),
    to: writtenStation.optional(),
    steps,
    /** Only journeys of so many touches; 21: of more than 20. */
    length: z.coerce.number().int().min(0).max(21).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  })
  .refine(inOrder, endsBeforeStart)
  .superRefine((asked, context) => {
    if (asked.which !== 'open') return;
    for (const [name, value] of Object.entries(asked))
      if (value !== undefined && !ofOpen.includes(name))
        context.addIssue({ code: 'custom', path: [name], message: 'narrows conversions; open journeys have none: leave it out' });
  })
  .refine(({ at, to }) => to === undefined || at !== undefined, { message: 'say also `at`: where it comes from', path: ['to'] });
export type CreditsAsk = z.output<typeof creditsAsk>;

const conversion = z.object({
  /** Id of the deal, or of the lead for `sql` and `mql`. */
  id: idSchema,
  kind: z.enum(['deal', 'lead']),
  name: z.string(),
  at: instant,
  /** Null: it has no amount, or one in a currency that has no rate. */
  amount: amount.nullable(),
});
/** Where the journey is: `/attribution/journeys/<unitId>/<place>`. */
const journeyAt = { unitId: idSchema, place: count };
export const creditedConversion = z.object({
  ...journeyAt,
  conversion,
  account: named.nullable(),
  owner: named.nullable(),
  segment: z.string().nullable(),
  /** All of the journey, and those of the group. */
  touches: count,
  groupTouches: count,
  creditedConversions: z.number(),
  credited: amount,
});
export type CreditedConversion = z.output<typeof creditedConversion>;
export const creditedTouch = z.object({
  ...journeyAt,
  /** Position in the journey, from 1. */
  no: count,
  touchId: idSchema,
  at: instant,
  side: z.enum(touchSides),
  kind: z.string(),
  channel: z.string(),
  content: z.string().nullable(),
  campaign: named.nullable(),
  member: named.nullable(),
  conversion,
  account: named.nullable(),
  credited: amount,
});
export type CreditedTouch = z.output<typeof creditedTouch>;
export const openJourney = z.object({
  ...journeyAt,
  /** Whose journey it is; null: a record that is no more. */
  unit: z.object({ kind: z.enum(['account', 'contact', 'lead', 'deal']), id: idSchema, name: z.string() }).nullable(),
  /** Day of the last counted touch. */
  lastOn: z.string(),
  touches: count,
  /** In the order in which they were met; equal ones in a row are one. */
  channels: z.array(z.string()),
});
export type OpenJourney = z.output<typeof openJourney>;
export const creditsAnswer = z.object({
  which: z.enum(creditLists),
  model: z.enum(ruleModels),
  currency: z.string(),
  /** Latest conversion first. Of `touches`: `touches`, of `open`: `open`, else `conversions`; the others are empty. */
  conversions: z.array(creditedConversion),
  touches: z.array(creditedTouch),
  /** Latest touched first. */
  open: z.array(openJourney),
  next: z.string().nullable(),
  total: count,
  /** Over all pages: what the opened number says. Open journeys have nothing to sum: zeros. */
  sum: z.object({ conversions: z.number(), value: amount }),
});
export type CreditsAnswer = z.output<typeof creditsAnswer>;

// ── journeys ────────────────────────────────────────────────────────────────

export const journeyParams = z.strictObject({ unitId: idSchema, place: z.coerce.number().int().min(0).max(1_000_000) });
const journeyTouch = z.object({
  /** From 1, oldest first. */
  no: count,
  touchId: idSchema,
  at: instant,
  side: z.enum(touchSides),
  kind: z.string(),
  /** The group, and the touch's own word for its channel. */
  channel: z.string(),
  channelText: z.string().nullable(),
  content: z.string().nullable(),
  subject: z.string().nullable(),
  outcome: z.string().nullable(),
  campaign: named.nullable(),
  member: named.nullable(),
  contact: named.nullable(),
  lead: named.nullable(),
  /** Days before the conversion; null in an open journey. */
  daysBefore: z.number().nullable(),
  /** `first`, `lead` (made the lead), `deal` (led to the deal), `last`. */
  milestones: z.array(z.enum(['first', 'lead', 'deal', 'last'])),
  /** By model: share 0 … 1, and amount; empty in an open journey. */
  credits: z.partialRecord(z.enum(ruleModels), z.object({ share: z.number(), value: amount })),
});
export const journeyAnswer = z.object({
  ...journeyAt,
  setting: attributionSetting,
  currency: z.string(),
  unit: z.object({ kind: z.enum(journeyBases), id: idSchema, name: z.string() }),
  account: named.nullable(),
  owner: named.nullable(),
  segment: z.string().nullable(),
  /** Null: an open journey. */
  conversion: conversion.nullable(),
  /** Touches before it don't count: conversion less look-back; null in an open journey. */
  windowFrom: instant.nullable(),
  touches: z.array(journeyTouch),
  /** By model: what the touches add up to. The amount, to the unit. */
  totals: z.partialRecord(z.enum(ruleModels), amount),
  /** Touches of the unit that don't count in this journey, latest first, at most 50, and why, in words. */
  notCounted: z.array(z.object({ touchId: idSchema, at: instant, side: z.string(), kind: z.string(), why: z.string() })),
  /** The unit's journeys, by place. */
  journeys: z.array(z.object({ ...journeyAt, convertedAt: instant.nullable(), amount: amount.nullable(), touches: count })),
});
export type JourneyAnswer = z.output<typeof journeyAnswer>;

/** Of a record's page: the journeys it is part of. */
export const journeysAsk = z.strictObject({ kind: z.enum(['account', 'contact', 'lead', 'deal']), id: idSchema });
export const journeysAnswer = z.object({
  items: z.array(
    z.object({
      ...journeyAt,
      conversion: conversion.nullable(),
      firstAt: instant.nullable(),
      touches: count,
      channels: z.array(z.string()),
    }),
  ),
});
