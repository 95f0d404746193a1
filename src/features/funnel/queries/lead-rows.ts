/** Reads leads out of PostgreSQL's binary COPY straight into columns. */

import { type CodedColumn, type FunnelColumns, nextRow, noDay, writeDay, writeValue } from '#engine/funnel/columns.ts';
import { codeOf } from '#engine/funnel/dictionary.ts';
import { readId, wordsAnId } from '#engine/funnel/ids.ts';
import { dayReader } from '#engine/time/zone-days.ts';
import { columnOf, leadStages } from '#features/records/contract.ts';
import { cutRows, instantAt, type RowFeed } from '#platform/db/copy-rows.ts';
import { type BytesMemo, makeBytesMemo } from '#platform/db/bytes-memo.ts';

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

/**
 * @param settle is called when a lead stands in the row after the last (see `nextRow`)
 */
export const readLeadRows = (columns: FunnelColumns, timeZone: string, settle: (isArchived: boolean) => void): RowFeed =>
  cutRows(leadReader(columns, timeZone, settle));

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

const utf8 = new TextDecoder();

function memoFor(columns: FunnelColumns, column: CodedColumn, isId: boolean): BytesMemo {
  const dictionary = columns.dictionaries[column];
  return makeBytesMemo((bytes) => codeOf(dictionary, isId ? idOf(bytes) : utf8.decode(bytes)));
}

const idOf = (bytes: DataView): string =>
  readId(Uint32Array.of(bytes.getUint32(0), bytes.getUint32(4), bytes.getUint32(8), bytes.getUint32(12)), 0);
