/** Turns the readings and conditions of a mapping into functions on a row's cells. */

import type { Condition, Reading } from '#features/intake/contract.ts';
import { domainKey } from '#engine/identity/keys.ts';
import { unneutralised } from '#engine/csv/write.ts';
import type { DateReading } from '#engine/values/dates.ts';
import { readLastDay } from '#engine/values/lastDay.ts';
import { Refused } from '#engine/values/outcome.ts';
import { readText } from '#engine/values/text.ts';

export type Cells = readonly string[];
/** Text of a row for one target; null is "not stated". */
export type TextReader = (cells: Cells) => string | null | Refused;
export type RowTest = (cells: Cells) => boolean;

/** Finds a column's place and remembers those that aren't there. */
export type ColumnFinder = (name: string) => number;

export function compileCondition(condition: Condition, find: ColumnFinder): RowTest {
  if ('all' in condition) {
    const tests = condition.all.map((part) => compileCondition(part, find));
    return (cells) => tests.every((test) => test(cells));
  }
  if ('any' in condition) {
    const tests = condition.any.map((part) => compileCondition(part, find));
    return (cells) => tests.some((test) => test(cells));
  }
  return compileTest(condition, find(condition.column));
}

type CellTest = Exclude<Condition, { all: Condition[] } | { any: Condition[] }>;

function compileTest(test: CellTest, at: number): RowTest {
  const among = wordSet(test.in);
  const notAmong = wordSet(test.notIn);
  const starts = wordList(test.startsWith);
  const contains = wordList(test.contains);
  return (cells) => {
    const text = (cells[at] ?? '').trim().toLowerCase();
    if (test.blank !== undefined && test.blank !== (text === '')) return false;
    if (test.isTrue !== undefined && test.isTrue !== trueWords.has(text)) return false;
    if (among && !among.has(text)) return false;
    if (notAmong?.has(text)) return false;
    if (starts && !starts.some((start) => text.startsWith(start))) return false;
    return !contains || contains.some((part) => text.includes(part));
  };
}

const trueWords = new Set(['1', 'true', 'yes', 'y', 't', 'ja', 'wahr']);
const wordList = (words: string | string[] | undefined) => (words === undefined ? null : [words].flat().map((word) => word.toLowerCase()));
const wordSet = (words: string | string[] | undefined) =>
  words === undefined ? null : new Set([words].flat().map((word) => word.trim().toLowerCase()));

/**
 * Text as the mapping says: from a constant, a column or several, then blank words, first part, values, format, last
 * day, length, prefix.
 * @param dates how the days of the column are written; asked only where the reading makes days of them
 */
export function compileReading(reading: Reading, find: ColumnFinder, dates: () => DateReading): TextReader {
  const steps = stepsOf(reading, dates);
  const from = sourceOf(reading, find);
  const when = reading.when === undefined ? null : compileCondition(reading.when, find);
  if (steps.length === 0 && when === null) return from;
  return (cells) => {
    if (when !== null && !when(cells)) return null;
    let text = from(cells);
    for (const step of steps) {
      if (text === null || text instanceof Refused) return text;
      text = step(text);
    }
    return text;
  };
}

function sourceOf(reading: Reading, find: ColumnFinder): TextReader {
  if (reading.constant !== undefined) {
    const constant = readText(reading.constant);
    return () => constant;
  }
  if (reading.join !== undefined) return joined(reading.join.map(find), reading.separator ?? ' ');
  const at = find(reading.column ?? '');
  return (cells) => cellText(cells[at] ?? '');
}

/** An apostrophe that our own exports put before a formula is taken away again. */
const cellText = (cell: string): string | null | Refused => readText(cell.charCodeAt(0) === 39 ? unneutralised(cell) : cell);

function joined(places: readonly number[], separator: string): TextReader {
  return (cells) => {
    const parts: string[] = [];
    for (const at of places) {
      const text = cellText(cells[at] ?? '');
      if (text instanceof Refused) return text;
      if (text !== null) parts.push(text);
    }
    return parts.length === 0 ? null : parts.join(separator);
  };
}

type Step = (text: string) => string | null | Refused;

function stepsOf(reading: Reading, dates: () => DateReading): Step[] {
  const { splitFirst, blankWhen, values, otherwise, format, lastDayOf, prefix, trimTo } = reading;
  const steps: Step[] = [];
  if (splitFirst !== undefined) steps.push((text) => firstPart(text, [splitFirst].flat()));
  if (blankWhen !== undefined) {
    const blanks = new Set(blankWhen.map((word) => word.trim().toLowerCase()));
    steps.push((text) => (blanks.has(text.toLowerCase()) ? null : text));
  }
  if (values !== undefined) {
    const table = new Map(Object.entries(values).map(([from, to]) => [from.trim().toLowerCase(), to]));
    steps.push((text) => table.get(text.toLowerCase()) ?? (otherwise === undefined ? text : otherwise));
  }
  if (format === 'salesforceId') steps.push(readSalesforceId);
  if (format === 'domain') steps.push((text) => domainKey(text));
  if (lastDayOf !== undefined) {
    const written = dates();
    steps.push((text) => readLastDay(text, lastDayOf, written));
  }
  if (trimTo !== undefined)
    steps.push((text) =>
      text
        .slice(0, trimTo)
        .toWellFormed()
        .replace(/\ufffd$/, ''),
    );
  if (prefix !== undefined) steps.push((text) => prefix + text);

  return steps;
}

function firstPart(text: string, separators: readonly string[]): string | null {
  const parts = separators.reduce((pieces, separator) => pieces.flatMap((piece) => piece.split(separator)), [text]);
  return parts.map((part) => part.trim()).find((part) => part !== '') ?? null;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** 18 characters from 15, anything else as it is: each of the last three tells which of five letters are capitals (Salesforce's own scheme). */
function readSalesforceId(text: string): string | null {
  if (/^0{15}(AAA)?$/.test(text)) return null;
  if (!/^[A-Za-z0-9]{15}$/.test(text)) return text;
  let suffix = '';
  for (let group = 0; group < 3; group++) {
    let bits = 0;
    for (let at = 0; at < 5; at++) if (/[A-Z]/.test(text.charAt(group * 5 + at))) bits |= 1 << at;
    suffix += alphabet.charAt(bits);
  }
  return text + suffix;
}
