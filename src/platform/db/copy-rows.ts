/** Cuts PostgreSQL's binary COPY into rows, wherever its chunks were cut. */

import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** Microseconds from 1970-01-01, where days are counted from, to 2000-01-01, where PostgreSQL's instants are. */
const epochMicroseconds = 946_684_800_000_000;
/** Days between the same two. */
const epochDays = 10_957;
/** The signature, flags and no extension. */
const headerBytes = 19;

/** @param query a SELECT from the code; COPY takes no parameters */
export const copyRows = (client: pg.ClientBase, query: string): AsyncIterable<Uint8Array> =>
  client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));

export interface RowFeed {
  /** Takes the next bytes; rows may be cut anywhere. */
  feed(chunk: Uint8Array): void;
}

/**
 * @param readRow is given each row and where its first field's length stands: 32 bits, −1 for NULL, then its bytes
 */
export function cutRows(readRow: (view: DataView, at: number) => void): RowFeed {
  let rest: Uint8Array = new Uint8Array(0);
  let skip = headerBytes;
  return {
    feed(chunk) {
      let bytes = rest.length === 0 ? chunk : joined(rest, chunk);
      if (skip > 0) {
        const skipped = Math.min(skip, bytes.length);
        skip -= skipped;
        bytes = bytes.subarray(skipped);
      }
      const read = readWhole(bytes, readRow);
      rest = read === bytes.length ? new Uint8Array(0) : bytes.slice(read);
    },
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Reads all whole rows. @returns how many bytes were read */
function readWhole(bytes: Uint8Array, readRow: (view: DataView, at: number) => void): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (;;) {
    const end = endOfRow(view, at);
    if (end < 0) return at;
    if (end > at + 2) readRow(view, at + 2);
    at = end;
  }
}

/** Where the row at `at` ends, or −1 when it is not whole. The trailer is a row of −1 fields. */
function endOfRow(view: DataView, at: number): number {
  if (at + 2 > view.byteLength) return -1;
  let end = at + 2;
  for (let fields = view.getInt16(at); fields > 0; fields--) {
    if (end + 4 > view.byteLength) return -1;
    const length = view.getInt32(end);
    end += 4 + (length > 0 ? length : 0);
  }
  return end <= view.byteLength ? end : -1;
}

/** A timestamptz as microseconds since 1970. Exact for 285 years around 2000, to some microseconds beyond. */
export const instantAt = (view: DataView, at: number): number =>
  view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4) + epochMicroseconds;

/** A date as days since 1970-01-01. */
export const dateAt = (view: DataView, at: number): number => view.getInt32(at) + epochDays;
