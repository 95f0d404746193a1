/** What is wrong with rows of a file: the first few in full, the others counted. */

import type { RowCells } from './read-cells.ts';

/** Why a cell is refused; `wrong` where what would be fine doesn't say it. */
export interface Refused {
  readonly wrong?: string;
  /** What would be fine. */
  readonly give: string;
}

export interface RowProblem extends Refused {
  /** Where in the file the row begins. */
  readonly at: number;
  readonly column: string;
  /** Bytes of the cell, the first 60; null where the row has no such cell. */
  readonly cell: Uint8Array | null;
}

export interface RowProblems {
  readonly first: RowProblem[];
  count: number;
}

export const mostProblems = 20;
const longestShown = 60;

export const noProblems = (): RowProblems => ({ first: [], count: 0 });

/** @param at where in the file the row begins; its cells lie in `bytes` */
export function noteProblem(
  problems: RowProblems,
  { at, bytes, cells }: { at: number; bytes: Uint8Array; cells: RowCells },
  { index, name }: { index: number; name: string },
  refused: Refused,
): void {
  problems.count++;
  if (problems.first.length === mostProblems) return;
  const from = cells.from[index] as number;
  const cell = index < cells.count ? bytes.slice(from, Math.min(cells.to[index] as number, from + longestShown)) : null;
  problems.first.push({ at, column: name, cell, ...refused });
}

/** Of cells that the row doesn't have, or that a quote left open swallowed. @param columns of the file */
export function findMissing(cells: RowCells, index: number, columns: number): Refused | null {
  if (cells.open && index >= cells.count - 1)
    return { wrong: 'stands in or behind a quote that is never closed', give: 'the closing quote' };
  return index < cells.count ? null : { wrong: 'is missing', give: `${columns} cells; this row has ${cells.count}` };
}

/** A row without anything in it. */
export const isBlank = (cells: RowCells): boolean => cells.count === 1 && cells.from[0] === cells.to[0] && !cells.open;
