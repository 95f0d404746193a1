/** One thread's share of the reading: parts of the files as they come free, then buckets as they come free. */

import type { ValuesSeen } from '#engine/attribution/read-amount.ts';
import { markBlock, takeBlock, type RecordBlock } from '#engine/attribution/read-buckets.ts';
import { makeNameTable, type SharedNames } from '#engine/attribution/read-channels.ts';
import { makeDesk, type Grouping, type Walks } from '#engine/attribution/read-desk.ts';
import { groupBucket } from '#engine/attribution/read-journeys.ts';
import type { RowProblems } from '#engine/attribution/read-problems.ts';
import { makeRowReader, type Block, type RowReader } from '#engine/attribution/read-records.ts';
import { readRows } from '#engine/attribution/read-rows.ts';
import type { Layout } from './header.ts';
import { openSource, type OpenSource, type Source } from './source.ts';

/** What all threads know; what is shared is shared memory. */
export interface ReadingPlan {
  /** Touches, then conversions. */
  readonly files: readonly { readonly source: Source; readonly layout: Layout }[];
  readonly partBytes: number;
  readonly names: SharedNames;
  readonly bucketBits: number;
  /** See `RowReader`. */
  readonly hashMask: number;
  /**
   * Journeys that convert, where only these are kept: conversions are read first then, by the first thread. Null: everything
   * is kept and read together.
   */
  readonly marks: Int32Array | null;
  /** [next part to read, next bucket to group, 1 once there are marks, 1 for each further thread that has begun …] */
  readonly next: Int32Array;
}

/** A stretch of a file. */
export interface Part {
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/** What a part held. */
export interface ReadPart {
  readonly index: number;
  readonly block: RecordBlock;
  /**
   * Where its first row begins, and where the row begins that follows its last one. Each part must begin where the one before
   * it ends; otherwise a line end inside quotes was taken for the end of a row. −1: a row is too long to tell.
   */
  readonly begins: number;
  readonly ends: number;
  readonly problems: RowProblems;
  readonly values: ValuesSeen;
}

/** Parts to read together, in the order of the files. */
export function partsOf({ files, partBytes, marks }: ReadingPlan): Part[] {
  return (marks === null ? files : files.slice(0, 1)).flatMap(({ source: { size }, layout: { firstRow } }, file) =>
    Array.from({ length: Math.ceil((size - firstRow) / partBytes) }, (_, part) => {
      const from = firstRow + part * partBytes;
      return { file, from, to: Math.min(size, from + partBytes) };
    }),
  );
}

/** Behind a part for its last row to end in. */
const slack = 1 << 16;
/** Words are read beyond the end; see `Block`. */
export const margin = 64;

/** Where in `plan.next` it says that the marks are made. */
const marksAreReady = 2;

/** Reads all conversions and marks their journeys for the threads that wait for it. */
export function readConversionsFirst(plan: ReadingPlan, marks: Int32Array): ReadPart[] {
  const read = readInOrder(plan, 1);
  for (const { block } of read) markBlock(marks, block);
  Atomics.store(plan.next, marksAreReady, 1);
  Atomics.notify(plan.next, marksAreReady);
  return read;
}

/** Reads parts until none is left. */
export function readParts(plan: ReadingPlan, onPart: (part: Part) => void = () => {}): ReadPart[] {
  if (plan.marks !== null) Atomics.wait(plan.next, marksAreReady, 0);
  const parts = partsOf(plan);
  const readers = plan.files.map(({ layout }) => readerOf(plan, layout));
  const opened = plan.files.map(({ source }) => openSource(source));
  const bytes = new Uint8Array(plan.partBytes + slack + margin);
  const read: ReadPart[] = [];
  for (let index = Atomics.add(plan.next, 0, 1); index < parts.length; index = Atomics.add(plan.next, 0, 1)) {
    const part = parts[index] as Part;
    read.push(readPart(plan, readers[part.file] as RowReader, opened[part.file] as OpenSource, part, index, bytes));
    onPart(part);
  }
  for (const each of opened) each.close();
  return read;
}

const readerOf = ({ names, bucketBits, marks, hashMask }: ReadingPlan, { roles, columnNames }: Layout): RowReader =>
  makeRowReader({ roles, columnNames, channels: makeNameTable(names), marks, bucketBits, hashMask });

function readPart(plan: ReadingPlan, reader: RowReader, opened: OpenSource, part: Part, index: number, bytes: Uint8Array): ReadPart {
  const { source, layout } = plan.files[part.file]!;
  const isFirst = part.from === layout.firstRow;
  const base = isFirst ? part.from : part.from - 1;
  const block = fillBytes(opened, source, bytes, base, part.to - base);
  const from = isFirst ? 0 : bytes.indexOf(10) + 1; // the row before may end with the byte before this part
  const next = from > block.end && !block.last ? -1 : readRows(reader, { ...block, from });
  const place = (at: number) => (next < 0 ? -1 : Math.min(source.size, base + at));
  return { ...takeRead(reader, index), begins: place(from), ends: place(next) };
}

/** @param length of what is to be read; the block holds the slack as well */
export function fillBytes(opened: OpenSource, { size }: Source, bytes: Uint8Array, base: number, length: number): Block {
  const end = opened.read(base, bytes.subarray(0, Math.min(bytes.length - margin, length + slack)));
  bytes[end] = 10;
  return { bytes, view: new DataView(bytes.buffer), from: 0, until: Math.min(length, end), end, last: base + end >= size, base };
}

function takeRead(reader: RowReader, index: number): Omit<ReadPart, 'begins' | 'ends'> {
  const { problems, values } = reader;
  return { index, block: takeBlock(reader), problems, values };
}

/**
 * Reads a whole file from its beginning to its end: where line ends stand inside quotes, nobody can tell from the middle of
 * a file where a row begins.
 */
export function readInOrder(plan: ReadingPlan, file: number): ReadPart[] {
  const { source, layout } = plan.files[file]!;
  const reader = readerOf(plan, layout);
  const opened = openSource(source);
  let bytes = new Uint8Array(plan.partBytes + slack + margin);
  const read: ReadPart[] = [];
  for (let from = layout.firstRow; from < source.size; ) {
    const block = fillBytes(opened, source, bytes, from, bytes.length - slack - margin);
    const next = readRows(reader, block);
    if (next < 0) {
      bytes = new Uint8Array(bytes.length * 2); // a row longer than that: a quote that isn't closed, mostly
      continue;
    }
    const ends = Math.min(source.size, from + next);
    read.push({ ...takeRead(reader, read.length), begins: from, ends });
    from = ends;
  }
  opened.close();
  return read;
}

/** Whether each part of a file begins where the one before it ended. */
export const isSeamless = (read: readonly ReadPart[]): boolean =>
  read.every(({ begins, ends }, index) => begins >= 0 && ends >= 0 && (index === 0 || begins === read[index - 1]!.ends));

/** Groups buckets until none is left. */
export function groupBuckets({ next, bucketBits }: Pick<ReadingPlan, 'next' | 'bucketBits'>, grouping: Grouping): GroupedBucket[] {
  const desk = makeDesk();
  const grouped: GroupedBucket[] = [];
  for (let bucket = Atomics.add(next, 1, 1); bucket < 1 << bucketBits; bucket = Atomics.add(next, 1, 1))
    grouped.push({ bucket, walks: groupBucket(desk, grouping, bucket) });
  return grouped;
}

export interface GroupedBucket {
  readonly bucket: number;
  readonly walks: Walks;
}
