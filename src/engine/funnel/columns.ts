/**
 * Leads as columns: what the funnel's questions need of each lead, as numbers side by side. A million
 * leads take about 90 MB and are read through in some milliseconds.
 */

import { bytesOfDictionary, codeOf, makeDictionary, type Dictionary } from './dictionary.ts';
import { addPlace, findPlace, makePlaces, wordsAnId, writeId, type Places } from './ids.ts';

/** Stands where a lead has no time for a stage: later than any day, so that whatever asks "by this day" leaves it out. Days lie within ±2^29. */
export const noDay = 0x3fffffff;

/** What leads are grouped by, and the currency of their value. */
export const codedColumns = ['origin', 'channel', 'segment', 'campaign', 'owner', 'qualifier', 'currency'] as const;
export type CodedColumn = (typeof codedColumns)[number];

export interface FunnelColumns {
  /** Rows in use; the arrays are longer. */
  count: number;
  /** Four words each. */
  ids: Uint32Array;
  /** By stage: the day of entry in the workspace's zone, days since 1970-01-01, or `noDay`. */
  readonly days: Int32Array[];
  /** First and last day of any stage of any lead ever held; 0 as long as there is none. */
  firstDay: number;
  lastDay: number;
  /** Minor units of the lead's currency; 0 when not stated. */
  values: BigInt64Array;
  /** The greatest absolute value seen: tells when sums of 64 bits could overflow. */
  greatestValue: bigint;
  /** Codes of `dictionaries`. */
  readonly codes: Record<CodedColumn, Int32Array>;
  readonly dictionaries: Readonly<Record<CodedColumn, Dictionary>>;
  /** Grows with every row kept or removed: the same number means the same leads. */
  changes: number;
  /** Made when the first change comes. */
  places: Places | null;
}

/** @param stageCount how many stages a lead can enter */
export function makeColumns(stageCount: number, capacity = 1024): FunnelColumns {
  return {
    count: 0,
    changes: 0,
    ids: new Uint32Array(capacity * wordsAnId),
    days: Array.from({ length: stageCount }, () => new Int32Array(capacity)),
    firstDay: 0,
    lastDay: 0,
    values: new BigInt64Array(capacity),
    greatestValue: 0n,
    codes: perColumn(() => new Int32Array(capacity)),
    dictionaries: perColumn(makeDictionary),
    places: null,
  };
}

/** A lead as plain values: for tests and small inputs. Absent means not stated. */
export interface PlainLead {
  id: string;
  /** By stage: days since 1970-01-01. */
  days: readonly (number | null)[];
  value?: bigint | null;
  origin?: string | null;
  channel?: string | null;
  segment?: string | null;
  campaign?: string | null;
  owner?: string | null;
  qualifier?: string | null;
  currency?: string | null;
}

export function columnsOf(leads: Iterable<PlainLead>, stageCount: number): FunnelColumns {
  const columns = makeColumns(stageCount);
  for (const lead of leads) {
    writeLead(columns, nextRow(columns), lead);
    keepNew(columns);
  }
  return columns;
}

export function writeLead(columns: FunnelColumns, row: number, lead: PlainLead): void {
  writeId(columns.ids, row, lead.id);
  for (let stage = 0; stage < columns.days.length; stage++) writeDay(columns, stage, row, lead.days[stage] ?? noDay);
  writeValue(columns, row, lead.value ?? 0n);
  for (const column of codedColumns) columns.codes[column][row] = codeOf(columns.dictionaries[column], lead[column] ?? null);
}

export function writeDay(columns: FunnelColumns, stage: number, row: number, day: number): void {
  columns.days[stage]![row] = day;
  if (day === noDay) return;
  if (day < columns.firstDay) columns.firstDay = day;
  else if (day > columns.lastDay) columns.lastDay = day;
}

export function writeValue(columns: FunnelColumns, row: number, value: bigint): void {
  columns.values[row] = value;
  const size = value < 0n ? -value : value;
  if (size > columns.greatestValue) columns.greatestValue = size;
}

/** The row after the last, with room to write; it counts only once it is kept. */
export function nextRow(columns: FunnelColumns): number {
  if (columns.count >= columns.values.length) resize(columns, Math.ceil(columns.count * 1.5) + 1024);
  return columns.count;
}

/** Keeps the written row as a lead that wasn't there. */
export function keepNew(columns: FunnelColumns): void {
  if (columns.places) addPlace(columns.places, columns.ids, columns.count);
  columns.count++;
  columns.changes++;
}

/** Keeps the written row in the place of the same lead's earlier row, or as a new one. */
export function keepChanged(columns: FunnelColumns): void {
  const row = placeOfNext(columns);
  if (row < 0) return keepNew(columns);
  moveRow(columns, columns.count, row);
  columns.changes++;
}

/** The row of the lead whose id stands in the row after the last, or −1. */
export function placeOfNext(columns: FunnelColumns): number {
  columns.places ??= makePlaces(columns.ids, columns.count);
  return findPlace(columns.places, columns.ids, columns.ids, columns.count);
}

/** Takes rows away; the last rows move into their places. */
export function removeRows(columns: FunnelColumns, rows: readonly number[]): void {
  if (rows.length === 0) return;
  for (const row of rows.toSorted((one, other) => other - one)) moveRow(columns, --columns.count, row);
  columns.places = null;
  columns.changes++;
}

/** Gives back the room that was kept for growth. */
export function trimColumns(columns: FunnelColumns): void {
  if (columns.values.length > columns.count * 1.05 + 1024) resize(columns, columns.count + 1024);
}

/** Bytes held: 92 a row in use or kept free, 8 to 16 more once a change has come, and the texts. */
export function bytesOfColumns(columns: FunnelColumns): number {
  const rows = columns.values.length * (wordsAnId * 4 + columns.days.length * 4 + 8 + codedColumns.length * 4);
  const texts = codedColumns.reduce((sum, column) => sum + bytesOfDictionary(columns.dictionaries[column]), 0);
  return rows + texts + (columns.places?.slots.byteLength ?? 0);
}

function moveRow(columns: FunnelColumns, from: number, to: number): void {
  columns.ids.copyWithin(to * wordsAnId, from * wordsAnId, from * wordsAnId + wordsAnId);
  for (const days of columns.days) days[to] = days[from]!;
  columns.values[to] = columns.values[from]!;
  for (const column of codedColumns) columns.codes[column][to] = columns.codes[column][from]!;
}

function resize(columns: FunnelColumns, capacity: number): void {
  const kept = Math.min(columns.count, capacity);
  const ids = new Uint32Array(capacity * wordsAnId);
  ids.set(columns.ids.subarray(0, kept * wordsAnId));
  columns.ids = ids;
  const values = new BigInt64Array(capacity);
  values.set(columns.values.subarray(0, kept));
  columns.values = values;
  for (const [stage, days] of columns.days.entries()) columns.days[stage] = resized(days, kept, capacity);
  for (const column of codedColumns) columns.codes[column] = resized(columns.codes[column], kept, capacity);
}

function resized(numbers: Int32Array, kept: number, capacity: number): Int32Array {
  const wider = new Int32Array(capacity);
  wider.set(numbers.subarray(0, kept));
  return wider;
}

function perColumn<T>(make: () => T): Record<CodedColumn, T> {
  return { origin: make(), channel: make(), segment: make(), campaign: make(), owner: make(), qualifier: make(), currency: make() };
}
