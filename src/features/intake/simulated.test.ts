/** A whole simulated company: what came in is what the simulator says is true. */

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Papa from 'papaparse';
import { entryKinds, fieldsOf, recordKinds, tableOf } from '#features/records/contract.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';

interface Truth {
  rows: Record<string, number>;
  stages: {
    all: { reached: Record<string, number>; value: string; wonValue: string };
    by: { origin: Record<string, { reached: Record<string, number> }> };
  };
  atStage: Record<string, number>;
  deals: Record<string, { count: number; amount: string }>;
  revenue: Record<string, { count: number; amount: string }>;
  costs: Record<string, { count: number; amount: string }>;
  touches: Record<string, number>;
}

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let folder: string;
let truth: Truth;
let run: string;
before(async () => {
  companies = await openCompanies();
  company = await companies.make();
  folder = await mkdtemp(join(tmpdir(), 'accord-simulated-'));
  truth = (await writeSimulation({ seed: 3, months: 6, leads: 300, folder })).truth as unknown as Truth;
});
after(async () => {
  await companies.close();
  await rm(folder, { recursive: true, force: true });
});

const count = async (table: string, and = 'true') =>
  Number(await company.value(`SELECT count(*) FROM ${table} WHERE workspace_id = :ws AND ${and}`));
const grouped = async (table: string, by: string, amount = '0') =>
  Object.fromEntries(
    (
      await company.rows<{ by: string; count: number; amount: string }>(
        `SELECT ${by} AS by, count(*)::int AS count, coalesce(sum(${amount}), 0)::text AS amount FROM ${table} WHERE workspace_id = :ws GROUP BY 1`,
      )
    ).map((row) => [row.by, { count: row.count, amount: row.amount }]),
  );
const asText = (amounts: Record<string, { count: number; amount: string }>) =>
  Object.fromEntries(Object.entries(amounts).map(([name, { count, amount }]) => [name, { count, amount: String(amount) }]));

test('every row of the files is here once, and every figure is the true one', async () => {
  const { id, result } = await company.import([folder]);
  run = id;
  assert.equal(result.errors, 0);
  for (const kind of [...recordKinds, ...entryKinds]) {
    const file = {
      account: 'accounts',
      contact: 'contacts',
      campaign: 'campaigns',
      lead: 'leads',
      deal: 'deals',
      campaignMember: 'campaign_members',
      touch: 'touches',
      revenue: 'revenue',
      dealStage: 'deal_stages',
      cost: 'costs',
    }[kind];
    assert.equal(await count(tableOf[kind]), truth.rows[`${file}.csv`], file);
  }
  assert.equal(await count('members', 'run_id IS NOT NULL'), truth.rows['members.csv']);
  const fields = {
    inquiry: 'opened_at',
    mql: 'mql_at',
    sal: 'sal_at',
    sql: 'sql_at',
    deal: 'deal_at',
    won: 'won_at',
    lost: 'lost_at',
    rejected: 'rejected_at',
    recycled: 'recycled_at',
    disqualified: 'disqualified_at',
  };
  for (const [stage, column] of Object.entries(fields))
    assert.equal(await count('leads', `${column} IS NOT NULL`), truth.stages.all.reached[stage], stage);
  assert.deepEqual(
    Object.fromEntries(Object.entries(await grouped('leads', 'stage')).map(([stage, { count }]) => [stage, count])),
    Object.fromEntries(Object.entries(truth.atStage).filter(([, number]) => number > 0)),
  );
  const byOrigin = await grouped('leads', `coalesce(origin, '')`);
  for (const [origin, { reached }] of Object.entries(truth.stages.by.origin))
    assert.equal(byOrigin[origin]?.count, reached.inquiry, origin);
  assert.deepEqual(await grouped('deals', `type || ', ' || status`, 'amount'), asText(truth.deals));
  assert.deepEqual(await grouped('revenue_entries', 'kind', 'amount'), asText(truth.revenue));
  assert.deepEqual(await grouped('cost_entries', `side || ' ' || category`, 'booked'), asText(truth.costs));
  assert.equal(await count('cost_entries', 'team IS NOT NULL AND team_id IS NULL'), 0, 'every team a cost names is one of the members’');
  assert.deepEqual(
    Object.fromEntries(Object.entries(await grouped('touches', `side || ' ' || kind`)).map(([name, { count }]) => [name, count])),
    truth.touches,
  );
  assert.deepEqual(await company.differences(), []);
});

/** Columns of the simulator's files that link to a record of a kind, and the column of ours. */
const links: [file: string, table: string, own: string, column: string, target: string][] = [
  ['contacts.csv', 'contacts', 'Contact ID', 'Account ID', 'account_id'],
  ['leads.csv', 'leads', 'Lead ID', 'Contact ID', 'contact_id'],
  ['leads.csv', 'leads', 'Lead ID', 'Account ID', 'account_id'],
  ['leads.csv', 'leads', 'Lead ID', 'Campaign ID', 'campaign_id'],
  ['leads.csv', 'leads', 'Lead ID', 'Earlier cycle ID', 'previous_lead_id'],
  ['deals.csv', 'deals', 'Deal ID', 'Lead ID', 'lead_id'],
  ['deals.csv', 'deals', 'Deal ID', 'Contact ID', 'contact_id'],
  ['deals.csv', 'deals', 'Deal ID', 'Account ID', 'account_id'],
  ['campaign_members.csv', 'campaign_members', 'Campaign member ID', 'Campaign ID', 'campaign_id'],
  ['campaign_members.csv', 'campaign_members', 'Campaign member ID', 'Contact ID', 'contact_id'],
  ['campaign_members.csv', 'campaign_members', 'Campaign member ID', 'Lead ID', 'lead_id'],
];

async function rowsOf(file: string): Promise<Record<string, string>[]> {
  return Papa.parse<Record<string, string>>(await readFile(join(folder, file), 'utf8'), { header: true, skipEmptyLines: true }).data;
}

test('every record links to what its row names', async () => {
  for (const [file, table, own, column, target] of links) {
    const stated = (await rowsOf(file)).filter((row) => row[column] !== '').map((row) => `${row[own]} → ${row[column]}`);
    const linked = await company.rows<{ link: string }>(`SELECT x.external_id || ' → ' || y.external_id AS link FROM ${table} t
      JOIN external_ids x ON x.workspace_id = :ws AND x.record_id = t.id JOIN external_ids y ON y.workspace_id = :ws AND y.record_id = t.${target} WHERE t.workspace_id = :ws`);
    const found = new Set(linked.map(({ link }) => link));
    assert.ok(stated.length > 0, `${file} states ${column}`);
    assert.deepEqual(
      stated.filter((link) => !found.has(link)),
      [],
      `${file}: ${column}`,
    );
  }
});

test('every touch belongs to the people, the lead and the deal of its row', async () => {
  const found = await company.rows<{
    links: string;
    count: number;
  }>(`SELECT concat_ws(' ', to_char(t.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), t.side, t.kind, a.external_id, c.external_id, l.external_id, d.external_id, m.email) AS links, count(*)::int AS count
    FROM touches t LEFT JOIN external_ids a ON a.workspace_id = :ws AND a.record_id = t.account_id LEFT JOIN external_ids c ON c.workspace_id = :ws AND c.record_id = t.contact_id
    LEFT JOIN external_ids l ON l.workspace_id = :ws AND l.record_id = t.lead_id LEFT JOIN external_ids d ON d.workspace_id = :ws AND d.record_id = t.deal_id
    LEFT JOIN members m ON m.workspace_id = :ws AND m.id = t.member_id WHERE t.workspace_id = :ws GROUP BY 1`);
  const stated = (await rowsOf('touches.csv')).map((row) =>
    [row['When'], row['Side'], row['Kind'], row['Account ID'], row['Contact ID'], row['Lead ID'], row['Deal ID'], row['Who']]
      .filter((part) => part !== '')
      .join(' '),
  );
  const linked = found.flatMap(({ links, count }) => Array.from({ length: count }, () => links));
  assert.deepEqual(linked.sort(), stated.sort());
});

test('every field that a link could be is checked: no reference leads nowhere', async () => {
  for (const kind of [...recordKinds, ...entryKinds]) {
    for (const field of fieldsOf[kind].filter(({ type }) => [...recordKinds, 'member'].includes(type))) {
      const column = field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const target = field.type === 'member' ? 'members' : tableOf[field.type as 'account'];
      assert.equal(
        await count(
          `${tableOf[kind]} t`,
          `t.${column} IS NOT NULL AND NOT EXISTS (SELECT FROM ${target} o WHERE o.workspace_id = :ws AND o.id = t.${column})`,
        ),
        0,
        `${kind}.${field.name}`,
      );
    }
  }
});

test('undone, nothing is left but history; imported again, everything is as it was', async () => {
  const state = await company.state();
  const recorded = await count('facts');
  await company.undo(run);
  const left = (await company.state()).filter((line) => !line.includes('name=Mara '));
  assert.deepEqual(left, []);
  assert.ok((await count('facts')) > recorded, 'history stays, and says that the import was undone');
  assert.deepEqual(await company.differences(), []);
  await company.import([folder]);
  assert.deepEqual(await company.state(), state);
  assert.deepEqual(await company.differences(), []);
});

test('a dry run counts the same and leaves nothing', async () => {
  const other = await companies.make();
  const before = await other.state();
  const { result } = await other.import([folder], { dryRun: true });
  assert.equal(result.kinds.lead?.created, truth.rows['leads.csv']);
  assert.deepEqual(await other.state(), before);
  assert.equal(await other.value('SELECT count(*) FROM facts WHERE workspace_id = :ws AND run_id IS NOT NULL'), '0');
});
