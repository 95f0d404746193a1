/** Rows in stretches, and the rows of a stretch by their number of touches. */

import type { Journeys } from './journeys.ts';

/** So few that their columns stay in the processor's cache while one model after the other goes over them. */
const blockRows = 8_192;

/** Rows with as many touches or more come one by one. */
const longRow = 64;

/** A stretch of rows: `from` up to, not including, `to`. */
export interface Block {
  from: number;
  to: number;
  /** Its rows as `forEachLength` needs them: those without touches, then those with one, two, …; of one length as they lie. */
  readonly rows: Uint32Array;
  /** Those with n touches are `rows[ends[n - 1]]` up to, not including, `rows[ends[n]]`; the last entry is for all long ones. */
  readonly ends: Uint32Array;
  ordered: boolean;
}

/** Rows of one length: `rows[start]` up to, not including, `rows[end]` have this many touches each. */
export interface SameLength {
  readonly rows: Uint32Array;
  start: number;
  end: number;
  touches: number;
}

/** Calls `credit` with one block after the other, in one object that is filled anew. */
export function forEachBlock({ count }: Journeys, credit: (block: Block) => void): void {
  const size = Math.min(blockRows, count);
  const block: Block = { from: 0, to: 0, rows: new Uint32Array(size), ends: new Uint32Array(longRow + 1), ordered: false };
  while (block.to < count) {
    block.from = block.to;
    block.to = Math.min(block.from + size, count);
    block.ordered = false;
    credit(block);
  }
}

/**
 * Calls `credit` with the block's rows of one touch, of two, and so on, in one object that is filled anew; rows without touches
 * are left out. What hangs on the number of touches alone is then computed once, and a loop over touches ends where it ended
 * for the row before, as the processor guesses it will.
 */
export function forEachLength(block: Block, { starts }: Journeys, credit: (same: SameLength) => void): void {
  if (!block.ordered) orderByLength(block, starts);
  const { rows, ends } = block;
  const same: SameLength = { rows, start: 0, end: ends[0] as number, touches: 0 };
  while (++same.touches < longRow) {
    same.start = same.end;
    same.end = ends[same.touches] as number;
    if (same.start < same.end) credit(same);
  }
  while (same.end < (ends[longRow] as number)) {
    const row = rows[same.end] as number;
    same.start = same.end++;
    same.touches = (starts[row + 1] as number) - (starts[row] as number);
    credit(same);
  }
}

/** A counting sort: first how many rows there are of each length, then where those of one length begin, then each to its place. */
function orderByLength(block: Block, starts: Uint32Array): void {
  const { from, to, rows, ends } = block;
  ends.fill(0);
  for (let row = from; row < to; row++) ends[placeOf(starts, row)]!++;
  for (let n = longRow, end = to - from; n >= 0; n--) ends[n] = end -= ends[n] as number;
  for (let row = from; row < to; row++) rows[ends[placeOf(starts, row)]!++] = row;
  block.ordered = true;
}

function placeOf(starts: Uint32Array, row: number): number {
  const touches = (starts[row + 1] as number) - (starts[row] as number);
  return touches < longRow ? touches : longRow;
}
