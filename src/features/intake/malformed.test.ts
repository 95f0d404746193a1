/** Files as they are met, through upload, import, error file and mended import. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import Papa from 'papaparse';
import { compileMapping } from '#connectors/mapping/compile.ts';
import { openSources } from '#connectors/open.ts';
import { Problem } from '#platform/errors.ts';
import { csv, openCompanies, type Company, type Files, type Uploaded } from '#tests/reliability/company.ts';
import { reasonsByTable, rejectedRows } from './actions/import-files.ts';
import { withStoredFiles } from './actions/stored-files.ts';
import type { MappingInput } from './contract.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());
beforeEach(async () => {
  company = await companies.make();
});

const mapping: MappingInput = {
  version: 1,
  name: 'contacts',
  source: 'crm',
  tables: [{ match: '*', kind: 'contact', key: ['ID'], fields: { fullName: 'Name', city: 'City', openedAt: 'Created' } }],
};
const header = ['ID', 'Name', 'City', 'Created'];
const good = [
  ['1', 'Ada Lovelace', 'London', '2026-01-02'],
  ['2', 'Grace Hopper', 'New York', '2026-01-03'],
];
const names = async () =>
  (await company.rows<{ name: string }>('SELECT full_name AS name FROM contacts WHERE workspace_id = :ws ORDER BY full_name')).map(
    ({ name }) => name,
  );
const told = ({ problems }: Uploaded) =>
  problems.map(({ line, column, severity }) => `${severity} line ${line}${column ? ` ${column}` : ''}`);

/** What `GET /imports/:id/errors.csv` sends. */
async function errorFile(run: Uploaded): Promise<string> {
  return withStoredFiles(
    company.database,
    company.workspaceId,
    run.id,
    run.files.map(({ name }) => name),
    async (paths) => {
      const compiled = await compileMapping(run.mapping!, await openSources(paths), { timeZone: 'UTC', currency: 'EUR' });
      let text = '';
      for (const [table, reasons] of reasonsByTable(run.problems))
        for await (const line of rejectedRows(compiled, table, reasons)) text += line;
      return text;
    },
  );
}

/** The good rows go in, the bad one is told by line and reason, and mended in the error file it joins them as if it had always been right. */
async function mends(
  content: string | Buffer,
  expected: { told: string[]; reason: RegExp; rejected?: number },
  mend: (row: string[]) => string[],
): Promise<void> {
  const run = await company.upload({ 'contacts.csv': content }, { mapping });
  assert.equal(run.status, 'done', run.error ?? '');
  assert.deepEqual(told(run), expected.told);
  assert.match(run.problems[0]!.reason, expected.reason);
  assert.deepEqual(await names(), ['Ada Lovelace', 'Grace Hopper']);
  const { data } = Papa.parse<string[]>(await errorFile(run), { skipEmptyLines: true });
  const [columns, ...rows] = data as [string[], ...string[][]];
  assert.deepEqual(columns, [...header, 'Line', 'Reason']);
  assert.equal(rows.length, expected.rejected ?? 1);
  assert.deepEqual([`error line ${rows[0]![4]}`], [expected.told[0]!.split(' ').slice(0, 3).join(' ')]);
  const again = await company.upload({ 'contacts.errors.csv': Papa.unparse([columns, ...rows.map(mend)]) }, { mapping });
  assert.deepEqual([again.status, again.problems], ['done', []]);
  const clean = await companies.make();
  await clean.upload({ 'contacts.csv': csv(header, ...good, ['3', 'Mary Somerville', 'Jedburgh', '2026-02-28']) }, { mapping });
  assert.deepEqual(await company.state(), await clean.state());
  assert.deepEqual(await company.differences(), []);
}
const mary = (row: string[]) => ['3', 'Mary Somerville', 'Jedburgh', '2026-02-28', ...row.slice(4)];
const withRow = (row: string) => csv(header, good[0]!) + row + csv(good[1]!);

test('31/02 is no day', () =>
  mends(withRow('3,Mary Somerville,Jedburgh,31/02/2026\n'), { told: ['error line 3 Created'], reason: /31\/02\/2026/ }, mary));
test('a NUL byte can’t be kept', () =>
  mends(withRow('3,Mary\0Somerville,Jedburgh,2026-02-28\n'), { told: ['error line 3 Name'], reason: /NUL/ }, mary));
test('a row that is too short', () =>
  mends(withRow('3,Mary Somerville\n'), { told: ['error line 3'], reason: /has 2 cells where the header has 4/ }, mary));
test('a row that is too long', () =>
  mends(
    withRow('3,Mary Somerville,Jedburgh,2026-02-28,more\n'),
    { told: ['error line 3'], reason: /has 5 cells where the header has 4/ },
    mary,
  ));
test('a quote that is never closed costs its row and not the rest', () =>
  mends(withRow('3,"Mary Somerville,Jedburgh,2026-02-28\n'), { told: ['error line 3'], reason: /quote/ }, mary));
test('a blank key', () => mends(withRow(',Mary Somerville,Jedburgh,2026-02-28\n'), { told: ['error line 3 ID'], reason: /blank/ }, mary));
test('a cell of ten million characters', () =>
  mends(withRow(`3,${'x'.repeat(10_000_000)},Jedburgh,2026-02-28\n`), { told: ['error line 3 Name'], reason: /characters/ }, mary));

for (const [what, content] of Object.entries({
  'UTF-16 without a mark': Buffer.from(csv(header, ['1', 'Ødegård', 'Münster', '2026-01-02']), 'utf16le'),
  'windows-1252': Buffer.from(csv(header, ['1', 'Ødegård', 'Münster', '2026-01-02']), 'latin1'),
  'UTF-8 with a mark and semicolons': Buffer.from(`\ufeff${csv(header, ['1', 'Ødegård', 'Münster', '2026-01-02']).replaceAll(',', ';')}`),
})) {
  test(`${what} is read as it is meant`, async () => {
    const run = await company.upload({ 'contacts.csv': content }, { mapping });
    assert.deepEqual([run.status, run.problems], ['done', []]);
    assert.deepEqual(await company.rows('SELECT full_name, city FROM contacts WHERE workspace_id = :ws'), [
      { full_name: 'Ødegård', city: 'Münster' },
    ]);
  });
}

test('a header without rows imports nothing, and says so in numbers', async () => {
  const run = await company.upload({ 'contacts.csv': csv(header) }, { mapping });
  assert.deepEqual([run.status, run.result?.rows, await names()], ['done', 0, []]);
});

test('a column that stands twice is told apart, and nothing is lost', async () => {
  const run = await company.upload(
    { 'contacts.csv': csv(['ID', 'Name', 'City', 'City', 'Created'], ['1', 'Ada', 'London', 'Ockham', '2026-01-02']) },
    { mapping: { ...mapping, tables: [{ match: '*', kind: 'contact', key: ['ID'], fields: { fullName: 'Name', city: 'City (2)' } }] } },
  );
  assert.equal(run.status, 'done');
  assert.equal(await company.value('SELECT city FROM contacts WHERE workspace_id = :ws'), 'Ockham');
});

test('a formula is kept as the text it is, and the error file holds none that a spreadsheet runs', async () => {
  const formula = '=HYPERLINK("https://evil.example","Ada")';
  const run = await company.upload(
    {
      'contacts.csv': csv(
        header,
        ['1', formula, '@SUM(1)', '2026-01-02'],
        ['2', '+1-2', formula, '31/02/2026'],
        ['3', '-3', '', '31/02/2026'],
      ),
    },
    { mapping },
  );
  assert.deepEqual(await names(), [formula]);
  const text = await errorFile(run);
  const { data } = Papa.parse<string[]>(text, { skipEmptyLines: true });
  assert.deepEqual(
    data.slice(1).map((row) => row.slice(0, 3)),
    [
      ['2', `'+1-2`, `'${formula}`],
      ['3', '-3', ''],
    ],
  );
  await company.upload({ 'contacts.errors.csv': text.replaceAll('31/02/2026', '2026-02-28') }, { mapping });
  assert.deepEqual((await names()).sort(), ['+1-2', '-3', formula].sort(), 'and mended it comes back as it was');
});

test('half of an emoji and other letters that are no text end no import', async () => {
  const short: MappingInput = {
    ...mapping,
    tables: [
      {
        match: '*',
        kind: 'contact',
        key: ['ID'],
        fields: { fullName: { column: 'Name', trimTo: 3 }, city: 'City' },
        custom: { note: { column: 'City', trimTo: 2 } },
      },
    ],
  };
  const run = await company.upload({ 'contacts.csv': csv(header, ['1', 'Ab😀', 'x😀', ''], ['2', 'ok', 'fine', '']) }, { mapping: short });
  assert.equal(run.status, 'done', run.error ?? '');
  assert.equal((await names()).length, 2);
});

test('numbers, days and amounts beyond what can be kept come back with their reason', async () => {
  const deals: MappingInput = {
    version: 1,
    name: 'deals',
    source: 'crm',
    tables: [
      {
        match: '*',
        kind: 'deal',
        key: ['ID'],
        fields: {
          name: 'ID',
          status: { constant: 'open' },
          amount: 'Amount',
          probabilityPercent: 'Probability',
          openedAt: 'Opened',
          expectedCloseOn: 'Close',
        },
      },
    ],
  };
  const rows = [
    ['1', '1e309', '', '', ''],
    ['2', '99999999999999999999', '', '', ''],
    ['3', '', '1000', '', ''],
    ['4', '', 'NaN', '', ''],
    ['5', '', '', '999999-01-01', ''],
    ['6', '', '', '', '0000-00-00'],
    ['7', '', '', '2026-13-01T00:00:00Z', ''],
    ['8', '', '', '', '99999-01-01'],
    ['9', '12.50', '50', '2026-01-01T00:00:00Z', '2026-06-01'],
    ['10', '', '', 'infinity', ''],
    ['11', '', '', '', '-4713-01-01'],
  ];
  const run = await company.upload({ 'deals.csv': csv(['ID', 'Amount', 'Probability', 'Opened', 'Close'], ...rows) }, { mapping: deals });
  assert.equal(run.status, 'done', run.error ?? '');
  assert.deepEqual(
    (await company.rows<{ name: string }>('SELECT name FROM deals WHERE workspace_id = :ws')).map(({ name }) => name),
    ['9'],
  );
  assert.deepEqual(
    new Set(run.problems.filter(({ severity }) => severity === 'error').map(({ line }) => line)),
    new Set([2, 3, 4, 5, 6, 7, 8, 9, 11, 12]),
  );
  assert.ok(run.problems.every(({ reason }) => reason.length > 10 && !/undefined|NaN\b.*NaN|Error:/.test(reason)));
});

test('texts that try to be something else are kept as texts', async () => {
  const naughty = [
    `'; DROP TABLE leads; --`,
    '\\N',
    '\\.',
    'a\\tb',
    '$1',
    '${x}',
    '%s',
    '{"a":1}',
    'null',
    'undefined',
    '<script>alert(1)</script>',
    '\u202eabc',
    'İstanbul',
    'ﷺ',
    '\u001fx\u001f',
    '😀👩‍👩‍👧',
    'a\u0301',
    'x'.repeat(9_999),
  ];
  const run = await company.upload(
    { 'contacts.csv': csv(header, ...naughty.map((text, at) => [`id ${at} ${text.slice(0, 50)}`, text, text, ''])) },
    { mapping },
  );
  assert.deepEqual([run.status, run.problems.filter(({ severity }) => severity === 'error')], ['done', []]);
  assert.deepEqual(new Set(await names()), new Set(naughty.map((text) => text.normalize('NFC').trim())));
  assert.deepEqual(await company.differences(), []);
  const again = await company.upload(
    { 'contacts.csv': csv(header, ...naughty.map((text, at) => [`id ${at} ${text.slice(0, 50)}`, text, text, ''])) },
    { mapping },
  );
  assert.equal(again.result?.kinds.contact?.unchanged, naughty.length);
});

/** Refused as a whole: in words, before anything is kept. */
async function refused(files: Files, reason: RegExp): Promise<void> {
  const before = await company.state();
  await assert.rejects(
    company.upload(files),
    (error: unknown) =>
      error instanceof Problem &&
      error.code === 'unsupported-file' &&
      reason.test(error.message) &&
      !/\/tmp|accord-import/.test(error.message),
  );
  assert.deepEqual(await company.state(), before);
  assert.equal(await company.value('SELECT count(*) FROM import_runs WHERE workspace_id = :ws'), '0');
  assert.equal(await company.value('SELECT count(*) FROM import_file_parts WHERE workspace_id = :ws'), '0');
}

const png = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from(Array.from({ length: 2_000 }, (_, at) => (at * 7919) % 256)),
]);
test('an empty file', () => refused({ 'contacts.csv': '' }, /contacts\.csv: the file is empty/));
test('a picture that is named .csv', () => refused({ 'contacts.csv': png }, /contacts\.csv: is no text/));
test('a picture that is named .xlsx', () => refused({ 'contacts.xlsx': png }, /contacts\.xlsx: /));
test('an old workbook', () => refused({ 'contacts.xls': png }, /contacts\.xls: is an old Excel file/));
test('a document', () => refused({ 'contacts.pdf': '%PDF-1.4' }, /contacts\.pdf: is no table/));
test('a zip bomb, within two seconds', { timeout: 10_000 }, async () => {
  const began = process.cpuUsage();
  await refused({ 'files.zip': zipOf('contacts.csv', Buffer.alloc(200 << 20, 'a')) }, /zip bomb/);
  assert.ok(process.cpuUsage(began).user / 1_000 < 6_000);
});
test('a zip whose file says it is small', () =>
  refused({ 'files.zip': zipOf('contacts.csv', Buffer.alloc(200 << 20, 'a'), 1_000) }, /files\.zip.*(zip|bytes)/));

/** A zip of one deflated file, made by hand so that it may lie about its size. */
function zipOf(name: string, content: Buffer, stated = content.length): Buffer {
  const packed = deflateRawSync(content, { level: 9 });
  const part = (signature: number, more: (head: Buffer) => Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(signature);
    return Buffer.concat([head, more(head)]);
  };
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(packed.length, 14);
  common.writeUInt32LE(stated, 18);
  common.writeUInt16LE(name.length, 22);
  const local = part(0x04034b50, () => Buffer.concat([common, Buffer.from(name), packed]));
  const central = part(0x02014b50, () => Buffer.concat([Buffer.from([20, 0]), common, Buffer.alloc(14), Buffer.from(name)]));
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, part(0x06054b50, () => end)]);
}
