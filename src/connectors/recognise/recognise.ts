/** Tells what a set of tables is and proposes a whole mapping for it. */

import {
  adPlatforms,
  mappingSchema,
  type Dialect,
  type Mapping,
  type MappingInput,
  type RecognisedTable,
  type Recognition,
  type TableMapping,
} from '#features/intake/contract.ts';
import { errorColumns } from '../csv/errorFile.ts';
import type { SourceTable } from '../tables.ts';
import { recogniseOwn } from './accord.ts';
import type { AdTable } from './ad-costs.ts';
import { recogniseGoogleAds } from './google-ads.ts';
import { recogniseLinkedinAds } from './linkedin-ads.ts';
import { recogniseMetaAds } from './meta-ads.ts';
import { hubspotTemplates, isCompanies } from './hubspot.ts';
import { pipedriveTemplates } from './pipedrive.ts';
import { proposePlain } from './plain.ts';
import { salesforceMarks, salesforceTemplates } from './salesforce.ts';
import { fits, fitted, resolverFor, targetsByColumn, type Template } from './template.ts';
import { trafficNotes } from './traffic-columns.ts';

/** One table as recognised, with its entry in the mapping. */
interface Verdict {
  readonly table: RecognisedTable;
  readonly entry: MappingInput['tables'][number];
  /** What a person should know of how its rows are read. */
  readonly notes?: readonly string[];
}

export function recognise(tables: readonly SourceTable[]): Recognition {
  const withCompanies = tables.some((table) => isCompanies(table.header));
  const verdicts = tables.map((table) => verdictOf(table, withCompanies));
  const dialect = dialectOfSet(verdicts.map((verdict) => verdict.table));
  const mapping = mappingSchema.parse({
    version: 1,
    name: names[dialect],
    source: sourceOf(dialect),
    tables: verdicts.map((verdict) => verdict.entry),
  } satisfies MappingInput);
  const notes = tables.flatMap((table, at) => [...table.notes, ...(verdicts[at]?.notes ?? [])].map((note) => `${table.name}: ${note}`));
  return { dialect, tables: verdicts.map((verdict) => verdict.table), mapping, questions: questionsOf(tables, mapping), notes };
}

/** Platforms of ads share one name, so that their exports mean the same alone and together. */
const sourceOf = (dialect: Dialect): string =>
  (adPlatforms as readonly Dialect[]).includes(dialect) ? 'ads' : dialect === 'plain' ? 'files' : (dialect.split('-')[0] ?? dialect);

const names: Record<Dialect, string> = {
  accord: 'Accord files',
  'salesforce-loader': 'Salesforce data loader',
  'salesforce-weekly': 'Salesforce weekly export',
  hubspot: 'HubSpot export',
  pipedrive: 'Pipedrive export',
  'google-ads': 'Google Ads report',
  'meta-ads': 'Meta Ads Manager export',
  'linkedin-ads': 'LinkedIn Campaign Manager report',
  plain: 'Files',
};

/** The dialect most recognised tables speak. */
function dialectOfSet(tables: readonly RecognisedTable[]): Dialect {
  const counts = new Map<Dialect, number>();
  for (const { dialect } of tables) if (dialect !== 'plain') counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'plain';
}

function verdictOf(table: SourceTable, withCompanies: boolean): Verdict {
  const match = table.name;
  const own = recogniseOwn(table.header, match);
  if (own !== null) {
    const notes = own.kind === 'touch' ? trafficNotes(table.header) : [];
    return { ...mapped(table, 'accord', own.mapping, 'its columns are Accord’s own'), notes };
  }
  const google = recogniseGoogleAds(table);
  if (google !== null) return adVerdict(table, 'google-ads', google);
  const meta = recogniseMetaAds(table);
  if (meta !== null) return adVerdict(table, 'meta-ads', meta);
  const linkedin = recogniseLinkedinAds(table);
  if (linkedin !== null) return adVerdict(table, 'linkedin-ads', linkedin);
  const salesforce =
    salesforceMarks.filter((mark) => table.header.includes(mark)).length >= 2 ? find(salesforceTemplates, table) : undefined;
  if (salesforce !== undefined) return byTemplate(table, salesforceDialect(table), salesforce, match);
  const pipedrive = find(pipedriveTemplates, table);
  if (pipedrive !== undefined) return byTemplate(table, 'pipedrive', pipedrive, match);
  const hubspot = find(hubspotTemplates(table.header, withCompanies), table);
  if (hubspot !== undefined) return byTemplate(table, 'hubspot', hubspot, match);
  return plainVerdict(table);
}

const find = (templates: readonly Template[], table: SourceTable): Template | undefined =>
  templates.find((template) => fits(template, table.header));

/** The weekly export writes `2026-03-27 20:00:00`, the loader `2026-03-27T20:00:00.000+0000`. */
function salesforceDialect(table: SourceTable): Dialect {
  const examples = table.columns.flatMap((column) => (/Date$|Stamp$/.test(column.name) ? column.examples : []));
  const weekly = examples.filter((text) => /^\d{4}-\d\d-\d\d \d\d:/.test(text)).length;
  const nullIds = table.columns.some((column) => column.examples.some((text) => /^0{15}(AAA)?$/.test(text)));
  return nullIds || weekly > examples.filter((text) => text.includes('T')).length ? 'salesforce-weekly' : 'salesforce-loader';
}

function byTemplate(table: SourceTable, dialect: Dialect, template: Template, match: string): Verdict {
  const because = `its columns are those of ${template.title}`;
  if (template.record === null) return aside(table, dialect, because, template.setAside ?? 'not held');
  return mapped(table, dialect, fitted(template.record, resolverFor(table.header, template.aliases), match), because);
}

function adVerdict(table: SourceTable, dialect: Dialect, { title, mapping, setAside, notes }: AdTable): Verdict {
  const because = `its columns are those of ${title}`;
  if (mapping === null) return aside(table, dialect, because, setAside ?? 'not held');
  return { ...mapped(table, dialect, mapping, because), notes };
}

function mapped(table: SourceTable, dialect: Dialect, entry: TableMapping, because: string): Verdict {
  const targets = targetsByColumn(entry);
  const columns = table.columns.map(({ name, examples }) => ({
    column: name,
    examples,
    target: targets.get(name) ?? null,
    score: targets.has(name) ? 100 : 0,
  }));
  const mended = errorColumns.filter((name) => table.header.includes(name));
  return {
    table: { table: table.name, dialect, kind: entry.kind, because, setAside: null, columns },
    entry: { ...entry, ignore: [...new Set([...(entry.ignore ?? []), ...mended])] },
  };
}

function aside(table: SourceTable, dialect: Dialect, because: string, setAside: string): Verdict {
  const columns = table.columns.map(({ name, examples }) => ({ column: name, examples, target: null, score: 0 }));
  return { table: { table: table.name, dialect, kind: null, because, setAside, columns }, entry: { match: table.name, setAside } };
}

function plainVerdict(table: SourceTable): Verdict {
  const { kind, mapping, columns, because, notes = [] } = proposePlain(table);
  if (mapping === null) return aside(table, 'plain', because, 'nobody has said yet what its rows are');
  return { table: { table: table.name, dialect: 'plain', kind, because, setAside: null, columns }, entry: mapping, notes };
}

/** Ambiguous dates in columns that are read as dates. */
function questionsOf(tables: readonly SourceTable[], mapping: Mapping): string[] {
  return tables.flatMap((table) => {
    const entry = mapping.tables.find((candidate) => candidate.match === table.name);
    if (entry === undefined || 'setAside' in entry) return [];
    const used = targetsByColumn(entry);
    const told = columnsWithStyle(entry);
    return table.columns
      .filter((column) => column.dateStyle === 'ambiguous' && used.has(column.name) && !told.has(column.name))
      .map(
        (column) =>
          `${table.name}: does “${column.examples[0] ?? ''}” in “${column.name}” name the day or the month first? Say "dateStyle": "dmy" or "mdy".`,
      );
  });
}

/** Columns of which the mapping says how their days are written. */
function columnsWithStyle(entry: TableMapping): Set<string> {
  const told = new Set<string>();
  JSON.stringify(entry, (_, part: unknown) => {
    const { column, dateStyle } = (part ?? {}) as { column?: unknown; dateStyle?: unknown };
    if (typeof column === 'string' && typeof dateStyle === 'string') told.add(column);
    return part;
  });
  return told;
}
