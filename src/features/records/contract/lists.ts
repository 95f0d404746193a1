/** What the lists of records answer to: which kinds have one, by what they are sorted, searched and filtered. */

import { z } from 'zod';
import type { RecordKind } from '../contract.ts';

/** Kinds with a list, a page and an address of their own. */
export const listKinds = ['account', 'contact', 'lead', 'deal', 'campaign'] as const satisfies readonly RecordKind[];
export type ListKind = (typeof listKinds)[number];

/** The word in addresses: `/api/v1/leads`. */
export const pluralOf: Record<ListKind, string> = {
  account: 'accounts',
  contact: 'contacts',
  lead: 'leads',
  deal: 'deals',
  campaign: 'campaigns',
};
export const listKindOf = (plural: string): ListKind | null => listKinds.find((kind) => pluralOf[kind] === plural) ?? null;

/**
 * Fields a list can be sorted by: those with an index in that order, so that a page of a million rows
 * is read from the index. Names sort by their key (lower case, no punctuation). What is not stated comes last.
 */
export const sortFieldsOf: Record<ListKind, readonly string[]> = {
  account: ['name', 'openedAt', 'annualRevenue', 'employees'],
  contact: ['fullName', 'familyName', 'email', 'openedAt'],
  lead: ['openedAt', 'name', 'company', 'email', 'mqlAt', 'sqlAt', 'dealAt', 'wonAt', 'value'],
  deal: ['openedAt', 'name', 'amount', 'expectedCloseOn', 'closedAt'],
  campaign: ['name', 'startsOn', 'budget'],
};
export const defaultSortOf: Record<ListKind, string> = {
  account: 'name',
  contact: 'fullName',
  lead: '-openedAt',
  deal: '-openedAt',
  campaign: '-startsOn',
};

export const comparisons = ['eq', 'ne', 'in', 'blank', 'notBlank', 'gte', 'lte', 'between', 'contains'] as const;
export type Comparison = (typeof comparisons)[number];

const scalar = z.union([z.string().max(1000), z.number(), z.boolean()]);
export const conditionSchema = z.strictObject({
  /** A field of the kind, `stage` (leads), `teamId` (the owner's team) or `custom.<key>`. */
  field: z.string().min(1).max(80),
  is: z.enum(comparisons),
  /** A list for `in` and `between` (from, to), nothing for `blank` and `notBlank`. */
  value: z.union([scalar, z.array(scalar).min(1).max(200)]).optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const filterSchema = z.strictObject({ all: z.array(conditionSchema).max(10) });
export type Filter = z.infer<typeof filterSchema>;

/** What a list shows: kept in saved views and sent as parameters. */
export const listQuerySchema = z.strictObject({
  q: z.string().max(200).optional(),
  filter: filterSchema.optional(),
  /** A field of `sortFieldsOf`, with `-` before it for the greatest first. */
  sort: z.string().max(80).optional(),
  columns: z.array(z.string().max(80)).max(100).optional(),
});
export type ListQuery = z.infer<typeof listQuerySchema>;

export interface Page<T> {
  items: T[];
  /** Send as `cursor` for what follows; null on the last page. */
  next: string | null;
  /** How many there are in all; null when that could not be told in time. */
  total: number | null;
  /** True: there are at least `total`. */
  totalIsAtLeast?: boolean;
}
