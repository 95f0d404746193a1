/** How a text file is laid out: delimiter, quote, line ends, and whether its first row names the columns. */

import { rowsAbove } from '../preamble.ts';
import { looksLikeHeader } from './header.ts';
import { RecordSplitter, type RecordShape } from './records.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const sniffedRows = 100;

export interface Layout extends RecordShape {
  readonly hasHeader: boolean;
  /** Excel's own first line `sep=;` was found and is to be passed over. */
  readonly hasSeparatorLine: boolean;
  /** Rows above the one that names the columns, such as a report's title. */
  readonly rowsAbove: number;
}

/** @param start the decoded start of the file; `whole` when it is all of it */
export function sniffLayout(start: string, whole: boolean): Layout {
  const newline = !start.includes('\n') && start.includes('\r') ? '\r' : '\n';
  const stated = /^sep=(.)\r?(?:\n|\r|$)/i.exec(start)?.[1];
  const text = stated === undefined ? start : start.slice(start.search(/[\r\n]/) + 1).replace(/^\n/, '');
  const delimiter = stated ?? likeliestDelimiter(text, newline, whole);
  const shape = { delimiter, quote: quoteOf(text, delimiter), newline } as const;
  const rows = firstRows(text, shape, whole);
  const above = rowsAbove(rows);
  return { ...shape, hasHeader: looksLikeHeader(rows.slice(above)), hasSeparatorLine: stated !== undefined, rowsAbove: above };
}

/**
 * The one that cuts the most rows into the same number of cells; of equals, the one that gives more cells. A first line
 * that none of them cuts may be a title: then the one that shows a table below counts.
 */
function likeliestDelimiter(text: string, newline: '\n' | '\r', whole: boolean): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const rows = firstRows(text, { delimiter, quote: '"', newline }, whole);
    const cells = rows[0]?.length ?? 0;
    if (cells < 2) continue;
    const alike = rows.filter((row) => row.length === cells).length / rows.length;
    const score = alike ** 2 * Math.log2(cells + 1);
    if (score > best.score) best = { delimiter, score };
  }
  if (best.score > 0) return best.delimiter;
  return delimiters.find((delimiter) => rowsAbove(firstRows(text, { delimiter, quote: '"', newline }, whole)) > 0) ?? best.delimiter;
}

/** Single quotes only where every cell of the first row stands in them. */
function quoteOf(text: string, delimiter: string): string {
  const firstLine = text.slice(0, 10_000).split(/[\r\n]/)[0] ?? '';
  const cells = firstLine.split(delimiter);
  return cells.length > 1 && cells.every((cell) => /^'[^']*'$/.test(cell)) ? "'" : '"';
}

function firstRows(text: string, shape: RecordShape, whole: boolean): string[][] {
  const { rows } = new RecordSplitter(shape).feed(text, whole);
  return rows.slice(0, sniffedRows).map((row) => row.cells);
}
