/**
 * Rows of a query as columns of numbers side by side, read straight out of a binary COPY: what `columns-cache.ts` keeps
 * where the rows have no columns of their own making.
 */

import type { Dictionary } from '#engine/funnel/dictionary.ts';
import { bytesOfDictionary, codeOf, makeDictionary } from '#engine/funnel/dictionary.ts';
import { addPlace, findPlace, makePlaces, type Places, readId, wordsAnId } from '#engine/funnel/ids.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { type BytesMemo, makeBytesMemo } from './bytes-memo.ts';
import { cutRows, dateAt, instantAt, type RowFeed } from './copy-rows.ts';

/**
 * How a field of the query becomes a number:
 * `instant` a timestamptz as its day in the workspace's zone, `date` a date, both as days since 1970-01-01, or `noDay`;
 * `int` an int4, −1 for NULL; `text` and `id` (a uuid) as codes of a dictionary, 0 for NULL; `present` 1 unless NULL;
 * `amount` an int8, 0 for NULL, kept in 64 bits.
 */
export type FieldType = 'instant' | 'date' | 'int' | 'text' | 'id' | 'present' | 'amount';
/** By name, in the order in which the query selects them after the row's own id. */
export type FieldTypes = Readonly<Record<string, FieldType>>;

type Named<Fields extends FieldTypes, Type extends FieldType> = {
  [Name in keyof Fields & string]: Fields[Name] extends Type ? Name : never;
}[keyof Fields & string];
export type NumberField<Fields extends FieldTypes> = Named<Fields, Exclude<FieldType, 'amount'>>;
export type CodedField<Fields extends FieldTypes> = Named<Fields, 'text' | 'id'>;
type AmountField<Fields extends FieldTypes> = Named<Fields, 'amount'>;

/** Stands where there is no day: later than any. */
export const noDay = 0x3fffffff;

export interface RowColumns<Fields extends FieldTypes> {
  /** Rows in use; the arrays are longer. */
  count: number;
  /** Grows with every row kept or removed. */
  changes: number;
  /** Four words each. */
  ids: Uint32Array;
  readonly numbers: Record<NumberField<Fields>, Int32Array>;
  readonly amounts: Record<AmountField<Fields>, BigInt64Array>;
  readonly dictionaries: Readonly<Record<CodedField<Fields>, Dictionary>>;
  /** Made when the first change comes. */
  places: Places | null;
}

export function makeRowColumns<Fields extends FieldTypes>(fields: Fields, capacity = 1024): RowColumns<Fields> {
  const named = (types: readonly FieldType[]): string[] => Object.keys(fields).filter((name) => types.includes(fields[name]!));
  const made = <T>(names: readonly string[], make: () => T): Record<string, T> => Object.fromEntries(names.map((name) => [name, make()]));
  return {
    count: 0,
    changes: 0,
    ids: new Uint32Array(capacity * wordsAnId),
    numbers: made(named(['instant', 'date', 'int', 'text', 'id', 'present']), () => new Int32Array(capacity)),
    amounts: made(named(['amount']), () => new BigInt64Array(capacity)),
    dictionaries: made(named(['text', 'id']), makeDictionary),
    places: null,
  } as RowColumns<Fields>;
}

export interface RowReading<Fields extends FieldTypes> {
  readonly fields: Fields;
  readonly timeZone: string;
  /** By name of an `id` field, what an id stands for: the survivor of a merge. */
  readonly survivors?: Readonly<Record<string, ReadonlyMap<string, string>>>;
  /** Is called when a row stands after the last (at `count`): keeps it, or leaves it. */
  settle(): void;
}

/** Reads rows `id, …fields` into the columns. */
export function readRows<Fields extends FieldTypes>(columns: RowColumns<Fields>, reading: RowReading<Fields>): RowFeed {
  const readers = Object.entries(reading.fields).map(([name, type]) => readerOf(columns, name, type, reading));
  return cutRows((view, start) => {
    if (columns.count >= columns.ids.length / wordsAnId) resize(columns, Math.ceil(columns.count * 1.5) + 1024);
    const row = columns.count;
    for (let word = 0; word < wordsAnId; word++) columns.ids[row * wordsAnId + word] = view.getUint32(start + 4 + word * 4);
    let at = start + 20;
    for (const read of readers) {
      const length = view.getInt32(at);
      read(row, view, at + 4, length);
      at += 4 + (length > 0 ? length : 0);
    }
    reading.settle();
  });
}

type FieldReader = (row: number, view: DataView, at: number, length: number) => void;

function readerOf<Fields extends FieldTypes>(
  columns: RowColumns<Fields>,
  name: string,
  type: FieldType,
  { timeZone, survivors }: RowReading<Fields>,
): FieldReader {
  const [numbers, amounts] = [columns.numbers as Record<string, Int32Array>, columns.amounts as Record<string, BigInt64Array>];
  switch (type) {
    case 'amount':
      return (row, view, at, length) => void (amounts[name]![row] = length < 0 ? 0n : view.getBigInt64(at));
    case 'instant': {
      const dayOf = dayReader(timeZone);
      return (row, view, at, length) => void (numbers[name]![row] = length < 0 ? noDay : dayOf(instantAt(view, at)));
    }
    case 'date':
      return (row, view, at, length) => void (numbers[name]![row] = length < 0 ? noDay : dateAt(view, at));
    case 'int':
      return (row, view, at, length) => void (numbers[name]![row] = length < 0 ? -1 : view.getInt32(at));
    case 'present':
      return (row, _view, _at, length) => void (numbers[name]![row] = length < 0 ? 0 : 1);
    default: {
      const memo = memoFor((columns.dictionaries as Record<string, Dictionary>)[name]!, type, survivors?.[name]);
      return (row, view, at, length) => void (numbers[name]![row] = length < 0 ? 0 : memo.codeOf(view, at, at + length));
    }
  }
}

const utf8 = new TextDecoder();

function memoFor(dictionary: Dictionary, type: 'text' | 'id', survivors: ReadonlyMap<string, string> | undefined): BytesMemo {
  if (type === 'text') return makeBytesMemo((bytes) => codeOf(dictionary, utf8.decode(bytes)));
  return makeBytesMemo((bytes) => {
    const id = idOf(bytes);
    return codeOf(dictionary, survivors?.get(id) ?? id);
  });
}

const idOf = (bytes: DataView): string =>
  readId(Uint32Array.of(bytes.getUint32(0), bytes.getUint32(4), bytes.getUint32(8), bytes.getUint32(12)), 0);

/** Keeps the row after the last as one that wasn't there. @returns its place */
export function keepNewRow<Fields extends FieldTypes>(columns: RowColumns<Fields>): number {
  if (columns.places) addPlace(columns.places, columns.ids, columns.count);
  columns.changes++;
  return columns.count++;
}

/** The place of the same row read earlier, or −1. */
export function placeOfNextRow<Fields extends FieldTypes>(columns: RowColumns<Fields>): number {
  columns.places ??= makePlaces(columns.ids, columns.count);
  return findPlace(columns.places, columns.ids, columns.ids, columns.count);
}

/** Keeps the row after the last in a place where it stood before. */
export function keepChangedRow<Fields extends FieldTypes>(columns: RowColumns<Fields>, place: number): void {
  moveRow(columns, columns.count, place);
  columns.changes++;
}

/** Takes rows away; the last ones move into their places. */
export function removeColumnRows<Fields extends FieldTypes>(columns: RowColumns<Fields>, rows: readonly number[]): void {
  if (rows.length === 0) return;
  for (const row of rows.toSorted((one, other) => other - one)) moveRow(columns, --columns.count, row);
  columns.places = null;
  columns.changes++;
}

/** Gives back the room that was kept for growth. */
export function trimRowColumns<Fields extends FieldTypes>(columns: RowColumns<Fields>): void {
  if (columns.ids.length / wordsAnId > columns.count * 1.05 + 1024) resize(columns, columns.count + 1024);
}

export function bytesOfRowColumns<Fields extends FieldTypes>(columns: RowColumns<Fields>): number {
  const arrays: (Int32Array | BigInt64Array)[] = [
    ...Object.values<Int32Array>(columns.numbers),
    ...Object.values<BigInt64Array>(columns.amounts),
  ];
  const texts = Object.values<Dictionary>(columns.dictionaries).reduce((sum, each) => sum + bytesOfDictionary(each), 0);
  return columns.ids.byteLength + arrays.reduce((sum, each) => sum + each.byteLength, 0) + texts + (columns.places?.slots.byteLength ?? 0);
}

function moveRow<Fields extends FieldTypes>(columns: RowColumns<Fields>, from: number, to: number): void {
  columns.ids.copyWithin(to * wordsAnId, from * wordsAnId, from * wordsAnId + wordsAnId);
  for (const numbers of Object.values<Int32Array>(columns.numbers)) numbers[to] = numbers[from]!;
  for (const amounts of Object.values<BigInt64Array>(columns.amounts)) amounts[to] = amounts[from]!;
}

function resize<Fields extends FieldTypes>(columns: RowColumns<Fields>, capacity: number): void {
  const kept = Math.min(columns.count, capacity);
  const ids = new Uint32Array(capacity * wordsAnId);
  ids.set(columns.ids.subarray(0, kept * wordsAnId));
  columns.ids = ids;
  const numbers = columns.numbers as Record<string, Int32Array>;
  for (const [name, old] of Object.entries(numbers)) (numbers[name] = new Int32Array(capacity)).set(old.subarray(0, kept));
  const amounts = columns.amounts as Record<string, BigInt64Array>;
  for (const [name, old] of Object.entries(amounts)) (amounts[name] = new BigInt64Array(capacity)).set(old.subarray(0, kept));
}
