/**
 * Rows of touches and conversions straight from the bytes of a CSV file to numbers side by side. No text is made: a journey's
 * id stays the bytes it is written with, a channel becomes a code, a time seconds.
 */

import { isEnd } from './read-cells.ts';
import { addName, findName, longestName } from './read-channels.ts';
import { addToInstant, readInstant, readRegularInstant } from './read-instant.ts';
import { readOddRow } from './read-odd-row.ts';
import {
  bucketOf,
  columnRole,
  isMarked,
  longestId,
  recordHead,
  rolesTogether,
  scratchWords,
  startBlock,
  type Block,
  type RowReader,
} from './read-records.ts';
import { addToHash, bitsBefore, bytesBelowDash, copyBytes, finishHash } from './read-words.ts';

/**
 * Reads the rows of a block into `reader.records` and counts them by bucket.
 * @returns where the row begins that follows the last one read; −1 where the block ends inside a row
 */
export function readRows(reader: RowReader, block: Block): number {
  startBlock(reader, block);
  return reader.isConversion ? readConversions(reader, block) : readTouches(reader, block);
}

/** There are mostly few: compiling a loop like the one below for them takes longer than they do. */
function readConversions(reader: RowReader, block: Block): number {
  let at = block.from;
  while (at >= 0 && at < block.until) at = readOddRow(reader, block, at);
  return at;
}

/**
 * Regular rows are read by words of four bytes in one loop; a row with anything unusual in it (doubled quotes, blanks around
 * a cell, anything wrong) is left to `readOddRow`, which takes its time. The loop is long because it is run for every byte of
 * a file: cell by cell in functions of their own it took half as long again, 80 instead of 50 ns a row.
 */
function readTouches(reader: RowReader, block: Block): number {
  const { bytes, view, until, end, base, last } = block;
  const { roles, channels, hashMask, bucketWords, bucketRows, bucketBits, marks, records } = reader;
  const scratch = records.length - scratchWords;
  const columns = roles.length;
  const complete = rolesTogether(roles) | rowEnded;
  let at = block.from;
  while (at < until) {
    const o = reader.words;
    let p = at;
    let found = 1;
    let idHash = 0;
    let detail = 0;
    for (let column = 0; ; column++) {
      const role = column < columns ? (roles[column] as number) : columnRole.other;
      const quote = bytes[p] === 34 ? 1 : 0;
      const begin = p + quote;
      p = begin;
      if (role === columnRole.at) {
        let second = readRegularInstant(view, p);
        p += bytes[p + 19] === 90 ? 20 : 19;
        const byte = bytes[p];
        if (second < 0 || (byte !== 44 && byte !== 10 && byte !== 13 && byte !== 34)) {
          p = cellEnd(bytes, view, begin) - quote;
          const time = second < 0 ? readInstant(bytes, begin, p) : addToInstant(second, bytes, begin + 19, p);
          if (time < 0) break;
          second = Math.floor(time / 1000) | 0;
          detail |= (time % 1000) << 16;
        }
        records[o + 1] = second;
      } else if (role === columnRole.journey || role === columnRole.channel) {
        const wordsAt = role === columnRole.journey ? o + recordHead : scratch;
        let words = wordsAt;
        let hash = 0;
        let bits = 32;
        while (bits === 32) {
          const four = view.getInt32(p, true);
          const below = bytesBelowDash(four);
          if (below !== 0) bits = bitsBefore(below);
          if (bits === 0) break;
          const word = below === 0 ? four : four & ((1 << bits) - 1);
          records[words++] = word;
          hash = addToHash(hash, word);
          p += bits >>> 3;
        }
        const stop = bytes[p] as number;
        if (quote === 0 ? stop === 44 || stop === 10 || stop === 13 : stop === 34) hash = finishHash(hash, p - begin);
        else {
          p = quote === 0 ? cellEnd(bytes, view, p) : quoteEnd(bytes, p, end); // a blank or a sign inside
          if (quote === 0 && ((bytes[begin] as number) <= 34 || (bytes[p - 1] as number) <= 32)) break;
          hash = copyBytes(view, begin, p, records, wordsAt);
        }
        const length = p - begin;
        if (length === 0 || length > shortest || (p >= end && !last)) break;
        if (quote === 1 && bytes[p + 1] === 34) break; // the first of a pair: the cell goes on
        if (role === columnRole.journey) {
          idHash = hash & hashMask;
          detail |= ((length + 3) >>> 2) << 26;
        } else {
          let code = findName(channels, records, wordsAt, length, hash);
          if (code < 0) code = addName(channels, records, wordsAt, length, hash, base + begin);
          if (code < 0) break;
          detail |= code;
        }
      } else {
        p = quote === 0 ? cellEnd(bytes, view, p) : quoteEnd(bytes, p, end);
        if (quote === 0 && p > begin && (bytes[begin] as number) <= 34) break;
      }
      if (quote === 1 && bytes[p++] !== 34) break;
      found |= 1 << role;
      const byte = bytes[p++];
      if (byte === 44) continue;
      if (byte === 10 || (byte === 13 && bytes[p++] === 10)) found |= rowEnded;
      break;
    }
    if (found === complete && (p <= end || last)) {
      if (marks === null || isMarked(marks, idHash)) {
        records[o] = idHash;
        records[o + 2] = detail;
        const words = recordHead + (detail >>> 26);
        const bucket = bucketOf(idHash, bucketBits);
        bucketWords[bucket] = (bucketWords[bucket] as number) + words;
        bucketRows[bucket] = (bucketRows[bucket] as number) + 1;
        reader.words = o + words;
      }
      at = p;
    } else {
      at = readOddRow(reader, block, at);
      if (at < 0) return -1;
    }
  }
  return at;
}

const shortest = Math.min(longestId, longestName);

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

/** Where the next quote is: the end of a cell, or one of a pair, which is left to `readOddRow`. */
function quoteEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== 34) at++;
  return at;
}
