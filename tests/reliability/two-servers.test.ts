/** Two servers on one database: an import runs once, whichever takes it, and a request sent again has one effect. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { writeSimulation } from '#features/simulate/commands.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { ask, endAll, importOver, runs, serve, setUp, until, type Run, type RunningServer, type Session } from './servers.ts';

let testing: TestDatabase;
let folder: string;
let files: Record<string, string>;
const servers: RunningServer[] = [];
let session: Session;
before(async () => {
  testing = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'accord-two-'));
  await writeSimulation({ seed: 6, months: 3, leads: 150, folder });
  files = Object.fromEntries(
    readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  const env = { DATABASE_URL: testing.ownerUrl, ACCORD_APP_DATABASE_URL: testing.appUrl };
  for (const name of ['one', 'two']) servers.push(await serve({ ...env, ACCORD_DATA: join(folder, name) }));
  session = await setUp(servers[0]!.url);
});
after(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  endAll();
  await testing.close();
  rmSync(folder, { recursive: true, force: true });
});

async function query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: testing.ownerUrl });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.gate', 'system', false), set_config('search_path', 'accord', false)`);
    const [workspace] = (await client.query<{ id: string }>('SELECT id FROM workspaces')).rows;
    await client.query(`SELECT set_config('app.workspace', $1, false)`, [workspace!.id]);
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

const allEnded = async () => (await runs(servers[0]!.url, session)).every(({ status }) => status === 'done' || status === 'failed');

test('one import queued three times runs once', async () => {
  await importOver(servers[0]!.url, session, files, 'crm');
  // As when a server that was taken for dead lives after all.
  const [run] = await runs(servers[1]!.url, session);
  await query(
    `SELECT accord.enqueue('import.run', json_build_object('runId', '${run!.id}', 'workspaceId', w.id), NULL, NULL, 5, NULL) FROM workspaces w, generate_series(1, 2)`,
  );
  await until('the import ends', allEnded);
  await until(
    'the queue is empty',
    async () => Number((await query<{ count: string }>(`SELECT count(*) FROM graphile_worker.jobs`))[0]!.count) === 0,
  );
  assert.deepEqual(
    (await runs(servers[1]!.url, session)).map(({ status, error }) => [status, error]),
    [['done', null]],
  );
  const { result } = (await ask(servers[1]!.url, session, 'GET', `/imports/${run!.id}`)).json as {
    result: { kinds: Record<string, { created: number; unchanged: number }> };
  };
  const rows = (name: string) => files[name]!.trim().split('\n').length - 1;
  const [counted] = await query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM leads) AS leads, (SELECT count(*)::int FROM touches) AS touches, (SELECT count(*)::int FROM facts WHERE kind = 'lead.recorded') AS facts, (SELECT count(*)::int FROM facts WHERE kind = 'account.recorded') AS accounts`,
  );
  assert.deepEqual(
    [result.kinds.lead!.created, result.kinds.lead!.unchanged],
    [rows('leads.csv'), 0],
    'the first to run tells, nobody after it',
  );
  assert.deepEqual(counted, {
    leads: rows('leads.csv'),
    touches: rows('touches.csv'),
    facts: rows('leads.csv'),
    accounts: rows('accounts.csv'),
  });
});

test('an undo asked of both servers at once happens once', async () => {
  const [run] = await runs(servers[0]!.url, session);
  const asked = await Promise.allSettled(servers.map((server) => ask(server.url, session, 'POST', `/imports/${run!.id}/undo`)));
  // Whoever comes when it is done already is told so.
  const refused = asked.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  assert.ok(refused.length < servers.length && refused.every((reason) => /409 .* is undone/.test(reason)), refused.join('\n'));
  await until('it is undone', async () => (await runs(servers[0]!.url, session))[0]!.status === 'undone');
  await until(
    'the queue is empty',
    async () => Number((await query<{ count: string }>(`SELECT count(*) FROM graphile_worker.jobs`))[0]!.count) === 0,
  );
  assert.equal((await query<{ count: string }>(`SELECT count(*) FROM facts WHERE kind = 'import.undone'`))[0]!.count, '1');
});

test('an upload and a run sent again with the same Idempotency-Key have one effect and one answer', async () => {
  const before = (await runs(servers[0]!.url, session)).length;
  const [uploadKey, runKey] = [randomUUID(), randomUUID()];
  const upload = async (server: RunningServer) => {
    const form = new FormData();
    form.append('files', new Blob(['Lead ID,Name\nl1,Ada\n']), 'leads.csv');
    return (await ask(server.url, session, 'POST', '/imports', form, { 'idempotency-key': uploadKey })).json as {
      id: string;
      number: number;
    };
  };
  const first = await upload(servers[0]!);
  const again = await Promise.all([...servers, ...servers].map(upload));
  assert.deepEqual(
    again,
    again.map(() => first),
  );
  assert.equal((await runs(servers[0]!.url, session)).length, before + 1);
  for (const server of [...servers, ...servers])
    await ask(server.url, session, 'POST', `/imports/${first.id}/run`, undefined, { 'idempotency-key': runKey });
  await until(
    'the import ends',
    async () => ((await ask(servers[0]!.url, session, 'GET', `/imports/${first.id}`)).json as Run).status === 'done',
  );
  assert.equal((await query<{ count: string }>('SELECT count(*) FROM leads'))[0]!.count, '1');
});

test('two uploads at once with the same key are one', async () => {
  const before = (await runs(servers[0]!.url, session)).length;
  const key = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 6 }, async (_, at) => {
      const form = new FormData();
      form.append('files', new Blob(['Lead ID,Name\nl2,Grace\n']), 'leads.csv');
      return (await ask(servers[at % 2]!.url, session, 'POST', '/imports', form, { 'idempotency-key': key })).json as { id: string };
    }),
  );
  assert.equal(new Set(answers.map(({ id }) => id)).size, 1);
  assert.equal((await runs(servers[0]!.url, session)).length, before + 1);
});
