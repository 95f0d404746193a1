/**
 * Attribution: how journeys are read, what each touch is credited by every model, and how sure the data-driven ones are.
 * Amounts are decimal strings of minor units in the workspace's currency; days are in its zone, both ends included.
 */

import { z } from 'zod';
import { ruleModels } from '#engine/attribution/models.ts';
import { idSchema, named } from '#features/agreement/contract.ts';

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
export const touchSides = ['marketing', 'sales', 'customer'] as const;
/** `month` is the month of the touch, in the workspace's zone: which month's work earned it. */
export const attributionGroupings = ['channel', 'campaign', 'content', 'member', 'segment', 'month'] as const;
export type AttributionBy = (typeof attributionGroupings)[number];

const instant = z.string().describe('ISO 8601 in UTC');
const day = z.iso.date('is a day like 2026-03-31');
const amount = z.string().describe('decimal string of minor units');
const count = z.number().int();

// ── the setting ─────────────────────────────────────────────────────────────

/** What a rule can look at. `channel` is the touch's own word; `source` and `medium` are its fields of that name (or utm_source, utm_medium). */
export const channelRuleFields = ['channel', 'source', 'medium', 'campaign', 'kind', 'side'] as const;
export const channelRuleTests = ['eq', 'contains', 'begins', 'blank'] as const;
/** Letter case never matters. */
export const channelCondition = z
  .strictObject({
    field: z.enum(channelRuleFields),
    is: z.enum(channelRuleTests),
    /** Left out for `blank`. */
    value: z.string().trim().min(1).max(200).optional(),
  })
  .refine(({ is, value }) => (is === 'blank') === (value === undefined), {
    message: 'say a value, or ask for blank without one',
    path: ['value'],
  });
/** The first of the company's rules whose conditions all hold decides; where none does, the published defaults do. */
export const channelRule = z.strictObject({
  group: z.string().trim().min(1, 'Name the group.').max(80),
  all: z.array(channelCondition).min(1, 'Say at least one condition.').max(10),
});
export type ChannelRule = z.output<typeof channelRule>;

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

const progress = z.object({
  /** Units read, of all. */
  done: count,
  of: count,
});
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

/** JSON: text in quotes, or `null` for what is not stated. */
const word = z.union([z.string(), z.null()]);
const group = written(word, 'a group is JSON: text in quotes, or null for what is not stated');

/** Written as JSON in an address. */
function written<Schema extends z.ZodType>(schema: Schema, message: string) {
  return z
    .string()
    .max(12_000)
    .transform((text, context): z.output<Schema> => {
      const { success, data } = schema.safeParse(parseJson(text));
      if (success) return data;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The period is that of the conversions; without it all. */
const scope = {
  start: day.optional(),
  end: day.optional(),
  /** Only conversions of this segment (JSON: text in quotes, or null). */
  segment: group.optional(),
};
const inOrder = <T extends { start?: string | undefined; end?: string | undefined }>(asked: T): boolean =>
  !(asked.start && asked.end && asked.start > asked.end);
const endsBeforeStart = { message: 'the period ends before it starts', path: ['end'] };

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

const freshness = z.object({
  /** When the last change was taken in. */
  asOf: instant,
  /** Changes noted and not yet taken in. */
  waiting: count,
  /** A setting whose journeys are being built. */
  building: z.object({ number: count, progress: progress.nullable() }).nullable(),
});

const answeredScope = {
  start: z.string().nullable(),
  end: z.string().nullable(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
};

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

// ── what stands behind a number ─────────────────────────────────────────────

/** Steps of the flow that are drawn before “later touches”. */
const steps = z.coerce.number().int().min(2).max(8).default(5);
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

// ── paths ───────────────────────────────────────────────────────────────────

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

// ── channel groups ──────────────────────────────────────────────────────────

const groupCount = z.object({
  group: z.string(),
  /** Which rule decides, in words; where several lead to one group each has a row. */
  rule: z.string(),
  /** Of the company's own rules: its position from 0; null: a published default. */
  own: count.nullable(),
  touches: count,
  /** Below the API's root. */
  touchesUrl: z.string(),
});
/** A combination of words that no rule knows. */
const fellThrough = z.object({
  channel: z.string().nullable(),
  source: z.string().nullable(),
  medium: z.string().nullable(),
  kind: z.string(),
  side: z.string(),
  touches: count,
  touchesUrl: z.string(),
});
export const channelGroupsAnswer = z.object({
  /** Rules in the order in which they are asked, those without touches too. */
  groups: z.array(groupCount),
  /** Most touches first, at most 200. */
  fellThrough: z.array(fellThrough),
  total: z.object({ touches: count, fellThrough: count }),
  ownRules: z.array(channelRule),
  /** The published defaults: group and rule in words, in order. */
  defaults: z.array(z.object({ group: z.string(), rule: z.string() })),
  /** The moment these counts are of. */
  asOf: instant,
  /** The name of the group of what no rule knows. */
  unassigned: z.string(),
});
export type ChannelGroupsAnswer = z.output<typeof channelGroupsAnswer>;

export const groupTouchesAsk = z.strictObject({
  /** The rule's key, as `touchesUrl` has it. */
  rule: z.string().max(40).optional(),
  group: z.string().max(80).optional(),
  /** Of what fell through: JSON of the texts, as `touchesUrl` has it. */
  words: z.string().max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export const groupTouches = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      occurredAt: instant,
      side: z.enum(touchSides),
      kind: z.string(),
      channel: z.string().nullable(),
      source: z.string().nullable(),
      medium: z.string().nullable(),
      group: z.string(),
      subject: z.string().nullable(),
      campaign: named.nullable(),
      member: named.nullable(),
      lead: named.nullable(),
      account: named.nullable(),
    }),
  ),
  next: z.string().nullable(),
  total: count,
});

export const groupsTrialBody = z.strictObject({ ownRules: z.array(channelRule).max(100) });
export const groupsTrial = z.object({
  /** Touches by group now and under the tried rules. */
  groups: z.array(z.object({ group: z.string(), before: count, after: count })),
  /** From which group to which, most touches first. */
  moved: z.array(z.object({ from: z.string(), to: z.string(), touches: count })),
  /** Touches each tried rule decides, by position; 0: it never does. */
  rules: z.array(z.object({ group: z.string(), rule: z.string(), touches: count })),
  fellThrough: z.object({ before: count, after: count }),
  asOf: instant,
});
export type GroupsTrial = z.output<typeof groupsTrial>;
