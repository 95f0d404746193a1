/**
 * The ledger: what both sides cost, entry by entry. Amounts are decimal strings of minor units of the currency beside
 * them; `booked` amounts and all sums are in the workspace's currency. Days are in the workspace's zone, both ends of a
 * period included; months are `YYYY-MM`. What somebody may not see (pay, see `payVisible`) is not in any answer to them.
 */

import { z } from 'zod';
import { currencyDigits } from '#engine/values/currency.ts';
import { idSchema, named } from '#features/agreement/contract.ts';
import {
  costCategories as categoriesOfRecords,
  costCategoriesOf,
  costSides as sidesOfRecords,
  payCategories as payCategoriesOfRecords,
} from '#features/records/contract.ts';

/** Changes whenever a formula changes, so that an old number can be told from a new one. */
export const ledgerVersion = 'returns-1';

export const costSides = sidesOfRecords;
export type CostSide = (typeof costSides)[number];
export const costCategories = categoriesOfRecords;
export type CostCategory = (typeof costCategories)[number];
/** Which categories a side has, in the order they are shown. */
export const categoriesOf: Readonly<Record<CostSide, readonly CostCategory[]>> = costCategoriesOf;
export const categoryLabels: Readonly<Record<CostCategory, string>> = {
  media: 'Media',
  agency: 'Agencies',
  event: 'Events',
  content: 'Content',
  tools: 'Tools',
  salaries: 'Salaries',
  commissions: 'Commissions',
  travel: 'Travel',
  entertainment: 'Entertainment',
  samples: 'Samples',
  misc: 'Other',
};
/** What is somebody's pay. */
export const payCategories: readonly CostCategory[] = payCategoriesOfRecords;
export const isPay = (category: CostCategory): boolean => payCategories.includes(category);

// ── pieces ──────────────────────────────────────────────────────────────────

const instant = z.string().describe('ISO 8601 in UTC');
const count = z.number().int();
const money = z.string().describe('decimal string of minor units; may be negative');
export const day = z.iso.date('is a day like 2026-03-31');
export const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is a month like 2026-03');
export const byMonth = z.strictObject({ month });
const side = z.enum(costSides);
const category = z.enum(costCategories);
export const currencySchema = z.string().refine((code) => currencyDigits(code) !== null, 'is a currency of ISO 4217, such as EUR');
const text = (most: number) => z.string().trim().min(1, 'Say something, or leave it out.').max(most);
/** Up to 15 digits: 9.99 trillion of a currency with two decimals. */
const amountGiven = z
  .string()
  .regex(/^-?\d{1,15}$/, 'is an amount in minor units, such as "1200050" for 12,000.50')
  .refine((digits) => /[1-9]/.test(digits), 'An entry of nothing is none.');

/** Whether the person who asks may do a thing, and if not, why. */
const may = z.object({ may: z.boolean(), whyNot: z.string().nullable() });

// ── entries ─────────────────────────────────────────────────────────────────

const told = {
  side,
  category,
  /** Minor units of `currency`. Negative: money that came back, such as a supplier's credit note. */
  amount: amountGiven,
  /** Left out: the workspace's. */
  currency: currencySchema.optional(),
  campaignId: idSchema.nullable().default(null),
  accountId: idSchema.nullable().default(null),
  /** Whom it was spent by or for. */
  memberId: idSchema.nullable().default(null),
  teamId: idSchema.nullable().default(null),
  segment: text(200).nullable().default(null),
  channel: text(200).nullable().default(null),
  /** Of pay: how many persons' pay is in it. */
  people: z.number().int().min(1).max(1_000_000).nullable().default(null),
  supplier: text(300).nullable().default(null),
  description: text(2_000).nullable().default(null),
};
type Told = { side: CostSide; category: CostCategory; people: number | null };
function refuseContradictions(given: Told, context: z.RefinementCtx): void {
  const has = categoriesOf[given.side];
  if (!has.includes(given.category))
    context.addIssue({
      code: 'custom',
      path: ['category'],
      message: `${given.side} has no category “${given.category}”; it has ${has.join(', ')}`,
    });
  if (given.people !== null && !isPay(given.category))
    context.addIssue({
      code: 'custom',
      path: ['people'],
      message: `says whose pay is in it: it belongs to ${payCategories.join(' and ')}`,
    });
}
export const newCost = z.strictObject({ occurredOn: day, ...told }).superRefine(refuseContradictions);
export type NewCost = z.output<typeof newCost>;

export const reversal = z.strictObject({
  reason: text(2_000),
  /** The day of the reversal; left out: the entry's own, or the first open day after it. */
  on: day.optional(),
});
export type Reversal = z.output<typeof reversal>;

export const costEntry = z.object({
  id: idSchema,
  occurredOn: day,
  recordedAt: instant,
  recordedBy: named.nullable(),
  side,
  category,
  amount: money,
  currency: z.string(),
  /** In the workspace's currency; null while there is no rate for its day. */
  booked: money.nullable(),
  bookedCurrency: z.string(),
  /** Units of the workspace's currency for one of `currency`, a decimal number; "1" for the workspace's own; null until booked. */
  rate: z.string().nullable(),
  /** The day the rate is of; null for the workspace's own currency. */
  rateOn: day.nullable(),
  campaign: named.nullable(),
  account: named.nullable(),
  member: named.nullable(),
  team: named.nullable(),
  /** The source's word for the team, where the entry was imported. */
  teamText: z.string().nullable(),
  segment: z.string().nullable(),
  channel: z.string().nullable(),
  people: count.nullable(),
  supplier: z.string().nullable(),
  description: z.string().nullable(),
  custom: z.record(z.string(), z.unknown()),
  /** The import it came with. */
  importId: idSchema.nullable(),
  /** The recurring cost it came of. */
  recurringId: idSchema.nullable(),
  /** The entry this one takes back, why, and the entry that took this one back. */
  reversesId: idSchema.nullable(),
  reversedById: idSchema.nullable(),
  reason: z.string().nullable(),
  reverse: may,
});
export type CostEntry = z.output<typeof costEntry>;
/** What was written. Of a reversal: the reversing entry. */
export const postedCost = z.object({ id: idSchema, occurredOn: day, booked: money.nullable(), bookedCurrency: z.string() });
export type PostedCost = z.output<typeof postedCost>;

// ── asking ──────────────────────────────────────────────────────────────────

export const costGroupings = [
  'none',
  'month',
  'quarter',
  'side',
  'category',
  'campaign',
  'team',
  'segment',
  'channel',
  'account',
  'supplier',
] as const;
export type CostBy = (typeof costGroupings)[number];
/** `live`: neither taken back nor taking back. `reversed`: both of those. `unbooked`: waiting for a rate. */
export const costStates = ['all', 'live', 'reversed', 'unbooked'] as const;

const filters = {
  start: day.optional(),
  end: day.optional(),
  side: side.optional(),
  category: category.optional(),
  campaignId: idSchema.optional(),
  accountId: idSchema.optional(),
  teamId: idSchema.optional(),
  segment: z.string().max(200).optional(),
  /** An entry's own, else its campaign's. */
  channel: z.string().max(200).optional(),
  currency: z.string().max(3).optional(),
  /** In the supplier's name, whatever the case. */
  supplier: z.string().trim().max(300).optional(),
  /** In supplier, description, or the name of campaign, account or team. */
  q: z.string().trim().max(300).optional(),
};
const refuseBackwards = (asked: { start?: string | undefined; end?: string | undefined }, context: z.RefinementCtx): void => {
  if (asked.start && asked.end && asked.start > asked.end)
    context.addIssue({ code: 'custom', path: ['end'], message: 'the period ends before it starts' });
};
export const costSorts = ['occurredOn', '-occurredOn', 'recordedAt', '-recordedAt', 'booked', '-booked'] as const;
const listed = {
  ...filters,
  /** The entries that came of one recurring cost. */
  recurringId: idSchema.optional(),
  state: z.enum(costStates).default('all'),
  /** With `by`: the entries of one row of a summary. JSON: a group's value in quotes, or `null` for entries without one. */
  by: z.enum(costGroupings).default('none'),
  group: z.string().max(2_000).optional(),
  sort: z.enum(costSorts).default('-occurredOn'),
};
export const costsQuery = z
  .strictObject({ ...listed, limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(300).optional() })
  .superRefine(refuseBackwards);
export type CostsQuery = z.output<typeof costsQuery>;
export const costsExport = z.strictObject(listed).superRefine(refuseBackwards);
export type CostsExport = z.output<typeof costsExport>;
export const costList = z.object({
  items: z.array(costEntry),
  next: z.string().nullable(),
  /** On the first page: how many there are, and what they sum to, booked; null on later pages. */
  total: count.nullable(),
  sum: money.nullable(),
  currency: z.string(),
  /** Of them, entries without a rate, which are not in the sum; null on later pages. */
  unbooked: count.nullable(),
});
export type CostList = z.output<typeof costList>;

export const summaryQuery = z
  .strictObject({
    ...filters,
    by: z.enum(costGroupings).default('none'),
    /** Whether shared costs are spread by the allocation keys onto the groups of `by`. */
    allocated: z.enum(['true', 'false']).default('false'),
  })
  .superRefine(refuseBackwards);
export type SummaryQuery = z.output<typeof summaryQuery>;
const sums = {
  marketing: money,
  sales: money,
  /** marketing + sales */
  total: money,
};
export const summaryRow = z.object({
  /** Null: entries without one. Months `2026-03`, quarters `2026-Q1`; campaigns, teams, accounts by id. */
  group: z.string().nullable(),
  label: z.string(),
  ...sums,
  /** Entries booked to this very group; what keys spread onto it is not among them. */
  entries: count,
  /** Of the total: what came by allocation keys. "0" where nothing did. */
  byKeys: money,
  recordsUrl: z.string(),
});
/** Sums of pay of a whole side and quarter that may be told because many enough people's pay is in them. */
export const releasedPay = z.object({
  quarter: z.string().describe('2026-Q1'),
  side,
  /** Null where it is withheld. */
  amount: money.nullable(),
  people: count.nullable(),
  whyNot: z.string().nullable(),
});
export const costSummary = z.object({
  start: day.nullable(),
  end: day.nullable(),
  by: z.enum(costGroupings),
  allocated: z.boolean(),
  currency: z.string(),
  timeZone: z.string(),
  formula: z.string(),
  version: z.string(),
  /** `whole`: all costs of the side. `programme`: without pay, which the asker may not see. */
  basis: z.object({ marketing: z.enum(['whole', 'programme']), sales: z.enum(['whole', 'programme']) }),
  /** Greatest first; months and quarters in order. At most 1,000. */
  rows: z.array(summaryRow),
  /** What the rows beyond the limit hold; null when all are shown. */
  notShown: z.object({ groups: count, ...sums }).nullable(),
  /** Counted on its own, over the entries. */
  total: z.object({ ...sums, entries: count, recordsUrl: z.string() }),
  /** total − (rows + not shown): "0", or the ledger doesn't close. */
  difference: money,
  /** With `allocated`: shared costs no key spreads, or that no weight could be found for. They stand in the row without a group. */
  notAllocated: money,
  /** Entries of the period without a rate: in no sum here. */
  unbooked: z.array(z.object({ currency: z.string(), amount: money, entries: count })),
  /** Only for those who may not see the pay itself. */
  releasedPay: z.array(releasedPay),
  notes: z.array(z.string()),
});
export type CostSummary = z.output<typeof costSummary>;
export type SummaryRow = z.output<typeof summaryRow>;

// ── recurring costs ─────────────────────────────────────────────────────────

export const recurrences = ['month', 'quarter', 'year'] as const;
export const newRecurring = z
  .strictObject({
    every: z.enum(recurrences),
    /** The day of the first entry; later ones stand on the same day of the month, or its last where it has none. */
    startsOn: day,
    /** No entry after this day; null: until somebody ends it. */
    endsOn: day.nullable().default(null),
    ...told,
  })
  .superRefine(refuseContradictions)
  .superRefine(({ startsOn, endsOn }, context) => {
    if (endsOn !== null && endsOn < startsOn) context.addIssue({ code: 'custom', path: ['endsOn'], message: 'it ends before it starts' });
  });
export type NewRecurring = z.output<typeof newRecurring>;
export const recurringCost = z.object({
  id: idSchema,
  every: z.enum(recurrences),
  startsOn: day,
  endsOn: day.nullable(),
  side,
  category,
  amount: money,
  currency: z.string(),
  campaign: named.nullable(),
  account: named.nullable(),
  member: named.nullable(),
  team: named.nullable(),
  segment: z.string().nullable(),
  channel: z.string().nullable(),
  people: count.nullable(),
  supplier: z.string().nullable(),
  description: z.string().nullable(),
  recordedAt: instant,
  recordedBy: named.nullable(),
  endedAt: instant.nullable(),
  endedBy: named.nullable(),
  /** How many entries came of it so far, and the day of the last. */
  posted: count,
  /** Those entries. */
  recordsUrl: z.string(),
  lastOn: day.nullable(),
  /** The day of the next; null when there is none to come. */
  nextOn: day.nullable(),
});
export type RecurringCost = z.output<typeof recurringCost>;
/** `posted`: entries that were due by today and were written at once. */
export const recurringMade = z.object({ id: idSchema, posted: count });

// ── exchange rates ──────────────────────────────────────────────────────────

export const newRate = z.strictObject({
  currency: currencySchema,
  /** It counts from this day until the day of the next. */
  onDay: day,
  /** Units of the workspace's currency for one unit of `currency` (major units both), such as "0.9312". */
  rate: z
    .string()
    .regex(/^(0|[1-9]\d{0,9})(\.\d{1,12})?$/, 'is a decimal number above 0, such as 0.9312')
    .refine((digits) => !/^[0.]*$/.test(digits), 'is above 0'),
  source: text(200).nullable().default(null),
});
export type NewRate = z.output<typeof newRate>;
/** `booked`: entries that waited for it. */
export const rateMade = z.object({ id: idSchema, booked: count });
export const ratesQuery = z.strictObject({
  currency: z.string().max(3).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(300).optional(),
});
export type RatesQuery = z.output<typeof ratesQuery>;
export const exchangeRate = z.object({
  id: idSchema,
  currency: z.string(),
  intoCurrency: z.string(),
  onDay: day,
  rate: z.string(),
  source: z.string().nullable(),
  recordedAt: instant,
  recordedBy: named.nullable(),
  /** The last recorded of its day: the one that counts. */
  counts: z.boolean(),
});
export const rateList = z.object({
  items: z.array(exchangeRate),
  next: z.string().nullable(),
  total: count.nullable(),
  /** Currencies with entries that wait for a rate: how many, and the first of their days. */
  wanted: z.array(z.object({ currency: z.string(), entries: count, firstOn: day })),
});

// ── periods ─────────────────────────────────────────────────────────────────

export const period = z.object({
  month,
  state: z.enum(['open', 'closed']),
  closedAt: instant.nullable(),
  closedBy: named.nullable(),
  /** Booked sums; of a closed month as it was closed. */
  ...sums,
  entries: count,
  currency: z.string(),
  basis: z.object({ marketing: z.enum(['whole', 'programme']), sales: z.enum(['whole', 'programme']) }),
  /** What stands in the way of closing, each with where it is mended; empty for a closed month. */
  problems: z.array(z.object({ says: z.string(), recordsUrl: z.string().nullable() })),
  /** What one may want to look at before closing. */
  hints: z.array(z.string()),
  close: may,
  reopen: may,
  recordsUrl: z.string(),
});
export type Period = z.output<typeof period>;
export const periodList = z.object({
  /** The latest first, from the month of the first entry to the present one. */
  items: z.array(period),
  /** The first day that takes entries. */
  firstOpenDay: day,
  currency: z.string(),
});
export type PeriodList = z.output<typeof periodList>;
export const periodDetail = period.extend({
  categories: z.array(z.object({ side, category, label: z.string(), amount: money, entries: count, recordsUrl: z.string() })),
  /** SHA-256 over the entries as they were closed; null while open, and for those who may not see all of them. */
  hash: z.string().nullable(),
  /** Every closing of the month and how it ended, the latest first. */
  closings: z.array(
    z.object({
      closedAt: instant,
      closedBy: named.nullable(),
      reopenedAt: instant.nullable(),
      reopenedBy: named.nullable(),
      reopenedBecause: z.string().nullable(),
    }),
  ),
  /** Allocation keys of the month; of a closed one with the weights it was closed with. */
  keys: z.array(z.object({ keyId: idSchema, name: z.string(), number: count, appliedUrl: z.string() })),
});
export type PeriodDetail = z.output<typeof periodDetail>;
export const reopening = z.strictObject({ reason: text(2_000) });
