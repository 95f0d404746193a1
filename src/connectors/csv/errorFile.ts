/** The error file: rejected rows as they came, with their row number and what is wrong, ready to be mended and imported again. */

import { byteOrderMark, csvLine } from '#engine/csv/write.ts';

/** The two columns that an error file adds. An import passes them over. */
export const errorColumns = ['Row', 'What is wrong'] as const;

/** The header line of the error file of one table. */
export const errorFileHeader = (header: readonly string[]): string => byteOrderMark + csvLine([...header, ...errorColumns]);

/** One rejected row. Rows of the wrong length are filled, and what goes beyond the last column is joined to it. */
export function errorFileLine(columns: number, cells: readonly string[], line: number, reason: string): string {
  const kept = Array.from({ length: columns }, (_, at) => cells[at] ?? '');
  if (cells.length > columns && columns > 0) kept[columns - 1] = cells.slice(columns - 1).join(',');
  return csvLine([...kept, String(line), reason]);
}
