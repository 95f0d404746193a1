/** Paths with their counts (`A > B > C`, conversions, value, nulls) straight from the bytes of a CSV file. */

import type { Journeys } from './journeys.ts';
import {
  amountWords,
  atPlaces,
  makeReadNumber,
  noValues,
  readNumber,
  scaleOf,
  seeValue,
  type ReadNumber,
  type Scale,
  type ValuesSeen,
} from './read-amount.ts';
import { isGap, makeRowCells, splitRow, type RowCells } from './read-cells.ts';
import { codeOfName, longestName, makeNameTable, makeSharedNames, mostNames, allNames, type NameTable } from './read-channels.ts';
import { findMissing, isBlank, noProblems, noteProblem, type Refused, type RowProblems } from './read-problems.ts';
import type { Block } from './read-records.ts';

/** What a column of paths holds. */
export const pathRole = { other: 0, path: 1, conversions: 2, value: 3, nulls: 4 } as const;

/** Reads a file of paths block by block. */
export interface PathReader {
  readonly roles: Uint8Array;
  readonly columnNames: readonly string[];
  readonly names: NameTable;
  readonly problems: RowProblems;
  readonly cells: RowCells;
  readonly number: ReadNumber;
  readonly values: ValuesSeen;
  /** Of the row that is read. */
  readonly row: { conversions: number; units: number; decimals: number; nulls: number };
  readonly ends: number[];
  readonly codes: number[];
  readonly conversions: number[];
  readonly units: number[];
  readonly decimals: number[];
  readonly nulls: number[];
}

export const makePathReader = (roles: Uint8Array, columnNames: readonly string[]): PathReader => ({
  roles,
  columnNames,
  names: makeNameTable(makeSharedNames()),
  problems: noProblems(),
  cells: makeRowCells(),
  number: makeReadNumber(),
  values: noValues(),
  row: { conversions: 0, units: 0, decimals: 0, nulls: 0 },
  ...{ ends: [], codes: [], conversions: [], units: [], decimals: [], nulls: [] },
});

/** @returns where the row begins that follows the last one read; −1 where the block ends inside the first row */
export function readPaths(reader: PathReader, block: Block): number {
  let at = block.from;
  while (at < block.until) {
    const next = splitRow(block.bytes, at, block.end, reader.cells);
    if (next > block.end && !block.last) return at === block.from ? -1 : at;
    if (!isBlank(reader.cells)) readPathRow(reader, block, at);
    at = next;
  }
  return at;
}

function readPathRow(reader: PathReader, { bytes, view, base }: Block, at: number): void {
  const { roles, cells, codes, ends, row } = reader;
  const steps = codes.length;
  let isGood = true;
  row.nulls = 0;
  for (let index = 0; index < roles.length; index++) {
    if (roles[index] === pathRole.other) continue;
    const refused = findMissing(cells, index, roles.length) ?? readPathCell(reader, bytes, view, base, index);
    if (!refused) continue;
    isGood = false;
    noteProblem(reader.problems, { at: base + at, bytes, cells }, { index, name: reader.columnNames[index] as string }, refused);
  }
  if (!isGood) {
    codes.length = steps;
    return;
  }
  ends.push(codes.length);
  reader.conversions.push(row.conversions);
  reader.units.push(row.units);
  reader.decimals.push(row.decimals);
  reader.nulls.push(row.nulls);
}

function readPathCell(reader: PathReader, bytes: Uint8Array, view: DataView, base: number, index: number): Refused | null {
  const { cells, roles, number, row } = reader;
  const from = cells.from[index] as number;
  const to = cells.to[index] as number;
  const role = roles[index];
  if (role === pathRole.path) return readSteps(reader, bytes, view, from, to, base);
  const isNumber = readNumber(bytes, from, to, number);
  if (role === pathRole.value) {
    if (!isNumber) return { give: amountWords };
    row.units = number.units;
    row.decimals = number.decimals;
    seeValue(reader.values, number);
    return null;
  }
  const count = atPlaces(number.units, number.decimals, 0);
  if (!isNumber || count * 10 ** number.decimals !== number.units || number.rounded) return { give: 'a whole number from 0' };
  if (role === pathRole.conversions) row.conversions = count;
  else row.nulls = count;
  return null;
}

/** The channels between `>`; an empty cell is a path without any. */
function readSteps(reader: PathReader, bytes: Uint8Array, view: DataView, from: number, to: number, base: number): Refused | null {
  if (from === to) return null;
  for (let begin = from; begin <= to; ) {
    let end = begin;
    while (end < to && bytes[end] !== 62) end++;
    let first = begin;
    let last = end;
    while (first < last && isGap(bytes[first])) first++;
    while (last > first && isGap(bytes[last - 1])) last--;
    if (first === last) return { wrong: 'has a step without a channel', give: 'a path such as alpha > beta' };
    if (last - first > longestName) return { wrong: `has a channel of ${last - first} bytes`, give: `names of at most ${longestName}` };
    const code = codeOfName(reader.names, view, first, last, base + first);
    if (code < 0) return { wrong: `comes after ${mostNames} other channels`, give: 'at most as many' };
    reader.codes.push(code);
    begin = end + 1;
  }
  return null;
}

/** What was read: values in whole units of `10^-scale.places`. */
export interface ReadJourneys {
  readonly journeys: Journeys;
  /** Names of the channels by code, in the order of the file, in its encoding. */
  readonly names: readonly Uint8Array[];
  readonly scale: Scale;
}

/** All rows as journeys, in the order of the file. */
export function journeysOfPaths({ ends, codes, conversions, units, decimals, nulls, names, values }: PathReader): ReadJourneys {
  const { names: ordered, placeOf } = allNames(names.shared);
  const scale = scaleOf(values);
  const starts = new Uint32Array(ends.length + 1);
  starts.set(ends, 1);
  const journeys: Journeys = {
    count: ends.length,
    starts,
    channels: Uint16Array.from(codes, (code) => placeOf[code] as number),
    channelCount: ordered.length,
    conversions: Float64Array.from(conversions),
    values: Float64Array.from(units, (each, row) => atPlaces(each, decimals[row] as number, scale.places)),
    nulls: Float64Array.from(nulls),
    ...{ times: null, milestones: null },
  };
  return { journeys, names: ordered, scale };
}
