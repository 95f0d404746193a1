import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MappingInput, ParsedRecord, Problem } from '#features/intake/contract.ts';
import { bufferSource } from '../bytes.ts';
import { openCsv } from '../csv/table.ts';
import { errorFileHeader, errorFileLine } from '../csv/errorFile.ts';
import type { SourceTable } from '../tables.ts';
import { checkMapping } from './check.ts';
import { compileMapping, MappingMisfit, type CompiledMapping, type RejectedRow } from './compile.ts';

const context = { timeZone: 'Europe/Berlin', currency: 'EUR' };
const csv = (name: string, text: string): Promise<SourceTable> => openCsv(bufferSource(name, name, Buffer.from(text)));

async function compiled(tables: SourceTable[], mapping: Omit<MappingInput, 'version' | 'name' | 'source'>): Promise<CompiledMapping> {
  const checked = checkMapping({ version: 1, name: 'Test', source: 'test', ...mapping });
  assert.ok(checked.ok, JSON.stringify(checked));
  return compileMapping(checked.mapping, tables, context);
}

async function readAll(mapping: CompiledMapping): Promise<{ records: ParsedRecord[]; problems: Problem[]; rejected: RejectedRow[] }> {
  const all = { records: [] as ParsedRecord[], problems: [] as Problem[], rejected: [] as RejectedRow[] };
  for (const table of mapping.tables) {
    for await (const batch of table.read()) {
      all.records.push(...batch.records);
      all.problems.push(...batch.problems);
      all.rejected.push(...batch.rejected);
    }
  }
  return all;
}

test('a row becomes a record with canonical values, references and own fields', async () => {
  const table = await csv(
    'deals.csv',
    'No,Customer,Deal,Value,Opened,State,Rep,Score,VIP,Fee\n7,Müller GmbH,Big one,"1.234,56",27.03.2026,GEWONNEN,sam@acme.com,"3,5",ja,"1,50"\n',
  );
  const { records, problems } = await readAll(
    await compiled([table], {
      decimal: ',',
      tables: [
        {
          match: 'deals',
          kind: 'deal',
          key: ['No'],
          fields: {
            name: 'Deal',
            amount: 'Value',
            openedAt: 'Opened',
            status: { column: 'State', values: { gewonnen: 'won' }, otherwise: 'open' },
          },
          references: { accountId: { column: 'Customer', by: 'name', missing: 'create' }, ownerId: { column: 'Rep', by: 'person' } },
          custom: {
            score: { column: 'Score', type: 'number' },
            vip: { column: 'VIP', type: 'boolean' },
            fee: { column: 'Fee', type: 'amount' },
          },
        },
      ],
    }),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(records, [
    {
      kind: 'deal',
      line: 2,
      externalId: '7',
      onlyUpdate: false,
      values: { name: 'Big one', amount: '123456', openedAt: '2026-03-26T23:00:00Z', status: 'won', currency: 'EUR' },
      refs: {
        accountId: { of: 'account', by: 'name', value: 'Müller GmbH', key: 'müller gmbh', missing: 'create' },
        ownerId: { of: 'member', by: 'email', value: 'sam@acme.com', key: 'sam@acme.com', missing: 'leave' },
      },
      custom: { score: 3.5, vip: true, fee: '150' },
    },
  ]);
});

test('blank is not stated, and “unknown” is a word', async () => {
  const table = await csv('leads.csv', 'id,origin\n1,unknown\n2,  \n3,n/a\n');
  const { records } = await readAll(
    await compiled([table], {
      tables: [{ match: '*', kind: 'lead', key: ['id'], fields: { origin: { column: 'origin', blankWhen: ['N/A'] } } }],
    }),
  );
  assert.deepEqual(
    records.map((record) => record.values.origin),
    ['unknown', null, null],
  );
});

test('what is wrong costs the row, in words, with line, column and value; the rest goes on', async () => {
  const long = 'x'.repeat(10_001);
  const table = await csv(
    'deals.csv',
    `id,name,amount,closed,status\n1,a,10,2026-02-31,won\n2,b,ten,2026-02-01,won\n,c,1,2026-02-01,won\n4,,1,2026-02-01,won\n5,${long},1,2026-02-01,won\n6,f,1e309,2026-02-01,won\n7,g,1,2026-02-01,wonn\n8,h,33.333,2026-02-01,won\n9,i,1,1969-01-01,won\n10,fine,1,2026-02-01,won\n`,
  );
  const { records, problems, rejected } = await readAll(
    await compiled([table], {
      decimal: '.',
      tables: [
        { match: 'deals', kind: 'deal', key: ['id'], fields: { name: 'name', amount: 'amount', closedAt: 'closed', status: 'status' } },
      ],
    }),
  );
  assert.deepEqual(
    records.map((record) => record.externalId),
    ['8', '10'],
  );
  assert.deepEqual(
    rejected.map((row) => row.line),
    [2, 3, 4, 5, 6, 7, 8, 10],
  );
  const said = problems.map((problem) => `${problem.line} ${problem.severity} ${problem.column}: ${problem.reason}`);
  for (const expected of [
    /2 error closed: “2026-02-31” doesn’t exist: February 2026 has 28 days/,
    /3 error amount: “ten” is not a number/,
    /4 error id: the key “id” is blank; every deal needs one/,
    /5 error name: a deal needs its Name/,
    /6 error name: is 10001 characters long/,
    /7 error amount: “1e309” is too large/,
    /8 error status: “wonn” is none of open, won, lost/,
    /9 warning amount: .*rounded/,
    /10 error closed: .*1970 to 2100/,
  ])
    assert.ok(
      said.some((line) => expected.test(line)),
      String(expected),
    );
  assert.ok(problems.every((problem) => (problem.value?.length ?? 0) <= 200));
});

test('the first source that gives a value counts, and conditions choose', async () => {
  const table = await csv('o.csv', 'id,won,closed,mobile,phone,stage\n1,1,1,,030 1,x\n2,,1,0171 2,030 1,y\n3,0,0,,,z\n');
  const { records } = await readAll(
    await compiled([table], {
      tables: [
        {
          match: '*',
          kind: 'deal',
          key: ['id'],
          fields: {
            name: [{ column: 'mobile' }, { column: 'phone' }, { constant: 'none' }],
            status: [
              { constant: 'won', when: { column: 'won', isTrue: true } },
              {
                constant: 'lost',
                when: {
                  all: [
                    { column: 'closed', isTrue: true },
                    { column: 'stage', notIn: ['z'] },
                  ],
                },
              },
              { constant: 'open' },
            ],
          },
        },
      ],
    }),
  );
  assert.deepEqual(
    records.map((record) => [record.values.name, record.values.status]),
    [
      ['030 1', 'won'],
      ['0171 2', 'lost'],
      ['none', 'open'],
    ],
  );
});

test('one row can make several records, each under its own condition', async () => {
  const table = await csv('c.csv', 'id,email,stage\n1,a@b.de; c@d.de,lead\n2,x@y.de,\n');
  const { records } = await readAll(
    await compiled([table], {
      tables: [
        {
          match: '*',
          kind: 'contact',
          key: ['id'],
          fields: { email: { column: 'email', splitFirst: [';', ','] } },
          also: [
            {
              kind: 'lead',
              key: ['id', { constant: 'lead/1' }],
              when: { column: 'stage', blank: false },
              references: { contactId: { column: 'id' } },
            },
          ],
        },
      ],
    }),
  );
  assert.deepEqual(
    records.map((record) => [record.kind, record.externalId, record.values.email ?? null]),
    [
      ['contact', '1', 'a@b.de'],
      ['lead', '1/lead%2F1', null],
      ['contact', '2', 'x@y.de'],
    ],
  );
});

test('without a key the content is the key: the same row twice is one record', async () => {
  const table = await csv('t.csv', 'when,what\n2026-01-01,call\n2026-01-02,call\n2026-01-01,call\n');
  const { records } = await readAll(
    await compiled([table], {
      tables: [{ match: '*', kind: 'touch', fields: { occurredAt: 'when', kind: 'what', side: { constant: 'sales' } } }],
    }),
  );
  assert.equal(new Set(records.map((record) => record.externalId)).size, 2);
});

test('ambiguous dates are refused until somebody says which', async () => {
  const table = await csv('t.csv', 'id,d\n1,03/04/2026\n');
  const mapping = (dateStyle?: 'dmy') => ({
    tables: [{ match: '*', kind: 'lead' as const, key: ['id'], fields: { openedAt: 'd' }, ...(dateStyle ? { dateStyle } : {}) }],
  });
  assert.match((await readAll(await compiled([table], mapping()))).problems[0]?.reason ?? '', /3 April or 4 March/);
  assert.equal((await readAll(await compiled([table], mapping('dmy')))).records[0]?.values.openedAt, '2026-04-02T22:00:00Z');
});

test('a rule corrects cells before a lookup looks; without it the lookup proposes it', async () => {
  const tables = [
    await csv('pipeline.csv', 'id,product\n1,GTXPro\n2,GTXPro\n3,GTX Pro\n4,Zebra\n'),
    await csv('products.csv', 'product,price\nGTX Pro,1\nMG Special,2\n'),
  ];
  const base = {
    tables: [
      { match: 'pipeline', kind: 'deal' as const, key: ['id'], fields: { name: 'id', status: { constant: 'open' }, product: 'product' } },
    ],
    lookups: [{ table: 'pipeline', column: 'product', in: { table: 'products', column: 'product' } }],
  };
  const rule = { table: 'pipeline', column: 'product', replace: { GTXPro: 'GTX Pro' } };
  const without = await compiled(tables, base);
  await readAll(without);
  assert.deepEqual(without.unmatched(), [
    { table: 'pipeline', column: 'product', value: 'GTXPro', rows: 2, suggestion: rule },
    { table: 'pipeline', column: 'product', value: 'Zebra', rows: 1, suggestion: null },
  ]);
  const withRule = await compiled(tables, { ...base, rules: [rule] });
  const { records } = await readAll(withRule);
  assert.deepEqual(
    withRule.unmatched().map(({ value }) => value),
    ['Zebra'],
  );
  assert.deepEqual(
    records.map((record) => record.values.product),
    ['GTX Pro', 'GTX Pro', 'GTX Pro', 'Zebra'],
  );
});

test('Salesforce ids of 15 characters become 18, the null id is blank', async () => {
  const table = await csv('t.csv', 'Id,Acc\n001Ec00000GGw3h,000000000000000AAA\n001Ec00000GGw3hIAD,001Ec00000FzlUd\n');
  const id = (column: string) => ({ column, format: 'salesforceId' as const });
  const { records } = await readAll(
    await compiled([table], { tables: [{ match: '*', kind: 'lead', key: [id('Id')], references: { accountId: id('Acc') } }] }),
  );
  assert.deepEqual(
    records.map((record) => [record.externalId, record.refs.accountId?.value]),
    [
      ['001Ec00000GGw3hIAD', undefined],
      ['001Ec00000GGw3hIAD', '001Ec00000FzlUdIAJ'],
    ],
  );
});

test('a mapping that doesn’t fit says everything that is wrong before a row is read', async () => {
  const table = await csv('deals.csv', 'id,name\n1,a\n');
  const mapping = { tables: [{ match: 'deals', kind: 'deal' as const, key: ['ID no'], fields: { name: 'Title' } }] };
  await assert.rejects(
    compiled([table], mapping),
    (error) =>
      error instanceof MappingMisfit &&
      error.problems.length === 3 &&
      /no column “ID no”; it has id, name/.test(error.message) &&
      /needs status/.test(error.message),
  );
});

test('a table nobody names is left out, and that is told', async () => {
  const tables = [await csv('leads.csv', 'id\n1\n'), await csv('other.csv', 'a,b\n1,2\n'), await csv('notes.csv', 'a,b\n1,2\n')];
  const mapping = await compiled(tables, {
    tables: [
      { match: 'leads', kind: 'lead', key: ['id'] },
      { match: 'NOTES*', setAside: 'only notes' },
    ],
  });
  assert.deepEqual(mapping.setAside, [
    { table: 'notes.csv', reason: 'only notes' },
    { table: 'other.csv', reason: 'the mapping doesn’t name it' },
  ]);
});

test('the grammar is closed: what it doesn’t know is refused with its path', () => {
  const base = { version: 1, name: 'x', source: 'x' };
  const problems = (table: unknown, more = {}) => {
    const checked = checkMapping({ ...base, ...more, tables: [table] });
    return checked.ok ? [] : checked.problems.map((problem) => `${problem.path}: ${problem.reason}`);
  };
  assert.match(problems({ match: 'a', kind: 'lead', feilds: {} })[0] ?? '', /^tables\[0\]\.feilds: is no part of a mapping/);
  assert.match(
    problems({ match: 'a', kind: 'lead', fields: { amunt: 'x' } })[0] ?? '',
    /^tables\[0\]\.fields\.amunt: a lead has no field amunt; it has name/,
  );
  assert.match(problems({ match: 'a', kind: 'lead', fields: { ownerId: 'x' } })[0] ?? '', /put it under references/);
  assert.match(problems({ match: 'a', kind: 'lead', fields: { value: { colum: 'x' } } })[0] ?? '', /^tables\[0\]\.fields\.value\.colum/);
  assert.match(problems({ match: 'a', kind: 'lead', when: { column: 'a', javascript: '1' } }).join(), /javascript/);
  assert.match(problems({ match: 'a', kind: 'lead' }, { timeZone: 'Mars/Olympus' })[0] ?? '', /^timeZone: “Mars\/Olympus” is no time zone/);
  assert.match(problems({ match: 'a', kind: 'sandwich' }).join(), /^tables\[0\]\.kind/);
});

test('an error file, mended, is imported by the same mapping', async () => {
  const text = 'id,name,status\n1,=SUM(A1),wonn\n2,"a, ""b""",won\n3,c\n';
  const table = await csv('deals.csv', text);
  const mapping = { tables: [{ match: 'deals', kind: 'deal' as const, key: ['id'], fields: { name: 'name', status: 'status' } }] };
  const { rejected } = await readAll(await compiled([table], mapping));
  assert.deepEqual(
    rejected.map((row) => row.line),
    [4, 2],
  );
  const file =
    errorFileHeader(table.header) + rejected.map((row) => errorFileLine(table.header.length, row.cells, row.line, row.reason)).join('');
  assert.ok(file.includes("'=SUM(A1)"));
  const mended = await csv('deals.errors.csv', file.replace('wonn', 'won').replace('3,c,,', '3,c,open,'));
  const again = await readAll(await compiled([mended], mapping));
  assert.deepEqual(
    again.records.map((record) => record.values.name),
    ['c', '=SUM(A1)'],
  );
  assert.deepEqual(again.problems, []);
});
