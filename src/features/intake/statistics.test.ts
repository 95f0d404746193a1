/** After much was written at once the planner is told: by jobs, or by the command line itself. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import type { WorkspaceIo } from '#platform/cli/command.ts';
import { renewStatisticsNow, statisticsJobs, tablesWithStatistics } from '#platform/db/statistics.ts';
import { csv, openCompanies, type Company } from '#tests/reliability/company.ts';
import { importCommand, importsCommand } from './commands.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let owner: pg.Client;
before(async () => {
  companies = await openCompanies();
  company = await companies.make();
  owner = new pg.Client({ connectionString: company.ownerUrl });
  await owner.connect();
});
after(async () => {
  await owner.end();
  await companies.close();
});

const accounts = (count: number, first = 0): string =>
  csv(['Account ID', 'Name'], ...Array.from({ length: count }, (_, at) => [`a${first + at}`, `Company ${first + at}`]));

const calls = (count: number): string =>
  csv(
    ['Touch ID', 'When', 'Side', 'Kind', 'Account ID'],
    ...Array.from({ length: count }, (_, at) => [`t${at}`, `2026-0${1 + (at % 6)}-03T00:00:00Z`, 'sales', 'call', `a${at}`]),
  );

interface Waiting {
  readonly table: string;
  readonly payload: Record<string, unknown>;
  readonly waits: boolean;
}
async function waiting(): Promise<Waiting[]> {
  const { rows } = await owner.query<Waiting>(`SELECT payload->>'table' AS table, payload, run_at > now() + interval '30 seconds' AS waits
    FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'statistics:renew' ORDER BY 1`);
  return rows;
}
const tablesWaiting = async (): Promise<string[]> => (await waiting()).map(({ table }) => table);
const forgetJobs = () => owner.query('DELETE FROM graphile_worker._private_jobs');
const run = (job: string, payload: Record<string, unknown> = {}) => statisticsJobs(company.database)[job]!(payload);
/** As the worker does. */
const work = async (): Promise<void> => {
  const jobs = await waiting();
  await forgetJobs();
  for (const { payload } of jobs) await run('statistics:renew', payload);
};
/** Rows that the planner takes a table for; -1: it was never told. */
async function known(table: string): Promise<number> {
  const { rows } = await owner.query<{ rows: number }>(`SELECT reltuples::int AS rows FROM pg_class WHERE oid = $1::regclass`, [
    `accord.${table}`,
  ]);
  return rows[0]!.rows;
}

test('a large import leaves a job for each table it filled, and the planner knows the rows afterwards', async () => {
  const { id } = await company.import({ 'accounts.csv': accounts(2_500), 'touches.csv': calls(2_400) });
  assert.deepEqual(await tablesWaiting(), ['accounts', 'external_ids', 'facts', 'touches']);
  assert.equal(await known('touches'), -1); // kept by month: autovacuum never looks at the whole
  await work();
  assert.deepEqual([await known('accounts'), await known('facts'), await known('touches')], [2_500, 2_501, 2_400]);
  const { rows } = await owner.query(
    `SELECT last_analyze IS NOT NULL AS told FROM pg_stat_user_tables WHERE schemaname = 'accord' AND relname = 'accounts'`,
  );
  assert.deepEqual(rows, [{ told: true }]);

  await company.undo(id);
  assert.deepEqual(await tablesWaiting(), ['accounts', 'external_ids', 'facts', 'touches']);
  await work();
  assert.equal(await known('accounts'), 0);
});

test('a small import, and a dry run, leave none', async () => {
  await company.import({ 'accounts.csv': accounts(1_900) }, { source: 'small' });
  await company.import({ 'accounts.csv': accounts(3_000) }, { source: 'dry', dryRun: true });
  assert.deepEqual(await waiting(), []);
});

test('imports that end together share the jobs, whosever they are', async () => {
  const other = await companies.make();
  await company.import({ 'accounts.csv': accounts(2_000) }, { source: 'one' });
  await other.import({ 'accounts.csv': accounts(2_000) }, { source: 'two' });
  assert.deepEqual(await tablesWaiting(), ['accounts', 'external_ids', 'facts']);
  await forgetJobs();
});

test('readers and writers go on while statistics are made', async () => {
  await company.database.inWorkspace(company.workspaceId, async (tx) => {
    await sql`SELECT accord.renew_statistics('accounts'), accord.renew_statistics('touches')`.execute(tx);
    const beside = new pg.Client({ connectionString: company.ownerUrl });
    await beside.connect();
    try {
      await beside.query(`SET lock_timeout = 500`);
      await beside.query(`SELECT set_config('app.workspace', $1, false)`, [company.workspaceId]);
      await beside.query('SELECT count(*) FROM accord.accounts, accord.touches');
      const { rowCount } = await beside.query(`UPDATE accord.accounts SET city = 'Bonn'`);
      assert.ok(rowCount! > 0);
    } finally {
      await beside.end();
    }
  });
});

test('where an import holds the table the job comes back in a minute', async () => {
  await owner.query('BEGIN');
  await owner.query('LOCK TABLE accord.touches IN SHARE UPDATE EXCLUSIVE MODE');
  try {
    await run('statistics:renew', { workspaceId: company.workspaceId, table: 'touches' });
    assert.deepEqual(await renewStatisticsNow(company.database, ['touches', 'accounts']), ['touches']);
    await run('daily:statistics');
  } finally {
    await owner.query('ROLLBACK');
  }
  assert.deepEqual(
    (await waiting()).map(({ table, waits }) => [table, waits]),
    [['touches', true]],
  );
  await forgetJobs();
});

test('the application role has it done for these tables and no other', async () => {
  assert.deepEqual(await renewStatisticsNow(company.database, tablesWithStatistics), []);
  await assert.rejects(
    company.inside((tx) => sql`SELECT accord.renew_statistics('logins')`.execute(tx)),
    /statistics of logins are not renewed/,
  );
  // What a sample holds of others' rows stays out of sight.
  assert.deepEqual(await company.rows(`SELECT attname FROM pg_stats WHERE schemaname = 'accord'`), []);
});

test('the command line, which no worker may follow, does it itself', async () => {
  const away = await companies.make();
  const folder = await mkdtemp(join(tmpdir(), 'accord-statistics-'));
  const lines: string[] = [];
  const io: WorkspaceIo = {
    ...{ out: (line) => void lines.push(line), err: () => {}, json: false, watched: false, progress: () => {} },
    ...{ database: away.database, workspaceId: away.workspaceId },
    workspace: { id: away.workspaceId, name: 'Northwind', slug: 'northwind', timeZone: 'UTC', currency: 'EUR', country: null },
  };
  try {
    await writeFile(join(folder, 'accounts.csv'), accounts(2_700, 10_000));
    const before = await known('accounts');
    assert.equal(await importCommand.run({ values: { source: 'crm' }, positionals: [join(folder, 'accounts.csv')] }, io), 0);
    assert.equal(await known('accounts'), before + 2_700);
    assert.equal(await importsCommand.run({ values: { undo: '1' }, positionals: [] }, io), 0);
    assert.equal(await known('accounts'), before);
    assert.deepEqual(lines.at(-1), 'Import #1 is undone.');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
