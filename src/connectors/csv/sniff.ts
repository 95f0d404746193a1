/** How a text file is laid out: delimiter, quote, line ends, and whether its first row names the columns. */

import { dateStyleOf } from '#engine/values/dates.ts';
import { RecordSplitter, type RecordShape } from './records.ts';

const delimiters = [',', ';', '\t', '|'] as const;
const sniffedRows = 100;

export interface Layout extends RecordShape {
  readonly hasHeader: boolean;
  /** Excel's own first line `sep=;` was found and is to be passed over. */
  readonly hasSeparatorLine: boolean;
}

/** @param start the decoded start of the file; `whole` when it is all of it */
export function sniffLayout(start: string, whole: boolean): Layout {
  const newline = !start.includes('\n') && start.includes('\r') ? '\r' : '\n';
  const stated = /^sep=(.)\r?(?:\n|\r|$)/i.exec(start)?.[1];
  const text = stated === undefined ? start : start.slice(start.search(/[\r\n]/) + 1).replace(/^\n/, '');
  const delimiter = stated ?? likeliestDelimiter(text, newline, whole);
  const shape = { delimiter, quote: quoteOf(text, delimiter), newline } as const;
  const rows = firstRows(text, shape, whole);
  return { ...shape, hasHeader: looksLikeHeader(rows), hasSeparatorLine: stated !== undefined };
}

/** The one that cuts the most rows into the same number of cells; of equals, the one that gives more cells. */
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
  return best.delimiter;
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

const looksLikeValue = (cell: string): boolean =>
  /^[-+]?\d[\d.,]*$/.test(cell) ||
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(cell) ||
  /^https?:/.test(cell) ||
  dateStyleOf(cell) !== null ||
  /^\d{4}-\d\d-\d\d/.test(cell);

/** A first row of names: no numbers, dates, addresses, hardly a blank. A file of one row is taken for its header. */
export function looksLikeHeader(rows: readonly (readonly string[])[]): boolean {
  const first = (rows[0] ?? []).map((cell) => cell.trim());
  if (first.some(looksLikeValue)) return false;
  const named = first.filter((cell) => cell !== '');
  return named.length > 0 && named.length >= first.length / 2;
}

/** The header's names: trimmed, NFC, each once. What was done to them is told. */
export function nameColumns(cells: readonly string[], hasHeader: boolean): { header: string[]; notes: string[] } {
  if (!hasHeader)
    return {
      header: cells.map((_, at) => `Column ${at + 1}`),
      notes: ['the first row holds values, so the columns have numbers for names'],
    };
  const notes: string[] = [];
  const seen = new Map<string, number>();
  const header = cells.map((cell, at) => {
    const name =
      cell
        .replace(/^\ufeff/, '')
        .replaceAll('\0', '')
        .replace(/\s+/g, ' ')
        .trim()
        .normalize('NFC') || `Column ${at + 1}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    if (times === 1) return name;
    notes.push(`the column “${name}” stands more than once; the one at place ${at + 1} is called “${name} (${times})”`);
    return `${name} (${times})`;
  });
  return { header, notes };
}
