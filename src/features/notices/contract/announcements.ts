/** What is announced to sides, teams or people, and who has taken note. */

import { z } from 'zod';
import { day, daySchema, idSchema, instant, named, paging, saidWords, sides, whyNot } from '#features/feedback/contract/pieces.ts';

/** Everybody who is in one of them; nothing named: everybody. */
export const audience = z.strictObject({
  sides: z.array(z.enum(sides)).max(3).default([]),
  teams: z.array(idSchema).max(100).default([]),
  members: z.array(idSchema).max(500).default([]),
});

export const newAnnouncement = z
  .strictObject({
    title: saidWords(200, 'Give it a title.'),
    text: saidWords(5_000, 'Say what there is to know.'),
    audience: audience.default({ sides: [], teams: [], members: [] }),
    needsAcknowledgement: z.boolean().default(false),
    /** To the end of that day. */
    acknowledgeBy: daySchema.nullable().default(null),
  })
  .refine(({ needsAcknowledgement, acknowledgeBy }) => needsAcknowledgement || acknowledgeBy === null, {
    path: ['acknowledgeBy'],
    message: 'Only what is to be acknowledged has a day for it.',
  });
export type NewAnnouncement = z.output<typeof newAnnouncement>;

export const announcement = z.object({
  id: idSchema,
  title: z.string(),
  text: z.string(),
  by: named,
  madeAt: instant,
  /** Empty lists: everybody. */
  audience: z.object({ sides: z.array(z.enum(sides)), teams: z.array(named), members: z.array(named) }),
  needsAcknowledgement: z.boolean(),
  acknowledgeBy: day.nullable(),
  withdrawnAt: instant.nullable(),
  /** Whether it went to the asker, and when they acknowledged it. */
  mine: z.object({ acknowledgedAt: instant.nullable() }).nullable(),
  /** When those who had not acknowledged it were last reminded. */
  remindedAt: instant.nullable(),
  /** For who made it, and those who keep the workspace; null for others. */
  told: z.object({ readers: z.number().int(), acknowledged: z.number().int() }).nullable(),
  can: z.object({ acknowledge: whyNot, withdraw: whyNot, remind: whyNot }),
});
export type Announcement = z.output<typeof announcement>;

export const announcementsAsk = z.strictObject({ ...paging, view: z.enum(['all', 'open', 'mine']).default('all') });
export type AnnouncementsAsk = z.output<typeof announcementsAsk>;
export const announcementPage = z.object({
  items: z.array(announcement),
  next: z.string().nullable(),
  can: z.object({ announce: whyNot }),
});
export type AnnouncementPage = z.output<typeof announcementPage>;

const reader = named.extend({ side: z.enum(sides), acknowledgedAt: instant.nullable() });
export const announcementDetail = announcement.extend({
  /** Who hasn’t first, then by name; null for those who don’t see it. */
  readers: z.array(reader).nullable(),
});
export type AnnouncementDetail = z.output<typeof announcementDetail>;

/** How many were reminded. */
export const reminded = z.object({ reminded: z.number().int() });

/** What waits for the asker to acknowledge it, oldest first: the banner. */
export const announcementsToAcknowledge = z.object({ items: z.array(announcement) });
