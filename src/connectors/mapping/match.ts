/** Which table a mapping means, and which column. */

import type { SourceTable } from '../tables.ts';

/**
 * Whether a file pattern means a table: without regard to case, `*` for anything, the ending may be left out.
 * A pattern that names the sheet alone also means `Workbook.xlsx/Sheet`.
 */
export function matchesTable(pattern: string, table: Pick<SourceTable, 'name'>): boolean {
  const expression = new RegExp(`^${pattern.split('*').map(escaped).join('.*')}$`, 'iu');
  const sheet = table.name.split('/').at(-1) ?? table.name;
  return [table.name, withoutEnding(table.name), sheet].some((name) => expression.test(name));
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** An error file, mended, is imported by the mapping of the file it came from. */
const withoutEnding = (name: string) => name.replace(/\.(csv|tsv|txt|tab|xlsx)$/i, '').replace(/\.errors$/i, '');

/** Place of a column by its name, without regard to case and surrounding space; -1 when the table has none. */
export function columnIndex(header: readonly string[], name: string): number {
  const exact = header.indexOf(name);
  if (exact >= 0) return exact;
  const wanted = name.trim().toLowerCase();
  return header.findIndex((column) => column.trim().toLowerCase() === wanted);
}
