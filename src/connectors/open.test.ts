import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { openSources } from './open.ts';
import { scratchFile, workbookOf, zipOf } from './scratch.ts';
import type { RowProblem, SourceRow, SourceTable } from './tables.ts';

async function rowsOf(table: SourceTable): Promise<{ rows: SourceRow[]; problems: RowProblem[] }> {
  const rows: SourceRow[] = [];
  const problems: RowProblem[] = [];
  for await (const batch of table.readRows()) {
    rows.push(...batch.rows);
    problems.push(...batch.problems);
  }
  return { rows, problems };
}

async function openOne(path: string): Promise<SourceTable> {
  const [table, ...others] = await openSources([path]);
  assert.ok(table);
  assert.equal(others.length, 0);
  return table;
}

const german = 'Name;Stadt;Betrag\nMüller;Köln;1.234,56\nGroß;Düsseldorf;99,90\n';
const encodings: [string, Buffer][] = [
  ['UTF-8', Buffer.from(german)],
  ['UTF-8', Buffer.from(`\ufeff${german}`)],
  ['UTF-16LE', Buffer.from(`\ufeff${german}`, 'utf16le')],
  ['UTF-16LE', Buffer.from(german, 'utf16le')],
  ['UTF-16BE', Buffer.from(`\ufeff${german}`, 'utf16le').swap16()],
  ['UTF-16BE', Buffer.from(german, 'utf16le').swap16()],
  ['windows-1252', iconv.encode(german, 'windows-1252')],
];

for (const [at, [encoding, bytes]] of encodings.entries()) {
  test(`a file in ${encoding} is read (${at})`, async (context) => {
    const table = await openOne(await scratchFile(context, 'kunden.csv', bytes));
    assert.equal(table.encoding, encoding);
    assert.equal(table.delimiter, ';');
    assert.equal(table.decimal, ',');
    assert.deepEqual(table.header, ['Name', 'Stadt', 'Betrag']);
    assert.deepEqual(
      (await rowsOf(table)).rows.map((row) => row.cells[1]),
      ['Köln', 'Düsseldorf'],
    );
  });
}

test('an é in the last line of a Windows file is found', async (context) => {
  const bytes = iconv.encode(`a,b\n${'x,y\n'.repeat(100_000)}é,z\n`, 'windows-1252');
  const table = await openOne(await scratchFile(context, 'late.csv', bytes));
  assert.equal(table.encoding, 'windows-1252');
  assert.equal((await rowsOf(table)).rows.at(-1)?.cells[0], 'é');
});

test('Cyrillic and Japanese files of before Unicode are guessed', async (context) => {
  const russian = await openOne(
    await scratchFile(
      context,
      'ru.csv',
      iconv.encode(
        `имя,город\n${'Иван Менеджер по продажам,Москва\nМария Директор по маркетингу,Санкт-Петербург\n'.repeat(20)}`,
        'windows-1251',
      ),
    ),
  );
  assert.deepEqual(russian.header, ['имя', 'город']);
  const japanese = await openOne(
    await scratchFile(context, 'jp.csv', iconv.encode(`名前,都市\n${'田中さんです,東京都の会社\n'.repeat(20)}`, 'Shift_JIS')),
  );
  assert.deepEqual(japanese.header, ['名前', '都市']);
});

test('delimiters: comma, semicolon, tab, bar, and Excel’s own word', async (context) => {
  for (const [name, delimiter] of [
    ['a.csv', ','],
    ['b.csv', ';'],
    ['c.tsv', '\t'],
    ['d.txt', '|'],
  ] as const) {
    const text = ['id', 'name', 'note'].join(delimiter) + '\n' + ['1', 'Ann', '"a, b; c"'].join(delimiter) + '\n';
    assert.equal((await openOne(await scratchFile(context, name, text))).delimiter, delimiter);
  }
  const stated = await openOne(await scratchFile(context, 'e.csv', 'sep=;\r\na;b\r\n1,5;2\r\n'));
  assert.deepEqual([stated.delimiter, stated.header, (await rowsOf(stated)).rows[0]], [';', ['a', 'b'], { line: 3, cells: ['1,5', '2'] }]);
});

test('headers: named twice, blank, and missing', async (context) => {
  const twice = await openOne(await scratchFile(context, 'a.csv', 'Email,Email,,Name\na@b.de,c@d.de,x,Ann\n'));
  assert.deepEqual(twice.header, ['Email', 'Email (2)', 'Column 3', 'Name']);
  assert.match(twice.notes.join(), /“Email” stands more than once/);
  const none = await openOne(await scratchFile(context, 'b.csv', '1,ann@acme.com,2026-01-02\n2,bob@acme.com,2026-01-03\n'));
  assert.equal(none.hasHeader, false);
  assert.deepEqual((await rowsOf(none)).rows.length, 2);
});

test('date styles and decimal signs are told per column', async (context) => {
  const text =
    'iso,dmy,mdy,dots,both,stamp,ms,serial date,amount\n2026-01-02,31/01/2026,01/31/2026,31.01.2026,03/04/2026,2026-01-02 10:00:00,1774641600000,46108,"1.234,5"\n2026-01-03,01/02/2026,02/01/2026,01.02.2026,05/06/2026,2026-01-02 10:00:00,1774641600001,46109,"2,50"\n';
  const table = await openOne(await scratchFile(context, 'a.csv', text));
  assert.deepEqual(
    table.columns.map((column) => column.dateStyle),
    ['iso', 'dmy', 'mdy', 'dmy', 'ambiguous', 'iso', 'epoch-ms', 'excel', null],
  );
  assert.equal(table.columns.at(-1)?.decimal, ',');
});

test('NUL, broken bytes, ragged rows and blank lines: each told with its line, the rest goes on', async (context) => {
  const text = Buffer.concat([Buffer.from('a,b\n1,x\n2,n\0l\n3\n4,y,z\n5,ok,\n\n,,\n6,'), Buffer.from([0xe9]), Buffer.from('\n7,fine\n')]);
  // One bad byte in a file that is UTF-8 otherwise makes it no UTF-8; beyond the checked part it is told per row.
  const { rows, problems } = await rowsOf(await openOne(await scratchFile(context, 'a.csv', text)));
  assert.deepEqual(
    rows.map((row) => row.cells[0]),
    ['1', '5', '6', '7'],
  );
  assert.deepEqual(problems.map((problem) => problem.line).sort(), [3, 4, 5]);
  assert.match(problems.find((problem) => problem.line === 3)?.reason ?? '', /NUL/);
  assert.match(problems.find((problem) => problem.line === 4)?.reason ?? '', /has 1 cell where the header has 2/);
});

test('empty files, unknown files and missing files are refused in words; in folders they are skipped', async (context) => {
  await assert.rejects(openSources([await scratchFile(context, 'a.csv', '')]), /is empty/);
  await assert.rejects(openSources([await scratchFile(context, 'a.pdf', 'x')]), /is no table/);
  await assert.rejects(openSources(['/nowhere/a.csv']), /no such file/);
  const skipped: string[] = [];
  const zip = await scratchFile(context, 'a.zip', await zipOf({ 'readme.md': 'x', 'a.csv': 'a,b\n1,2\n', '__MACOSX/._a.csv': 'x' }));
  assert.equal((await openSources([zip], { onSkipped: (path) => skipped.push(path) })).length, 1);
  assert.equal(skipped.length, 1);
});

test('zips are read, once nested, and can be read again', async (context) => {
  const inner = await zipOf({ 'deals.csv': 'id,name\n1,x\n' });
  const path = await scratchFile(context, 'all.zip', await zipOf({ 'in/contacts.csv': 'id,email\n1,a@b.de\n', 'inner.zip': inner }));
  const tables = await openSources([path]);
  assert.deepEqual(
    tables.map((table) => table.name),
    ['contacts.csv', 'deals.csv'],
  );
  for (const table of tables) for (const _ of [1, 2]) assert.equal((await rowsOf(table)).rows.length, 1);
  const twice = await scratchFile(context, 'deep.zip', await zipOf({ 'outer.zip': await zipOf({ 'inner.zip': inner }) }));
  await assert.rejects(openSources([twice]), /zip inside a zip inside a zip/);
});

test('a zip bomb is refused within two seconds, before unpacking', async (context) => {
  const bomb = await zipOf({ 'a.csv': Buffer.alloc(60 << 20, 'a') });
  const path = await scratchFile(context, 'bomb.zip', bomb);
  const nested = await scratchFile(context, 'nested.zip', await zipOf({ 'bomb.zip': bomb }));
  const asWorkbook = await scratchFile(context, 'bomb.xlsx', bomb);
  const before = process.cpuUsage();
  for (const file of [path, nested, asWorkbook]) await assert.rejects(openSources([file]), /zip bomb/);
  // Processor time of this process, not the clock: the machine may be busy with other things.
  const { user, system } = process.cpuUsage(before);
  assert.ok((user + system) / 1_000 < 2_000, `${(user + system) / 1_000} ms`);
});

test('a zip whose directory lies about a size is refused while reading', async (context) => {
  const honest = await zipOf({ 'a.csv': `a,b\n${'1,2\n'.repeat(50_000)}` });
  const packed = deflateRawSync(Buffer.from(`a,b\n${'1,2\n'.repeat(50_000)}`));
  assert.ok(honest.length > packed.length / 2);
  const lying = Buffer.from(honest);
  lying.writeUInt32LE(100, lying.indexOf(Buffer.from('PK\x01\x02')) + 24);
  await assert.rejects(openSources([await scratchFile(context, 'lie.zip', lying)]), /can’t be read as a zip/);
});

test('a name that leads out of the archive is refused', async (context) => {
  const zip = await zipOf({ 'aa/evil.csv': 'a,b\n1,2\n' });
  const evil = Buffer.from(zip.toString('latin1').replaceAll('aa/evil.csv', '../evil.csv'), 'latin1');
  await assert.rejects(openSources([await scratchFile(context, 'evil.zip', evil)]), /leads out of the archive/);
});

test('lines above the table of a sheet are passed over; a range of days in them stands in every row', async (context) => {
  const rows = [
    ['Campaign report'],
    ['January 1, 2026 - January 31, 2026'],
    ['Campaign', 'Currency code', 'Cost', 'Impr.'],
    ['Brand', 'EUR', 12.5, 10],
    ['Total: Account', 'EUR', 12.5, 10],
    ['Odd', 'EUR', 1, 2, 'beyond'],
  ];
  const table = await openOne(await scratchFile(context, 'book.xlsx', await workbookOf(rows)));
  assert.deepEqual(table.header, ['Campaign', 'Currency code', 'Cost', 'Impr.', 'Report start', 'Report end']);
  const read = await rowsOf(table);
  assert.deepEqual(read.rows[0], { line: 4, cells: ['Brand', 'EUR', '12.5', '10', '2026-01-01', '2026-01-31'] });
  assert.deepEqual([read.rows.length, read.problems.map(({ line }) => line)], [2, [6]]);
});

test('a workbook’s sheets are tables; lost zeros are told; entities are refused', async (context) => {
  const rows = [
    ['Deal', 'Zip code', 'Amount'],
    ['Acme', 1099, 12.5],
    ['Beta', 80331, 0.1],
  ];
  const table = await openOne(await scratchFile(context, 'book.xlsx', await workbookOf(rows)));
  assert.deepEqual([table.name, table.header], ['book.xlsx/Deals', ['Deal', 'Zip code', 'Amount']]);
  assert.deepEqual((await rowsOf(table)).rows, [
    { line: 2, cells: ['Acme', '1099', '12.5'] },
    { line: 3, cells: ['Beta', '80331', '0.1'] },
  ]);
  assert.match(table.notes.join(), /leading zeros/);
  const entity = await workbookOf(rows, '<!DOCTYPE x [<!ENTITY a "b">]>');
  await assert.rejects(openSources([await scratchFile(context, 'evil.xlsx', entity)]), /document type or an entity/);
  await assert.rejects(openSources([await scratchFile(context, 'no.xlsx', 'not a zip')]), /can’t be read/);
});
