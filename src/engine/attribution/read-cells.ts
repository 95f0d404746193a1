/** Cells of a CSV row, straight from its bytes: no text is made of them. */

const byteOf = { tab: 9, newline: 10, return: 13, space: 32, quote: 34, comma: 44 } as const;

/** The cells of the row read last: cell c is `from[c]` up to, not including, `to[c]`, without its quotes and the blanks around it. */
export interface RowCells {
  /** All cells of the row, also those beyond the room of `from` and `to`. */
  count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** A quote was opened and not closed before the end. */
  open: boolean;
}

/** More columns than this are passed over. */
const mostColumns = 1024;

export const makeRowCells = (): RowCells => ({
  count: 0,
  from: new Int32Array(mostColumns),
  to: new Int32Array(mostColumns),
  open: false,
});

/**
 * Splits one row into cells by RFC 4180: commas, rows ended by LF or CR LF, quotes doubled inside quotes. A quote inside a
 * cell that doesn't begin with one is a character like any other. Doubled quotes are made single in place, so the bytes
 * of the row may change.
 * @param bytes `bytes[end]` must be a newline, whether it belongs to the file or not
 * @param from where the row begins
 * @returns where the next row begins; `end + 1` when the row runs up to `end`
 */
export function splitRow(bytes: Uint8Array, from: number, end: number, cells: RowCells): number {
  cells.count = 0;
  cells.open = false;
  for (let at = from; ; ) {
    while (isGap(bytes[at])) at++;
    at = bytes[at] === byteOf.quote ? quotedCell(bytes, at + 1, end, cells) : plainCell(bytes, at, cells);
    if (bytes[at] !== byteOf.comma) return bytes[at] === byteOf.return ? at + 2 : at + 1;
    at++;
  }
}

/** @returns where the cell's comma or line end is */
function plainCell(bytes: Uint8Array, from: number, cells: RowCells): number {
  let at = from;
  while (!isEnd(bytes, at)) at++;
  keep(cells, from, withoutGap(bytes, from, at));
  return at;
}

function quotedCell(bytes: Uint8Array, from: number, end: number, cells: RowCells): number {
  let to = from;
  let at = from;
  for (; at < end; at++) {
    if (bytes[at] === byteOf.quote) {
      if (bytes[at + 1] !== byteOf.quote) break;
      at++;
    }
    bytes[to++] = bytes[at] as number;
  }
  keep(cells, from, to);
  if (at >= end) {
    cells.open = true;
    return end;
  }
  at++;
  while (!isEnd(bytes, at)) at++; // what stands behind a closing quote belongs nowhere
  return at;
}

function keep(cells: RowCells, from: number, to: number): void {
  if (cells.count < mostColumns) {
    cells.from[cells.count] = from;
    cells.to[cells.count] = to;
  }
  cells.count++;
}

export function isEnd(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return byte === byteOf.comma || byte === byteOf.newline || (byte === byteOf.return && bytes[at + 1] === byteOf.newline);
}

function withoutGap(bytes: Uint8Array, from: number, to: number): number {
  let last = to;
  while (last > from && isGap(bytes[last - 1])) last--;
  return last;
}

/** A blank or a tab: around a cell they say nothing. */
export const isGap = (byte: number | undefined): boolean => byte === byteOf.space || byte === byteOf.tab;
