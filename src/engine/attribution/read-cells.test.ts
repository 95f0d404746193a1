import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { makeRowCells, splitRow } from './read-cells.ts';

/** All rows of a text, cell by cell. */
function rowsOf(text: string): string[][] {
  const bytes = Buffer.from(`${text}\n        `);
  const end = Buffer.byteLength(text);
  const cells = makeRowCells();
  const rows: string[][] = [];
  for (let at = 0; at < end; ) {
    at = splitRow(bytes, at, end, cells);
    rows.push(Array.from({ length: cells.count }, (_, cell) => bytes.toString('utf8', cells.from[cell], cells.to[cell])));
  }
  return rows;
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '"', ',', '\n', '\r', ' ', '\t', '-', '0'), maxLength: 6 });

test('rows are split as another reader splits them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (rows, newline, ends) => {
        const text = Papa.unparse(rows, { newline, quotes: (value: string) => /^[\s"]|[\s"]$/.test(value) }) + (ends ? newline : '');
        assert.deepEqual(rowsOf(text), rows);
        assert.deepEqual(rowsOf(text), (Papa.parse(text, { newline, delimiter: ',' }).data as string[][]).slice(0, rows.length));
      },
    ),
    { numRuns: 2000 },
  );
});

test('blanks around cells say nothing, quotes inside cells are characters', () => {
  assert.deepEqual(rowsOf(' a ,\tb\t, "c d" ,5" pipe,""\n'), [['a', 'b', 'c d', '5" pipe', '']]);
  assert.deepEqual(rowsOf('a,"b""c"x,d\r\n\r\ne'), [['a', 'b"c', 'd'], [''], ['e']]);
  assert.deepEqual(rowsOf('a\rb,c\r\nd'), [['a\rb', 'c'], ['d']]);
});

test('a quote that is never closed takes the rest and is told of', () => {
  const bytes = Buffer.from('a,"b\nc,d\n\n        ');
  const cells = makeRowCells();
  const next = splitRow(bytes, 0, 9, cells);
  assert.deepEqual([next, cells.open, cells.count], [10, true, 2]);
});
