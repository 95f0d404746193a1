/** `accord verify` against damage done behind the product's back, one kind at a time. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#platform/db/ids.ts';
import { csv, openCompanies, type Company } from '#tests/reliability/company.ts';
import { verifyCommand } from './commands.ts';
import { columnOf, entryKinds, fieldsOf, recordKinds, tableOf } from './contract.ts';

const files = {
  'accounts.csv': csv(['Account ID', 'Name', 'Domain', 'City', 'Owner'], ['a1', 'Northwind', 'northwind.example', 'Bonn', 'Sam Okafor']),
  'contacts.csv': csv(
    ['Contact ID', 'Account ID', 'Name', 'E-mail', 'Phone'],
    ['c1', 'a1', 'Ada Lovelace', 'ada@northwind.example', '+49 228 1234'],
  ),
  'campaigns.csv': csv(['Campaign ID', 'Name', 'Budget', 'Currency'], ['k1', 'Spring fair', '1200.50', 'EUR']),
  'leads.csv': csv(
    ['Lead ID', 'Name', 'Contact ID', 'Campaign ID', 'Origin', 'Created (inquiry)', 'MQL'],
    ['l1', 'Ada', 'c1', 'k1', 'Fair', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ['l2', 'Ada', 'c1', 'k1', 'Fair', '2026-05-01T00:00:00Z', ''],
  ),
  'deals.csv': csv(
    ['Deal ID', 'Name', 'Account ID', 'Contact ID', 'Lead ID', 'Status', 'Amount', 'Currency', 'Probability', 'Expected close'],
    ['d1', 'Planner', 'a1', 'c1', 'l1', 'open', '100.00', 'EUR', '50', '2026-06-01'],
  ),
  'campaign_members.csv': csv(['Campaign member ID', 'Campaign ID', 'Contact ID', 'Lead ID', 'Status'], ['m1', 'k1', 'c1', 'l1', 'Sent']),
  'touches.csv': csv(
    ['Touch ID', 'When', 'Side', 'Kind', 'Contact ID', 'Lead ID', 'Deal ID', 'Campaign ID', 'Who'],
    ['t1', '2026-01-03T00:00:00Z', 'sales', 'call', 'c1', 'l1', 'd1', 'k1', 'Sam Okafor'],
  ),
  'revenue.csv': csv(
    ['Revenue ID', 'Account ID', 'Deal ID', 'Kind', 'Day', 'Amount', 'Currency'],
    ['r1', 'a1', 'd1', 'new', '2026-02-01', '100.00', 'EUR'],
  ),
  'deal_stages.csv': csv(['Deal stage ID', 'Deal ID', 'Stage', 'Entered'], ['s1', 'd1', 'Offer', '2026-01-05T00:00:00Z']),
  'costs.csv': csv(
    ['Cost ID', 'Day', 'Category', 'Campaign ID', 'Account ID', 'Whose', 'Amount', 'Currency'],
    ['e1', '2026-01-05', 'event', 'k1', 'a1', 'Sam Okafor', '80.00', 'EUR'],
  ),
};

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
before(async () => {
  companies = await openCompanies();
  company = await companies.make();
  const { result } = await company.import(files, { source: 'crm' });
  assert.equal(result.errors, 0);
});
after(() => companies.close());

/** Does the damage, tells what verify says to it, and takes it back. */
async function said(damage: string, repair: string): Promise<string[]> {
  assert.ok((await company.damage(damage)) > 0, `nothing was damaged: ${damage}`);
  const differences = await company.differences();
  await company.damage(repair);
  return differences;
}

test('what nobody damaged is in order, and says how much was looked at', async () => {
  assert.deepEqual(await company.differences(), []);
  const printed: string[] = [];
  const io = {
    out: (line: string) => void printed.push(line),
    err: () => {},
    progress: () => {},
    json: false,
    watched: false,
    database: company.database,
    workspaceId: company.workspaceId,
    workspace: {} as never,
  };
  assert.equal(await verifyCommand([]).run({ values: {}, positionals: [] }, io), 0);
  assert.deepEqual([printed.find((line) => line.includes('lead'))?.trim(), printed.at(-1)], ['lead 2 checked', 'State and facts agree.']);
  await company.damage(`UPDATE accounts SET city = 'Kiel' WHERE workspace_id = :ws`);
  assert.equal(await verifyCommand([]).run({ values: {}, positionals: [] }, io), 1);
  await company.damage(`UPDATE accounts SET city = 'Bonn' WHERE workspace_id = :ws`);
});

test('a column changed without a fact, of every type', async () => {
  const changes: [string, string, string, string][] = [
    ['account', 'city', `'Kiel'`, 'account city differs from what the facts say: table Kiel, facts Bonn'],
    ['contact', 'title', `'Countess'`, 'contact title differs from what the facts say: table Countess, facts nothing'],
    ['campaign', 'budget', '120051', 'campaign budget differs from what the facts say: table 120051, facts 120050'],
    [
      'lead',
      'mql_at',
      `'2026-01-02 00:00:01+00'`,
      'lead mqlAt differs from what the facts say: table 2026-01-02 00:00:01+00, facts 2026-01-02 00:00:00+00',
    ],
    ['deal', 'expected_close_on', 'NULL', 'deal expectedCloseOn differs from what the facts say: table nothing, facts 2026-06-01'],
    ['deal', 'probability_percent', '50.01', 'deal probabilityPercent differs from what the facts say: table 50.01, facts 50'],
    [
      'deal',
      'archived_at',
      `'2026-01-01T00:00:00Z'`,
      'deal archivedAt differs from what the facts say: table 2026-01-01 00:00:00+00, facts nothing',
    ],
    ['account', 'custom', `'{"tier":"A"}'`, 'account custom differs from what the facts say: table {"tier": "A"}, facts {}'],
    ['campaignMember', 'status', `'Came'`, 'campaignMember status differs from what the facts say: table Came, facts Sent'],
  ];
  for (const [kind, column, value, sentence] of changes) {
    const table = tableOf[kind as 'account'];
    await company.damage(
      `CREATE TABLE IF NOT EXISTS kept AS SELECT id, ${column} FROM ${table} WHERE workspace_id = :ws ORDER BY id LIMIT 1`,
    );
    const found = await said(
      `UPDATE ${table} SET ${column} = ${value} WHERE workspace_id = :ws AND id = (SELECT id FROM kept)`,
      `UPDATE ${table} t SET ${column} = k.${column} FROM kept k WHERE workspace_id = :ws AND t.id = k.id`,
    );
    await company.damage('DROP TABLE kept');
    assert.deepEqual(found, [sentence]);
  }
  assert.deepEqual(await company.differences(), []);
});

for (const kind of recordKinds) {
  test(`a ${kind} that has gone from its table, and one that no fact made`, async () => {
    const table = tableOf[kind];
    await company.damage(`CREATE TABLE kept AS SELECT * FROM ${table} WHERE workspace_id = :ws ORDER BY id LIMIT 1`);
    // `stage` is generated and can't be written.
    const columns = (
      await company.rows<{ name: string }>(
        `SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'accord.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      )
    )
      .map(({ name }) => name)
      .join(', ');
    const gone = await said(
      `DELETE FROM ${table} WHERE workspace_id = :ws AND id = (SELECT id FROM kept)`,
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM kept`,
    );
    await company.damage('DROP TABLE kept');
    assert.ok(gone.includes(`${kind} was made by a fact but is not in the table`), gone.join('\n'));
    const id = newId();
    const [more, values] = {
      account: ['name, name_key', `'X', 'x'`],
      contact: ['city', `'X'`],
      campaign: ['name, name_key', `'X', 'x'`],
      lead: ['city', `'X'`],
      deal: ['name, name_key, status', `'X', 'x', 'open'`],
      campaignMember: ['campaign_id', `(SELECT id FROM campaigns WHERE workspace_id = :ws LIMIT 1)`],
    }[kind] as [string, string];
    const extra = await said(
      `INSERT INTO ${table} (workspace_id, id, ${more}) SELECT :ws, '${id}', ${values}`,
      `DELETE FROM ${table} WHERE workspace_id = :ws AND id = '${id}'`,
    );
    assert.deepEqual(extra, [`${kind} is in the table but no fact made it`]);
  });
}

test('a key by which records are found that is not that of its field', async () => {
  for (const [kind, key] of [
    ['account', 'name_key'],
    ['contact', 'email_key'],
    ['contact', 'family_key'],
    ['campaign', 'name_key'],
    ['lead', 'name_key'],
    ['deal', 'name_key'],
  ] as const) {
    const right = await company.value(`SELECT ${key} FROM ${tableOf[kind]} WHERE workspace_id = :ws`);
    const found = await said(
      `UPDATE ${tableOf[kind]} SET ${key} = 'wrong' WHERE workspace_id = :ws`,
      `UPDATE ${tableOf[kind]} SET ${key} = '${right}' WHERE workspace_id = :ws`,
    );
    assert.equal(found[0], `${kind} ${key} is not the key of its field: table wrong, facts ${right}`);
  }
});

test('every link of every record and entry that leads nowhere', async () => {
  const nowhere = newId();
  for (const kind of [...recordKinds, ...entryKinds]) {
    const links = fieldsOf[kind].filter(({ type }) => [...recordKinds, 'member'].includes(type));
    const columns = links.map(({ name }) => columnOf(name));
    const set = (value: (column: string) => string) => columns.map((column) => `${column} = ${value(column)}`).join(', ');
    await company.damage(`CREATE TABLE kept AS SELECT id, ${columns.join(', ')} FROM ${tableOf[kind]} WHERE workspace_id = :ws`);
    const found = await said(
      `UPDATE ${tableOf[kind]} SET ${set(() => `'${nowhere}'`)} WHERE workspace_id = :ws`,
      `UPDATE ${tableOf[kind]} t SET ${set((column) => `k.${column}`)} FROM kept k WHERE t.workspace_id = :ws AND t.id = k.id`,
    );
    await company.damage('DROP TABLE kept');
    for (const { name, type } of links)
      assert.ok(
        found.includes(`${kind} ${name} refers to no ${type} that exists: table ${nowhere}, facts nothing`),
        `${kind}.${name}: ${found.join('; ')}`,
      );
  }
  assert.deepEqual(await company.differences(), []);
});

test('the id of a source that names no record here', async () => {
  const found = await said(
    `INSERT INTO external_ids (workspace_id, source, kind, external_id, record_id) VALUES (:ws, 'crm', 'lead', 'l9', '${newId()}')`,
    `DELETE FROM external_ids WHERE workspace_id = :ws AND external_id = 'l9'`,
  );
  assert.deepEqual(found, ['lead crm:l9 is a source’s id of no record that exists']);
});

test('an entry that still counts though its import was undone, and one voided by nothing', async () => {
  const { id } = await company.import(
    { 'touches.csv': csv(['Touch ID', 'When', 'Side', 'Kind', 'Contact ID'], ['t2', '2026-01-03T00:00:00Z', 'sales', 'call', 'c1']) },
    { source: 'crm' },
  );
  await company.undo(id);
  const alive = await said(
    `UPDATE touches SET voided_by = NULL WHERE workspace_id = :ws AND run_id = '${id}'`,
    `UPDATE touches SET voided_by = '${id}' WHERE workspace_id = :ws AND run_id = '${id}'`,
  );
  assert.deepEqual(alive, ['touch counts though its import was undone']);
  const voided = await said(
    `UPDATE revenue_entries SET voided_by = '${newId()}' WHERE workspace_id = :ws`,
    `UPDATE revenue_entries SET voided_by = NULL WHERE workspace_id = :ws`,
  );
  assert.deepEqual(voided, ['revenue is void though no import that stands voided it']);
});

test('a cost and the entry that takes it back that don’t cancel out', async () => {
  const costs = (amount: string) => ({
    'costs.csv': csv(['Cost ID', 'Day', 'Category', 'Amount', 'Currency'], ['e2', '2026-01-06', 'event', amount, 'EUR']),
  });
  await company.import(costs('10.00'), { source: 'crm' });
  await company.import(costs('11.00'), { source: 'crm' });
  const found = await said(
    `UPDATE cost_entries SET amount = -999 WHERE workspace_id = :ws AND reverses_id IS NOT NULL`,
    `UPDATE cost_entries SET amount = -1000 WHERE workspace_id = :ws AND reverses_id IS NOT NULL`,
  );
  assert.deepEqual(found.sort(), [
    'cost and the entry that takes it back don’t cancel out: table -999, facts 1000',
    'cost and the entry that takes it back don’t cancel out: table 1000, facts -999',
  ]);
  const alone = await said(
    `UPDATE cost_entries SET reversed_by = NULL WHERE workspace_id = :ws AND amount = 1000`,
    `UPDATE cost_entries e SET reversed_by = r.id FROM cost_entries r WHERE e.workspace_id = :ws AND r.workspace_id = :ws AND r.reverses_id = e.id`,
  );
  assert.deepEqual(alone, ['cost and the entry that takes it back don’t cancel out: table -1000, facts 1000']);
});
