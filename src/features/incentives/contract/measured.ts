/** What of the product plans can count and ask for: kinds of facts with their roles and tags, and results by name. */

import { z } from 'zod';
import { type FactKind, factKinds } from '#engine/payout/evidence.ts';

/** A kind of fact of the product: what it stands for, who can be credited with it, and what it can be told apart by. */
export interface MeasuredKind {
  readonly name: string;
  readonly about: string;
  /** Minor units of money stand in it. */
  readonly hasAmount: boolean;
  /** Who is credited: `owner` of the deal or lead, `qualifier` (SDR), `sourcer` (owner of the campaign it came from), `member` who did it. */
  readonly roles: readonly string[];
  readonly tags: readonly string[];
}
const dealTags = ['segment', 'product', 'dealType', 'pipeline', 'channel', 'campaign', 'origin'] as const;
const leadTags = ['segment', 'channel', 'origin', 'campaign', 'quality'] as const;

export const measuredKinds: Readonly<Partial<Record<FactKind, MeasuredKind>>> = {
  won: {
    name: 'Won deals',
    about: 'A deal that was won, on the day it closed, by its amount.',
    hasAmount: true,
    roles: ['owner', 'qualifier', 'sourcer'],
    tags: dealTags,
  },
  collected: {
    name: 'New revenue',
    about: 'Revenue of new business and expansion, on its day; refunds and contractions count against it.',
    hasAmount: true,
    roles: ['owner', 'qualifier', 'sourcer'],
    tags: [...dealTags, 'revenueKind'],
  },
  renewed: {
    name: 'Renewed revenue',
    about: 'Revenue of renewals, on its day.',
    hasAmount: true,
    roles: ['owner', 'sourcer'],
    tags: [...dealTags, 'revenueKind'],
  },
  mql: {
    name: 'MQLs',
    about: 'A lead that became an MQL, on that day, by its value where it has one.',
    hasAmount: true,
    roles: ['sourcer', 'owner', 'qualifier'],
    tags: leadTags,
  },
  sal: {
    name: 'SALs',
    about: 'A lead that sales accepted, on that day.',
    hasAmount: true,
    roles: ['qualifier', 'owner', 'sourcer'],
    tags: leadTags,
  },
  sql: {
    name: 'SQLs',
    about: 'A lead in which a conversation confirmed a real opportunity, on that day.',
    hasAmount: true,
    roles: ['qualifier', 'owner', 'sourcer'],
    tags: leadTags,
  },
  opportunity: {
    name: 'Opportunities',
    about: 'A deal that was opened, on that day, by its amount.',
    hasAmount: true,
    roles: ['qualifier', 'owner', 'sourcer'],
    tags: dealTags,
  },
  meeting: {
    name: 'Meetings held',
    about: 'A meeting on record with a lead or at a deal, credited to who held it.',
    hasAmount: false,
    roles: ['owner'],
    tags: ['channel', 'campaign'],
  },
  attempt: {
    name: 'Attempts to reach a lead',
    about: 'A call, mail or message to a lead that is an attempt by the definition both sides signed, credited to who made it.',
    hasAmount: false,
    roles: ['owner'],
    tags: ['touch', 'channel', 'campaign'],
  },
  participation: {
    name: 'Parts taken in campaigns',
    about: 'A role in a campaign that was done by evidence.',
    hasAmount: false,
    roles: ['owner'],
    tags: ['campaign', 'part'],
  },
  campaign: {
    name: 'Campaigns carried out',
    about: 'A campaign that was briefed, launched and ended, on the day it ended, credited to its owner.',
    hasAmount: false,
    roles: ['owner'],
    tags: ['channel', 'campaign', 'type'],
  },
  objective: {
    name: 'Results of objectives',
    about: 'What a manager recorded with its evidence.',
    hasAmount: false,
    roles: ['owner'],
    tags: ['objective'],
  },
};

/**
 * Kinds that the engine knows and no record stands for, with what to count in their place. Revenue is one ledger: whether
 * a company keeps invoices or payments in it, each entry stands there once, so that both can't be told apart.
 */
export const uncountedKinds: Readonly<Partial<Record<FactKind, string>>> = {
  invoiced: 'New revenue or Renewed revenue: what is invoiced and what is paid stand in one ledger here, as entries of revenue',
};

/** Names of roles that records credit, as people say them. */
export const roleNames: Readonly<Record<string, string>> = {
  owner: 'who owns it',
  qualifier: 'the SDR who qualified it',
  sourcer: 'the owner of the campaign it came from',
};

/** Names of tags, as people say them. */
export const tagNames: Readonly<Record<string, string>> = {
  segment: 'segment',
  product: 'product',
  dealType: 'type of deal',
  pipeline: 'pipeline',
  channel: 'channel',
  campaign: 'campaign',
  origin: 'origin',
  quality: 'what became of it',
  revenueKind: 'kind of revenue',
  touch: 'made by',
  part: 'part',
  type: 'type of campaign',
  objective: 'objective',
};

/** Results by name: joint figures of the period. Amounts are in the workspace's currency. */
export interface MeasuredResult {
  readonly name: string;
  readonly unit: 'percent' | 'number' | 'amount';
  readonly about: string;
  /** Whether it also exists of one payee (`whose` own). */
  readonly own: boolean;
}
export const measuredResults = {
  wonValue: { name: 'Won value', unit: 'amount', about: 'Amount of the deals won in the period.', own: true },
  won: { name: 'Deals won', unit: 'number', about: 'Number of deals won in the period.', own: true },
  winRate: { name: 'Win rate', unit: 'percent', about: 'won ÷ (won + lost) by close date.', own: true },
  newCustomers: { name: 'New customers', unit: 'number', about: 'Accounts whose first deal was won in the period.', own: false },
  nrr: { name: 'Net revenue retention', unit: 'percent', about: 'As returns counts it over the period.', own: false },
  grr: { name: 'Gross revenue retention', unit: 'percent', about: 'As returns counts it over the period.', own: false },
  cacBlended: { name: 'CAC, blended', unit: 'amount', about: 'All cost of both sides ÷ new customers.', own: false },
  romi: { name: 'ROMI', unit: 'percent', about: '(margin contribution − spend) ÷ spend.', own: false },
  mqls: { name: 'MQLs', unit: 'number', about: 'Leads that became MQLs in the period.', own: false },
  sqls: { name: 'SQLs', unit: 'number', about: 'Leads that became SQLs in the period.', own: false },
  mqlToSql: { name: 'MQL to SQL', unit: 'percent', about: 'SQLs ÷ MQLs of the period’s MQLs, as far as they have come.', own: false },
} as const satisfies Record<string, MeasuredResult>;
export type ResultName = keyof typeof measuredResults;
export const resultNames = Object.keys(measuredResults) as ResultName[];
export const isResultName = (name: string): name is ResultName => Object.hasOwn(measuredResults, name);

/** For screens that build a plan: all of the above, and what the company has. */
export const measured = z.object({
  kinds: z.array(
    z.object({
      kind: z.enum(factKinds),
      name: z.string(),
      about: z.string(),
      hasAmount: z.boolean(),
      roles: z.array(z.string()),
      tags: z.array(z.object({ tag: z.string(), values: z.array(z.object({ value: z.string(), label: z.string() })) })),
    }),
  ),
  results: z.array(z.object({ name: z.string(), label: z.string(), unit: z.string(), about: z.string(), own: z.boolean() })),
  clauses: z.array(z.object({ key: z.string(), side: z.string(), title: z.string() })),
});
