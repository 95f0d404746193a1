/** Content: what there is, in which versions and until when, who uses it, and what comes of it. */

import { z } from 'zod';
import { assetKinds, assetStandings } from '#engine/campaigns/asset-standing.ts';
import { idSchema, named } from '#features/agreement/contract.ts';

const instant = z.string().describe('ISO 8601 in UTC');
const day = z.iso.date('is a day like 2026-03-31');
const count = z.number().int();
const text = (most: number) => z.string().trim().max(most);
const texts = z.array(text(200).min(1)).max(50);

export const byAsset = z.strictObject({ id: idSchema });
export const byVersion = z.strictObject({ id: idSchema, versionId: idSchema });
export const usableStages = ['inquiry', 'mql', 'sal', 'sql', 'deal', 'won'] as const;
const stages = z.array(z.enum(usableStages)).max(usableStages.length);
export const mostFileBytes = 20 * 1024 * 1024;

// ── asking ──────────────────────────────────────────────────────────────────

export const librarySorts = ['fit', 'title', 'newest', 'used', 'rated'] as const;
export const libraryAsk = z.strictObject({
  /** Words of title, description and objections, in any order. */
  search: text(200).optional(),
  kind: z.enum(assetKinds).optional(),
  stage: z.enum(usableStages).optional(),
  segment: text(200).optional(),
  campaignId: idSchema.optional(),
  ownerId: idSchema.optional(),
  /** `stale`: all that wants attention; `usable`: what can be sent today. Left out: all that is not archived. */
  standing: z.enum([...assetStandings, 'stale', 'usable']).optional(),
  /** What is to be sent for this lead or deal: `fit` then puts first what is made for its stage and segment. */
  leadId: idSchema.optional(),
  dealId: idSchema.optional(),
  sort: z.enum(librarySorts).default('title'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(400).optional(),
});
export type LibraryAsk = z.output<typeof libraryAsk>;

// ── saying ──────────────────────────────────────────────────────────────────

const assetFields = {
  title: text(200).min(2, 'Give it a title.'),
  kind: z.enum(assetKinds),
  about: text(2_000),
  /** Who answers for it; null: nobody yet. */
  ownerId: idSchema.nullable(),
  /** Stages and segments it is made for; empty: any. */
  stages,
  segments: texts,
  /** Objections it answers, in the words customers use. */
  objections: texts,
  campaignId: idSchema.nullable(),
};
const url = text(2_000).refine(
  (given) => URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) && new URL(given).username === '',
  'is an address that begins with https:// or http://, without a password in it',
);
const versionFields = {
  note: text(2_000).default(''),
  /** Left out: today. */
  validFrom: day.optional(),
  /** The last day it may be shown; left out or null: until replaced. */
  expiresOn: day.nullable().default(null),
};
const refuseBackwards = (given: { validFrom?: string | undefined; expiresOn?: string | null | undefined }, context: z.RefinementCtx) => {
  if (given.validFrom && given.expiresOn && given.expiresOn < given.validFrom)
    context.addIssue({ code: 'custom', path: ['expiresOn'], message: 'it would expire before it is valid' });
};
export const newVersion = z.strictObject({ url, ...versionFields }).superRefine(refuseBackwards);
export type NewVersion = z.output<typeof newVersion>;
/** Beside the uploaded file, in the query. */
export const fileAsk = z
  .strictObject({ note: versionFields.note, validFrom: day.optional(), expiresOn: day.optional() })
  .superRefine(refuseBackwards);
export type FileAsk = z.output<typeof fileAsk>;
export const versionMade = z.object({ id: idSchema, number: count });
export const versionChange = z.strictObject({ expiresOn: day.nullable() });

export const newAsset = z.strictObject({
  ...assetFields,
  about: assetFields.about.default(''),
  /** Left out: who adds it. */
  ownerId: idSchema.nullable().optional(),
  stages: stages.default([]),
  segments: texts.default([]),
  objections: texts.default([]),
  campaignId: idSchema.nullable().default(null),
  /** Its first version where it is a link; a file is uploaded afterwards. */
  version: newVersion.optional(),
});
export type NewAsset = z.output<typeof newAsset>;
export const assetMade = z.object({ id: idSchema });
export const assetEdit = z.strictObject(assetFields).partial();
export type AssetEdit = z.output<typeof assetEdit>;
export const archival = z.strictObject({ reason: text(2_000).default('') });

export const newRating = z.strictObject({
  stars: z.int().min(1).max(5),
  reason: text(2_000).min(1, 'Say what is good or what is missing: it goes to whoever answers for the content.'),
});
export type NewRating = z.output<typeof newRating>;
export const byRating = z.strictObject({ ratingId: idSchema });
export const ratingAnswer = z.strictObject({ text: text(2_000).min(1, 'Say what you will do, or why not.') });

// ── answers ─────────────────────────────────────────────────────────────────

export const assetVersion = z.object({
  id: idSchema,
  number: count,
  source: z.enum(['link', 'file']),
  url: z.string().nullable(),
  file: z.object({ name: z.string(), bytes: count, type: z.string(), typeLabel: z.string() }).nullable(),
  /** Where a member gets it: the link, or the file as a download. */
  openUrl: z.string(),
  note: z.string(),
  validFrom: z.string(),
  expiresOn: z.string().nullable(),
  expired: z.boolean(),
  /** Whether it is the one that counts today. */
  current: z.boolean(),
  madeBy: named.nullable(),
  madeAt: instant,
});
const stars = z.object({
  /** Mean of each member's latest rating, to one decimal; null: nobody has rated. */
  mean: z.number().nullable(),
  n: count,
});
export const assetItem = z.object({
  id: idSchema,
  title: z.string(),
  kind: z.enum(assetKinds),
  about: z.string(),
  owner: named.nullable(),
  stages: z.array(z.enum(usableStages)),
  segments: z.array(z.string()),
  objections: z.array(z.string()),
  campaign: named.nullable(),
  standing: z.enum(assetStandings),
  /** The version that counts today; null: none. */
  version: assetVersion.nullable(),
  versions: count,
  uses: count,
  /** Members who used it. */
  users: count,
  /** Opens of its links by people. */
  opens: count,
  lastUsedAt: instant.nullable(),
  rating: stars,
  /** Where a lead or deal was named: whether its stage and segment are among those it is made for. */
  fits: z.object({ stage: z.boolean(), segment: z.boolean() }).nullable(),
  /** Why the asker can't use it now; null: can. */
  mayNotUse: z.string().nullable(),
  addedAt: instant,
});
export type AssetItem = z.output<typeof assetItem>;
export const libraryPage = z.object({
  items: z.array(assetItem),
  next: z.string().nullable(),
  total: count,
  /** Of the whole library, by standing; `stale` is all that wants attention. */
  counts: z.record(z.enum([...assetStandings, 'stale']), count),
  /** What can be asked for: segments and objections that occur. */
  segments: z.array(z.string()),
  objections: z.array(z.string()),
  /** Why the asker may not add content; null: may. */
  mayNotAdd: z.string().nullable(),
});
export type LibraryPage = z.output<typeof libraryPage>;

export const assetVerbs = ['edit', 'addVersion', 'archive', 'restore', 'use', 'rate'] as const;
export type AssetVerb = (typeof assetVerbs)[number];
export const assetRating = z.object({
  id: idSchema,
  member: named,
  side: z.enum(['marketing', 'sales', 'leadership']),
  stars: count,
  reason: z.string(),
  ratedAt: instant,
  /** Of which version; null: there was none. */
  versionNumber: count.nullable(),
  /** An earlier one of the same member: kept, not counted. */
  replaced: z.boolean(),
  answer: z.object({ by: named, at: instant, text: z.string() }).nullable(),
  /** Why the asker may not answer it; null: may. */
  mayNotAnswer: z.string().nullable(),
});
export type AssetRating = z.output<typeof assetRating>;
export const assetDetail = assetItem.extend({
  archivedAt: instant.nullable(),
  /** The newest first. */
  allVersions: z.array(assetVersion),
  /** The newest first, at most 100. */
  ratings: z.array(assetRating),
  /** Proposals it answers. */
  proposals: z.array(z.object({ id: idSchema, title: z.string(), state: z.string() })),
  can: z.record(z.enum(assetVerbs), z.string().nullable()),
});
export type AssetDetail = z.output<typeof assetDetail>;

/** What waits for the asker: as the owner of content, and as the one who sent it. */
export const libraryWaiting = z.object({
  /** Ratings of own content without an answer, oldest first; at most 20. */
  ratings: z.array(assetRating.extend({ asset: named })),
  /** Own content that is stale. */
  stale: z.array(z.object({ id: idSchema, title: z.string(), standing: z.enum(assetStandings), expiresOn: z.string().nullable() })),
  /** Opens in the last seven days of links the asker sent, the newest first; at most 20, one a link. */
  opened: z.array(
    z.object({
      asset: named,
      subject: z.object({ kind: z.enum(['lead', 'deal']), id: z.string(), name: z.string() }),
      at: instant,
      opens: count,
    }),
  ),
});
export type LibraryWaiting = z.output<typeof libraryWaiting>;
