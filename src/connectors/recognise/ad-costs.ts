/**
 * What the exports of advertising platforms have in common: a row is what a campaign cost on a day. Their mappings are
 * made for the table at hand, because its columns decide what its rows are (a day, a month, part of a day).
 */

import type { Condition, FieldSource, Reading, TableMapping } from '#features/intake/contract.ts';
import { daysBetween } from '#engine/values/lastDay.ts';
import { coverage } from '../preamble.ts';
import type { SourceTable } from '../tables.ts';
import { resolverFor, type ColumnResolver } from './template.ts';

/** A table of a platform, as recognised. */
export interface AdTable {
  /** What people call it, e.g. “Google Ads”. */
  readonly title: string;
  /** Null: the table is left out, for the reason in `setAside`. */
  readonly mapping: TableMapping | null;
  readonly setAside: string | null;
  readonly notes: readonly string[];
}

export interface AdColumns {
  readonly platform: 'google-ads' | 'meta-ads' | 'linkedin-ads';
  readonly title: string;
  readonly campaign: string;
  /** Ids where the export has them, else what tells campaigns of one name apart. */
  readonly campaignId: string | null;
  readonly account: string | null;
  readonly cost: string;
  readonly currency: FieldSource | null;
  readonly channel: FieldSource;
  readonly day: AdDay;
  /** Columns that cut a day into parts. */
  readonly parts: readonly string[];
  /** Whether a blank in one of them is the sum over its parts. */
  readonly blankIsSum?: boolean;
}

/** Where the day of a row comes from. */
export interface AdDay {
  readonly reading: Reading;
  /** What a person should know about it. */
  readonly notes: readonly string[];
}

/** What platforms write where they have no value. */
const none = ['--', '—', '-', 'n/a'];
const sumWords = ['total:', 'total -', 'gesamt:', 'summe:'];
const wholeSumWords = ['total', 'totals', 'gesamt'];

export const columnsOfAds = (table: SourceTable, aliases: Readonly<Record<string, readonly string[]>>): ColumnResolver =>
  resolverFor(table.header, aliases);

export function adTable(table: SourceTable, ad: AdColumns): AdTable {
  const { platform, campaign, campaignId, account, day } = ad;
  const name = { join: account === null ? [campaign] : [account, campaign], separator: ' / ' };
  const mapping: TableMapping = {
    match: table.name,
    kind: 'cost',
    key: [{ constant: platform }, campaignId ?? name, day.reading],
    fields: {
      occurredOn: day.reading,
      side: { constant: 'marketing' },
      category: { constant: 'media' },
      amount: [{ column: ad.cost, blankWhen: none }, { constant: '0' }],
      ...(ad.currency === null ? {} : { currency: ad.currency }),
      channel: ad.channel,
      supplier: { constant: ad.title },
    },
    references: { campaignId: { column: campaign, by: 'name', missing: 'create' } },
    leaveOut: [{ when: sumsOf(table, ad), because: 'sums over other rows' }],
  };
  const used = new Set(columnsIn(mapping));
  const currencyNote = `the file states no currency: its amounts are taken for the workspace’s (else say "currency" in the mapping)`;
  return {
    title: ad.title,
    mapping: { ...mapping, ignore: table.header.filter((column) => !used.has(column)) },
    setAside: null,
    notes: [
      ...day.notes,
      ...(ad.currency === null ? [currencyNote] : []),
      'a campaign that isn’t here yet is made, with its name and channel: spend without a campaign brings nobody anything',
      ...(ad.parts.length > 0 ? [`rows of one campaign and day are added up over ${ad.parts.map((part) => `“${part}”`).join(', ')}`] : []),
    ],
  };
}

/** Rows of sums: named so in any column of words, without a campaign or a day, or blank where a day is cut into parts. */
function sumsOf(table: SourceTable, { campaign, day, parts, blankIsSum }: AdColumns): Condition {
  const named = [...new Set([table.header[0] ?? campaign, campaign, day.reading.column ?? campaign])];
  const hasAny = (column: string) => (table.columns.find(({ name }) => name === column)?.filled ?? 0) > 0;
  const needed = [...new Set([campaign, day.reading.column ?? campaign, ...(blankIsSum ? parts.filter(hasAny) : [])])];
  return {
    any: [
      ...named.flatMap((column) => [
        { column, startsWith: sumWords },
        { column, in: wholeSumWords },
      ]),
      ...needed.flatMap((column) => [
        { column, blank: true },
        { column, in: none },
      ]),
    ],
  };
}

function columnsIn(mapping: TableMapping): string[] {
  const found: string[] = [];
  JSON.stringify([mapping.key, mapping.fields, mapping.references], (key, value: unknown) => {
    if (key === 'column' && typeof value === 'string') found.push(value);
    if (key === 'join' && Array.isArray(value)) found.push(...(value as string[]));
    if (key === 'currency' && typeof value === 'string') found.push(value);
    return value;
  });
  return found;
}

/** The days of rows without one: the last of the range that the lines above the header state; null where they state none. */
export function dayOfCoverage(table: SourceTable): AdDay | null {
  const range = rangeOf(table);
  if (range === null) return null;
  return { reading: { column: coverage.end, lastDayOf: 'day' }, notes: range.days === 1 ? [] : [rangeNote(range.start, range.end)] };
}

export function rangeOf(table: SourceTable): { start: string; end: string; days: number } | null {
  const cellOf = (name: string) => table.columns.find((column) => column.name === name)?.examples[0];
  const [start, end] = [cellOf(coverage.start), cellOf(coverage.end)];
  return start === undefined || end === undefined ? null : { start, end, days: daysBetween(start, end) };
}

export const rangeNote = (start: string, end: string): string =>
  `its rows have no day: each stands for ${start} to ${end} and is dated at the last day. Days of that range that are here already would count twice; break the report down by day, and bringing it in again corrects instead`;

export const periodNote = (unit: string): string =>
  `its rows are ${unit}s: each is dated at the last day of its ${unit}. Days of it that are here already would count twice; break the report down by day, and bringing it in again corrects instead`;
