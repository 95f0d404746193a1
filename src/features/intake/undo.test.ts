/** Taking an import back: what it made goes, what it changed returns, and what others built on it is not pulled away. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { csv, openCompanies, type Company } from '#tests/reliability/company.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());
beforeEach(async () => {
  company = await companies.make();
});

const header: Record<string, string[]> = {
  'accounts.csv': ['Account ID', 'Name', 'Domain', 'City'],
  'contacts.csv': ['Contact ID', 'Account ID', 'Name', 'E-mail', 'Job title'],
  'leads.csv': ['Lead ID', 'Contact ID', 'Name', 'City', 'Created (inquiry)'],
  'deals.csv': ['Deal ID', 'Account ID', 'Lead ID', 'Name', 'Status', 'Amount', 'Currency', 'Closed'],
  'touches.csv': ['Touch ID', 'When', 'Side', 'Kind', 'Outcome', 'Contact ID', 'Account ID', 'Deal ID'],
  'revenue.csv': ['Revenue ID', 'Account ID', 'Deal ID', 'Kind', 'Day', 'Amount', 'Currency'],
  'deal_stages.csv': ['Deal stage ID', 'Deal ID', 'Stage', 'Entered'],
};
const files = (rows: Record<string, string[][]>) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, list]) => [
      name,
      csv(header[name]!, ...list.map((row) => header[name]!.map((_, at) => row[at] ?? ''))),
    ]),
  );
const bring = (rows: Record<string, string[][]>, source = 'crm') => company.import(files(rows), { source });
const clean = async () => assert.deepEqual(await company.differences(), []);
const account = ['a1', 'Northwind', 'northwind.example', 'Bonn'];
const contact = ['c1', 'a1', 'Ada', 'ada@northwind.example', 'Analyst'];
const deal = ['d1', 'a1', '', 'Planner', 'open', '100.00', 'EUR'];

/** Refused, the reason names `by`, nothing changed, and the run says so. */
async function refuses(id: string, by: RegExp): Promise<void> {
  const state = await company.state();
  await assert.rejects(company.undo(id), by);
  assert.deepEqual(await company.state(), state);
  const [run] = await company.rows<{ status: string; error: string }>(
    `SELECT status, error FROM import_runs WHERE workspace_id = :ws AND id = '${id}'`,
  );
  assert.equal(run!.status, 'done');
  assert.match(run!.error, by);
  await clean();
}

test('what an import made goes, what it changed returns, links included', async () => {
  await bring({ 'accounts.csv': [account, ['a2', 'Contoso', '', '']], 'contacts.csv': [contact] });
  const state = await company.state();
  const { id } = await bring({
    'accounts.csv': [
      ['a1', 'Northwind Traders', 'northwind.example', 'Kiel'],
      ['a3', 'Fabrikam', '', ''],
    ],
    'contacts.csv': [
      ['c1', 'a3', 'Ada Lovelace', 'ada@lovelace.example', ''],
      ['c2', 'a2', 'Grace', '', ''],
    ],
  });
  await company.undo(id);
  assert.deepEqual(await company.state(), state);
  assert.deepEqual(await company.rows('SELECT name_key, email_key, family_key FROM contacts WHERE workspace_id = :ws'), [
    { name_key: 'ada', email_key: 'ada@northwind.example', family_key: 'ada' },
  ]);
  await clean();
});

test('a later import that changed a record keeps the first from being undone, and is named; undone in turn both go', async () => {
  const nothing = await company.state();
  const first = await bring({ 'accounts.csv': [account] });
  const second = await bring({ 'accounts.csv': [['a1', 'Northwind', 'northwind.example', 'Kiel']] });
  await refuses(first.id, /import #2 \(1\)/);
  await company.undo(second.id);
  assert.equal(await company.value('SELECT city FROM accounts WHERE workspace_id = :ws'), 'Bonn');
  await clean();
  await company.undo(first.id);
  assert.deepEqual(await company.state(), nothing);
  await clean();
});

test('two imports of different files that overlap: undoing the second restores the first’s values, row by row', async () => {
  const first = await bring({ 'accounts.csv': [account], 'contacts.csv': [contact, ['c2', '', 'Grace', 'grace@navy.example', 'Admiral']] });
  const state = await company.state();
  const second = await bring(
    {
      'accounts.csv': [['b1', 'Northwind', 'northwind.example', 'Kiel']],
      'contacts.csv': [
        ['b7', 'b1', 'Ada L.', 'ada@northwind.example', 'Countess'],
        ['b8', '', 'Mary', 'mary@sky.example', ''],
      ],
    },
    'erp',
  );
  assert.deepEqual([second.result.kinds.account?.merged, second.result.kinds.contact?.merged], [1, 1]);
  assert.equal(
    await company.value(`SELECT title FROM contacts WHERE workspace_id = :ws AND email_key = 'ada@northwind.example'`),
    'Countess',
  );
  await company.undo(second.id);
  assert.deepEqual(await company.state(), state);
  await clean();
  await company.undo(first.id);
  await clean();
});

test('a later import that only recognised a record keeps it too: its ids would lead nowhere', async () => {
  const first = await bring({ 'contacts.csv': [contact] });
  const same = await bring({ 'contacts.csv': [['b7', '', 'Ada', 'ada@northwind.example', 'Analyst']] }, 'erp');
  assert.equal(same.result.kinds.contact?.updated, 0);
  await refuses(first.id, /import #2/);
  await company.undo(same.id);
  await company.undo(first.id);
  assert.equal(await company.value('SELECT count(*) FROM contacts WHERE workspace_id = :ws'), '0');
  await bring({ 'contacts.csv': [['b7', '', 'Ada', 'ada@northwind.example', 'Analyst']] }, 'erp');
  assert.equal(await company.value('SELECT count(*) FROM contacts WHERE workspace_id = :ws'), '1', 'and may come again');
  await clean();
});

const builtUpon: [string, Record<string, string[][]>][] = [
  ['a contact of its account', { 'contacts.csv': [contact] }],
  ['a deal of its account', { 'deals.csv': [['d9', 'a1', '', 'Other', 'open']] }],
  ['a lead of its contact', { 'leads.csv': [['l1', 'c9', 'Ada', '', '2026-01-01T00:00:00Z']] }],
  ['a touch of its contact', { 'touches.csv': [['t1', '2026-01-01T00:00:00Z', 'sales', 'call', '', 'c9']] }],
  ['a touch of its account', { 'touches.csv': [['t1', '2026-01-01T00:00:00Z', 'sales', 'call', '', '', 'a1']] }],
  ['a touch of its deal', { 'touches.csv': [['t1', '2026-01-01T00:00:00Z', 'sales', 'call', '', '', '', 'd1']] }],
  ['revenue of its account', { 'revenue.csv': [['r1', 'a1', '', 'new', '2026-01-01', '5.00', 'EUR']] }],
  ['revenue of its deal', { 'revenue.csv': [['r1', 'a0', 'd1', 'new', '2026-01-01', '5.00', 'EUR']] }],
  ['a stage of its deal', { 'deal_stages.csv': [['s1', 'd1', 'Offer', '2026-01-01T00:00:00Z']] }],
];
test('an import is not undone from under any link of another’s record or entry', async () => {
  await bring({ 'accounts.csv': [['a0', 'Tailspin', '', '']] });
  const first = await bring({
    'accounts.csv': [account],
    'contacts.csv': [['c9', 'a1', 'Grace', 'grace@northwind.example', '']],
    'deals.csv': [deal],
  });
  for (const [at, [what, rows]] of builtUpon.entries()) {
    const second = await bring(rows);
    await assert.rejects(company.undo(first.id), new RegExp(`import #${at + 3} \\(1\\)`), what);
    await company.undo(second.id);
  }
  await company.undo(first.id);
  assert.equal(await company.value('SELECT count(*) FROM accounts WHERE workspace_id = :ws'), '1');
  await clean();
});

const byHand = (kind: 'account' | 'contact', id: string, sets: Record<string, unknown>) =>
  company.inside((tx) => recordFields(tx, company.workspaceId, { kind, id, sets, memberId: company.memberId }));
const idOf = async (table: string) => (await company.value(`SELECT id FROM ${table} WHERE workspace_id = :ws ORDER BY id LIMIT 1`))!;

test('an edit by hand of what an import made keeps it from being undone', async () => {
  const first = await bring({ 'accounts.csv': [account] });
  await byHand('account', await idOf('accounts'), { city: 'Kiel' });
  await refuses(first.id, /edits by hand \(1\)/);
});

test('an edit by hand after an import that only changed a record stays, the rest returns', async () => {
  await bring({ 'accounts.csv': [account] });
  const second = await bring({ 'accounts.csv': [['a1', 'Northwind Traders', 'northwind.example', 'Kiel']] });
  await byHand('account', await idOf('accounts'), { city: 'Ulm', phone: '+49 731 1' });
  await company.undo(second.id);
  assert.deepEqual(await company.rows('SELECT name, city, phone FROM accounts WHERE workspace_id = :ws'), [
    { name: 'Northwind', city: 'Ulm', phone: '+49 731 1' },
  ]);
  await clean();
});

test('a record linked by hand to what an import made keeps it from being undone, even where the import changed both', async () => {
  await bring({ 'contacts.csv': [['c1', '', 'Ada', 'ada@northwind.example', 'Analyst']] });
  const second = await bring({ 'accounts.csv': [account], 'contacts.csv': [['c1', '', 'Ada', 'ada@northwind.example', 'Countess']] });
  await byHand('contact', await idOf('contacts'), { accountId: await idOf('accounts') });
  await refuses(second.id, /by hand/);
});

test('a record made by hand that names one of the import keeps it from being undone', async () => {
  const first = await bring({ 'accounts.csv': [account] });
  const accountId = await idOf('accounts');
  await company.inside((tx) =>
    recordFields(tx, company.workspaceId, { kind: 'contact', sets: { fullName: 'Grace', accountId }, memberId: company.memberId }),
  );
  await refuses(first.id, /by hand/);
});

test('a touch corrected twice: with the first import undone, undoing the correction brings nothing of it back', async () => {
  await bring({ 'contacts.csv': [contact] });
  const touch = (outcome: string) => ({ 'touches.csv': [['t1', '2026-01-01T00:00:00Z', 'sales', 'call', outcome, 'c1']] });
  const said = async () =>
    (await company.rows<{ outcome: string }>('SELECT outcome FROM touches WHERE workspace_id = :ws AND voided_by IS NULL')).map(
      ({ outcome }) => outcome,
    );
  const first = await bring(touch('No answer'));
  const second = await bring(touch('Spoke'));
  await company.undo(first.id);
  assert.deepEqual(await said(), ['Spoke']);
  await company.undo(second.id);
  assert.deepEqual(await said(), []);
});

test('a touch corrected twice, undone newest first, says what it said before each', async () => {
  await bring({ 'contacts.csv': [contact] });
  const touch = (outcome: string) => ({ 'touches.csv': [['t1', '2026-01-01T00:00:00Z', 'sales', 'call', outcome, 'c1']] });
  const said = async () =>
    (await company.rows<{ outcome: string }>('SELECT outcome FROM touches WHERE workspace_id = :ws AND voided_by IS NULL')).map(
      ({ outcome }) => outcome,
    );
  const runs = [];
  for (const outcome of ['No answer', 'Spoke', 'Meeting']) runs.push(await bring(touch(outcome)));
  for (const [run, left] of [
    [2, ['Spoke']],
    [1, ['No answer']],
    [0, []],
  ] as const) {
    await company.undo(runs[run]!.id);
    assert.deepEqual(await said(), left);
  }
});

test('a lead that took its win from a deal gives it back', async () => {
  await bring({ 'leads.csv': [['l1', '', 'Ada', '', '2026-01-01T00:00:00Z']] });
  const { id } = await bring({
    'accounts.csv': [account],
    'deals.csv': [['d1', 'a1', 'l1', 'Planner', 'won', '100.00', 'EUR', '2026-02-01T00:00:00Z']],
  });
  assert.deepEqual(await company.rows('SELECT stage, value FROM leads WHERE workspace_id = :ws'), [{ stage: 'won', value: 10_000n }]);
  await company.undo(id);
  assert.deepEqual(await company.rows('SELECT stage, value FROM leads WHERE workspace_id = :ws'), [{ stage: 'inquiry', value: null }]);
  await clean();
});

test('own fields that later imports use outlast the import that brought them first', async () => {
  const mapping = {
    version: 1 as const,
    name: 'x',
    source: 'crm',
    tables: [{ match: '*', kind: 'contact' as const, key: ['ID'], fields: { fullName: 'Name' }, custom: { tier: { column: 'Tier' } } }],
  };
  const first = await company.import({ 'one.csv': csv(['ID', 'Name', 'Tier'], ['1', 'Ada', 'A']) }, { mapping });
  const second = await company.import({ 'two.csv': csv(['ID', 'Name', 'Tier'], ['2', 'Grace', 'B']) }, { mapping });
  await company.undo(first.id);
  const keys = () => company.rows('SELECT key FROM custom_fields WHERE workspace_id = :ws');
  assert.deepEqual(await keys(), [{ key: 'tier' }]);
  await company.undo(second.id);
  assert.deepEqual(await keys(), []);
});

test('an undone import is not undone twice, and one that never ran is not undone at all', async () => {
  const { id } = await bring({ 'accounts.csv': [account] });
  assert.deepEqual(
    await Promise.all([company.undo(id), company.undo(id)]).then((both) => both.filter((each) => each !== undefined).length),
    1,
  );
  assert.equal(await company.undo(id), undefined);
  assert.equal(await company.value(`SELECT count(*) FROM facts WHERE workspace_id = :ws AND kind = 'import.undone'`), '1');
});
