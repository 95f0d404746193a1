/** Rooms: who keeps them, that their address is seen by nobody again, what goes there. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { sql } from 'kysely';
import { openSending, type Sending } from '#tests/support/sending.ts';
import type { Room } from './contract/rooms.ts';
import { removeRoom, tryRoom } from './actions/keep-rooms.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import type { Who } from '#platform/http/route.ts';

let s: Sending;
before(async () => {
  s = await openSending();
});
after(() => s.close());

const secret = 'T0CANARY/B0CANARY/verysecretcanary';
const newRoom = { kind: 'slack', name: '#smarketing', address: `https://hooks.slack.com/services/${secret}` };
async function ask(name: string, method: string, path: string, body?: unknown, expected = 200) {
  const answer = await s.world.ask(s.company.get(name), method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer;
}

test('owners and administrators add rooms; the address stands in no answer, no row and no fact', async () => {
  await ask('Hal', 'POST', '/notices/rooms', newRoom, 403);
  await ask('Mara', 'GET', '/notices/rooms', undefined, 403);
  const added = await ask('Lea', 'POST', '/notices/rooms', newRoom, 201);
  const { id } = added.json() as Room;
  const changed = await ask('Lea', 'PATCH', `/notices/rooms/${id}`, {
    address: `https://hooks.slack.com/services/${secret}2`,
    name: '#both',
  });
  const listed = await ask('Hal', 'GET', '/notices/rooms');
  assert.deepEqual(
    listed.json().items.map((room: Room) => [room.name, room.madeBy.name]),
    [['#both', 'Lea']],
  );
  for (const { body } of [added, changed, listed, await ask('Lea', 'GET', '/notices/deliveries?view=all')])
    assert.ok(!body.includes('canary'));
  assert.ok(!(await everyRow()).includes('canary'));
  await ask('Lea', 'DELETE', `/notices/rooms/${id}`, undefined, 204);
  const { rows } = await s.inside((tx) =>
    sql<{ address: Buffer | null }>`SELECT address_sealed AS address FROM chat_rooms WHERE id = ${id}::uuid`.execute(tx),
  );
  assert.equal(rows[0]!.address, null);
  await ask('Lea', 'PATCH', `/notices/rooms/${id}`, { name: 'again' }, 404);
});

/** All that the notices and facts of the database hold, as text. */
async function everyRow(): Promise<string> {
  const client = new pg.Client({ connectionString: s.world.ownerUrl });
  await client.connect();
  await client.query(`SELECT set_config('app.workspace', $1, false)`, [s.company.workspaceId]);
  const found: string[] = [];
  for (const table of ['chat_rooms', 'messages_out', 'facts', 'idempotency_keys'].filter((name) => name !== '')) {
    const { rows } = await client.query(`SELECT t::text FROM accord.${table} t`).catch(() => ({ rows: [] }));
    found.push(
      JSON.stringify(rows),
      ...rows.map(({ t }: { t: string }) =>
        [...t.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('latin1')).join(),
      ),
    );
  }
  await client.end();
  assert.ok(
    found.some((text) => text.includes('#both')),
    'the canary would be seen',
  );
  return found.join('\n');
}

test('addresses that lead inside, or aren’t https, are refused by the field', async () => {
  for (const address of [
    'http://hooks.slack.com/x',
    'https://127.0.0.1/x',
    'https://[::ffff:10.0.0.1]/x',
    'https://169.254.169.254/',
    'https://a:b@hooks.slack.com/x',
    'nonsense',
  ]) {
    const refused = await ask('Lea', 'POST', '/notices/rooms', { ...newRoom, address }, 400);
    assert.equal(refused.json().errors?.[0]?.at ?? refused.json().fields?.[0]?.at, 'address', refused.body);
    assert.ok(!refused.body.includes(address) || address.length < 12, 'nor is it told back');
  }
});

const lea = (): Who => {
  const { memberId, side, role, name } = s.company.get('Lea');
  return { workspaceId: s.company.workspaceId, memberId, side, role, name };
};

test('a trial says whether it arrived, and why not', async () => {
  const id = await s.room('slack');
  const ground = { ...s.ground, allowed: [] };
  assert.deepEqual(await tryRoom(s.world.database, lea(), ground, id), { arrived: true, because: null });
  assert.ok(s.slack.bodies.at(-1)?.includes('Lea tried whether messages arrive here.'));
  s.slack.answerWith({ status: 403, text: 'action_prohibited' });
  assert.deepEqual(await tryRoom(s.world.database, lea(), ground, id), {
    arrived: false,
    because: 'The room’s server refused it (action_prohibited).',
  });
  s.slack.answerWith(null);
  const elsewhere = { ...ground, sealing: makeSealing(() => 'another secret than the one it was sealed with') };
  assert.match((await tryRoom(s.world.database, lea(), elsewhere, id)).because ?? '', /ACCORD_SECRET is not what it was/);
  await s.inside((tx) => removeRoom(tx, lea(), id));
});

test('what is announced to everybody goes into rooms that take announcements; what only some are told goes nowhere', async () => {
  const [takes] = [await s.room('teams', { announcements: true }), await s.room('slack')];
  s.slack.bodies.length = s.teams.bodies.length = 0;
  await ask('Lea', 'POST', '/announcements', { title: 'New definition of MQL', text: 'From Monday on.' }, 201);
  await ask('Lea', 'POST', '/announcements', { title: 'Only for sales', text: 'Quotas.', audience: { sides: ['sales'] } }, 201);
  await s.work();
  assert.equal(s.slack.bodies.length, 0);
  assert.deepEqual(
    s.teams.bodies.map((body) => [body.includes('New definition of MQL'), body.includes('Quotas')]),
    [[true, false]],
  );
  const listed = (await ask('Lea', 'GET', '/notices/rooms')).json().items.find(({ id }: Room) => id === takes) as Room;
  assert.ok(listed.lastSentAt && listed.failing === null);
});

test('a room that fails says so in the list', async () => {
  const id = await s.room('slack');
  s.slack.answerWith({ status: 404, text: 'no_service' });
  await s.later({
    channel: 'slack',
    kind: 'digest',
    roomId: id,
    onceKey: 'x',
    content: { message: { title: 'T', lead: 'L', sections: [], opens: '/', opensLabel: 'Open' } },
  });
  await s.work();
  s.slack.answerWith(null);
  const listed = (await ask('Lea', 'GET', '/notices/rooms')).json().items.find((room: Room) => room.id === id) as Room;
  assert.deepEqual([listed.failing?.because, listed.failing?.givenUp], ['The room’s server refused it (no_service).', true]);
});
