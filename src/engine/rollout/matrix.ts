/** Small dense matrices, row by row. */

export type Matrix = readonly (readonly number[])[];

export const make = (rows: number, columns: number, of: (row: number, column: number) => number): number[][] =>
  Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (__, column) => of(row, column)));

export const transposed = (matrix: Matrix): number[][] => make(matrix[0]!.length, matrix.length, (row, column) => matrix[column]![row]!);

export function times(one: Matrix, other: Matrix): number[][] {
  const width = other[0]!.length;
  return one.map((row) => {
    const sums = new Array<number>(width).fill(0);
    row.forEach((value, at) => {
      if (value !== 0) for (let column = 0; column < width; column++) sums[column]! += value * other[at]![column]!;
    });
    return sums;
  });
}

export const applied = (matrix: Matrix, vector: readonly number[]): number[] => matrix.map((row) => dot(row, vector));

export const dot = (one: readonly number[], other: readonly number[]): number =>
  one.reduce((sum, value, at) => sum + value * other[at]!, 0);

/** Σ one[i][j] × other[j][i]: the trace of the product, without the product. */
export const traceOfProduct = (one: Matrix, other: Matrix): number =>
  one.reduce((sum, row, at) => sum + row.reduce((part, value, column) => part + value * other[column]![at]!, 0), 0);

/** By Gauss and Jordan with the greatest pivot. @returns null where there is none */
export function inverse(matrix: Matrix): number[][] | null {
  const size = matrix.length;
  const work = matrix.map((row, at) => [...row, ...make(1, size, (_, column) => (column === at ? 1 : 0))[0]!]);
  for (let column = 0; column < size; column++) {
    const pivot = greatestBelow(work, column);
    if (Math.abs(work[pivot]![column]!) < 1e-12) return null;
    [work[column], work[pivot]] = [work[pivot]!, work[column]!];
    const scale = work[column]![column]!;
    work[column] = work[column]!.map((value) => value / scale);
    for (let row = 0; row < size; row++) {
      const factor = work[row]![column]!;
      if (row !== column && factor !== 0) work[row] = work[row]!.map((value, at) => value - factor * work[column]![at]!);
    }
  }
  return work.map((row) => row.slice(size));
}

function greatestBelow(work: Matrix, column: number): number {
  let greatest = column;
  for (let row = column + 1; row < work.length; row++)
    if (Math.abs(work[row]![column]!) > Math.abs(work[greatest]![column]!)) greatest = row;
  return greatest;
}
