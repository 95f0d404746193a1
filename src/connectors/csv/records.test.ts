import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse as judge } from 'csv-parse/sync';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvLine, unneutralised } from '#engine/csv/write.ts';
import type { RowProblem, SourceRow } from '../tables.ts';
import { longestRecord, RecordSplitter, type RecordShape } from './records.ts';

const comma: RecordShape = { delimiter: ',', quote: '"', newline: '\n' };

function split(text: string, pieces = [text], shape = comma): { rows: SourceRow[]; problems: RowProblem[] } {
  const splitter = new RecordSplitter(shape);
  const rows: SourceRow[] = [];
  const problems: RowProblem[] = [];
  for (const [at, piece] of pieces.entries()) {
    const found = splitter.feed(piece, at === pieces.length - 1);
    rows.push(...found.rows);
    problems.push(...found.problems);
  }
  return { rows, problems };
}
const cellsOf = (text: string, pieces?: string[]) => split(text, pieces).rows.map((row) => row.cells);

const cell = fc.string({ unit: fc.constantFrom('a', 'B', 'ß', '€', '😀', ',', ';', '"', '\n', '\r', ' ', '7'), maxLength: 8 });
const quoted = (text: string) => (/[",\n\r]/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text);
const file = fc
  .array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  .map((rows) => rows.map((row) => row.map(quoted).join(',')));

test('a well-formed file gives the cells that csv-parse and papaparse give', () => {
  fc.assert(
    fc.property(file, fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, newline, ended) => {
      const text = lines.join(newline) + (ended ? newline : '');
      const ours = cellsOf(text);
      assert.deepEqual(ours, judge(text, { relax_column_count: true, record_delimiter: [newline] }));
      assert.deepEqual(ours, Papa.parse<string[]>(text, { delimiter: ',', newline, skipEmptyLines: false }).data.slice(0, ours.length));
    }),
    { numRuns: 3_000 },
  );
});

test('however a file is cut into pieces, the records are the same', () => {
  const anyText = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'b'), maxLength: 60 });
  fc.assert(
    fc.property(anyText, fc.array(fc.nat(60), { maxLength: 6 }), (text, cuts) => {
      const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
      const pieces = places.slice(1).map((to, at) => text.slice(places[at], to));
      assert.deepEqual(split(text, pieces), split(text));
    }),
    { numRuns: 5_000 },
  );
});

test('a record knows the physical line on which it begins', () => {
  const { rows } = split('a,b\n"x\ny",1\n\nc,"d"\r\n');
  assert.deepEqual(rows, [
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['x\ny', '1'] },
    { line: 5, cells: ['c', 'd'] },
  ]);
});

test('a quote inside a cell is a letter', () => {
  assert.deepEqual(cellsOf('5" pipe,x\nheight 6\',"ok"\n'), [
    ['5" pipe', 'x'],
    ["height 6'", 'ok'],
  ]);
});

test('text after a closing quote costs that row only', () => {
  const { rows, problems } = split('a,b\n"x"y,1\nc,d\n');
  assert.deepEqual(
    rows.map((row) => row.line),
    [1, 3],
  );
  assert.match(problems[0]?.reason ?? '', /goes on after its closing quote/);
  assert.equal(problems[0]?.line, 2);
});

test('an unclosed quote costs its line only, and the line is told', () => {
  const { rows, problems } = split('a,b\n1,"open\n2,c\n3,"d"\n'.replace('"d"', 'd'));
  assert.deepEqual(
    rows.map((row) => row.cells[0]),
    ['a', '2', '3'],
  );
  assert.match(problems[0]?.reason ?? '', /quote opened on line 2 is never closed/);
});

test('a file of unclosed quotes ends in reasonable time', () => {
  const before = process.cpuUsage();
  const { problems } = split(`a,b\n${'x,"y""\n'.repeat(200_000)}`);
  assert.ok(problems.length > 0);
  assert.ok(process.cpuUsage(before).user / 1_000 < 5_000);
});

test('a cell of ten million characters is one cell, in small pieces too', () => {
  const giant = 'x'.repeat(10_000_000);
  const text = `a,b\n1,"${giant}"\n2,c\n`;
  const pieces = text.match(/[^]{1,65536}/g) ?? [];
  const before = process.cpuUsage();
  const { rows } = split(text, pieces);
  assert.deepEqual(
    rows.map((row) => row.cells[1]?.length),
    [1, 10_000_000, 1],
  );
  assert.ok(process.cpuUsage(before).user / 1_000 < 3_000);
});

test('a record beyond the limit is refused and the rest goes on', () => {
  const pieces = ['a,b\n', '1,', ...Array.from({ length: 40 }, () => 'y'.repeat(1 << 20)), '\n2,c\n'];
  const { rows, problems } = split('', pieces);
  assert.deepEqual(
    rows.map((row) => row.cells),
    [
      ['a', 'b'],
      ['2', 'c'],
    ],
  );
  assert.match(problems[0]?.reason ?? '', new RegExp(`more than ${longestRecord >> 20} million`));
});

test('lines of our own writer come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ unit: fc.constantFrom('x', ',', '"', '\n', ' ') }), { minLength: 2, maxLength: 4 })),
      (rows) => {
        assert.deepEqual(
          cellsOf(rows.map((row) => csvLine(row)).join('')).map((cells) => cells.map(unneutralised)),
          rows,
        );
      },
    ),
  );
});

test('old files with \\r only', () => {
  assert.deepEqual(
    split('a,b\r1,"x"\r', undefined, { ...comma, newline: '\r' }).rows.map((row) => row.cells),
    [
      ['a', 'b'],
      ['1', 'x'],
    ],
  );
});
