/** The figures that were counted independently, on the real files beside the project. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Mapping, ParsedRecord, Problem } from '#features/intake/contract.ts';
import { checkMapping } from './mapping/check.ts';
import { compileMapping } from './mapping/compile.ts';
import { openSources } from './open.ts';
import { recognise } from './recognise/recognise.ts';
import type { SourceTable } from './tables.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const skip = existsSync(folder) ? false : 'the real data (../shared/data) is not here';

async function readBy(mapping: Mapping, tables: SourceTable[]) {
  const compiled = await compileMapping(mapping, tables, { timeZone: 'UTC', currency: 'EUR' });
  const records: ParsedRecord[] = [];
  const problems: Problem[] = [];
  for (const table of compiled.tables) {
    for await (const batch of table.read()) {
      records.push(...batch.records);
      problems.push(...batch.problems);
    }
  }
  return { records, problems, unmatched: compiled.unmatched(), of: (kind: string) => records.filter((record) => record.kind === kind) };
}

async function example(name: string, data: string, change = (mapping: Mapping) => mapping) {
  const checked = checkMapping(JSON.parse(readFileSync(new URL(`../../docs/examples/${name}.mapping.json`, import.meta.url), 'utf8')));
  assert.ok(checked.ok, JSON.stringify(checked));
  return readBy(change(checked.mapping), await openSources([folder + data]));
}

const sum = (records: readonly ParsedRecord[], value: (record: ParsedRecord) => unknown) =>
  records.reduce((total, record) => total + BigInt((value(record) as string | null) ?? '0'), 0n);

test('Olist by its example mapping', { skip }, async () => {
  const { of, problems } = await example('olist', 'olist');
  assert.deepEqual(problems, []);
  const opened = of('lead').filter((lead) => 'openedAt' in lead.values);
  const won = of('lead').filter((lead) => 'wonAt' in lead.values);
  assert.deepEqual(
    [opened.length, won.length, of('deal').length, of('account').length, of('revenue').length],
    [8_000, 842, 842, 842, 5_044],
  );
  assert.equal(
    sum(of('revenue'), (item) => item.values.amount),
    67_685_148n,
  );
  assert.equal(
    sum(of('revenue'), (item) => item.custom.freight),
    9_896_415n,
  );
  assert.equal(new Set(of('revenue').map((item) => item.refs.accountId?.value)).size, 380);
  const origins = new Map(opened.map((lead) => [lead.externalId, lead.values.origin]));
  const count = (origin: string | null) => [
    opened.filter((lead) => lead.values.origin === origin).length,
    won.filter((lead) => origins.get(lead.externalId) === origin).length,
  ];
  assert.deepEqual(
    [count('unknown'), count(null), count('organic_search'), count('other_publicities')],
    [
      [1_099, 179],
      [60, 14],
      [2_296, 271],
      [65, 3],
    ],
  );
});

test('Olist: days from first contact to win, in local time, the negative one kept', { skip }, async () => {
  const { of } = await example('olist', 'olist');
  const day = (instant: unknown) => Temporal.Instant.from(String(instant)).toZonedDateTimeISO('America/Sao_Paulo').toPlainDate();
  const opened = new Map(
    of('lead')
      .filter((lead) => 'openedAt' in lead.values)
      .map((lead) => [lead.externalId, lead.values.openedAt]),
  );
  const days = of('deal')
    .map((deal) => day(opened.get(deal.externalId)).until(day(deal.values.closedAt)).total('days'))
    .sort((a, b) => a - b);
  assert.deepEqual(
    [days[0], days[1], days.filter((count) => count === 0).length, ((days[420] ?? 0) + (days[421] ?? 0)) / 2],
    [-2, 0, 33, 14],
  );
});

test('Maven by its example mapping', { skip }, async () => {
  const { of, problems } = await example('maven', 'maven_crm');
  assert.deepEqual(problems, []);
  const stages = (stage: string) => of('deal').filter((deal) => deal.values.stage === stage);
  assert.deepEqual(
    [
      of('deal').length,
      stages('Won').length,
      stages('Lost').length,
      stages('Engaging').length,
      stages('Prospecting').length,
      of('account').length,
    ],
    [8_800, 4_238, 2_473, 1_589, 500, 85],
  );
  assert.deepEqual(
    [sum(stages('Won'), (deal) => deal.values.amount), sum(stages('Lost'), (deal) => deal.values.amount)],
    [1_000_553_400n, 0n],
  );
  assert.equal(new Set(of('member').map((member) => member.externalId)).size, 41);
});

test('Maven: the lookup finds GTXPro and proposes the rule that mends it', { skip }, async () => {
  const rule = { table: 'sales_pipeline', column: 'product', replace: { GTXPro: 'GTX Pro' } };
  const { unmatched } = await example('maven', 'maven_crm');
  assert.deepEqual(unmatched, [{ table: 'sales_pipeline', column: 'product', value: 'GTXPro', rows: 1_480, suggestion: rule }]);
  const mended = await example('maven', 'maven_crm', (mapping) => ({ ...mapping, rules: [rule] }));
  assert.deepEqual(mended.unmatched, []);
  assert.equal(mended.of('deal').filter((deal) => deal.values.product === 'GTX Pro').length, 1_480);
});

test('Salesforce as it comes, recognised', { skip }, async () => {
  const tables = await openSources([`${folder}salesforce`]);
  const recognition = recognise(tables);
  const { of, problems } = await readBy(recognition.mapping, tables);
  assert.deepEqual([recognition.dialect, problems], ['salesforce-loader', []]);
  assert.deepEqual(
    ['lead', 'contact', 'campaign', 'campaignMember', 'deal', 'touch', 'account'].map((kind) => of(kind).length),
    [60, 102, 8, 68, 50, 75, 22],
  );
  assert.equal(
    sum(of('deal'), (deal) => deal.values.amount),
    4_360_354_598n,
  );
  assert.deepEqual(
    ['won', 'lost', 'open'].map((status) => of('deal').filter((deal) => deal.values.status === status).length),
    [12, 3, 35],
  );
  assert.deepEqual(
    ['leadId', 'contactId'].map((field) => of('campaignMember').filter((member) => member.refs[field]).length),
    [34, 34],
  );
  const setAside = recognition.tables.filter((table) => table.setAside).map((table) => table.table);
  assert.deepEqual(setAside, ['AccountContactRelation.csv', 'Case.csv']);
});

test('the header rows of HubSpot and Pipedrive are recognised', { skip }, async () => {
  const { tables } = recognise(await openSources([`${folder}crm_headers`]));
  assert.deepEqual(
    tables.map((table) => [table.dialect, table.kind]),
    [
      ['hubspot', 'contact'],
      ['hubspot', 'deal'],
      ['pipedrive', 'deal'],
      ['pipedrive', 'lead'],
      ['pipedrive', 'account'],
      ['pipedrive', 'contact'],
    ],
  );
});

test('the other files are read to the row', { skip }, async () => {
  const counts: Record<string, number> = {};
  for (const table of await openSources(['bank/bank.csv', 'bank/bank-additional.csv', 'channelattribution'].map((path) => folder + path))) {
    for await (const batch of table.readRows()) counts[table.name] = (counts[table.name] ?? 0) + batch.rows.length;
  }
  assert.deepEqual(counts, { 'bank.csv': 4_521, 'bank-additional.csv': 4_119, 'PathData.csv': 10_000 });
});
