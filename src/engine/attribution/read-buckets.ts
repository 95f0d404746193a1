/**
 * Records of a block laid apart into buckets by the hash of their journey's id, so that each bucket can be grouped for
 * itself: in a cache, and on whichever thread is free.
 */

import { bucketOf, mark, recordHead, type RowReader } from './read-records.ts';

/** Lies in shared memory. */
export interface RecordBlock {
  /** Bucket after bucket, each in the order of the file. */
  readonly records: Int32Array;
  /** Bucket b's are `records[begins[b]]` up to, not including, `records[begins[b + 1]]`. */
  readonly begins: Int32Array;
  /** How many records each bucket has. */
  readonly rows: Int32Array;
}

/** Takes what the reader has read last. */
export function takeBlock(reader: RowReader): RecordBlock {
  const count = 1 << reader.bucketBits;
  const begins = shared(count + 1);
  for (let bucket = 0; bucket < count; bucket++) begins[bucket + 1] = (begins[bucket] as number) + (reader.bucketWords[bucket] as number);
  const rows = shared(count);
  rows.set(reader.bucketRows);
  const records = shared(reader.words);
  const next = begins.slice();
  const read = reader.records;
  const tail = recordHead + (reader.isConversion ? 2 : 0);
  for (let at = 0; at < reader.words; ) {
    const bucket = bucketOf(read[at] as number, reader.bucketBits);
    const length = tail + ((read[at + 2] as number) >>> 26);
    const to = next[bucket] as number;
    next[bucket] = to + length;
    for (let word = 0; word < length; word++) records[to + word] = read[at + word] as number;
    at += length;
  }
  return { records, begins, rows };
}

const shared = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));

/** Marks the hashes of all records of a block of conversions. */
export function markBlock(marks: Int32Array, { records }: RecordBlock): void {
  for (let at = 0; at < records.length; at += recordHead + 2 + ((records[at + 2] as number) >>> 26)) mark(marks, records[at] as number);
}
