/**
 * A server is killed (SIGKILL) while visitors come: no event that was answered 202 is lost, and none is there twice.
 * ACCORD_KILL_ROUNDS says how often.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findRunning } from '#platform/postgres/embedded.ts';
import { freePort } from '#tests/support/free-port.ts';
import { sendVisits } from '#tests/support/visits.ts';
import { ask, endAll, serve, setUp } from './servers.ts';

const rounds = Number(process.env.ACCORD_KILL_ROUNDS ?? 2);
const skip = process.platform === 'win32' ? 'there is no SIGKILL here' : false;
const dataFolder = mkdtempSync(join(tmpdir(), 'accord-kill-tracking-'));
after(() => {
  endAll();
  rmSync(dataFolder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test('no acknowledged event is lost when the server is killed under load', { skip }, async () => {
  const env = { ACCORD_DATA: dataFolder, ACCORD_TRUST_PROXY: '127.0.0.1', PORT: String(await freePort()) };
  let server = await serve(env);
  const session = await setUp(server.url);
  const site = (await ask(server.url, session, 'POST', '/tracking/sites', { name: 'Website', domains: ['northwind.example'] })).json as {
    id: string;
    key: string;
  };
  const sending = sendVisits({
    url: server.url,
    siteKey: site.key,
    origin: 'https://northwind.example',
    rate: 200,
    seconds: 4 * rounds,
    open: 50,
    patienceSeconds: 60,
  });
  for (let round = 0; round < rounds; round++) {
    await pause(1_500 + Math.random() * 1_500);
    await server.kill();
    server = await serve(env);
  }
  const { acknowledged, sent, statuses } = await sending;
  assert.ok(statuses[0], 'requests were cut');
  assert.equal(acknowledged.length, sent, JSON.stringify(statuses));
  const stored = await storedEvents();
  assert.deepEqual(
    acknowledged.filter((id) => !stored.ids.has(id)),
    [],
  );
  assert.equal(stored.ids.size, sent);
  assert.equal(stored.counted, BigInt(sent), 'what is sent again is not counted again');
});

async function storedEvents(): Promise<{ ids: Set<string>; counted: bigint }> {
  const client = new pg.Client({ connectionString: findRunning(dataFolder)!.ownerUrl });
  await client.connect();
  await client.query(`SELECT set_config('app.gate', 'system', false), set_config('search_path', 'accord', false)`);
  await client.query(`SELECT set_config('app.workspace', (SELECT id::text FROM workspaces), false)`);
  const events = await client.query<{ id: string }>('SELECT id FROM tracking_events');
  const counts = await client.query<{ counted: string }>(`SELECT sum(count) AS counted FROM tracking_counts WHERE outcome = 'seen'`);
  await client.end();
  return { ids: new Set(events.rows.map(({ id }) => id)), counted: BigInt(counts.rows[0]!.counted) };
}
