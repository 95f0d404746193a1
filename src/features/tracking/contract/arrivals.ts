/** What arrived: events one by one while they are kept, counts for ever. */

import { z } from 'zod';
import { idSchema } from '#features/records/contract/schemas.ts';
import { count, instant, list, named, page, paging } from './pieces.ts';

/** Why something was refused, closed; `refusalWords` says it to people. */
export const refusals = ['origin', 'body', 'identity', 'unknown person', 'rate', 'signature', 'time', 'form'] as const;
export type Refusal = (typeof refusals)[number];
export const refusalWords: Readonly<Record<Refusal, string>> = {
  origin: 'From a page that is on none of the site’s domains',
  body: 'Not in the shape of an event',
  identity: 'An identity token that this site’s secret did not sign, or that has expired',
  'unknown person': 'A signed identity whose e-mail address no contact has',
  rate: 'More than the site may send',
  signature: 'The signature or secret is wrong or missing',
  time: 'Signed more than five minutes away from now',
  form: 'A machine filled in the form',
};

const day = z.iso.date('is a day like 2026-03-31');
export const arrivalsAsk = z.strictObject({ siteId: idSchema.optional(), from: day.optional(), to: day.optional() });
export const arrivals = z.object({
  /** Days in UTC, both included. */
  from: z.string(),
  to: z.string(),
  /** Page views; `private`: of visitors who ask not to be tracked, of whom nothing but this count is kept. */
  totals: z.object({ seen: count, private: count, bots: count, refused: count }),
  days: z.array(z.object({ day: z.string(), seen: count, private: count, bots: count, refused: count })),
  /** Visits that began, by channel, as attribution groups them; most first. */
  channels: z.array(z.object({ channel: z.string(), seen: count, private: count, eventsUrl: z.string() })),
  refused: z.array(
    z.object({
      source: z.object({ kind: z.enum(['site', 'form', 'hook']), id: idSchema, name: z.string() }),
      reason: z.enum(refusals),
      words: z.string(),
      count,
      lastAt: instant,
      /** The host it came from last. */
      example: z.string().nullable(),
    }),
  ),
  lastEventAt: instant.nullable(),
});
export type Arrivals = z.output<typeof arrivals>;

export const eventsAsk = z.strictObject({
  siteId: idSchema.optional(),
  channel: z.string().max(80).optional(),
  /** Of the days of `arrivals`. */
  from: day.optional(),
  to: day.optional(),
  visitId: idSchema.optional(),
  ...paging,
});
export const trackedEvent = z.object({
  id: idSchema,
  at: instant,
  site: named,
  path: z.string(),
  /** Whether it began a visit: it came from outside the site. */
  entry: z.boolean(),
  channel: z.string().nullable(),
  source: z.string().nullable(),
  medium: z.string().nullable(),
  campaign: z.string().nullable(),
  referrer: z.string().nullable(),
  /** The ad platform’s parameter that was in the address. */
  click: z.string().nullable(),
  /** By what the visitor can be known again: a cookie after consent, within this day, or not at all. */
  visitor: z.enum(['cookie', 'day', 'none']),
  lead: named.nullable(),
});
export type TrackedEvent = z.output<typeof trackedEvent>;
export const eventPage = page(trackedEvent);

export const visitsAsk = z
  .strictObject({ leadId: idSchema.optional(), contactId: idSchema.optional() })
  .refine(({ leadId, contactId }) => (leadId === undefined) !== (contactId === undefined), 'Name a lead or a contact.');
export const visitList = list(
  z.object({
    id: idSchema,
    touchId: idSchema,
    site: named,
    startedAt: instant,
    lastAt: instant,
    pages: count,
    channel: z.string().nullable(),
    source: z.string().nullable(),
    medium: z.string().nullable(),
    campaign: z.string().nullable(),
    eventsUrl: z.string(),
  }),
);

/** A link that tells whose visit it is, for a mail to one person. */
export const newLink = z.strictObject({
  leadId: idSchema,
  campaignId: idSchema.nullable().default(null),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
});
export const madeLink = z.object({ url: z.string(), expiresAt: instant });
