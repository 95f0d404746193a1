/**
 * Rows of touches and conversions straight from the bytes of a CSV file to numbers side by side. No text is made: a journey's
 * id stays the bytes it is written with, a channel becomes a code, a time seconds.
 */

import { readNumber } from './read-amount.ts';
import { isEnd } from './read-cells.ts';
import { codeOfName, longestName } from './read-channels.ts';
import { readInstant, readRegularInstant } from './read-instant.ts';
import { readOddRow } from './read-odd-row.ts';
import {
  columnRole,
  copyBytes,
  countRecord,
  hashBytes,
  longestId,
  recordHead,
  rolesTogether,
  startBlock,
  type Block,
  type RowReader,
} from './read-records.ts';

/**
 * Reads the rows of a block into `reader.records` and counts them by bucket. Regular rows are read by words of four bytes in
 * one loop; a row with anything unusual in it (quotes, blanks around a cell, anything wrong) is left to `readOddRow`, which
 * takes its time.
 * @returns where the row begins that follows the last one read; −1 where the block ends inside a row
 */
export function readRows(reader: RowReader, block: Block): number {
  const { bytes, view, until, end, base, last } = block;
  const { roles, channels, hashMask, number } = reader;
  const records = startBlock(reader, block);
  const columns = roles.length;
  const needed = rolesTogether(roles);
  let at = block.from;
  while (at < until) {
    const o = reader.words;
    let p = at;
    let found = 1;
    let hash = 0;
    let detail = 0;
    for (let column = 0; ; column++) {
      const role = column < columns ? (roles[column] as number) : columnRole.other;
      const begin = p;
      if (role === columnRole.at) {
        let second = readRegularInstant(view, p);
        p += bytes[p + 19] === 90 ? 20 : 19;
        if (second < 0 || !isEnd(bytes, p)) {
          p = cellEnd(bytes, view, begin);
          const time = readInstant(bytes, begin, p);
          if (time < 0) break;
          second = Math.floor(time / 1000) | 0;
          detail |= (time % 1000) << 16;
        }
        records[o + 1] = second;
      } else {
        p = cellEnd(bytes, view, p);
        const length = p - begin;
        if (role === columnRole.other) {
          if (length > 0 && (bytes[begin] as number) <= 34) break;
        } else {
          if (length === 0 || (bytes[begin] as number) <= 34 || (bytes[p - 1] as number) <= 32) break;
          if (role === columnRole.journey) {
            if (length > longestId) break;
            hash = copyBytes(view, begin, p, records, o + recordHead) & hashMask;
            detail |= ((length + 3) >>> 2) << 26;
          } else if (role === columnRole.channel) {
            const code = length > longestName ? -1 : codeOfName(channels, bytes, begin, p, hashBytes(view, begin, p), base + begin);
            if (code < 0) break;
            detail |= code;
          } else {
            if (!readNumber(bytes, begin, p, number)) break;
            detail |= number.decimals;
          }
        }
      }
      found |= 1 << role;
      const byte = bytes[p];
      if (byte === 44) p++;
      else {
        p += byte === 10 ? 1 : 2;
        found |= rowEnded;
        break;
      }
    }
    if (found === (needed | rowEnded) && (p <= end || last)) {
      countRecord(reader, hash, detail);
      at = p;
    } else {
      at = readOddRow(reader, block, at);
      if (at < 0) return -1;
    }
  }
  return at;
}

const rowEnded = 1 << 8;

/**
 * Where the cell's comma or line end is: four bytes at a time up to the first below `-`, then one by one.
 */
function cellEnd(bytes: Uint8Array, view: DataView, from: number): number {
  let at = from;
  for (;;) {
    const four = view.getInt32(at, true);
    const below = (four - 0x2d2d_2d2d) & ~four & -0x7f7f_7f80;
    if (below !== 0) {
      at += (31 - Math.clz32(below & -below)) >>> 3;
      break;
    }
    at += 4;
  }
  while (!isEnd(bytes, at)) at++;
  return at;
}
