/** Every statement of an import and of an undo fails once: the record is wholly there or not at all, and the run says which. */
import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import type { Database } from '#platform/db/database.ts';
import { csv, openCompanies, type Company } from './company.ts';

const files = {
  'members.csv': csv(['Name', 'E-mail', 'Side', 'Role', 'Team'], ['Sam Okafor', 'sam@northwind.example', 'sales', 'member', 'West']),
  'accounts.csv': csv(['Account ID', 'Name', 'Domain', 'Owner'], ['a1', 'Northwind', 'northwind.example', 'sam@northwind.example']),
  'contacts.csv': csv(['Contact ID', 'Account ID', 'Name', 'E-mail'], ['c1', 'a1', 'Ada', 'ada@northwind.example']),
  'leads.csv': csv(
    ['Lead ID', 'Contact ID', 'Earlier cycle ID', 'Created (inquiry)'],
    ['l1', 'c1', '', '2026-01-01T00:00:00Z'],
    ['l2', 'c1', 'l1', '2026-02-01T00:00:00Z'],
  ),
  'deals.csv': csv(
    ['Deal ID', 'Name', 'Account ID', 'Lead ID', 'Status', 'Amount', 'Currency', 'Closed'],
    ['d1', 'Planner', 'a1', 'l2', 'won', '100.00', 'EUR', '2026-03-01T00:00:00Z'],
  ),
  'touches.csv': csv(['Touch ID', 'When', 'Side', 'Kind', 'Lead ID'], ['t1', '2026-01-03T00:00:00Z', 'sales', 'call', 'l1']),
  'costs.csv': csv(
    ['Cost ID', 'Day', 'Category', 'Team', 'Whose', 'Amount', 'Currency'],
    ['e1', '2026-01-31', 'salaries', 'West', 'sam@northwind.example', '4000.00', 'EUR'],
    ['e2', '2026-01-31', 'travel', 'Nowhere', '', '80.00', 'CHF'],
  ),
};

/** Statements that one connection of the pool is asked, counted; the one to fail throws instead. */
interface Fault {
  statement: number;
  failAt: number;
  /** `refused`: the database says no. `cut`: the connection ends under it. */
  how: 'refused' | 'cut';
  failed: string | null;
}

const broken = () => Object.assign(new Error('the statement failed, as the test wanted'), { code: 'ECONNRESET' });
type Query = (...args: unknown[]) => unknown;

/** The same database, whose connections fail as told. Only statements of the work itself count, no signs of life. */
function failing(database: Database, fault: Fault): Database {
  const pool = new Proxy(database.pool, {
    get(target, name) {
      if (name !== 'connect') return Reflect.get(target, name, target);
      return async () => {
        const client = (await target.connect()) as pg.PoolClient & { stream?: never };
        const query = client.query.bind(client) as Query;
        (client as unknown as { query: Query }).query = (...args) => {
          const first = args[0] as string | { text?: string };
          const text = typeof first === 'string' ? first : (first.text ?? 'COPY');
          if (text === 'ROLLBACK' || ++fault.statement !== fault.failAt) return query(...args);
          fault.failed = text;
          if (fault.how === 'cut') (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
          else if (typeof first === 'string') return Promise.reject(broken());
          const asked = query(...args);
          // A COPY fails through its stream, once it is under way.
          if (fault.how === 'refused') setImmediate(() => (asked as Duplex).destroy(broken()));
          return asked;
        };
        return client;
      };
    },
  });
  return { ...database, pool };
}

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

/** How many rows there are that an import can make, in one glance. */
const tables = [
  'members',
  'teams',
  'team_members',
  'external_ids',
  'accounts',
  'contacts',
  'campaigns',
  'leads',
  'deals',
  'touches',
  'cost_entries',
  'custom_fields',
];
const size = (company: Company) =>
  company.value(
    `SELECT string_agg(n::text, ' ') FROM (${tables.map((table) => `SELECT count(*) AS n FROM ${table} WHERE workspace_id = :ws ${table === 'touches' || table === 'cost_entries' ? 'AND voided_by IS NULL' : ''}`).join(' UNION ALL ')} UNION ALL SELECT count(*) FROM facts WHERE workspace_id = :ws AND sets IS NOT NULL) counts`,
  );

const runOf = async (company: Company) =>
  (
    await company.rows<{ id: string; status: string; error: string | null }>(
      `SELECT id, status, error FROM import_runs WHERE workspace_id = :ws ORDER BY number DESC LIMIT 1`,
    )
  )[0]!;

for (const how of ['refused', 'cut'] as const) {
  test(`an import whose every statement is once ${how} is there whole or not at all`, async (t) => {
    const wanted = await companies.make();
    await wanted.import(files, { source: 'crm' });
    const state = await wanted.state();
    const fault: Fault = { statement: 0, failAt: 0, how, failed: null };
    const company = await companies.make({ database: failing(companies.testing.database, fault) });
    const nothing = await size(company);
    let tried = 0;
    // Every statement when refused; when cut every fifth, for what happens then hardly depends on which.
    for (let at = 1; ; at += how === 'refused' ? 1 : 5) {
      Object.assign(fault, { statement: 0, failAt: at, failed: null });
      const outcome = await company.import(files, { source: 'crm' }).catch((error: Error) => error);
      if (fault.failed === null) break;
      tried++;
      fault.failAt = 0;
      const run = await runOf(company);
      if (outcome instanceof Error) {
        assert.equal(await size(company), nothing, `statement ${at}: ${fault.failed}`);
        assert.deepEqual([run.status, run.error], ['failed', outcome.message], `statement ${at}: ${fault.failed}`);
      } else assert.fail(`statement ${at} failed and nobody noticed: ${fault.failed}`);
    }
    assert.deepEqual(await company.state(), state);
    assert.deepEqual(await company.differences(), []);
    assert.ok(tried > (how === 'refused' ? 60 : 12), `${tried} statements were made to fail`);
    t.diagnostic(`${tried} statements were made to fail`);
  });
}

test('an undo whose every statement fails once has happened or has not', async (t) => {
  const fault: Fault = { statement: 0, failAt: 0, how: 'refused', failed: null };
  const company = await companies.make({ database: failing(companies.testing.database, fault) });
  const nothing = await company.state();
  const { id } = await company.import(files, { source: 'crm' });
  const [state, whole] = [await company.state(), await size(company)];
  let tried = 0;
  for (let at = 1; ; at++) {
    Object.assign(fault, { statement: 0, failAt: at, failed: null });
    const outcome = await company.undo(id).catch((error: Error) => error);
    if (fault.failed === null) break;
    tried++;
    fault.failAt = 0;
    assert.ok(outcome instanceof Error, `statement ${at} failed and nobody noticed: ${fault.failed}`);
    assert.equal(await size(company), whole, `statement ${at}: ${fault.failed}`);
    assert.equal((await runOf(company)).status, 'done');
    if (at % 10 === 1) assert.deepEqual([await company.state(), await company.differences()], [state, []]);
  }
  assert.equal((await runOf(company)).status, 'undone');
  assert.deepEqual(await company.state(), nothing);
  assert.deepEqual(await company.differences(), []);
  assert.ok(tried > 30);
  t.diagnostic(`${tried} statements were made to fail`);
});

test('two workspaces import months nobody had, at once', async () => {
  const both = await Promise.all([companies.make(), companies.make(), companies.make()]);
  const touches = csv(
    ['Touch ID', 'When', 'Side', 'Kind', 'Contact ID'],
    ...Array.from({ length: 24 }, (_, at) => [
      `t${at}`,
      `${2012 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-05T00:00:00Z`,
      'sales',
      'call',
      'c1',
    ]),
  );
  await Promise.all(
    both.map((company) => company.import({ 'contacts.csv': files['contacts.csv'], 'touches.csv': touches }, { source: 'crm' })),
  );
  for (const company of both) assert.equal(await company.value('SELECT count(*) FROM touches WHERE workspace_id = :ws'), '24');
});

test('a run that breaks off again and again is given up after five tries, and says so', async () => {
  const fault: Fault = { statement: 0, failAt: 0, how: 'refused', failed: null };
  const company = await companies.make({ database: failing(companies.testing.database, fault) });
  Object.assign(fault, { statement: 0, failAt: 20 });
  const first = await company.upload(files, { source: 'crm' }).catch((error: Error) => error);
  assert.ok(first instanceof Error, 'the queue is told, and tries again');
  const { id } = await runOf(company);
  for (let tries = 2; tries <= 5; tries++) {
    assert.equal((await runOf(company)).status, 'staging');
    Object.assign(fault, { statement: 0, failAt: 20 });
    await company.runAgain(id).catch(() => {});
  }
  const run = await runOf(company);
  assert.equal(run.status, 'failed');
  assert.match(run.error!, /tried 5 times and broke off each time; nothing of it was kept\. The last time: .*as the test wanted/);
});

test('what the database refuses for good fails at once, with its words', async () => {
  const fault: Fault = { statement: 0, failAt: 0, how: 'refused', failed: null };
  const company = await companies.make({ database: failing(companies.testing.database, fault) });
  await company.damage(`ALTER TABLE accounts ADD CONSTRAINT no_northwind CHECK (name <> 'Northwind') NOT VALID`);
  try {
    const run = await company.upload(files, { source: 'crm' });
    assert.equal(run.status, 'failed');
    assert.match(run.error!, /The database refused it: .*no_northwind.* Nothing of it was kept\./);
  } finally {
    await company.damage('ALTER TABLE accounts DROP CONSTRAINT no_northwind');
  }
});
