/** What the first rows show of each column: how full it is, how its dates and numbers are written. */

import type { ColumnProfile, DateStyle } from '#features/intake/contract.ts';
import { dateStyleOf } from '#engine/values/dates.ts';
import { decimalSignOf } from '#engine/values/number.ts';

export function profileColumns(header: readonly string[], rows: readonly (readonly string[])[]): ColumnProfile[] {
  return header.map((name, at) =>
    profileColumn(
      name,
      rows.map((row) => (row[at] ?? '').trim()),
    ),
  );
}

function profileColumn(name: string, cells: readonly string[]): ColumnProfile {
  const filled = cells.filter((cell) => cell !== '');
  const examples = [...new Set(filled)].slice(0, 5).map((cell) => cell.slice(0, 200));
  return {
    name,
    filled: filled.length,
    blank: cells.length - filled.length,
    examples,
    dateStyle: dateStyleOfColumn(name, filled),
    decimal: decimalOfColumn(filled),
  };
}

/** The style all dates of a column fit; a single 27/03 settles the column. Null unless nearly all cells are dates. */
function dateStyleOfColumn(name: string, cells: readonly string[]): DateStyle | 'ambiguous' | null {
  if (cells.length === 0) return null;
  const styles = cells.map(dateStyleOf);
  const told = styles.filter((style) => style !== null);
  if (told.length < cells.length * 0.8) return looksLikeSerials(name, cells) ? 'excel' : null;
  const kinds = new Set(told);
  if (kinds.has('dmy') && kinds.has('mdy')) return 'ambiguous';
  return (['dmy', 'mdy', 'ambiguous', 'epoch-ms', 'iso'] as const).find((kind) => kinds.has(kind)) ?? null;
}

/** Whole or broken numbers of days between 1982 and 2064, in a column that is called a date. */
const looksLikeSerials = (name: string, cells: readonly string[]): boolean =>
  /date|datum|fecha|data\b|created|closed|_at$|\bon$/i.test(name) && cells.every((cell) => /^[3-5]\d{4}(\.\d+)?$/.test(cell));

const numeric = /^\(?[-+]?(?:[€$£]\s?)?\d[\d.,]*\)?(?:\s?(?:[€$£%]|[A-Z]{3}))?$/;

/** The one sign the numbers show; null when they show none, or both. */
function decimalOfColumn(cells: readonly string[]): '.' | ',' | null {
  const numbers = cells.filter((cell) => numeric.test(cell));
  if (numbers.length < cells.length * 0.8) return null;
  const signs = new Set(numbers.map((cell) => decimalSignOf(cell.replace(/[^\d.,]/g, ''))));
  const [dot, comma] = [signs.has('.'), signs.has(',')];
  return dot === comma ? null : dot ? '.' : ',';
}

/** The sign most columns show; null when none does. */
export function decimalOfTable(columns: readonly ColumnProfile[]): '.' | ',' | null {
  const dots = columns.filter((column) => column.decimal === '.').length;
  const commas = columns.filter((column) => column.decimal === ',').length;
  return dots === commas ? null : dots > commas ? '.' : ',';
}
