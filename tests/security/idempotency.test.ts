/** One effect per request, whatever the line does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import { policy, route } from '#platform/http/route.ts';
import { makeIdentify } from '#features/people/actions/identify.ts';
import { buildServer } from '#platform/http/server.ts';
import { addTeam } from '#features/people/actions/teams.ts';
import { inside, openWorld, type Person, setUpLea, type World } from './world.ts';

let world: World;
let lea: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
});
after(() => world.close());

const addTeamOnce = (name: string, key: string) => world.ask(lea, 'POST', '/teams', { name, side: 'sales' }, { 'idempotency-key': key });
const teams = async (name: string): Promise<number> =>
  (await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.teams WHERE name = $1', [name])).length;

test('twenty at once with one key: one effect, one answer', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => addTeamOnce('Hunters', 'key-hunters')));
  assert.deepEqual(
    new Set(answers.map((answer) => `${answer.statusCode} ${answer.body}`)).size,
    1,
    answers.map((answer) => answer.body).join(),
  );
  assert.equal(answers[0]!.statusCode, 201);
  assert.equal(await teams('Hunters'), 1);
});

test('the same key for another request is refused; another key is another request', async () => {
  assert.equal((await addTeamOnce('Farmers', 'key-farmers')).statusCode, 201);
  const other = await addTeamOnce('Fishers', 'key-farmers');
  assert.deepEqual([other.statusCode, other.json().code], [422, 'idempotency-mismatch']);
  assert.equal(await teams('Fishers'), 0);
  assert.equal((await addTeamOnce('Farmers', 'key-other')).statusCode, 409);
});

test('a refusal is not kept: the same key may succeed later', async () => {
  assert.equal((await addTeamOnce('Hunters', 'key-later')).statusCode, 409);
  const hunters = await inside<{ id: string }>(world, lea.workspaceId, `SELECT id FROM accord.teams WHERE name = 'Hunters'`);
  await world.ask(lea, 'DELETE', `/teams/${hunters[0]!.id}`);
  assert.equal((await addTeamOnce('Hunters', 'key-later')).statusCode, 201);
});

test('an answer with a secret is not kept', async () => {
  const make = () => world.ask(lea, 'POST', '/api-tokens', { name: 'Once', scopes: ['read'] }, { 'idempotency-key': 'key-token' });
  assert.equal((await make()).statusCode, 201);
  const again = await make();
  assert.equal(again.statusCode, 409);
  assert.ok(!again.body.includes('accord_'));
  assert.equal((await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.api_tokens')).length, 1);
});

test('a bad key is refused', async () => {
  for (const key of ['', 'a b', 'x'.repeat(201), 'ü']) assert.equal((await addTeamOnce('Never', key)).statusCode, 400, key);
  assert.equal(await teams('Never'), 0);
});

test('the line to the database is cut at random around the commit, the client tries again: one effect each', async () => {
  let cutting = true;
  let [through, cuts] = [0, 0];
  const cutter = cutLines(
    () => cutting,
    () => through,
  );
  const names = Array.from({ length: 240 }, (_, index) => `Team ${index}`);
  try {
    // Sixty at once: more would be told to come later.
    for (let from = 0; from < names.length; from += 60)
      await Promise.all(
        names.slice(from, from + 60).map(async (name) => {
          for (let tries = 0; tries < 200; tries++) {
            const { statusCode } = await addTeamOnce(name, `key ${name}`.replaceAll(' ', '-'));
            if (statusCode === 201) return void through++;
            assert.equal(statusCode, 503, 'a cut is a 503 and nothing else');
            cuts++;
          }
          assert.fail(`${name} never got through`);
        }),
      );
  } finally {
    cutting = false;
    await cutter;
  }
  assert.ok(cuts > 5, `only ${cuts} cuts: this proves nothing`);
  const rows = await inside<{ name: string; count: string }>(
    world,
    lea.workspaceId,
    `SELECT name, count(*) FROM accord.teams WHERE name LIKE 'Team %' GROUP BY name`,
  );
  assert.deepEqual(
    rows.map((row) => row.count),
    names.map(() => '1'),
  );
  const recorded = await inside(
    world,
    lea.workspaceId,
    `SELECT 1 FROM accord.facts WHERE kind = 'team.added' AND body->>'name' LIKE 'Team %'`,
  );
  assert.equal(recorded.length, names.length, 'as many facts as effects');
});

/**
 * Ends one connection of the product up to fifty times a second; a role may end its own. It waits until something
 * got through in between (at most half a second): on a busy machine nothing would ever.
 */
async function cutLines(goOn: () => boolean, through: () => number): Promise<void> {
  const killer = new pg.Client({ connectionString: world.appUrl, application_name: 'killer' });
  await killer.connect();
  while (goOn()) {
    await killer.query(
      `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) victim`,
    );
    const before = through();
    for (let waited = 0; waited < 500 && (waited === 0 || through() === before) && goOn(); waited += 20) await setTimeout(20);
  }
  await killer.end();
}

test('a handler that transacts twice, or fails after its effect, has all of it or nothing', async () => {
  const mayTry = policy('test.try', ['owner']);
  const server = buildServer({
    database: world.database,
    publicUrl: 'http://localhost:4400',
    identify: makeIdentify(world.database),
    routes: [
      route({
        method: 'POST',
        path: '/twice',
        summary: 'Two effects',
        tag: 'test',
        access: mayTry,
        body: z.object({ fail: z.boolean() }),
        handle: async ({ transact, who, body }) => {
          await transact((tx) => addTeam(tx, who, { name: 'First half', side: 'sales', region: null, managerId: null, members: [] }));
          if (body.fail) throw new Error('in the middle');
          await transact((tx) => addTeam(tx, who, { name: 'Second half', side: 'sales', region: null, managerId: null, members: [] }));
        },
      }),
    ],
  });
  const post = (fail: boolean, key: string) =>
    server.inject({ method: 'POST', url: '/api/v1/twice', payload: { fail }, headers: { cookie: lea.cookie, 'idempotency-key': key } });
  const failed = await post(true, 'one');
  assert.deepEqual([failed.statusCode, failed.json().code, failed.body.includes('middle')], [500, 'internal', false]);
  assert.equal(await teams('First half'), 0);
  assert.equal((await post(false, 'two')).statusCode, 204);
  assert.equal((await post(false, 'two')).statusCode, 204);
  assert.deepEqual([await teams('First half'), await teams('Second half')], [1, 1]);
  await server.close();
});
