/** Compiles a mapping for the tables at hand, and reads their rows into records. */

import type {
  DateStyle,
  ImportKind,
  LeftOut,
  Mapping,
  ParsedRecord,
  Problem,
  Reading,
  RecordMapping,
  UnmatchedValue,
} from '#features/intake/contract.ts';
import { importFieldsOf } from '#features/intake/contract.ts';
import { zoneNamed } from '#engine/values/zone.ts';
import type { Progress, SourceRow, SourceTable } from '../tables.ts';
import { compileLookups, type CompiledLookup } from './lookups.ts';
import { columnIndex, matchesTable } from './match.ts';
import { compileCondition } from './reading.ts';
import { compileRecord, type RecordReader } from './record.ts';
import { compileRules } from './rules.ts';
import type { ValueReading } from './values.ts';

/** What holds where the mapping says nothing: the workspace's own. */
export interface ImportContext {
  readonly timeZone: string;
  /** ISO 4217 */
  readonly currency: string;
}

/** A row that isn't imported, with its cells as the file has them. */
export interface RejectedRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly reason: string;
}

/** What a row gave. Either records, or an error among the problems; warnings go with either. */
export interface ParsedRow {
  readonly records: ParsedRecord[];
  readonly problems: Problem[];
}

export interface ParsedBatch {
  /** Rows read, rejected ones included. */
  readonly rows: number;
  readonly records: readonly ParsedRecord[];
  readonly problems: readonly Problem[];
  readonly rejected: readonly RejectedRow[];
  readonly bytesRead: number;
}

export interface CompiledTable {
  readonly table: SourceTable;
  /** What its rows are first of all; `also` may make others of them besides. */
  readonly kind: ImportKind;
  parseRow(row: SourceRow): ParsedRow;
  /** Rows that the mapping leaves out, of the last reading. */
  leftOut(): LeftOut[];
  /** Reads and parses the whole table; may be called again. */
  read(onProgress?: (progress: Progress) => void): AsyncIterable<ParsedBatch>;
}

export interface CompiledMapping {
  readonly mapping: Mapping;
  /** In the order of the mapping. */
  readonly tables: readonly CompiledTable[];
  /** Tables that are left out, by the mapping's word or because it doesn't name them. */
  readonly setAside: readonly { readonly table: string; readonly reason: string }[];
  /** What lookups found so far; whole once every table was read. */
  unmatched(): UnmatchedValue[];
  /** Rows that the mapping leaves out, of the last reading of each table. */
  leftOut(): LeftOut[];
}

/** The mapping names columns that the tables don't have, or lacks what a record needs. */
export class MappingMisfit extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The mapping doesn’t fit the files: ${problems.join('; ')}`);
    this.name = 'MappingMisfit';
    this.problems = problems;
  }
}

/**
 * @throws MappingMisfit, with every misfit, before a row is read
 * @throws RangeError for a time zone that doesn't exist
 */
export async function compileMapping(mapping: Mapping, tables: readonly SourceTable[], context: ImportContext): Promise<CompiledMapping> {
  const lookups = await compileLookups(mapping, tables);
  const misfits: string[] = [];
  const compiled: CompiledTable[] = [];
  const setAside: { table: string; reason: string }[] = [];
  const left = new Set(tables);
  for (const entry of mapping.tables) {
    for (const table of [...left].filter((candidate) => matchesTable(entry.match, candidate))) {
      left.delete(table);
      if ('setAside' in entry) setAside.push({ table: table.name, reason: entry.setAside });
      else compiled.push(compileTable(mapping, entry, table, context, lookups, misfits));
    }
  }
  for (const table of left) {
    const listed = mapping.lookups.some((lookup) => matchesTable(lookup.in.table, table));
    setAside.push({ table: table.name, reason: listed ? 'a list that other columns are checked against' : 'the mapping doesn’t name it' });
  }
  if (misfits.length > 0) throw new MappingMisfit(misfits);
  return {
    mapping,
    tables: compiled,
    setAside,
    unmatched: () => lookups.flatMap((lookup) => lookup.unmatched()),
    leftOut: () => compiled.flatMap((table) => table.leftOut()),
  };
}

type TableEntry = Exclude<Mapping['tables'][number], { setAside: string }>;

function compileTable(
  mapping: Mapping,
  entry: TableEntry,
  table: SourceTable,
  context: ImportContext,
  lookups: readonly CompiledLookup[],
  misfits: string[],
): CompiledTable {
  const places = new Map<string, number>();
  const find = (name: string): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const at = columnIndex(table.header, name);
    if (at < 0) misfits.push(`${table.name} has no column “${name}”; it has ${table.header.slice(0, 40).join(', ')}`);
    places.set(name, at);
    return at;
  };
  const recordContext = { find, readingOf: readingsOf(mapping, entry, table, context), currency: mapping.currency ?? context.currency };
  const records: RecordMapping[] = [entry, ...entry.also];
  for (const record of records) misfits.push(...missingFields(table, record));
  const readers = records.map((record) => compileRecord(record, recordContext));
  const correct = compileRules(
    mapping.rules.filter((rule) => matchesTable(rule.table, table)),
    find,
  );
  const checks = lookups
    .filter((lookup) => matchesTable(lookup.lookup.table, table))
    .map((lookup) => ({ lookup, at: find(lookup.lookup.column) }));
  const leavings = (entry.leaveOut ?? []).map(({ when, because }) => ({ test: compileCondition(when, find), because, rows: 0 }));
  const parse = (row: SourceRow, into: Gathered): void => {
    if (leavings.length > 0) {
      const left = leavings.find(({ test }) => test(row.cells));
      if (left !== undefined) return void left.rows++;
    }
    parseInto(row, table.name, readers, correct, checks, into);
  };
  return {
    table,
    kind: entry.kind,
    parseRow: (row) => {
      const into = gathered();
      parse(row, into);
      return into;
    },
    leftOut: () => leavings.flatMap(({ because, rows }) => (rows > 0 ? [{ table: table.name, because, rows }] : [])),
    read: (onProgress) => {
      for (const left of leavings) left.rows = 0;
      return readTable(table, parse, onProgress);
    },
  };
}

/** A required field that nothing gives would refuse every row: better said once. */
function missingFields(table: SourceTable, record: RecordMapping): string[] {
  if (record.onlyUpdate) return [];
  const given = { ...record.fields, ...record.references };
  return importFieldsOf(record.kind)
    .filter((field) => field.required && field.name !== 'currency' && !(field.name in given))
    .map((field) => `${table.name}: a ${record.kind} needs ${field.name} (${field.label}), and the mapping gives none`);
}

/** The nearest word counts: of the reading, the table, the mapping, and last of what the column's cells show. */
function readingsOf(mapping: Mapping, entry: TableEntry, table: SourceTable, context: ImportContext): (reading: Reading) => ValueReading {
  const general = zoneNamed(mapping.timeZone ?? context.timeZone);
  return (reading) => {
    const profile = table.columns[columnIndex(table.header, reading.column ?? '')];
    const shown: DateStyle | null = profile?.dateStyle === 'ambiguous' ? null : (profile?.dateStyle ?? null);
    return {
      dates: {
        style: reading.dateStyle ?? entry.dateStyle ?? mapping.dateStyle ?? shown,
        zone: reading.timeZone === undefined ? general : zoneNamed(reading.timeZone),
      },
      sign: reading.decimal ?? entry.decimal ?? mapping.decimal ?? profile?.decimal ?? table.decimal,
      times: reading.times ?? 1,
    };
  };
}

interface Gathered {
  records: ParsedRecord[];
  problems: Problem[];
  rejected: RejectedRow[];
}
const gathered = (): Gathered => ({ records: [], problems: [], rejected: [] });

function parseInto(
  row: SourceRow,
  file: string,
  readers: readonly RecordReader[],
  correct: ((cells: string[]) => string[]) | null,
  checks: readonly { lookup: CompiledLookup; at: number }[],
  into: Gathered,
): void {
  const cells = correct === null ? row.cells : correct(row.cells);
  const recordsBefore = into.records.length;
  let refused: string | null = null;
  const tell = (severity: 'error' | 'warning', column: string | undefined, value: string | undefined, reason: string): void => {
    into.problems.push({ file, line: row.line, column, value: value?.slice(0, 200), reason, severity });
    if (severity === 'error')
      refused = `${refused === null ? '' : `${refused as string}; `}${column === undefined ? '' : `${column}: `}${reason}`;
  };
  for (const { lookup, at } of checks) {
    const reason = lookup.check(cells[at] ?? '');
    if (reason !== null) tell('error', lookup.lookup.column, cells[at], reason);
  }
  for (const read of readers) {
    const record = read(cells, row.line, tell);
    if (record !== null) into.records.push(record);
  }
  if (refused === null) return;
  // A row is imported whole or not at all.
  into.records.length = recordsBefore;
  into.rejected.push({ line: row.line, cells: row.cells, reason: refused });
}

async function* readTable(
  table: SourceTable,
  parse: (row: SourceRow, into: Gathered) => void,
  onProgress?: (progress: Progress) => void,
): AsyncGenerator<ParsedBatch> {
  for await (const batch of table.readRows(onProgress)) {
    const into = gathered();
    for (const problem of batch.problems) {
      const { line, column, value, reason } = problem;
      into.problems.push({ file: table.name, line, column, value, reason, severity: 'error' });
      into.rejected.push({ line, cells: problem.cells ?? [value ?? ''], reason });
    }
    for (const row of batch.rows) parse(row, into);
    yield { rows: batch.rows.length + batch.problems.length, ...into, bytesRead: batch.bytesRead };
  }
}
