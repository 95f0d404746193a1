/** Events of visitors, each in a request of its own: how many are kept durably in a second, and none lost when the server is killed. */

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '#tests/support/free-port.ts';
import type { VisitPlan } from '#tests/support/visits.ts';
import type { BenchDatabase, Ground } from './support/ground.ts';
import { asOwner } from './support/ground.ts';
import { main } from './support/product.ts';
import { rounded } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

/** The rate that is promised. */
const promised = 2_000;
const promisedSeconds = 30;
const stepSeconds = 8;
const rates = [1_000, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000];
/** Beyond that a rate is not sustained: visitors would feel it, or waiting grows. */
const slowestP99 = 500;
const sender = join(import.meta.dirname, 'support/send-visits.ts');
const origin = 'https://northwind.example';

interface Sent {
  sent: number;
  acknowledged: number;
  attempts: number;
  statuses: Record<string, number>;
  p50: number;
  p99: number;
  most: number;
  seconds: number;
}

export async function measureTracking(ground: Ground): Promise<Outcome> {
  const database = await ground.newDatabase();
  const served = await openServer(ground, database);
  const siteKey = await makeSite(served.url);
  const plan = (rate: number, seconds: number): VisitPlan => ({
    url: served.url,
    siteKey,
    origin,
    rate,
    seconds,
    open: 400,
    patienceSeconds: 120,
  });
  await ground.ask<Sent>(sender, [JSON.stringify(plan(500, 3))]); // caches, prepared plans
  const steady: Row[] = [];
  for (const rate of rates) {
    ground.say(`tracking: ${rate} events a second`);
    const before = served.processorMs();
    const sent = await ground.ask<Sent>(sender, [JSON.stringify(plan(rate, stepSeconds))]);
    const processor = rounded((served.processorMs() - before) / sent.attempts, 2);
    steady.push({ ...rowOf(`${rate} events/s`, sent), 'server’s processor ms each': Number.isNaN(processor) ? null : processor });
    if (sent.p99 > slowestP99 || sent.attempts > sent.sent * 1.01) break;
  }
  const killed = await killAmidst(ground, database, served, plan(promised, promisedSeconds));
  const bare = await insertBare(database);
  await served.kill();
  await database.close();
  return {
    measured: `events kept durably, one a request, sender, server and database on this machine; ${promised} a second promised`,
    tables: [
      { title: `${stepSeconds} seconds at each rate, as long as it is sustained`, rows: steady },
      {
        title: `${promised} events/s for ${promisedSeconds} s; the server killed (SIGKILL) in the middle and started again`,
        rows: [killed],
      },
      { title: 'PostgreSQL alone: the same rows, one connection', rows: bare },
    ],
    notes: [
      'Times run from when a visitor’s event was due to its acknowledgement, of events that needed one attempt.',
      `Sustained: all acknowledged at the first attempt but one in a hundred, p99 at most ${slowestP99} ms.`,
      'Lost: acknowledged and not in the table afterwards, by event id.',
    ],
  };
}

const rowOf = (name: string, sent: Sent): Row => ({
  rate: name,
  'acknowledged /s': rounded(sent.acknowledged / sent.seconds, 0),
  'p50 ms': sent.p50,
  'p99 ms': sent.p99,
  'most ms': sent.most,
  'tried again': sent.attempts - sent.sent,
  'not acknowledged': sent.sent - sent.acknowledged,
});

async function killAmidst(ground: Ground, database: BenchDatabase, served: Served, plan: VisitPlan): Promise<Row> {
  ground.say('tracking: a kill in the middle');
  const idsFile = join(ground.folder, 'acknowledged.txt');
  const sending = ground.ask<Sent>(sender, [JSON.stringify(plan), idsFile]);
  await pause((plan.seconds * 1_000) / 2);
  await served.kill();
  const down = performance.now();
  await served.start();
  const downSeconds = (performance.now() - down) / 1_000;
  const sent = await sending;
  const { lost, twice } = await compare(database, readFileSync(idsFile, 'utf8').split('\n'));
  return { ...rowOf(`${plan.rate} events/s`, sent), 'server away s': rounded(downSeconds, 1), lost, twice };
}

async function compare(database: BenchDatabase, acknowledged: string[]): Promise<{ lost: number; twice: number }> {
  return asOwner(database.ownerUrl, async (client) => {
    await inWorkspace(client);
    const { rows } = await client.query<{ lost: string; twice: string }>(
      `SELECT (SELECT count(*) FROM unnest($1::uuid[]) a WHERE NOT EXISTS (SELECT FROM accord.tracking_events e WHERE e.workspace_id = accord.current_workspace() AND e.id = a)) AS lost,
        (SELECT sum(count) FROM accord.tracking_counts WHERE outcome = 'seen') - (SELECT count(*) FROM accord.tracking_events) AS twice`,
      [acknowledged],
    );
    return { lost: Number(rows[0]!.lost), twice: Number(rows[0]!.twice) };
  });
}

/** The statement that the product writes a batch with comes down to this one: what the disk and the indexes allow. */
async function insertBare(database: BenchDatabase): Promise<Row[]> {
  return asOwner(database.ownerUrl, async (client) => {
    await inWorkspace(client);
    const rows: Row[] = [];
    for (const batch of [1, 20, 500]) {
      const until = performance.now() + 4_000;
      let written = 0;
      for (; performance.now() < until; written += batch)
        await client.query(
          `INSERT INTO accord.tracking_events (workspace_id, id, site_id, occurred_at, entry, path, source, medium, channel, day_visitor)
          SELECT accord.current_workspace(), accord.new_id(), s.id, now(), true, '/page', 'google', 'cpc', 'Paid Search', uuid_send(gen_random_uuid())
          FROM accord.tracking_sites s, generate_series(1, ${batch})`,
        );
      rows.push({ 'rows a transaction': batch, 'rows/s': rounded(written / 4, 0) });
    }
    return rows;
  });
}

async function inWorkspace(client: pg.Client): Promise<void> {
  await client.query(`SELECT set_config('app.gate', 'system', false)`);
  await client.query(
    `SELECT set_config('app.workspace', (SELECT id::text FROM accord.workspaces), false), set_config('app.gate', '', false)`,
  );
}

// ── the server ──────────────────────────────────────────────────────────────

interface Served {
  readonly url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  /** Processor time of the server’s process so far; NaN where the system doesn’t tell. */
  processorMs(): number;
}

async function openServer(ground: Ground, { ownerUrl, appUrl }: BenchDatabase): Promise<Served> {
  const port = await freePort();
  const environment = {
    PORT: String(port),
    DATABASE_URL: ownerUrl,
    ACCORD_APP_DATABASE_URL: appUrl,
    ACCORD_DATA: join(ground.folder, 'tracking'),
    ACCORD_TRUST_PROXY: '127.0.0.1',
    ACCORD_URL: '',
    LOG_LEVEL: 'warn',
  };
  let child: ReturnType<Ground['start']>;
  const served: Served = {
    url: `http://127.0.0.1:${port}`,
    async start() {
      child = ground.start(main, ['serve'], environment);
      child.stdout!.resume();
      child.stderr!.resume();
      for (let tries = 0; tries < 600; tries++, await pause(100)) if (await isThere(served.url)) return;
      throw new Error('The server did not start within a minute.');
    },
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    processorMs: () => processorMsOf(child.pid!),
  };
  await served.start();
  return served;
}

/** `/proc/PID/stat`, fields 14 and 15: hundredths of a second. */
function processorMsOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}

const isThere = (url: string): Promise<boolean> =>
  fetch(`${url}/health/ready`).then(
    (answer) => answer.ok,
    () => false,
  );

async function makeSite(url: string): Promise<string> {
  const post = (path: string, body: unknown, cookie = '') =>
    fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });
  const person = { name: 'Lea', email: 'lea@northwind.example', password: 'correct horse battery', side: 'leadership' };
  const answer = await post('/setup', { ...person, workspaceName: 'Northwind', timeZone: 'UTC', currency: 'EUR' });
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const site = (await (await post('/tracking/sites', { name: 'Website', domains: ['northwind.example'] }, cookie)).json()) as {
    key: string;
  };
  return site.key;
}
