/** What a second file does to what is here: corrections, the same people from elsewhere, owners. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { acceptInvitation, invite } from '#features/people/actions/invitations.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { csv, openCompanies, type Company } from '#tests/reliability/company.ts';
import type { MappingInput } from './contract.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const start = async () => (company = await companies.make());
const contacts = (...rows: (string | null)[][]) => ({
  'contacts.csv': csv(
    ['Contact ID', 'Name', 'E-mail', 'Phone', 'Job title', 'City'],
    ...rows.map((row) => [0, 1, 2, 3, 4, 5].map((at) => row[at] ?? '')),
  ),
});
const accounts = (...rows: string[][]) => ({
  'accounts.csv': csv(['Account ID', 'Name', 'Domain', 'City', 'Owner'], ...rows.map((row) => [0, 1, 2, 3, 4].map((at) => row[at] ?? ''))),
});
const clean = async () => assert.deepEqual(await company.differences(), []);
const recorded = (run: { id: string }) =>
  company.rows<{ kind: string; sets: object }>(
    `SELECT kind, sets FROM facts WHERE workspace_id = :ws AND run_id = '${run.id}' AND subject_kind <> 'member' ORDER BY recorded_at, id`,
  );

test('a corrected file changes only what changed, and records a fact only for that', async () => {
  await start();
  await company.import(
    contacts(
      ['c1', 'Ada Lovelace', 'ada@analytical.example', '', 'Analyst', 'London'],
      ['c2', 'Grace Hopper', 'grace@navy.example', '', 'Admiral', 'Arlington'],
    ),
    { source: 'crm' },
  );
  const second = await company.import(
    contacts(
      ['c1', 'Ada Lovelace', 'ada@analytical.example', '', 'Countess', 'London'],
      ['c2', 'Grace Hopper', 'grace@navy.example', '', '', 'Arlington'],
    ),
    { source: 'crm' },
  );
  assert.deepEqual(second.result.kinds.contact, { created: 0, updated: 1, unchanged: 1, skipped: 0, merged: 0, rejected: 0 });
  assert.deepEqual(await recorded(second), [{ kind: 'contact.recorded', sets: { title: 'Countess' } }]);
  assert.deepEqual(
    (await company.rows<{ title: string }>('SELECT title FROM contacts WHERE workspace_id = :ws ORDER BY full_name')).map(
      ({ title }) => title,
    ),
    ['Countess', 'Admiral'],
    'a blank cell states nothing',
  );
  await clean();
});

test('a corrected key is found by its new value and no longer by the old', async () => {
  await start();
  await company.import(contacts(['c1', 'Ada Lovelace', 'ada@analytical.example']), { source: 'crm' });
  await company.import(contacts(['c1', 'Ada Byron', 'ada@byron.example']), { source: 'crm' });
  assert.deepEqual(await company.rows('SELECT name_key, email_key FROM contacts WHERE workspace_id = :ws'), [
    { name_key: 'ada byron', email_key: 'ada@byron.example' },
  ]);
  await clean();
});

test('a corrected touch voids the old one, the unchanged stays, the same row twice counts once', async () => {
  await start();
  const touches = (outcome: string) => ({
    'touches.csv': csv(
      ['Touch ID', 'When', 'Side', 'Kind', 'Channel', 'Direction', 'Outcome', 'Contact ID'],
      ['t1', '2026-03-01T10:00:00Z', 'sales', 'call', 'Phone', 'out', outcome, 'c1'],
      ['t2', '2026-03-02T10:00:00Z', 'sales', 'email', 'E-mail', 'out', '', 'c1'],
      ['t2', '2026-03-02T10:00:00Z', 'sales', 'email', 'E-mail', 'out', '', 'c1'],
    ),
  });
  await company.import({ ...contacts(['c1', 'Ada Lovelace', 'ada@analytical.example']), ...touches('No answer') }, { source: 'crm' });
  const { id, result } = await company.import(touches('Spoke'), { source: 'crm' });
  assert.deepEqual([result.kinds.touch?.created, result.kinds.touch?.updated, result.kinds.touch?.unchanged], [0, 1, 2]);
  const all = await company.rows<{ outcome: string | null; voided: boolean }>(
    `SELECT outcome, voided_by = '${id}' AS voided FROM touches WHERE workspace_id = :ws ORDER BY occurred_at, outcome`,
  );
  assert.deepEqual(all, [
    { outcome: 'No answer', voided: true },
    { outcome: 'Spoke', voided: null },
    { outcome: null, voided: null },
  ]);
  await company.undo(id);
  assert.deepEqual(await company.rows('SELECT outcome FROM touches WHERE workspace_id = :ws AND voided_by IS NULL ORDER BY occurred_at'), [
    { outcome: 'No answer' },
    { outcome: null },
  ]);
  await clean();
});

test('a touch corrected in its time moves to the other month', async () => {
  await start();
  const touches = (when: string) => ({
    'touches.csv': csv(['Touch ID', 'When', 'Side', 'Kind', 'Contact ID'], ['t1', when, 'sales', 'call', 'c1']),
  });
  await company.import(
    { ...contacts(['c1', 'Ada Lovelace', 'ada@analytical.example']), ...touches('2026-03-01T10:00:00Z') },
    { source: 'crm' },
  );
  await company.import(touches('2026-05-01T10:00:00Z'), { source: 'crm' });
  assert.deepEqual(await company.rows('SELECT occurred_at FROM touches WHERE workspace_id = :ws AND voided_by IS NULL'), [
    { occurred_at: '2026-05-01T10:00:00Z' },
  ]);
});

test('a row that has become invalid comes back and changes nothing', async () => {
  await start();
  const leads = (opened: string, city: string) => ({
    'leads.csv': csv(
      ['Lead ID', 'Name', 'E-mail', 'City', 'Created (inquiry)'],
      ['l1', 'Ada', 'ada@analytical.example', city, opened],
      ['l2', 'Grace', 'grace@navy.example', 'Arlington', '2026-01-03T00:00:00Z'],
    ),
  });
  await company.import(leads('2026-01-02T00:00:00Z', 'London'), { source: 'crm' });
  const { id, problems } = await company.import(leads('31/02/2026', 'Paris'), { source: 'crm' });
  assert.deepEqual(
    problems.map(({ file, line, column, severity }) => [file, line, column, severity]),
    [['leads.csv', 2, 'Created (inquiry)', 'error']],
  );
  assert.deepEqual(await recorded({ id }), []);
  assert.equal(await company.value(`SELECT city FROM leads WHERE workspace_id = :ws AND name = 'Ada'`), 'London');
  await clean();
});

test('two sources bring the same contact: one record with both ids, whatever case the address has', async () => {
  await start();
  await company.import(contacts(['c1', 'Ada Lovelace', 'Ada@Analytical.example', '', 'Analyst']), { source: 'crm' });
  const { result } = await company.import(contacts(['9001', 'Ada Lovelace', 'ada@analytical.EXAMPLE', '', '', 'London']), {
    source: 'news',
  });
  assert.equal(result.kinds.contact?.merged, 1);
  assert.deepEqual(await company.rows('SELECT title, city FROM contacts WHERE workspace_id = :ws'), [{ title: 'Analyst', city: 'London' }]);
  assert.deepEqual(
    await company.rows(
      `SELECT x.source, x.external_id FROM external_ids x JOIN contacts c ON c.workspace_id = :ws AND c.id = x.record_id WHERE x.workspace_id = :ws AND x.kind = 'contact' ORDER BY 1`,
    ),
    [
      { source: 'crm', external_id: 'c1' },
      { source: 'news', external_id: '9001' },
    ],
  );
  await clean();
});

test('two contacts of one source that share an address stay two', async () => {
  await start();
  const two = contacts(['c1', 'Ada Lovelace', 'office@analytical.example'], ['c2', 'Charles Babbage', 'office@analytical.example']);
  await company.import(two, { source: 'crm' });
  await company.import(two, { source: 'crm' });
  assert.equal(await company.value('SELECT count(*) FROM contacts WHERE workspace_id = :ws'), '2');
});

test('a contact of another source whose address two here share becomes one of them, and nothing is lost', async () => {
  await start();
  await company.import(
    contacts(['c1', 'Ada Lovelace', 'office@analytical.example'], ['c2', 'Charles Babbage', 'office@analytical.example']),
    { source: 'crm' },
  );
  const { result } = await company.import(
    contacts(
      ['9001', 'Ada Lovelace', 'office@analytical.example', '', '', 'London'],
      ['9002', 'Mary Somerville', 'office@analytical.example', '', '', 'Jedburgh'],
      ['9003', 'Ann Other', 'office@analytical.example'],
    ),
    { source: 'news' },
  );
  assert.equal((result.kinds.contact?.created ?? 0) + (result.kinds.contact?.merged ?? 0), 3);
  assert.equal(await company.value(`SELECT count(DISTINCT record_id) FROM external_ids WHERE workspace_id = :ws AND source = 'news'`), '3');
  await clean();
});

test('an account is the same by its domain and a close name, not by either alone', async () => {
  await start();
  await company.import(
    accounts(['a1', 'Northwind GmbH', 'northwind.example'], ['a2', 'Contoso', 'contoso.example'], ['a3', 'Fabrikam', '']),
    { source: 'crm' },
  );
  const { result } = await company.import(
    accounts(
      ['b1', 'Northwind', 'https://www.northwind.example/'],
      ['b2', 'Adventure Works', 'contoso.example'],
      ['b3', 'Fabrikam', 'fabrikam.example'],
    ),
    { source: 'erp' },
  );
  assert.deepEqual([result.kinds.account?.merged, result.kinds.account?.created], [1, 2]);
  assert.equal(
    await company.value(
      `SELECT string_agg(source || ':' || external_id, ' ' ORDER BY source) FROM external_ids x JOIN accounts a ON a.workspace_id = :ws AND a.id = x.record_id WHERE x.workspace_id = :ws AND a.domain = 'northwind.example'`,
    ),
    'crm:a1 erp:b1',
  );
  await clean();
});

test('a public mail domain makes no two accounts one', async () => {
  await start();
  await company.import(accounts(['a1', 'Bakery', 'gmail.com']), { source: 'crm' });
  await company.import(accounts(['b1', 'Bakery', 'gmail.com']), { source: 'erp' });
  assert.equal(await company.value('SELECT count(*) FROM accounts WHERE workspace_id = :ws'), '2');
});

test('one of two rows without ids that share a public domain is not the other', async () => {
  await start();
  await company.import(
    { 'accounts.csv': csv(['Account name', 'Domain'], ['Bakery', 'gmail.com'], ['Butcher', 'gmail.com']) },
    {
      source: 'crm',
      mapping: {
        version: 1,
        name: 'x',
        source: 'crm',
        tables: [{ match: '*', kind: 'account', fields: { name: 'Account name', domain: 'Domain' } }],
      },
    },
  );
  assert.equal(await company.value('SELECT count(*) FROM accounts WHERE workspace_id = :ws'), '2');
});

test('owners are shared between records, files and sources, by address and by name', async () => {
  await start();
  await company.import(
    accounts(
      ['a1', 'Northwind', '', '', 'sam@northwind.example'],
      ['a2', 'Contoso', '', '', 'Sam@Northwind.example'],
      ['a3', 'Fabrikam', '', '', 'Kim Abel'],
    ),
    { source: 'crm' },
  );
  await company.import(accounts(['b1', 'Adventure Works', '', '', 'kim  ABEL'], ['b2', 'Tailspin', '', '', 'SAM@northwind.example']), {
    source: 'erp',
  });
  assert.deepEqual(
    await company.rows<{ name: string; owns: number }>(
      `SELECT m.name, count(a.id)::int AS owns FROM members m LEFT JOIN accounts a ON a.workspace_id = :ws AND a.owner_id = m.id WHERE m.workspace_id = :ws AND m.run_id IS NOT NULL GROUP BY 1 ORDER BY 1`,
    ),
    [
      { name: 'Kim Abel', owns: 2 },
      { name: 'sam@northwind.example', owns: 3 },
    ],
  );
});

test('who is known from the data keeps the id when invited, and an undo leaves who has joined', async () => {
  await start();
  const { id: run } = await company.import(accounts(['a1', 'Northwind', '', '', 'sam@joins.example']), { source: 'crm' });
  const sam = await company.value(`SELECT id FROM members WHERE workspace_id = :ws AND email_key = 'sam@joins.example'`);
  const mara = {
    memberId: company.memberId,
    workspaceId: company.workspaceId,
    role: 'owner',
    side: 'marketing',
    teamIds: [],
  } as unknown as Parameters<typeof invite>[1];
  const { token } = await company.inside((tx) =>
    invite(tx, mara, { email: 'sam@joins.example', name: 'Sam', side: 'sales', role: 'member' }),
  );
  await acceptInvitation(
    company.database,
    token,
    { name: 'Sam', password: 'correct horse battery' },
    { address: '127.0.0.1', userAgent: 'test' },
  );
  assert.deepEqual(
    await company.rows(
      `SELECT id, login_id IS NOT NULL AS "signsIn" FROM members WHERE workspace_id = :ws AND email_key = 'sam@joins.example'`,
    ),
    [{ id: sam, signsIn: true }],
  );
  assert.equal(await company.value('SELECT owner_id FROM accounts WHERE workspace_id = :ws'), sam);
  await company.undo(run);
  assert.equal(await company.value(`SELECT id FROM members WHERE workspace_id = :ws AND email_key = 'sam@joins.example'`), sam);
});

test('what names a record that was refused or left out is told, and leads nowhere else', async () => {
  await start();
  const mapping: MappingInput = {
    version: 1,
    name: 'x',
    source: 'crm',
    tables: [
      { match: 'accounts', kind: 'account', key: ['ID'], fields: { name: 'Name' } },
      { match: 'more', kind: 'lead', key: ['ID'], onlyUpdate: true, fields: { city: 'City' } },
      {
        match: 'deals',
        kind: 'deal',
        key: ['ID'],
        fields: { name: 'Name', status: { constant: 'open' } },
        references: { accountId: { column: 'Account' }, leadId: { column: 'Lead' } },
      },
    ],
  };
  const { problems } = await company.import(
    {
      'accounts.csv': csv(['ID', 'Name'], ['a1', '']),
      'more.csv': csv(['ID', 'City'], ['l1', 'London']),
      'deals.csv': csv(['ID', 'Name', 'Account', 'Lead'], ['d1', 'Planner', 'a1', 'l1']),
    },
    { mapping },
  );
  assert.deepEqual(await company.rows('SELECT account_id, lead_id FROM deals WHERE workspace_id = :ws'), [
    { account_id: null, lead_id: null },
  ]);
  assert.deepEqual(problems.map(({ file, line, severity }) => `${severity} ${file}:${line}`).sort(), [
    'error accounts.csv:2',
    'warning deals.csv:2',
    'warning deals.csv:2',
    'warning more.csv:2',
  ]);
  await clean();
});

test('a record mended after a refusal is linked when the files come again', async () => {
  await start();
  const files = (name: string) => ({
    ...accounts(['a1', name]),
    'contacts.csv': csv(['Contact ID', 'Account ID', 'Name', 'E-mail'], ['c1', 'a1', 'Ada', 'ada@analytical.example']),
  });
  await company.import(files(''), { source: 'crm' });
  await company.import(files('Analytical Engines'), { source: 'crm' });
  assert.equal(
    await company.value(
      'SELECT a.name FROM contacts c JOIN accounts a ON a.workspace_id = :ws AND a.id = c.account_id WHERE c.workspace_id = :ws',
    ),
    'Analytical Engines',
  );
  await clean();
});

test('an edit by hand stands until the file itself says something new', async () => {
  await start();
  await company.import(contacts(['c1', 'Ada Lovelace', 'ada@analytical.example', '', 'Analyst', 'London']), { source: 'crm' });
  const id = (await company.value('SELECT id FROM contacts WHERE workspace_id = :ws'))!;
  await company.inside((tx) =>
    recordFields(tx, company.workspaceId, { kind: 'contact', id, sets: { phone: '+44 20 7946 0000' }, memberId: company.memberId }),
  );
  await company.import(contacts(['c1', 'Ada Lovelace', 'ada@analytical.example', '', 'Countess', 'London']), { source: 'crm' });
  assert.deepEqual(await company.rows('SELECT title, phone FROM contacts WHERE workspace_id = :ws'), [
    { title: 'Countess', phone: '+44 20 7946 0000' },
  ]);
  await clean();
});

test('what the company calls its own fields is kept, changed and shown by name', async () => {
  await start();
  const mapping = {
    version: 1 as const,
    name: 'x',
    source: 'crm',
    tables: [
      {
        match: '*',
        kind: 'contact' as const,
        key: ['ID'],
        fields: { fullName: 'Name' },
        custom: { tier: { column: 'Tier' }, seats: { column: 'Seats', type: 'number' as const } },
      },
    ],
  };
  await company.import({ 'people.csv': csv(['ID', 'Name', 'Tier', 'Seats'], ['1', 'Ada', 'A', 5], ['2', 'Grace', '', 7]) }, { mapping });
  const second = await company.import(
    { 'people.csv': csv(['ID', 'Name', 'Tier', 'Seats'], ['1', 'Ada', 'B', 5], ['2', 'Grace', '', 7]) },
    { mapping },
  );
  assert.deepEqual(await recorded(second), [{ kind: 'contact.recorded', sets: { 'custom.tier': 'B' } }]);
  assert.equal((await sqlCustom()).length, 2);
  await clean();
});
const sqlCustom = () =>
  company.inside(async (tx) => (await sql`SELECT key FROM custom_fields WHERE workspace_id = ${company.workspaceId}`.execute(tx)).rows);

test('a lead follows the correction of its deal, and keeps what it states itself', async () => {
  await start();
  const leads = {
    'leads.csv': csv(
      ['Lead ID', 'Name', 'Created (inquiry)', 'Won'],
      ['l1', 'Ada', '2026-01-05T09:00:00Z', ''],
      ['l2', 'Grace', '2026-01-06T09:00:00Z', '2026-02-02T09:00:00Z'],
    ),
  };
  const deals = (amount: string, status: string, closed: string) => ({
    'deals.csv': csv(
      ['Deal ID', 'Name', 'Lead ID', 'Status', 'Amount', 'Currency', 'Opened', 'Closed'],
      ['d1', 'Engine', 'l1', status, amount, 'EUR', '2026-01-10T09:00:00Z', closed],
      ['d2', 'Compiler', 'l2', 'won', amount, 'EUR', '2026-01-11T09:00:00Z', '2026-03-03T09:00:00Z'],
    ),
  });
  const told = () =>
    company.rows(
      `SELECT name, deal_at::date::text AS deal, won_at::date::text AS won, lost_at::date::text AS lost, value::text, currency FROM leads WHERE workspace_id = :ws ORDER BY name`,
    );
  await company.import({ ...leads, ...deals('1000.00', 'won', '2026-02-10T09:00:00Z') }, { source: 'crm' });
  const grace = { name: 'Grace', deal: '2026-01-11', won: '2026-02-02', lost: null, currency: 'EUR' };
  assert.deepEqual(await told(), [
    { name: 'Ada', deal: '2026-01-10', won: '2026-02-10', lost: null, value: '100000', currency: 'EUR' },
    { ...grace, value: '100000' },
  ]);
  await company.import(deals('1250.00', 'lost', '2026-02-20T09:00:00Z'), { source: 'crm' });
  const corrected = [
    { name: 'Ada', deal: '2026-01-10', won: null, lost: '2026-02-20', value: '125000', currency: 'EUR' },
    { ...grace, value: '125000' },
  ];
  assert.deepEqual(await told(), corrected);
  const again = await company.import({ ...leads, ...deals('1250.00', 'lost', '2026-02-20T09:00:00Z') }, { source: 'crm' });
  assert.deepEqual([await recorded(again), await told()], [[], corrected]);
  await clean();
});
