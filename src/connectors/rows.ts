/** Checks rows against their header: what both CSV and workbook tables promise of the rows they hand out. */

import type { RowProblem, SourceRow } from './tables.ts';

/** A row cut to the header's length; null for a row without any value; a problem where the lengths don't fit. */
export function fitRow(row: SourceRow, header: readonly string[]): SourceRow | RowProblem | null {
  const { cells, line } = row;
  if (cells.length === header.length) return isBlank(cells) ? null : row;
  if (isBlank(cells)) return null;
  if (cells.length > header.length && isBlank(cells.slice(header.length))) return { line, cells: cells.slice(0, header.length) };
  return { line, reason: raggedReason(cells.length, header.length), value: cells.at(-1)?.slice(0, 200) ?? '', cells };
}

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '' || cell.trim() === '');

function raggedReason(cells: number, columns: number): string {
  const cause =
    cells > columns
      ? 'a cell that holds the delimiter must be quoted'
      : 'a cell that holds a line break must be quoted, and every row needs all its delimiters';
  return `has ${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${columns}; ${cause}`;
}

/** NUL can't be stored; U+FFFD stands where bytes were no text in the file's encoding. */
export function unstorable(row: SourceRow, header: readonly string[]): RowProblem | null {
  for (const [at, cell] of row.cells.entries()) {
    const column = header[at];
    if (cell.includes('\0'))
      return {
        line: row.line,
        ...(column === undefined ? {} : { column }),
        value: cell.replaceAll('\0', '␀').slice(0, 200),
        reason: 'holds a NUL character, which a text can’t; take it out',
        cells: row.cells,
      };
    if (cell.includes('\ufffd'))
      return {
        line: row.line,
        ...(column === undefined ? {} : { column }),
        value: cell.slice(0, 200),
        reason: 'holds bytes that are no text in the file’s encoding; save the file as UTF-8',
        cells: row.cells,
      };
  }
  return null;
}
