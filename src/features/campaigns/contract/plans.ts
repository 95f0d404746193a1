/** What is planned for a campaign, by both sides: the brief in versions, who acknowledged it, and how far it has come. */

import { z } from 'zod';
import { planStates } from '#engine/campaigns/states.ts';
import { daySchema, idSchema, named } from '#features/agreement/contract.ts';
import { ruleSchema } from '#features/agreement/contract/rules.ts';
import { listQuerySchema } from '#features/records/contract/lists.ts';
import { instant, money, namedCampaign, regions, saidWhy, whyNot, words } from './pieces.ts';

// ── what a plan says ────────────────────────────────────────────────────────

/** Whom it is for: a saved view as it stood when it was chosen, or a rule about leads. */
export const audienceChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('view'), viewId: idSchema }),
  z.strictObject({ kind: z.literal('rule'), rule: ruleSchema }),
]);
export type AudienceChoice = z.output<typeof audienceChoice>;
export const audience = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('view'),
    viewId: idSchema,
    name: z.string(),
    records: z.enum(['lead', 'contact', 'account']),
    query: listQuerySchema,
  }),
  z.object({ kind: z.literal('rule'), rule: ruleSchema }),
]);
export type Audience = z.output<typeof audience>;

const points = z.array(words(500).min(1)).max(30).default([]);
const link = z
  .url({ protocol: /^https?$/, error: 'is an address that begins with https://' })
  .max(2_000)
  .nullable()
  .default(null);
const target = z.strictObject({
  metric: z.enum(['leads', 'mqls', 'sqls', 'deals', 'won', 'wonValue']),
  /** How many; of `wonValue` minor units of the workspace's currency. */
  amount: z.string().regex(/^\d{1,15}$/, 'is a whole number, like 40'),
  by: daySchema,
});
export type Target = z.output<typeof target>;

const written = {
  message: words(5_000).default(''),
  talkingPoints: points,
  notToSay: points,
  offer: words(2_000).default(''),
  /** Content of the library, or a link. */
  assets: z
    .array(z.strictObject({ assetId: idSchema.nullable().default(null), label: words(200).min(1), url: link }))
    .max(50)
    .default([]),
  timeline: z
    .array(z.strictObject({ label: words(200).min(1), onDay: daySchema }))
    .max(50)
    .default([]),
  /** Planned, minor units of the workspace's currency. */
  budget: z
    .array(z.strictObject({ label: words(200).min(1), amount: z.string().regex(/^\d{1,15}$/, 'is an amount in minor units, from 0') }))
    .max(50)
    .default([]),
  target: target.nullable().default(null),
  /** Regions of the teams it is for; none: all. */
  regions: regions.default([]),
};
/** As it is sent. */
export const planContent = z.strictObject({ audience: audienceChoice.default({ kind: 'none' }), ...written });
export type PlanContent = z.output<typeof planContent>;
/** As it is kept: the audience frozen. */
export const keptPlan = z.object({ audience, ...written });
export type KeptPlan = z.output<typeof keptPlan>;

// ── what is asked ───────────────────────────────────────────────────────────

const contentHash = z.string().regex(/^[0-9a-f]{64}$/, 'is the content hash of the version that was read');
export const draftEdit = z.strictObject({
  content: planContent,
  /** Of the draft that was looked at; absent for the first. A draft that changed meanwhile answers 409. */
  basedOn: contentHash.optional(),
});
export const publishing = z.strictObject({ contentHash });
export const acknowledging = z.strictObject({ contentHash });
/** With somebody missing a head launches all the same, and says why. */
export const launching = z.strictObject({ reason: words(2_000).default('') });
export const ending = z.strictObject({ reason: words(2_000).default('') });
export const cancelling = z.strictObject({ reason: saidWhy });
export const audienceAsk = z.strictObject({ audience: audienceChoice });

// ── what is answered ────────────────────────────────────────────────────────

export const audienceAnswer = z.object({
  /** In words. */
  sentence: z.string(),
  /** How many it holds now; null: not told in time. */
  count: z.number().int().nullable(),
  countIsAtLeast: z.boolean(),
  /** Where the records are, below `/api/v1`; null for a rule, which no list shows. */
  recordsUrl: z.string().nullable(),
  audience,
});
export type AudienceAnswer = z.output<typeof audienceAnswer>;

export const planVersion = z.object({
  number: z.number().int(),
  /** Null: a draft. */
  publishedAt: instant.nullable(),
  publishedBy: named.nullable(),
  madeAt: instant,
  madeBy: named.nullable(),
  contentHash: z.string(),
  content: keptPlan,
  audienceSentence: z.string(),
  /** How many the audience held when the version was published. */
  audienceCount: z.number().int().nullable(),
  /** What it changes against the published version before it, in sentences; null: there is none. */
  changes: z.object({ against: z.number().int(), added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
});
export type PlanVersion = z.output<typeof planVersion>;

export const acknowledgement = z.object({ member: named, at: instant, number: z.number().int() });

const planned = z.object({
  /** Sum of the lines of the version shown. */
  planned: money,
  /** Cost entries on the campaign that the asker may see, in the workspace's currency. */
  spent: money,
  /** Entries without an exchange rate, left out of `spent`. */
  notConverted: z.number().int(),
  /** `programme`: without pay that the asker may not see. */
  basis: z.object({ marketing: z.enum(['whole', 'programme']), sales: z.enum(['whole', 'programme']) }),
  recordsUrl: z.string(),
});
const targetNow = target.extend({
  /** So far, until the day. */
  reached: z.string(),
  currency: z.string().nullable(),
  /** reached ÷ amount; null when nothing is wanted. */
  share: z.number().nullable(),
  recordsUrl: z.string(),
});

export const planDetail = z.object({
  campaign: namedCampaign.extend({ type: z.string().nullable(), channel: z.string().nullable(), owner: named.nullable() }),
  /** Null: nothing is planned together yet; the first draft begins it. */
  state: z.enum(planStates).nullable(),
  draft: planVersion.nullable(),
  /** The version that counts: the last one published. */
  brief: planVersion.nullable(),
  /** Newest first. */
  versions: z.array(planVersion.pick({ number: true, publishedAt: true, publishedBy: true, madeAt: true, madeBy: true })),
  acknowledged: z.array(acknowledgement),
  /** Who has an accepted part and has not acknowledged the brief that counts; `had` is the version they did acknowledge. */
  missing: z.array(z.object({ member: named, had: z.number().int().nullable() })),
  /** Whether the asker is among them. */
  isToAcknowledge: z.boolean(),
  launched: z.object({ at: instant, by: named.nullable(), reason: z.string(), withoutAcknowledgement: z.array(named) }).nullable(),
  ended: z.object({ at: instant, by: named.nullable(), reason: z.string() }).nullable(),
  cancelled: z.object({ at: instant, by: named.nullable(), reason: z.string() }).nullable(),
  budget: planned,
  target: targetNow.nullable(),
  /** Parts asked for, by answer; open to all as sums. */
  roles: z.object({
    asked: z.number().int(),
    accepted: z.number().int(),
    declined: z.number().int(),
    counterproposed: z.number().int(),
  }),
  can: z.object({
    edit: whyNot,
    publish: whyNot,
    acknowledge: whyNot,
    launch: whyNot,
    /** Launching although somebody has not acknowledged. */
    launchAllTheSame: whyNot,
    end: whyNot,
    cancel: whyNot,
    askRole: whyNot,
  }),
});
export type PlanDetail = z.output<typeof planDetail>;
export const versionParams = z.strictObject({ id: idSchema, number: z.coerce.number().int().min(1).max(1_000_000) });
