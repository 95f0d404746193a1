import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvLine, neutralised, unneutralised } from './write.ts';

test('a cell that a spreadsheet would run gets an apostrophe', () => {
  const dangerous = [
    '=1+1',
    '+cmd',
    '-cmd|x',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '  =1',
    '\u200b=1',
    '\ufeff=1',
    '＝1+1',
    '＋1a',
    '－x',
    '＠x',
    '\u00a0=1',
    '\u00ad=1',
    '=HYPERLINK("x")',
    '-1+1',
    '+1 234',
    '\0=1',
    '−x',
  ];
  for (const text of dangerous) assert.ok(neutralised(text).startsWith("'"), JSON.stringify(text));
});

test('plain numbers and plain text stay as they are', () => {
  for (const text of ['-12.50', '+4930901820', '12', '-1,234.5', 'Acme', "O'Neil", 'a=b', '', '-5%', '1e-5'])
    assert.equal(neutralised(text), text);
});

test('every text comes back as it was, and never starts a formula', () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...`=+-@'"\t\r\n,; ＝\u200b`), fc.string({ minLength: 1, maxLength: 2, unit: 'binary' })),
  });
  fc.assert(
    fc.property(text, (value) => {
      assert.equal(unneutralised(neutralised(value)), value);
      assert.ok(!/^\s*[=+@-]/.test(neutralised(value)) || /^[+-]?\d/.test(value));
    }),
    { numRuns: 2_000 },
  );
});

test('a written line reads back cell by cell', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 6 }), (cells) => {
      const [row] = Papa.parse<string[]>(csvLine(cells), { delimiter: ',', newline: '\r\n' }).data;
      assert.deepEqual((row ?? []).map(unneutralised), cells);
    }),
    { numRuns: 1_000 },
  );
});

test('null is blank, and a line of one blank cell is no empty line', () => {
  assert.equal(csvLine([null, 1, true, 12n]), ',1,true,12\r\n');
  assert.equal(csvLine(['']), '""\r\n');
});
