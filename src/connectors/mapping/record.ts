/** Compiles what a mapping says of one record into a function from a row to that record. */

import {
  importFieldsOf,
  referenceKindOf,
  type CanonicalValue,
  type CustomSource,
  type FieldSource,
  type ImportKind,
  type ParsedRecord,
  type ParsedReference,
  type Reading,
  type RecordMapping,
  type ReferencePart,
  type ReferenceSource,
} from '#features/intake/contract.ts';
import { emailKey, nameKey } from '#engine/identity/keys.ts';
import { currencyCodeOf } from '#engine/values/currency.ts';
import { Noted, Refused } from '#engine/values/outcome.ts';
import { hash } from 'node:crypto';
import { compileCondition, compileReading, type Cells, type ColumnFinder, type TextReader } from './reading.ts';
import { valueReaderFor, type Choices, type Outcome, type ValueReading, type ValueType } from './values.ts';

/** What the table adds to the mapping of a record. */
export interface RecordContext {
  readonly find: ColumnFinder;
  /** How dates and numbers of a column are written, by what the mapping and the column's own cells say. */
  readonly readingOf: (reading: Reading) => ValueReading;
  readonly currency: string;
}

/** Tells of a problem with the row at hand. */
export type Tell = (severity: 'error' | 'warning', column: string | undefined, value: string | undefined, reason: string) => void;

/** The record of a row; null when the mapping makes none of it, or when it is refused (which was told). */
export type RecordReader = (cells: Cells, line: number, tell: Tell) => ParsedRecord | null;

export function compileRecord(mapping: RecordMapping, context: RecordContext): RecordReader {
  const { kind, onlyUpdate = false } = mapping;
  const when = mapping.when === undefined ? null : compileCondition(mapping.when, context.find);
  const readKey = compileKey(mapping, context);
  const readCurrency = compileCurrency(mapping, context);
  const fields = Object.entries(mapping.fields ?? {})
    .filter(([name]) => name !== 'currency')
    .map(([name, source]) => compileField(kind, name, source, context));
  const references = Object.entries(mapping.references ?? {}).map(([name, source]) => compileReference(kind, name, source, context));
  const custom = Object.entries(mapping.custom ?? {}).map(([name, source]) => compileCustom(name, source, context));
  const required = onlyUpdate ? [] : requiredOf(kind);
  const statesCurrency =
    importFieldsOf(kind).some((field) => field.name === 'currency') &&
    (readCurrency.stated || [...fields, ...custom].some((field) => field.type === 'amount'));

  // A copy of an object that has all its keys costs half of one that grows key by key, in time and in garbage.
  const blankValues = blank<CanonicalValue>([...fields.map(({ name }) => name), ...(statesCurrency ? ['currency'] : [])]);
  const blankRefs = blank<ParsedReference | null>(references.map(({ name }) => name));
  const noCustom: Record<string, CanonicalValue> = Object.freeze({});

  // Without an amount a currency says nothing, least of all the one that stands in for one not stated.
  const amounts = fields.filter((field) => field.type === 'amount').map((field) => field.name);
  const customAmounts = custom.filter((field) => field.type === 'amount').map((field) => field.name);

  return (cells, line, tell) => {
    if (when !== null && !when(cells)) return null;
    const externalId = readKey(cells, tell);
    if (externalId === null) return null;
    const values = { ...blankValues };
    const currency = readCurrency.read(cells, tell);
    for (const field of fields) values[field.name] = field.read(cells, currency, tell);
    const refs = { ...blankRefs };
    for (const reference of references) refs[reference.name] = reference.read(cells, tell);
    const own = custom.length === 0 ? noCustom : ({} as Record<string, CanonicalValue>);
    for (const field of custom) own[field.name] = field.read(cells, currency, tell);
    if (statesCurrency && (amounts.some((name) => values[name] !== null) || customAmounts.some((name) => own[name] !== null)))
      values.currency = currency;
    for (const { name, label } of required) {
      if ((values[name] ?? refs[name] ?? null) === null)
        tell('error', columnNamed(mapping, name), '', `a ${kind} needs its ${label}, and the row states none`);
    }
    return { kind, line, externalId, onlyUpdate, values, refs, custom: own };
  };
}

const blank = <T>(names: readonly string[]): Record<string, T | null> => Object.fromEntries(names.map((name) => [name, null]));
const requiredOf = (kind: ImportKind) => importFieldsOf(kind).filter((field) => field.required);

function columnNamed(mapping: RecordMapping, field: string): string | undefined {
  const source = mapping.fields?.[field] ?? mapping.references?.[field];
  return source === undefined ? undefined : firstColumnOf(partsOf(source)[0]);
}

type Part = string | Reading | ReferencePart;
const partsOf = (source: FieldSource | ReferenceSource): Part[] => [source].flat() as Part[];
const readingOfPart = (part: string | Reading): Reading => (typeof part === 'string' ? { column: part } : part);
const readerOf = (reading: Reading, context: RecordContext): TextReader =>
  compileReading(reading, context.find, () => context.readingOf(reading).dates);
const firstColumnOf = (part: Part | undefined): string | undefined => (typeof part === 'string' ? part : (part?.column ?? part?.join?.[0]));

/** The external id: key columns, joined so that no two lists of parts give the same text. */
function compileKey(mapping: RecordMapping, context: RecordContext): (cells: Cells, tell: Tell) => string | null {
  const { key, kind } = mapping;
  if (key === undefined) return (cells) => `row:${hash('sha1', cells.join('\u001f'))}`;
  const columns = key.map(firstColumnOf).filter((column) => column !== undefined);
  const parts = key.map((part) => readerOf(readingOfPart(part), context));
  const single = parts.length === 1 ? parts[0] : undefined;
  const refuse = (tell: Tell, refused: Refused | null, at = 0): null => {
    tell(
      'error',
      firstColumnOf(key[at]) ?? columns[0],
      '',
      refused?.reason ?? `the key ${columns.map((name) => `“${name}”`).join(' + ')} is blank; every ${kind} needs one`,
    );
    return null;
  };
  if (single !== undefined) {
    return (cells, tell) => {
      const text = single(cells);
      return text === null || text instanceof Refused ? refuse(tell, text) : text;
    };
  }
  return (cells, tell) => {
    const texts: string[] = [];
    for (let at = 0; at < parts.length; at++) {
      const text = parts[at]?.(cells) ?? null;
      if (text === null || text instanceof Refused) return refuse(tell, text, at);
      texts.push(text.replace(/[%/]/g, encodeURIComponent));
    }
    return texts.join('/');
  };
}

function compileCurrency(mapping: RecordMapping, context: RecordContext): { stated: boolean; read: (cells: Cells, tell: Tell) => string } {
  const source = mapping.fields?.currency;
  if (source === undefined) return { stated: false, read: () => context.currency };
  const readers = partsOf(source).map((part) => readerOf(readingOfPart(part as string | Reading), context));
  const column = firstColumnOf(partsOf(source)[0]);
  const read = (cells: Cells, tell: Tell): string => {
    const text = firstOf(readers, cells);
    if (text === null) return context.currency;
    const code = text instanceof Refused ? null : currencyCodeOf(text);
    if (code === null) tell('error', column, String(text), `“${String(text)}” is no currency; write its code in ISO 4217, like EUR`);
    return code ?? context.currency;
  };
  return { stated: true, read };
}

function firstOf(readers: readonly TextReader[], cells: Cells): string | null | Refused {
  for (const read of readers) {
    const text = read(cells);
    if (text !== null) return text;
  }
  return null;
}

interface FieldReader {
  readonly name: string;
  readonly type: ValueType;
  readonly read: (cells: Cells, currency: string, tell: Tell) => CanonicalValue;
}

function compileField(kind: ImportKind, name: string, source: FieldSource, context: RecordContext): FieldReader {
  const field = importFieldsOf(kind).find((candidate) => candidate.name === name);
  return {
    name,
    type: field?.type ?? 'text',
    read: compileSources(partsOf(source) as (string | Reading)[], field?.type ?? 'text', field ?? {}, context),
  };
}

function compileCustom(name: string, source: CustomSource, context: RecordContext): FieldReader {
  const { type = 'text', ...reading } = source;
  return { name, type, read: compileSources([reading], type, {}, context) };
}

/** Reads the first source that gives a text. One plain column, by far the most common, goes the short way. */
function compileSources(
  parts: readonly (string | Reading)[],
  type: ValueType,
  choices: Choices,
  context: RecordContext,
): FieldReader['read'] {
  const sources = parts.map((part) => {
    const reading = readingOfPart(part);
    return {
      column: firstColumnOf(part),
      text: readerOf(reading, context),
      value: valueReaderFor(type, choices, context.readingOf(reading)),
    };
  });
  const [first, ...others] = sources;
  if (first === undefined) return () => null;
  return (cells, currency, tell) => {
    let source = first;
    let text = first.text(cells);
    for (let at = 0; text === null && at < others.length; at++) {
      source = others[at] ?? first;
      text = source.text(cells);
    }
    if (text === null) return null;
    const outcome: Outcome = text instanceof Refused ? text : source.value(text, currency);
    if (typeof outcome !== 'object' || outcome === null) return outcome;
    return told(outcome, source.column, text, cells, tell, context);
  };
}

function told(
  outcome: Refused | Noted<CanonicalValue>,
  column: string | undefined,
  text: string | Refused,
  cells: Cells,
  tell: Tell,
  context: RecordContext,
): CanonicalValue {
  const raw = column === undefined ? undefined : cells[context.find(column)];
  const value = raw ?? (typeof text === 'string' ? text : '');
  if (outcome instanceof Noted) {
    tell('warning', column, value, outcome.reason);
    return outcome.value;
  }
  tell('error', column, value, outcome.reason);
  return null;
}

interface ReferenceReader {
  readonly name: string;
  readonly read: (cells: Cells, tell: Tell) => ParsedReference | null;
}

function compileReference(kind: ImportKind, name: string, source: ReferenceSource, context: RecordContext): ReferenceReader {
  const field = importFieldsOf(kind).find((candidate) => candidate.name === name);
  const of = (field && referenceKindOf(field)) ?? 'account';
  const parts = partsOf(source).map((part) => {
    const { by = 'externalId', missing = 'leave', ...reading } = part as ReferencePart;
    return { column: firstColumnOf(part), text: readerOf(reading, context), find: referenceMaker(of, by, missing) };
  });
  const read = (cells: Cells, tell: Tell): ParsedReference | null => {
    for (const { column, text: readText, find } of parts) {
      const text = readText(cells);
      if (text === null) continue;
      if (text instanceof Refused) {
        tell('error', column, undefined, text.reason);
        return null;
      }
      const reference = find(text);
      if (reference !== null) return reference;
      tell('warning', column, text, `no ${of} can be found by “${text.slice(0, 60)}”; left open`);
    }
    return null;
  };
  return { name, read };
}

const rememberedNames = 4_096;

/** Rows next to each other often name the same record, and a few people are named by all of them. */
function referenceMaker(
  of: ImportKind,
  by: NonNullable<ReferencePart['by']>,
  missing: ParsedReference['missing'],
): (text: string) => ParsedReference | null {
  if (by === 'externalId') {
    let last: ParsedReference = { of, by, value: '', key: '', missing };
    return (text) => (last.value === text ? last : (last = { of, by, value: text, key: text, missing }));
  }
  const known = new Map<string, ParsedReference | null>();
  return (text) => {
    const remembered = known.get(text);
    if (remembered !== undefined) return remembered;
    // A piece of a larger text keeps all of it in memory; a copy doesn't.
    const value = Buffer.from(text).toString();
    const named = referenceBy(by, value);
    const made = named === null ? null : { of, ...named, value, missing };
    if (known.size >= rememberedNames) known.clear();
    known.set(value, made);
    return made;
  };
}

function referenceBy(by: 'name' | 'email' | 'person', text: string): { by: 'name' | 'email'; key: string } | null {
  const email = by === 'name' ? null : emailKey(text);
  if (email !== null) return { by: 'email', key: email };
  const name = by === 'email' ? '' : nameKey(text);
  return name === '' ? null : { by: 'name', key: name };
}
