/** Lines above a table: a report's title, when it was made, the days it covers. */

import { readDay } from '#engine/values/dates.ts';
import { Refused } from '#engine/values/outcome.ts';
import { zoneNamed } from '#engine/values/zone.ts';
import { looksLikeHeader } from './csv/header.ts';

/** Reports put fewer above their tables; searching further would only find tables in tables. */
const mostLines = 20;
/** A table narrower than this can't be told from a list with a heading. */
const leastColumns = 3;
const fewest = 0.5;

const filled = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length;

/**
 * How many rows stand above the row of names; 0 for nearly every file. They begin with a lone cell, and below the row
 * of names most rows are as long as it is.
 */
export function rowsAbove(rows: readonly (readonly string[])[]): number {
  if (rows[0] === undefined || filled(rows[0]) > 1) return 0;
  for (let at = 1; at < Math.min(mostLines, rows.length - 1); at++) {
    const names = rows[at] ?? [];
    if (names.length < leastColumns || filled(names) < names.length || !looksLikeHeader([names])) continue;
    const body = rows.slice(at + 1);
    const isTable = body.filter((row) => row.length === names.length).length >= body.length * fewest;
    if (isTable && rows.slice(0, at).every((row) => filled(row) < names.length * fewest)) return at;
  }
  return 0;
}

/** What the lines above say of the days covered, as columns that every row shares; none where they say nothing. */
export interface Covered {
  readonly names: readonly string[];
  readonly cells: readonly string[];
}
export const coverage = { start: 'Report start', end: 'Report end' } as const;

export function coveredBy(above: readonly (readonly string[])[], header: readonly string[]): Covered | null {
  const days = above.flatMap((row) => daysIn(row.filter((cell) => cell.trim() !== '').join(', ')));
  const [start, end = start] = days;
  const isTaken = header.some((name) => name === coverage.start || name === coverage.end);
  if (start === undefined || end === undefined || end < start || days.length > 2 || isTaken) return null;
  return { names: Object.values(coverage), cells: [start, end] };
}

/** A row's cells with those that every row shares. */
export const withCovered = (cells: string[], length: number, covered: Covered | null): string[] =>
  covered === null
    ? cells
    : [...cells.slice(0, length), ...Array.from({ length: Math.max(0, length - cells.length) }, () => ''), ...covered.cells];

const written = [
  /\d{4}-\d{1,2}-\d{1,2}/,
  /\p{L}{3,9}\.? \d{1,2}, \d{4}/u,
  /\d{1,2}\.? \p{L}{3,9}\.? \d{4}/u,
  /\d{1,2}\.\d{1,2}\.\d{4}/,
  /\d{1,2}\/\d{1,2}\/\d{4}/,
] as const;
const anyDay = new RegExp(written.map(({ source }) => source).join('|'), 'gu');
/** When a report was made is no day that it covers. */
const isOfTheMaking = /generated|created|exported|downloaded|erstellt/i;

function daysIn(line: string): string[] {
  if (isOfTheMaking.test(line)) return [];
  // With slashes the month stands first, as LinkedIn writes it; a range that can’t be meant so is left unread.
  const reading = { style: line.includes('/') ? ('mdy' as const) : null, zone: zoneNamed('UTC') };
  return [...line.matchAll(anyDay)]
    .map(([text]) => readDay(text.replace(/^(\d{1,2})\. /, '$1 '), reading))
    .filter((day): day is string => !(day instanceof Refused));
}

/** In words, for the notes of a table. */
export function aboveInWords(above: readonly (readonly string[])[]): string {
  const lines = above.map((row) => row.filter((cell) => cell.trim() !== '').join(' ')).filter((line) => line !== '');
  const more = lines.length > 3 ? ` and ${lines.length - 3} more` : '';
  return `passed over above the names of the columns: ${lines
    .slice(0, 3)
    .map((line) => `“${line.slice(0, 80)}”`)
    .join(', ')}${more}`;
}
