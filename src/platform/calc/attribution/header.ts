/** The first row of a file: which column is what. */

import { makeRowCells, splitRow } from '#engine/attribution/read-cells.ts';
import { wrongCall } from './problems.ts';
import { openSource, type Source } from './source.ts';
import { textOf } from './text.ts';

export interface Layout {
  /** Where the first row after the header begins. */
  readonly firstRow: number;
  /** The role of each column. */
  readonly roles: Uint8Array;
  readonly columnNames: readonly string[];
}

/** A column to look for. */
export interface WantedColumn {
  readonly name: string;
  readonly role: number;
  readonly optional?: boolean;
}

const longestHeader = 1 << 20;

/**
 * Finds the columns by their names, in any order and case, among others.
 * @throws Problem that says what is there and what is wanted
 */
export function readLayout(source: Source, wanted: readonly WantedColumn[]): Layout {
  const { bytes, begin, end, last } = readBegin(source);
  const cells = makeRowCells();
  const next = splitRow(bytes, begin, end, cells);
  if (cells.open || (next > end && !last))
    throw wrongCall(source.path, 'the first line doesn’t end within a megabyte; give a header line such as ' + asHeader(wanted));
  const found = Array.from({ length: Math.min(cells.count, cells.from.length) }, (_, at) =>
    textOf(bytes.subarray(cells.from[at], cells.to[at])),
  );
  const roles = new Uint8Array(found.length);
  const names = found.map((name) => name.toLowerCase());
  const missing = wanted.filter(({ name, role, optional }) => {
    const at = names.indexOf(name);
    if (at >= 0) roles[at] = role;
    return at < 0 && !optional;
  });
  if (missing.length > 0) throw wrongCall(source.path, whatIsMissing(found, missing, wanted));
  return { firstRow: Math.min(next, source.size), roles, columnNames: found };
}

function readBegin(source: Source): { bytes: Uint8Array; begin: number; end: number; last: boolean } {
  const bytes = new Uint8Array(Math.min(source.size, longestHeader) + 8);
  const opened = openSource(source);
  const end = opened.read(0, bytes.subarray(0, bytes.length - 8));
  opened.close();
  bytes[end] = 10;
  const mark = textEncodingOf(bytes);
  if (mark !== null) throw wrongCall(source.path, `is written in ${mark}; save it as UTF-8`);
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  return { bytes, begin, end, last: end === source.size };
}

/** An encoding whose bytes can't be read one by one, by its mark or by its zeros. */
function textEncodingOf(bytes: Uint8Array): string | null {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'UTF-16';
  return bytes.subarray(0, bytes.indexOf(10)).includes(0) ? 'UTF-16 or another form that isn’t text' : null;
}

function whatIsMissing(found: readonly string[], missing: readonly WantedColumn[], wanted: readonly WantedColumn[]): string {
  const isEmpty = found.length === 1 && found[0] === '';
  const names = missing.map(({ name }) => `“${name}”`).join(' and ');
  const there = isEmpty ? 'the first line is empty' : `its columns are ${found.map((name) => `“${name}”`).join(', ')}`;
  return `${missing.length === 1 ? 'column' : 'columns'} ${names} missing: ${there}; give a header line such as ${asHeader(wanted)}`;
}

const asHeader = (wanted: readonly WantedColumn[]): string => wanted.map(({ name }) => name).join(',');
