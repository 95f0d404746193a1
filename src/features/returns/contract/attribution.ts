/**
 * Attribution: how journeys are read, what each group of touches is credited by every model, and how sure the data-driven
 * ones are. Amounts are decimal strings of minor units in the workspace's currency; days are in its zone, both ends included.
 */

import { z } from 'zod';
import { ruleModels } from '#engine/attribution/models.ts';
import { named } from '#features/agreement/contract.ts';
import {
  amount,
  answeredScope,
  count,
  endsBeforeStart,
  freshness,
  inOrder,
  instant,
  progress,
  scope,
  touchSides,
} from './attribution-pieces.ts';
import { channelRule } from './channel-groups.ts';

/** Changes whenever a formula changes, so that an old number can be told from a new one. */
export const attributionVersion = 'returns-1';

export const drivenModels = ['markov1', 'markov2', 'markov3', 'markov4', 'shapley'] as const;
export type DrivenModelName = (typeof drivenModels)[number];
export const allModels = [...ruleModels, ...drivenModels] as const;
export type ModelName = (typeof allModels)[number];

export const journeyBases = ['account', 'contact', 'lead', 'deal'] as const;
export type JourneyBasis = (typeof journeyBases)[number];
export const conversionKinds = ['won', 'deal', 'sql', 'mql'] as const;
export type ConversionKind = (typeof conversionKinds)[number];
/** `month` is the month of the touch, in the workspace's zone: which month's work earned it. */
export const attributionGroupings = ['channel', 'campaign', 'content', 'member', 'segment', 'month'] as const;
export type AttributionBy = (typeof attributionGroupings)[number];

// ── the setting ─────────────────────────────────────────────────────────────

export const attributionContent = z.strictObject({
  /** Whose touches make one journey. */
  basis: z.enum(journeyBases).default('account'),
  /** What ends a journey: a deal won, a deal opened, a lead that became SQL, MQL. */
  conversion: z.enum(conversionKinds).default('won'),
  /** Touches older than so many days at the conversion don't count. */
  lookBackDays: z.number().int().min(1).max(1000).default(180),
  /** Of time decay. */
  halfLifeDays: z.number().int().min(1).max(1000).default(7),
  /** The rule model that counts in figures. */
  model: z.enum(ruleModels).default('w'),
  /** Whose touches count. */
  sides: z
    .array(z.enum(touchSides))
    .min(1, 'Choose at least one side.')
    .max(3)
    .default([...touchSides]),
  /** Whether what a machine sent in the name of sales, and automatic replies of customers, count too. */
  automated: z.boolean().default(false),
  ownRules: z.array(channelRule).max(100).default([]),
});
export type AttributionContent = z.output<typeof attributionContent>;

export const attributionSetting = z.object({
  number: count,
  content: attributionContent,
  recordedAt: instant,
  /** Null: made by the product itself. */
  recordedBy: named.nullable(),
  /** Null: its journeys are not built yet. */
  builtAt: instant.nullable(),
  /** While it is built; null before and after. */
  progress: progress.nullable(),
});
export type AttributionSetting = z.output<typeof attributionSetting>;

export const attributionSettings = z.object({
  /** The one that counts now; null: nothing is built yet. */
  current: attributionSetting.nullable(),
  /** A newer one whose journeys are being built; the current one counts until they are. */
  building: attributionSetting.nullable(),
  /** Newest first, at most 50. */
  history: z.array(attributionSetting),
  /** Whether the asker may set a new one. */
  maySet: z.boolean(),
});
export type AttributionSettings = z.output<typeof attributionSettings>;
export const newAttributionSetting = z.strictObject({
  content: attributionContent,
  /** The number of the newest setting the asker looked at: refused when there is a newer one. */
  after: count.optional(),
});

// ── credit by group, all models side by side ────────────────────────────────

export const attributionAsk = z
  .strictObject({
    by: z.enum(attributionGroupings).default('channel'),
    ...scope,
    /** Rows are in the order of its value; the setting's own model unless said. */
    model: z.enum(allModels).optional(),
  })
  .refine(inOrder, endsBeforeStart);
export type AttributionAsk = z.output<typeof attributionAsk>;

const numberInterval = z.object({ low: z.number(), high: z.number() });
const amountInterval = z.object({ low: amount, high: amount });
const modelCredit = z.object({
  /** Credited conversions, fractions included. */
  conversions: z.number(),
  /** Null: this model can't share value out here; `whyNoValue` of the model says why. */
  value: amount.nullable(),
  /** Of the credited value; of the credited conversions where nothing has a value. Null where there is neither. */
  share: z.number().nullable(),
  /** Data-driven models: where 90 % of the answers lie when the journeys are drawn anew; null for rule models. */
  conversionsInterval: numberInterval.nullable(),
  valueInterval: amountInterval.nullable(),
  /** Data-driven Markov models only. */
  removalEffect: z.number().nullable(),
});
export type ModelCredit = z.output<typeof modelCredit>;

export const attributionRow = z.object({
  /** Id for campaign and member, `YYYY-MM` for month, else the text; null: not stated. */
  group: z.string().nullable(),
  label: z.string(),
  /** Touches of this group in journeys that convert. */
  touches: count,
  /** Conversions with at least one touch of this group: influenced. Never added up. */
  influenced: count,
  /** By model name; models that have no answer (yet) are not in it. */
  models: z.partialRecord(z.enum(allModels), modelCredit),
  /** The range over the models that have an answer: by value, by conversions where nothing has a value. */
  least: z.object({ model: z.enum(allModels), conversions: z.number(), value: amount.nullable() }),
  most: z.object({ model: z.enum(allModels), conversions: z.number(), value: amount.nullable() }),
  /** most − least; null where nothing has a value. */
  spread: amount.nullable(),
  /** The conversions that credit this group, by the setting's model; add `model=` for another. Below the API's root. */
  creditsUrl: z.string(),
  /** The touches that are credited. */
  touchesUrl: z.string(),
});
export type AttributionRow = z.output<typeof attributionRow>;

export const estimateStates = ['ready', 'waiting', 'running', 'failed'] as const;
export const modelTotal = z.object({
  model: z.enum(allModels),
  label: z.string(),
  formula: z.string(),
  kind: z.enum(['rule', 'driven']),
  /** Null: no answer yet. Without the unattributed conversions. */
  conversions: z.number().nullable(),
  value: amount.nullable(),
  /** Credited + unattributed − all conversions' value, to the minor unit: "0". Null without an answer, or where it answers older data. */
  difference: amount.nullable(),
  /** What its numbers don't say; the observational note of data-driven models stands here. */
  remark: z.string().nullable(),
  /** Why there is no answer, or none by value, in words. */
  whyNot: z.string().nullable(),
  /** Data-driven only; null for rule models, which are always as of now. */
  estimate: z
    .object({
      state: z.enum(estimateStates),
      /** The moment its data are of; null before the first answer. */
      asOf: instant.nullable(),
      /** Journeys changed since. A new answer is on its way. */
      stale: z.boolean(),
      progress: progress.nullable(),
      /** How many drawn samples the intervals rest on; null before the first answer. */
      replicates: count.nullable(),
      /** Walks that ended without a conversion, which the model learned from too. */
      nulls: count.nullable(),
    })
    .nullable(),
});
export type ModelTotal = z.output<typeof modelTotal>;

export const attributionAnswer = z.object({
  by: z.enum(attributionGroupings),
  ...answeredScope,
  /** Null: no journeys are built yet; everything below is empty, `notes` says so. */
  setting: attributionSetting.nullable(),
  freshness,
  /** In the order of `allModels`; data-driven ones only by channel. */
  models: z.array(modelTotal),
  /** Greatest first, months in order; at most 500. */
  rows: z.array(attributionRow),
  /** What the rows beyond the limit hold, by model; null when all are shown. It is in the totals. */
  notShown: z.object({ groups: count, models: z.partialRecord(z.enum(allModels), modelCredit) }).nullable(),
  /** Conversions without a touch in the look-back: nobody's. */
  unattributed: z.object({ conversions: count, value: amount, recordsUrl: z.string() }),
  total: z.object({
    /** All conversions in the period, and their value. */
    conversions: count,
    value: amount,
    /** Touches in the journeys of these conversions. */
    touches: count,
    /** Journeys without a conversion by now; of no period. */
    openJourneys: count,
    openJourneysUrl: z.string(),
    recordsUrl: z.string(),
  }),
  /** Such as deals whose currency has no rate: they count as conversions, with no amount. */
  notes: z.array(z.string()),
});
export type AttributionAnswer = z.output<typeof attributionAnswer>;
