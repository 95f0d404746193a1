/**
 * A dialect is data: for each of its tables what it looks like and how it maps, with all columns it may have.
 * Fitting a template to a table leaves out what the table has no column for.
 */

import type {
  Condition,
  FieldSource,
  ImportKind,
  Reading,
  RecordMapping,
  ReferencePart,
  ReferenceSource,
  TableMapping,
} from '#features/intake/contract.ts';
import { importFieldsOf } from '#features/intake/contract.ts';

/** What a template says of its table. */
export type TemplateRecord = Omit<TableMapping, 'match' | 'leaveOut'>;

export interface Template {
  /** What people call the table, e.g. "HubSpot deals". */
  readonly title: string;
  /** Column names that must all be there; each inner list is alternatives. */
  readonly needs: readonly (readonly string[])[];
  /** Column names that mustn't be there. */
  readonly lacks?: readonly string[];
  /** Other names a column goes by. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
  /** Null: the table is left out, for this reason. */
  readonly record: TemplateRecord | null;
  readonly setAside?: string;
}

/** The actual name of a column of the table, null when it has none. */
export type ColumnResolver = (name: string) => string | null;

export function resolverFor(header: readonly string[], aliases: Readonly<Record<string, readonly string[]>> = {}): ColumnResolver {
  const byName = new Map(header.map((name) => [name.trim().toLowerCase(), name]));
  return (name) => {
    for (const candidate of [name, ...(aliases[name] ?? [])]) {
      const found = byName.get(candidate.toLowerCase());
      if (found !== undefined) return found;
    }
    return null;
  };
}

export function fits(template: Template, header: readonly string[]): boolean {
  const resolve = resolverFor(header, template.aliases);
  return (
    template.needs.every((any) => any.some((name) => resolve(name) !== null)) &&
    !(template.lacks ?? []).some((name) => resolve(name) !== null)
  );
}

/** The template's mapping for this table: columns by their actual names, and nothing that the table can't give. */
export function fitted(record: TemplateRecord, resolve: ColumnResolver, match: string): TableMapping {
  const { also = [], ignore = [], ...main } = record;
  const further = also.map((part) => fitRecord(part, resolve)).filter((part) => part !== null);
  const own = fitRecord(main, resolve) ?? { kind: main.kind };
  return { match, ...own, also: further, ignore: ignore.map(resolve).filter((name) => name !== null) };
}

/** Null when the table lacks the record's key, or a field without which there is no such record. */
function fitRecord(record: RecordMapping, resolve: ColumnResolver): RecordMapping | null {
  const key = record.key?.map((part) => fitPart(part, resolve));
  if (key?.some((part) => part === null)) return null;
  const fields = fitAll(record.fields ?? {}, (source) => fitSource(source, resolve));
  const references = fitAll(record.references ?? {}, (source) => fitReference(source, resolve));
  const custom = fitAll(record.custom ?? {}, (source) => fitPart(source, resolve) as typeof source | null);
  const lacking = importFieldsOf(record.kind).some(
    (field) => field.required && field.name !== 'currency' && !(field.name in fields) && !(field.name in references),
  );
  if (lacking && !record.onlyUpdate) return null;
  const when = record.when === undefined ? null : fitCondition(record.when, resolve);
  return {
    kind: record.kind,
    ...(key === undefined ? {} : { key: key.filter((part) => part !== null) }),
    ...(when === null ? {} : { when }),
    ...(record.onlyUpdate === undefined ? {} : { onlyUpdate: record.onlyUpdate }),
    fields,
    references,
    custom,
  };
}

function fitAll<T>(sources: Readonly<Record<string, T>>, fit: (source: T) => T | null): Record<string, T> {
  const kept = Object.entries(sources).map(([name, source]) => [name, fit(source)] as const);
  return Object.fromEntries(kept.filter((entry): entry is readonly [string, T & {}] => entry[1] !== null));
}

function fitSource(source: FieldSource, resolve: ColumnResolver): FieldSource | null {
  const parts = [source]
    .flat()
    .map((part) => fitPart(part, resolve))
    .filter((part) => part !== null);
  return oneOrList(parts);
}

function fitReference(source: ReferenceSource, resolve: ColumnResolver): ReferenceSource | null {
  const parts = [source]
    .flat()
    .map((part) => fitPart(part, resolve) as ReferencePart | null)
    .filter((part) => part !== null);
  return oneOrList(parts);
}

const oneOrList = <T>(parts: T[]): T | T[] | null => (parts.length > 1 ? parts : (parts[0] ?? null));

function fitPart<T extends string | Reading | ReferencePart>(part: T, resolve: ColumnResolver): T | null {
  if (typeof part === 'string') return resolve(part) as T | null;
  const column = part.column === undefined ? undefined : resolve(part.column);
  if (column === null) return null;
  const join = part.join?.map(resolve).filter((name) => name !== null);
  if (join?.length === 0) return null;
  const when = part.when === undefined ? undefined : fitCondition(part.when, resolve);
  if (when === null) return null;
  return {
    ...(part as Reading),
    ...(column === undefined ? {} : { column }),
    ...(join === undefined ? {} : { join }),
    ...(when === undefined ? {} : { when }),
  } as T;
}

/** Tests on columns that aren't there fall away; null when none is left. */
function fitCondition(condition: Condition, resolve: ColumnResolver): Condition | null {
  if ('column' in condition) {
    const column = resolve(condition.column);
    return column === null ? null : { ...condition, column };
  }
  const parts = ('all' in condition ? condition.all : condition.any)
    .map((part) => fitCondition(part, resolve))
    .filter((part) => part !== null);
  if (parts.length === 0) return null;
  if (parts.length === 1) return parts[0] ?? null;
  return 'all' in condition ? { all: parts } : { any: parts };
}

/** Which field of which kind a mapping reads from each column, for showing. */
export function targetsByColumn(mapping: TableMapping): Map<string, { kind: ImportKind; field: string }> {
  const targets = new Map<string, { kind: ImportKind; field: string }>();
  for (const record of [mapping, ...(mapping.also ?? [])]) {
    const sources: [string, unknown][] = [
      ...Object.entries(record.fields ?? {}),
      ...Object.entries(record.references ?? {}),
      ...Object.entries(record.custom ?? {}).map(([key, source]) => [`custom.${key}`, source] as [string, unknown]),
    ];
    for (const part of record.key ?? []) note(targets, part, record.kind, 'id');
    for (const [field, source] of sources) for (const part of [source].flat()) note(targets, part as string | Reading, record.kind, field);
  }
  return targets;
}

function note(targets: Map<string, { kind: ImportKind; field: string }>, part: string | Reading, kind: ImportKind, field: string): void {
  const columns = typeof part === 'string' ? [part] : [part.column, ...(part.join ?? [])];
  for (const column of columns) if (column !== undefined && !targets.has(column)) targets.set(column, { kind, field });
}
