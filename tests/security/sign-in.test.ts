/** The door: guessing, telling apart, racing. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inside, join, openWorld, password, type Person, setUpLea, type World } from './world.ts';

let world: World;
let lea: Person;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

const signIn = (email: string, given: string, address = '192.0.2.1') =>
  world.server.inject({ method: 'POST', url: '/api/v1/session', payload: { email, password: given }, remoteAddress: address });

test('fifty race for the first set-up: one owner, one workspace', async () => {
  const racers = Array.from({ length: 50 }, (_, index) =>
    world.server.inject({
      method: 'POST',
      url: '/api/v1/setup',
      remoteAddress: `192.0.2.${index + 1}`,
      payload: {
        workspaceName: `Northwind`,
        name: `Racer ${index}`,
        email: `racer${index}@northwind.example`,
        password,
        side: 'leadership',
        timeZone: 'UTC',
        currency: 'EUR',
      },
    }),
  );
  const statuses = (await Promise.all(racers)).map((answer) => answer.statusCode);
  assert.equal(statuses.filter((status) => status === 201).length, 1, statuses.join());
  assert.deepEqual([...new Set(statuses)].sort(), [201, 409]);
  const made = await world.database.atGate('system', async (tx) => [
    await tx.selectFrom('logins').selectAll().execute(),
    await tx.selectFrom('workspaces').selectAll().execute(),
  ]);
  assert.deepEqual(
    made.map((rows) => rows.length),
    [1, 1],
  );
});

test('ten guesses in a quarter of an hour from one network, also when all come at once; the owner elsewhere still gets in', async () => {
  await world.close();
  world = await openWorld();
  lea = await setUpLea(world);
  const guesses = await Promise.all(
    Array.from({ length: 25 }, (_, index) => signIn('lea@northwind.example', `guess number ${index}`, '198.51.100.7')),
  );
  const statuses = guesses.map((answer) => answer.statusCode);
  assert.equal(statuses.filter((status) => status === 401).length, 10, statuses.join());
  assert.equal(statuses.filter((status) => status === 429).length, 15);
  const locked = await signIn('lea@northwind.example', password, '198.51.100.200');
  assert.equal(locked.statusCode, 429, 'the same network, the right password: no telling');
  assert.equal(locked.headers['retry-after'], '900');
  assert.equal((await signIn('lea@northwind.example', password, '203.0.113.9')).statusCode, 200);
  await inside(world, lea.workspaceId, `UPDATE accord.sign_in_attempts SET at = at - interval '16 minutes'`);
  assert.equal((await signIn('lea@northwind.example', password, '198.51.100.7')).statusCode, 200, 'no lasting lock-out');
});

test('known and unknown addresses: same status, same words, same time', async () => {
  // Processor time of this process, all threads: the hash is most of it, and a busy machine doesn't change it.
  const cost = async (email: string, address: string) => {
    const before = process.cpuUsage();
    const answer = await signIn(email, 'not the password', address);
    const { user, system } = process.cpuUsage(before);
    assert.equal(answer.statusCode, 401);
    return { body: answer.body, milliseconds: (user + system) / 1_000 };
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < 7; round++) {
    const one = await cost('lea@northwind.example', '203.0.113.50');
    const other = await cost('nobody@northwind.example', '203.0.114.50');
    assert.equal(one.body, other.body);
    known.push(one.milliseconds);
    unknown.push(other.milliseconds);
  }
  const median = (times: number[]) => times.sort((one, other) => one - other)[3]!;
  const [knownCost, unknownCost] = [median(known), median(unknown)];
  // Without the hash of nobody the unknown costs a tenth.
  assert.ok(unknownCost > knownCost * 0.5 && knownCost > unknownCost * 0.5, `${knownCost} ms and ${unknownCost} ms`);
});

test('no password, token or session stands in the database as it is', async () => {
  const made = await world.ask(lea, 'POST', '/api-tokens', { name: 'Reports', scopes: ['read'] });
  const invited = await world.ask(
    lea,
    'POST',
    '/invitations',
    { email: 'new@northwind.example', side: 'sales', role: 'viewer' },
    { 'idempotency-key': 'invite-new' },
  );
  const secrets = [
    password,
    lea.cookie.split('=')[1]!,
    made.json().token,
    made.json().token.split('_')[2],
    invited.json().link.split('/').at(-1),
  ];
  for (const table of ['logins', 'sessions', 'gate_tokens', 'api_tokens', 'invitations', 'idempotency_keys', 'facts', 'password_resets']) {
    const rows = JSON.stringify(await inside(world, lea.workspaceId, `SELECT t::text FROM accord.${table} t`));
    for (const secret of secrets) assert.ok(!rows.includes(secret), `${table} holds ${secret.slice(0, 6)}…`);
  }
});

test('a session ends after fourteen idle days and after ninety in any case', async () => {
  const ways: Array<[string, number]> = [
    [`last_seen_at = now() - interval '15 days'`, 401],
    [`last_seen_at = now(), expires_at = now() - interval '1 second'`, 401],
    [`last_seen_at = now() - interval '13 days', expires_at = now() + interval '1 day'`, 200],
  ];
  for (const [aged, expected] of ways) {
    const sam = await signIn('lea@northwind.example', password, '203.0.113.77');
    const cookie = sam.cookies[0]!;
    await inside(world, lea.workspaceId, `UPDATE accord.sessions SET ${aged}`);
    const answer = await world.server.inject({ url: '/api/v1/me', headers: { cookie: `${cookie.name}=${cookie.value}` } });
    assert.equal(answer.statusCode, expected, aged);
  }
});

test('who joins with an address that has a login needs its password', async () => {
  lea = { ...lea, cookie: await freshCookie() };
  await join(world, lea, 'Sam', 'sales', 'member');
  const made = await world.ask(lea, 'POST', '/workspaces', { name: 'Second', timeZone: 'UTC', currency: 'EUR' });
  assert.equal(made.statusCode, 201);
  const invited = (await world.ask(lea, 'POST', '/invitations', { email: 'sam@northwind.example', side: 'sales', role: 'admin' })).json();
  const token = invited.link.split('/').at(-1);
  assert.equal(
    (await world.ask(undefined, 'POST', `/invitations/${token}/acceptance`, { password: 'somebody else entirely' })).statusCode,
    401,
  );
  const joined = await world.ask(undefined, 'POST', `/invitations/${token}/acceptance`, { password });
  assert.deepEqual(
    joined.json().workspaces.map((each: { name: string }) => each.name),
    ['Northwind', 'Second'],
  );
});

async function freshCookie(): Promise<string> {
  const cookie = (await signIn('lea@northwind.example', password, '203.0.113.99')).cookies[0]!;
  return `${cookie.name}=${cookie.value}`;
}
