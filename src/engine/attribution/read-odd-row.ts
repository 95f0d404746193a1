/** The slow and complete way to read one row of touches or conversions: whatever CSV allows, and what is wrong with it. */

import { amountWords, readNumber } from './read-amount.ts';
import { splitRow } from './read-cells.ts';
import { codeOfName, longestName, mostNames } from './read-channels.ts';
import { instantWords, readInstant, readRegularInstant } from './read-instant.ts';
import { findMissing, isBlank, noteProblem, type Refused } from './read-problems.ts';
import { columnRole, countRecord, longestId, recordHead, type Block, type RowReader } from './read-records.ts';
import { copyBytes } from './read-words.ts';

/**
 * Reads one row and writes its record behind the others, or notes what is wrong; a row without anything in it is passed over.
 * @returns where the next row begins; −1 where the block ends inside the row
 */
export function readOddRow(reader: RowReader, block: Block, at: number): number {
  const { cells } = reader;
  const next = splitRow(block.bytes, at, block.end, cells);
  if (next > block.end && !block.last) return -1;
  if (isBlank(cells)) return next;
  let detail = 0;
  let isGood = true;
  for (let column = 0; column < reader.roles.length; column++) {
    if (reader.roles[column] === columnRole.other) continue;
    const refused = findMissing(cells, column, reader.roles.length) ?? readCell(reader, block, column);
    detail |= reader.cellDetail;
    if (!refused) continue;
    isGood = false;
    const row = { at: block.base + at, bytes: block.bytes, cells };
    noteProblem(reader.problems, row, { index: column, name: reader.columnNames[column] as string }, refused);
  }
  if (isGood) countRecord(reader, reader.cellHash, detail);
  return next;
}

/** Puts what the cell says into the record to be, or into `cellDetail` and `cellHash`. */
function readCell(reader: RowReader, block: Block, column: number): Refused | null {
  const { roles, cells } = reader;
  const from = cells.from[column] as number;
  const to = cells.to[column] as number;
  reader.cellDetail = 0;
  switch (roles[column]) {
    case columnRole.journey:
      return readId(reader, block, from, to);
    case columnRole.at:
      return readTime(reader, block, from, to);
    case columnRole.channel:
      return readChannel(reader, block, from, to);
    default:
      return readValue(reader, block, from, to);
  }
}

function readId(reader: RowReader, { view }: Block, from: number, to: number): Refused | null {
  if (from === to) return { wrong: 'is empty', give: 'the id of a journey' };
  if (to - from > longestId) return { wrong: `has ${to - from} bytes`, give: `an id of at most ${longestId}` };
  const { records, words: o } = reader;
  reader.cellHash = copyBytes(view, from, to, records, o + recordHead) & reader.hashMask;
  reader.cellDetail = ((to - from + 3) >>> 2) << 26;
  return null;
}

function readTime(reader: RowReader, { bytes, view }: Block, from: number, to: number): Refused | null {
  const regular = to - from === 20 && bytes[to - 1] === 90 ? readRegularInstant(view, from) : -1;
  const time = regular < 0 ? readInstant(bytes, from, to) : regular * 1000;
  if (time < 0) return { give: instantWords };
  reader.records[reader.words + 1] = Math.floor(time / 1000) | 0;
  reader.cellDetail = (time % 1000) << 16;
  return null;
}

function readChannel(reader: RowReader, { view, base }: Block, from: number, to: number): Refused | null {
  if (from === to) return { wrong: 'is empty', give: 'the name of a channel' };
  if (to - from > longestName) return { wrong: `has ${to - from} bytes`, give: `a name of at most ${longestName}` };
  const code = codeOfName(reader.channels, view, from, to, base + from);
  if (code < 0) return { wrong: `comes after ${mostNames} other channels`, give: 'at most as many' };
  reader.cellDetail = code;
  return null;
}

function readValue(reader: RowReader, { bytes }: Block, from: number, to: number): Refused | null {
  if (!readNumber(bytes, from, to, reader.number)) return { give: amountWords };
  reader.cellDetail = reader.number.decimals;
  return null;
}
