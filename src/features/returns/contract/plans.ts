/** Budgets, and keys that say how shared costs are spread. Units as in contract/ledger.ts. */

import { z } from 'zod';
import { idSchema, named } from '#features/agreement/contract.ts';
import { categoriesOf, costCategories, costSides, month } from './ledger.ts';

const instant = z.string().describe('ISO 8601 in UTC');
const count = z.number().int();
const money = z.string().describe('decimal string of minor units; may be negative');
const budgetAmount = z.string().regex(/^\d{1,15}$/, 'is an amount in minor units, from 0');
const side = z.enum(costSides);
const category = z.enum(costCategories);
const name = z.string().trim().min(1, 'Give it a name.').max(200);

// ── budgets ─────────────────────────────────────────────────────────────────

/** What a line is for. Lines add up: one without a category is for what has no line of its own. */
const lineOf = {
  month,
  side,
  category: category.nullable().default(null),
  campaignId: idSchema.nullable().default(null),
  teamId: idSchema.nullable().default(null),
};
const newLine = z
  .strictObject({
    ...lineOf,
    /** In the workspace's currency; null takes the line out. */
    amount: budgetAmount.nullable(),
  })
  .superRefine((line, context) => {
    if (line.category !== null && !categoriesOf[line.side].includes(line.category))
      context.addIssue({
        code: 'custom',
        path: ['category'],
        message: `${line.side} has no category “${line.category}”; it has ${categoriesOf[line.side].join(', ')}`,
      });
  });
/** These lines as stated; lines it doesn't name stay. */
export const budgetChange = z.strictObject({ lines: z.array(newLine).min(1, 'Name a line.').max(2_000) });
export type BudgetChange = z.output<typeof budgetChange>;
/** How many lines are new or another than before. */
export const budgetChanged = z.object({ changed: count });

export const budgetsQuery = z
  .strictObject({
    /** First and last month; left out: everything. */
    start: month.optional(),
    end: month.optional(),
    side: side.optional(),
    category: category.optional(),
    campaignId: idSchema.optional(),
    teamId: idSchema.optional(),
  })
  .refine(({ start, end }) => !start || !end || start <= end, { path: ['end'], message: 'the period ends before it starts' });
export type BudgetsQuery = z.output<typeof budgetsQuery>;
export const budgetLine = z.object({
  id: idSchema,
  month,
  side,
  category: category.nullable(),
  campaign: named.nullable(),
  team: named.nullable(),
  amount: money,
  currency: z.string(),
  recordedAt: instant,
  recordedBy: named.nullable(),
});
/** By month, side, category. At most 10,000 lines. */
export const budgetList = z.object({ items: z.array(budgetLine), total: money, currency: z.string(), notes: z.array(z.string()) });
export type BudgetList = z.output<typeof budgetList>;

export const varianceGroupings = ['none', 'month', 'side', 'category', 'campaign', 'team'] as const;
export type VarianceBy = (typeof varianceGroupings)[number];
export const varianceQuery = z
  .strictObject({ start: month, end: month, by: z.enum(varianceGroupings).default('category'), side: side.optional() })
  .refine(({ start, end }) => start <= end, { path: ['end'], message: 'the period ends before it starts' });
export type VarianceQuery = z.output<typeof varianceQuery>;
const variance = {
  budget: money,
  /** Booked cost. */
  actual: money,
  /** actual − budget: above 0 is more than planned. */
  variance: money,
  /** variance ÷ budget, 0.1 is 10 % over; null without a budget, `why` says so. */
  share: z.number().nullable(),
  why: z.string().nullable(),
};
export const varianceAnswer = z.object({
  start: month,
  end: month,
  by: z.enum(varianceGroupings),
  side: side.nullable(),
  currency: z.string(),
  formula: z.string(),
  version: z.string(),
  basis: z.object({ marketing: z.enum(['whole', 'programme']), sales: z.enum(['whole', 'programme']) }),
  /** Months in order, else the greatest budget first. Null group: lines, or costs, without one. */
  rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), ...variance, recordsUrl: z.string() })),
  total: z.object({ ...variance, recordsUrl: z.string() }),
  notes: z.array(z.string()),
});
export type VarianceAnswer = z.output<typeof varianceAnswer>;

// ── allocation keys ─────────────────────────────────────────────────────────

export const keyTargets = ['campaign', 'segment', 'channel', 'team'] as const;
export type KeyTarget = (typeof keyTargets)[number];
/** `leads`: leads opened in the month. `value`: value of the deals won in it. `hours`: hours as stated. `fixed`: percent as stated. */
export const keyMeasures = ['leads', 'value', 'hours', 'fixed'] as const;
export type KeyMeasure = (typeof keyMeasures)[number];

export const keyContent = z
  .strictObject({
    /** The entries it spreads: those of these that have no value in the dimension it spreads onto. */
    applies: z.strictObject({
      side: side.nullable().default(null),
      /** Empty: all. */
      categories: z.array(category).max(costCategories.length).default([]),
      teamId: idSchema.nullable().default(null),
    }),
    onto: z.enum(keyTargets),
    by: z.enum(keyMeasures),
    /** For `hours` and `fixed`: the weight of each target, a campaign or team by id. Percents sum to 100. */
    shares: z
      .array(
        z.strictObject({
          target: z.string().trim().min(1).max(200),
          /** Hours, or percent: a decimal number from 0, up to four decimals. */
          weight: z.string().regex(/^\d{1,9}(\.\d{1,4})?$/, 'is a number from 0 with up to four decimals'),
        }),
      )
      .max(1_000)
      .default([]),
  })
  .superRefine((content, context) => {
    const refuse = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const stated = content.by === 'hours' || content.by === 'fixed';
    if (stated && content.shares.length === 0) refuse(['shares'], `name the targets: a key by ${content.by} has a weight for each`);
    if (!stated && content.shares.length > 0) refuse(['shares'], `a key by ${content.by} finds its weights itself: leave them out`);
    if (new Set(content.shares.map(({ target }) => target)).size !== content.shares.length) refuse(['shares'], 'a target has one weight');
    if (content.by === 'fixed' && content.shares.length > 0 && sumOfWeights(content.shares) !== 1_000_000n)
      refuse(['shares'], 'fixed shares are percents and sum to 100');
    if (content.by === 'hours' && content.shares.length > 0 && sumOfWeights(content.shares) === 0n) refuse(['shares'], 'no hours at all');
    if (content.applies.teamId !== null && content.onto === 'team')
      refuse(['applies', 'teamId'], 'costs that have a team are not spread onto teams');
    const { side: ofSide } = content.applies;
    if (ofSide && content.applies.categories.some((one) => !categoriesOf[ofSide].includes(one)))
      refuse(['applies', 'categories'], `${ofSide} has ${categoriesOf[ofSide].join(', ')}`);
  });
export type KeyContent = z.output<typeof keyContent>;

/** In ten-thousandths, so that it is exact. */
function sumOfWeights(shares: readonly { weight: string }[]): bigint {
  return shares.reduce((sum, { weight }) => sum + tenThousandths(weight), 0n);
}
/** `12.5` → 125,000. */
export function tenThousandths(weight: string): bigint {
  const [whole = '0', part = ''] = weight.split('.');
  return /^\d+$/.test(whole) ? BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0').slice(0, 4) || '0') : 0n;
}

export const byKeyId = z.strictObject({ keyId: idSchema });
export const newKey = z.strictObject({ name, content: keyContent, /** The first month it counts for. */ effectiveFrom: month });
export type NewKey = z.output<typeof newKey>;
export const newKeyVersion = z.strictObject({ name: name.optional(), content: keyContent, effectiveFrom: month });
export type NewKeyVersion = z.output<typeof newKeyVersion>;
/** From this month on it spreads nothing. */
export const keyRetirement = z.strictObject({ effectiveFrom: month });
export const keyMade = z.object({ keyId: idSchema, number: count });

const keyVersion = z.object({
  number: count,
  name: z.string(),
  content: keyContent,
  effectiveFrom: month,
  /** From then on it spreads nothing. */
  retired: z.boolean(),
  recordedAt: instant,
  recordedBy: named.nullable(),
});
export const allocationKey = z.object({
  keyId: idSchema,
  /** As of the latest version. */
  name: z.string(),
  /** The version that counts in the present month; null before its first and after it was retired. */
  inForce: count.nullable(),
  /** What the version in force (or else the latest) does, as a sentence. */
  sentence: z.string(),
  /** The latest first. */
  versions: z.array(keyVersion),
});
export type AllocationKey = z.output<typeof allocationKey>;
/** In the order they are asked: of several that would spread an entry onto one dimension the first does. */
export const keyList = z.object({ items: z.array(allocationKey), next: z.null(), total: count });
export type KeyList = z.output<typeof keyList>;

export const appliedQuery = z.strictObject({ /** Left out: the present one. */ month: month.optional() });
export const appliedKey = z.object({
  keyId: idSchema,
  name: z.string(),
  number: count,
  month,
  /** `asClosed`: by the weights the month was closed with. */
  weights: z.enum(['asClosed', 'asOfNow']),
  onto: z.enum(keyTargets),
  by: z.enum(keyMeasures),
  sentence: z.string(),
  currency: z.string(),
  /** What there is to spread in this month, by side. */
  pool: z.object({ marketing: money, sales: money, total: money, entries: count, recordsUrl: z.string() }),
  rows: z.array(
    z.object({
      target: z.string(),
      label: z.string(),
      /** Leads, minor units of value, hours or percent: a decimal number. */
      weight: z.string(),
      /** weight ÷ Σ weights */
      share: z.number(),
      marketing: money,
      sales: money,
      amount: money,
    }),
  ),
  /** What could not be spread because there is no weight in this month. */
  notAllocated: money,
  /** pool − (rows + not allocated): "0". */
  difference: money,
  notes: z.array(z.string()),
});
export type AppliedKey = z.output<typeof appliedKey>;
