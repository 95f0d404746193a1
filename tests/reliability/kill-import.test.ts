/**
 * A server is killed (SIGKILL) at a random moment of an upload or import, again and again, while others write.
 * ACCORD_KILL_ROUNDS says how often; 20 takes about five minutes.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { writeSimulation } from '#features/simulate/commands.ts';
import { findRunning } from '#platform/postgres/embedded.ts';
import {
  accord,
  ask,
  endAll,
  importOver,
  isAlive,
  postmasterOf,
  runs,
  serve,
  setUp,
  until,
  type Run,
  type RunningServer,
  type Session,
} from './servers.ts';

const rounds = Number(process.env.ACCORD_KILL_ROUNDS ?? 6);
const skip = process.platform === 'win32' ? 'there is no SIGKILL here' : false;

let dataFolder: string;
let sample: string;
let server: RunningServer;
let session: Session;
let files: Record<string, string>;
/** Milliseconds from the first byte of an upload to the end of its import. */
let whole = 0;
/** And of the import alone. */
let running = 0;
before(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), 'accord-kill-'));
  sample = mkdtempSync(join(tmpdir(), 'accord-kill-sample-'));
  await writeSimulation({ seed: 5, months: 6, leads: 600, folder: sample });
  files = Object.fromEntries(
    readdirSync(sample)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(sample, name), 'utf8')]),
  );
  if (skip) return;
  server = await serve({ ACCORD_DATA: dataFolder });
  session = await setUp(server.url);
});
after(() => {
  endAll();
  for (const folder of [dataFolder, sample]) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: findRunning(dataFolder)!.ownerUrl });
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

/** Everything a source has brought, by kind. */
const broughtBy = (source: string) =>
  query<{ kind: string; count: string }>(`SELECT kind, count(*) FROM external_ids WHERE source = '${source}' GROUP BY 1 ORDER BY 1`);
const touchesOf = async (source: string) =>
  Number(
    (
      await query<{ count: string }>(
        `SELECT count(*) FROM touches t JOIN import_runs r ON r.id = t.run_id WHERE r.source = '${source}' AND voided_by IS NULL`,
      )
    )[0]!.count,
  );
const ended = (run: Run) => run.status === 'done' || run.status === 'failed';

/** Writes contacts one after another; keeps the names that were acknowledged. */
function write(url: string, prefix: string): { acknowledged: string[]; stop(): Promise<void> } {
  const acknowledged: string[] = [];
  let stopped = false;
  const work = (async () => {
    for (let at = 0; !stopped; at++) {
      const fullName = `${prefix} ${at}`;
      await ask(url, session, 'POST', '/contacts', { fullName }).then(
        () => acknowledged.push(fullName),
        () => pause(20),
      );
    }
  })();
  return {
    acknowledged,
    stop: () => {
      stopped = true;
      return work;
    },
  };
}

test('an import left in peace is the measure', { skip }, async () => {
  const began = performance.now();
  let start = began;
  await importOver(server.url, session, files, 'calm', undefined, () => (start = performance.now()));
  await until('the import is done', async () => (await runs(server.url, session)).every(ended));
  [whole, running] = [performance.now() - began, performance.now() - start];
  assert.equal((await runs(server.url, session))[0]!.status, 'done');
  assert.ok((await touchesOf('calm')) > 1_000);
});

test(`killed at a random moment, ${rounds} times (ACCORD_KILL_ROUNDS): acknowledged writes are there, every import is whole or not at all`, {
  skip,
}, async (t) => {
  const acknowledged: string[] = [];
  const seen: Record<string, number> = {};
  for (let round = 1; round <= rounds; round++) {
    const source = `round${round}`;
    // Every fourth round anywhere from the first byte of the upload, the others inside the import, each in a stretch of its own.
    const fromUpload = round % 4 === 0;
    const moment = fromUpload ? Math.random() * whole : ((round - Math.random()) / rounds) * running;
    const postmaster = postmasterOf(dataFolder);
    const writers = [1, 2].map((writer) => write(server.url, `Contact ${round}.${writer}`));
    let uploaded: string | undefined;
    let wasStarted = false;
    const importing = importOver(
      server.url,
      session,
      files,
      source,
      (id) => (uploaded = id),
      () => (wasStarted = true),
    ).catch(() => {});
    if (!fromUpload) await until('the import is started', () => wasStarted);
    await pause(moment);
    await server.kill();
    for (const writer of writers) await writer.stop();
    await importing;
    for (const writer of writers) acknowledged.push(...writer.acknowledged);
    await until('the database ends with its server', () => !isAlive(postmaster));

    server = await serve({ ACCORD_DATA: dataFolder });
    if (uploaded)
      assert.ok(
        (await runs(server.url, session)).some(({ id }) => id === uploaded),
        'an acknowledged upload is there',
      );
    if (wasStarted)
      await until(`import of round ${round} ends`, async () =>
        (await runs(server.url, session)).filter((run) => run.id === uploaded).every(ended),
      );
    const run = (await runs(server.url, session)).find(({ id }) => id === uploaded);
    const state = run ? run.status : 'never acknowledged';
    seen[state] = (seen[state] ?? 0) + 1;
    if (wasStarted) assert.ok(run?.status === 'done' || /\w+ \w+ \w+/.test(run?.error ?? ''), `${run?.status} ${run?.error}`);
    if (run?.status === 'done') {
      assert.deepEqual(await broughtBy(source), await broughtBy('calm'), `round ${round}, killed after ${Math.round(moment)} ms`);
      assert.equal(await touchesOf(source), await touchesOf('calm'));
    } else {
      assert.deepEqual([await broughtBy(source), await touchesOf(source)], [[], 0]);
    }
  }
  const there = new Set((await query<{ full_name: string }>('SELECT full_name FROM contacts')).map((row) => row.full_name));
  assert.deepEqual(
    acknowledged.filter((name) => !there.has(name)),
    [],
  );
  assert.ok(acknowledged.length >= rounds, `${acknowledged.length} writes were acknowledged`);
  t.diagnostic(
    `${acknowledged.length} acknowledged writes, none lost; imports: ${JSON.stringify(seen)}; one takes ${Math.round(whole)} ms, ${Math.round(running)} of them after the upload`,
  );
});

test('a killed import of the command line is marked as failed, with words, when a server runs again', { skip }, async () => {
  const before = (await runs(server.url, session)).length;
  const { child, ended: over } = accord(['import', sample], { ACCORD_DATA: dataFolder });
  await until('the command begins', async () => (await runs(server.url, session)).length > before);
  child.kill('SIGKILL');
  await over;
  await server.kill();
  server = await serve({ ACCORD_DATA: dataFolder });
  const run = await until('the run is told of', async () =>
    (await runs(server.url, session)).find((each) => each.number === before + 1 && ended(each)),
  );
  assert.deepEqual(
    [run.status, run.error],
    ['failed', 'It was stopped before it was finished; nothing of it was kept. Run the command again.'],
  );
});

test('after all this state and facts agree, and nothing stays behind', { skip }, async () => {
  const verify = accord(['verify', '--json'], { ACCORD_DATA: dataFolder });
  assert.equal(await verify.ended, 0, verify.said());
  assert.equal(JSON.parse(verify.said()).total, 0);
  const postmaster = postmasterOf(dataFolder);
  await server.kill();
  await until('the database ends with its server', () => !isAlive(postmaster));
});
