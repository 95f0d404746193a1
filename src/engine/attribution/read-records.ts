/** What rows of touches and conversions are read into: records of 32-bit words, and the state of a thread that reads. */

import { makeReadNumber, noValues, type ReadNumber, seeValue, type ValuesSeen } from './read-amount.ts';
import { makeRowCells, type RowCells } from './read-cells.ts';
import type { NameTable } from './read-channels.ts';
import { noProblems, type RowProblems } from './read-problems.ts';

/** What a column holds. */
export const columnRole = { other: 0, journey: 1, at: 2, channel: 3, value: 4 } as const;

/**
 * A record is [hash of the id, second, detail, the id with zeros up to the next word], and for a conversion the value's units
 * as a double in two words behind it. Detail: bits 0–15 the channel's code or the value's decimals, 16–25 milliseconds,
 * 26–31 how many words the id takes.
 */
export const recordHead = 3;
/** Of a journey's id, in bytes. */
export const longestId = 252;

/** A row (`a,0,b` and its end are six bytes) makes at most this many words for each of its bytes. */
const wordsPerByte = 1;
/** Behind them, for the words of a channel's name. */
export const scratchWords = 256;

/** A part of a file in memory. */
export interface Block {
  readonly bytes: Uint8Array;
  /** Of the same memory. */
  readonly view: DataView;
  /** Where the first row begins. */
  readonly from: number;
  /** Rows that begin before this are read. */
  readonly until: number;
  /** `bytes[end]` is a newline put there; at least 32 bytes follow. */
  readonly end: number;
  /** Nothing follows in the file. */
  readonly last: boolean;
  /** Where in the file `bytes[0]` is. */
  readonly base: number;
}

/** One thread's reading of one file. */
export interface RowReader {
  /** What each column holds. */
  readonly roles: Uint8Array;
  readonly columnNames: readonly string[];
  readonly channels: NameTable;
  /** A column holds values. */
  readonly isConversion: boolean;
  /** Which touches are kept: those whose hash is marked; null: all. */
  readonly marks: Int32Array | null;
  /** −1; another mask makes ids collide, to see that they are still told apart. */
  readonly hashMask: number;
  /** What the last block had: its records, and how many words of them each bucket has, and how many records. */
  records: Int32Array;
  words: number;
  readonly bucketBits: number;
  readonly bucketWords: Int32Array;
  readonly bucketRows: Int32Array;
  /** Of the last block. */
  values: ValuesSeen;
  problems: RowProblems;
  readonly cells: RowCells;
  readonly number: ReadNumber;
  readonly double: Float64Array;
  readonly doubleWords: Int32Array;
  /** What the cell read last adds to its record. */
  cellDetail: number;
  cellHash: number;
}

export type RowReaderSetup = Pick<RowReader, 'roles' | 'columnNames' | 'channels' | 'marks' | 'bucketBits' | 'hashMask'>;

export function makeRowReader(setup: RowReaderSetup): RowReader {
  const double = new Float64Array(1);
  return {
    ...setup,
    isConversion: setup.roles.includes(columnRole.value),
    ...{
      records: new Int32Array(0),
      words: 0,
      values: noValues(),
      problems: noProblems(),
      cellDetail: 0,
      cellHash: 0,
    },
    bucketWords: new Int32Array(1 << setup.bucketBits),
    bucketRows: new Int32Array(1 << setup.bucketBits),
    cells: makeRowCells(),
    number: makeReadNumber(),
    double,
    doubleWords: new Int32Array(double.buffer),
  };
}

/** Makes room for the records of a block and forgets the one before. */
export function startBlock(reader: RowReader, { bytes }: Block): void {
  const room = bytes.length * wordsPerByte + scratchWords;
  if (reader.records.length < room) reader.records = new Int32Array(room);
  reader.bucketWords.fill(0);
  reader.bucketRows.fill(0);
  Object.assign(reader, { words: 0, values: noValues(), problems: noProblems() });
}

/** Ends the record whose id and second are written already; a value is taken from `reader.number`. */
export function countRecord(reader: RowReader, hash: number, detail: number): void {
  const { records, words: o, number, bucketWords, bucketRows, marks } = reader;
  if (marks !== null && !reader.isConversion && !isMarked(marks, hash)) return;
  records[o] = hash;
  records[o + 2] = detail;
  let length = recordHead + (detail >>> 26);
  if (reader.isConversion) {
    reader.double[0] = number.units;
    records[o + length++] = reader.doubleWords[0] as number;
    records[o + length++] = reader.doubleWords[1] as number;
    seeValue(reader.values, number);
  }
  const bucket = bucketOf(hash, reader.bucketBits);
  bucketWords[bucket] = (bucketWords[bucket] as number) + length;
  bucketRows[bucket] = (bucketRows[bucket] as number) + 1;
  reader.words = o + length;
}

/** Bit r is set where a column has role r. */
export const rolesTogether = (roles: Uint8Array): number => roles.reduce((bits, role) => bits | (1 << role), 1);

/** To which bucket an id of this hash belongs. */
export const bucketOf = (hash: number, bucketBits: number): number => (hash >>> 1) >>> (31 - bucketBits);

/**
 * Marks for hashes: one that was marked is always found so, one that wasn't seldom is too. Touches whose journey isn't marked
 * need not be kept where only those that convert count.
 * @param bits about 32 for each hash that will be marked, so that one in 32 of the others is taken for marked
 */
export const makeMarks = (bits: number): Int32Array =>
  new Int32Array(new SharedArrayBuffer(4 << Math.max(0, 27 - Math.clz32(Math.max(1, bits - 1)))));

export function mark(marks: Int32Array, hash: number): void {
  const word = (hash >>> 5) & (marks.length - 1);
  marks[word] = (marks[word] as number) | (1 << (hash & 31));
}

export const isMarked = (marks: Int32Array, hash: number): boolean =>
  (((marks[(hash >>> 5) & (marks.length - 1)] as number) >>> (hash & 31)) & 1) !== 0;
