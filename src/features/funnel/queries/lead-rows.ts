/** Reads leads out of PostgreSQL's binary COPY straight into columns. */

import { type CodedColumn, type FunnelColumns, nextRow, noDay, writeDay, writeValue } from '#engine/funnel/columns.ts';
import { codeOf } from '#engine/funnel/dictionary.ts';
import { readId, wordsAnId } from '#engine/funnel/ids.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { columnOf, leadStages } from '#features/records/contract.ts';
import { type BytesMemo, makeBytesMemo } from './bytes-memo.ts';

const coded: readonly { column: CodedColumn; from: string; isId: boolean }[] = [
  { column: 'currency', from: 'currency', isId: false },
  { column: 'origin', from: 'origin', isId: false },
  { column: 'channel', from: 'channel', isId: false },
  { column: 'segment', from: 'segment', isId: false },
  { column: 'campaign', from: 'campaign_id', isId: true },
  { column: 'owner', from: 'owner_id', isId: true },
  { column: 'qualifier', from: 'qualifier_id', isId: true },
];
/** The order in which rows are read. */
export const leadColumns: readonly string[] = [
  'id',
  ...leadStages.map(({ field }) => columnOf(field)),
  'value',
  ...coded.map(({ from }) => from),
  'archived_at',
];

/** Microseconds from 1970-01-01, where days are counted from, to 2000-01-01, where PostgreSQL's instants are. */
const epochMicroseconds = 946_684_800_000_000;
/** The signature, flags and no extension. */
const headerBytes = 19;

export interface LeadRows {
  /** Takes the next bytes; rows may be cut anywhere. */
  feed(chunk: Uint8Array): void;
}

/**
 * @param settle is called when a lead stands in the row after the last (see `nextRow`)
 */
export function readLeadRows(columns: FunnelColumns, timeZone: string, settle: (isArchived: boolean) => void): LeadRows {
  const readLead = leadReader(columns, timeZone, settle);
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
      const read = readWhole(bytes, readLead);
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
function readWhole(bytes: Uint8Array, readLead: (view: DataView, at: number) => void): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (;;) {
    const end = endOfRow(view, at);
    if (end < 0) return at;
    if (end > at + 2) readLead(view, at + 2);
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

function leadReader(columns: FunnelColumns, timeZone: string, settle: (isArchived: boolean) => void): (view: DataView, at: number) => void {
  const dayOf = dayReader(timeZone);
  const memos = coded.map(({ column, isId }) => ({ column, memo: memoFor(columns, column, isId) }));
  return (view, start) => {
    const row = nextRow(columns);
    for (let word = 0; word < wordsAnId; word++) columns.ids[row * wordsAnId + word] = view.getUint32(start + 4 + word * 4);
    let at = start + 20;
    for (let stage = 0; stage < columns.days.length; stage++) {
      const isStated = view.getInt32(at) >= 0;
      writeDay(columns, stage, row, isStated ? dayOf(instantAt(view, at + 4)) : noDay);
      at += isStated ? 12 : 4;
    }
    const hasValue = view.getInt32(at) >= 0;
    writeValue(columns, row, hasValue ? view.getBigInt64(at + 4) : 0n);
    at += hasValue ? 12 : 4;
    for (const { column, memo } of memos) {
      const length = view.getInt32(at);
      at += 4;
      columns.codes[column][row] = length < 0 ? 0 : memo.codeOf(view, at, at + length);
      if (length > 0) at += length;
    }
    settle(view.getInt32(at) >= 0);
  };
}

/** Microseconds since 1970. Exact for 285 years around 2000, to some microseconds beyond. */
const instantAt = (view: DataView, at: number): number => view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4) + epochMicroseconds;

const utf8 = new TextDecoder();

function memoFor(columns: FunnelColumns, column: CodedColumn, isId: boolean): BytesMemo {
  const dictionary = columns.dictionaries[column];
  return makeBytesMemo((bytes) => codeOf(dictionary, isId ? idOf(bytes) : utf8.decode(bytes)));
}

const idOf = (bytes: DataView): string =>
  readId(Uint32Array.of(bytes.getUint32(0), bytes.getUint32(4), bytes.getUint32(8), bytes.getUint32(12)), 0);
