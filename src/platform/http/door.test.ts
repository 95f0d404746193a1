import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import type { Door, DoorLimits } from './door.ts';
import { rateLimit } from './rate.ts';
import { route } from './route.ts';
import { buildServer } from './server.ts';

const doors: Door[] = [
  {
    methods: ['POST'],
    path: '/t/echo/:key',
    summary: 'Says what came',
    handle: async ({ params, query, body, header }) => ({
      status: 202,
      headers: { 'content-type': 'application/json', 'x-frame-options': null, 'cross-origin-resource-policy': 'cross-origin' },
      body: JSON.stringify({
        key: params['key'],
        q: query.get('q'),
        body: body.toString(),
        cookie: header('cookie') ?? null,
        type: header('content-type') ?? null,
      }),
    }),
  },
  { methods: ['GET'], path: '/t/slow', summary: 'Slow', handle: async () => (await setTimeout(200), { status: 204 }) },
  { methods: ['GET'], path: '/t/cookie', summary: 'Forbidden', handle: async () => ({ status: 200, headers: { 'Set-Cookie': 'a=b' } }) },
];
const hello = route({ method: 'POST', path: '/hello', summary: 'Hello', tag: 'test', access: 'public', handle: async () => {} });

let db: TestDatabase;
let server: FastifyInstance;
const build = (doorLimits: Partial<DoorLimits> = {}): FastifyInstance =>
  buildServer({
    database: db.database,
    routes: [hello],
    doors,
    identify: async () => ({}),
    publicUrl: 'https://accord.example',
    doorLimits,
  });
before(async () => {
  db = await testDatabase();
  server = build();
});
after(async () => {
  await server.close();
  await db.close();
});

const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' };

test('a page of another site may write to a door, in whatever content type, and to nothing else', async () => {
  for (const type of [
    'text/plain;charset=UTF-8',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]) {
    const headers = { ...foreign, 'content-type': type, cookie: 'session=secret' };
    const answer = await server.inject({ method: 'POST', url: '/t/echo/k?q=1', headers, payload: 'a=1' });
    assert.equal(answer.statusCode, 202, answer.body);
    assert.deepEqual(answer.json(), { key: 'k', q: '1', body: 'a=1', cookie: null, type });
    assert.equal(answer.headers['x-frame-options'], undefined);
    assert.equal(answer.headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
  assert.equal((await server.inject({ method: 'POST', url: '/api/v1/hello', headers: foreign })).statusCode, 403);
});

test('a body over the limit, another method and a cookie are refused', async () => {
  assert.equal((await server.inject({ method: 'POST', url: '/t/echo/k', payload: 'x'.repeat(16_385) })).statusCode, 413);
  assert.equal((await server.inject({ method: 'DELETE', url: '/t/echo/k' })).statusCode, 404);
  const cookie = await server.inject('/t/cookie');
  assert.equal(cookie.statusCode, 500);
  assert.equal(cookie.headers['set-cookie'], undefined);
});

test('doors have room and rates of their own', async () => {
  const narrow = build({ inFlight: 2, perNetwork: { perMinute: 60, burst: 4 } });
  const visit = (remoteAddress: string) => narrow.inject({ url: '/t/slow', remoteAddress });
  const answers = await Promise.all([visit('192.0.2.1'), visit('192.0.2.2'), visit('192.0.2.3')]);
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [204, 204, 503]);
  assert.equal((await narrow.inject({ method: 'POST', url: '/api/v1/hello' })).statusCode, 204);
  assert.equal((await visit('192.0.2.1')).statusCode, 204);
  assert.equal((await visit('192.0.2.1')).statusCode, 204);
  const over = await visit('192.0.2.77');
  assert.equal(over.statusCode, 429, 'the fifth of one network');
  assert.equal(over.headers['retry-after'], '5');
  assert.equal((await visit('198.51.100.1')).statusCode, 204);
  await narrow.close();
});

test('a rate refills with time and forgets nobody who used it up', () => {
  let now = 0;
  const within = rateLimit({ perMinute: 60, burst: 2 }, () => now);
  assert.deepEqual([within('a'), within('a'), within('a'), within('b')], [true, true, false, true]);
  now = 1_000;
  assert.deepEqual([within('a'), within('a')], [true, false]);
  for (let key = 0; key < 19_990; key++) within(String(key));
  assert.equal(within('a'), false);
});
