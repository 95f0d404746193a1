/** Whether a table's first row names its columns, and what they are called. */

import { dateStyleOf } from '#engine/values/dates.ts';

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
