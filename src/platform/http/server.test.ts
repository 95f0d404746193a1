import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Database } from '#platform/db/database.ts';
import { testDatabase, type TestDatabase } from '#tests/support/database.ts';
import { listen, PortTaken } from './listen.ts';
import { route } from './route.ts';
import { buildServer, listRoutes, type ServerOptions } from './server.ts';

const echo = z.object({ text: z.string().max(10), sub: z.object({ list: z.array(z.object({ n: z.number() })).optional() }).optional() });
const routes = [
  route({
    method: 'POST',
    path: '/echo/:id',
    summary: 'Echo',
    tag: 'test',
    access: 'public',
    params: z.object({ id: z.uuid() }),
    query: z.object({ times: z.coerce.number().optional() }),
    body: echo,
    answers: { 200: z.object({ text: z.string(), amount: z.bigint() }) },
    handle: async ({ body }) => ({ body: { ...body, amount: 9007199254740993n, passwordHash: 'never' } }),
  }),
  route({
    method: 'GET',
    path: '/broken',
    summary: 'Broken',
    tag: 'test',
    access: 'public',
    answers: { 200: z.object({ a: z.string() }) },
    handle: async () => ({ body: { a: 1, secret: 'internals' } }),
  }),
  route({ method: 'GET', path: '/slow', summary: 'Slow', tag: 'test', access: 'public', handle: async () => void (await setTimeout(300)) }),
  route({ method: 'GET', path: '/closed', summary: 'Closed', tag: 'test', access: 'login', handle: async () => {} }),
];
const id = '01990000-0000-7000-8000-000000000000';

let db: TestDatabase;
let server: FastifyInstance;
const build = (options: Partial<ServerOptions> = {}): FastifyInstance =>
  buildServer({
    database: db.database,
    routes,
    identify: async () => ({}),
    publicUrl: 'http://localhost:4400',
    webFolder: webFolder(),
    ...options,
  });
before(async () => {
  db = await testDatabase();
  server = build();
});
after(async () => {
  await server.close();
  await db.close();
});

function webFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'accord-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><title>Accord</title>');
  writeFileSync(join(folder, 'assets/main-1a2b3c.js'), 'export {};');
  writeFileSync(join(folder, 'mark.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

const post = (body: unknown, headers: Record<string, string> = {}, address = `/api/v1/echo/${id}`) =>
  server.inject({
    method: 'POST',
    url: address,
    payload: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  });

test('a bigint is written as a string, and what the schema doesn’t name stays here', async () => {
  assert.equal((await post({ text: 'x' })).body, '{"text":"x","amount":"9007199254740993"}');
});

test('what doesn’t fit is refused with its place', async () => {
  const at = async (body: unknown, address?: string) => {
    const answer = await post(body, {}, address);
    assert.equal(answer.statusCode, 400, answer.body);
    assert.equal(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
    return answer.json().fields?.[0]?.at;
  };
  assert.equal(await at({ text: 'x', more: 1 }), 'more');
  assert.equal(await at({ text: 'x', sub: { list: [{ n: 1, m: 2 }] } }), 'sub.list.0.m');
  assert.equal(await at({ text: ['x'] }), 'text');
  assert.equal(await at('{"text":"\\u0000"}'), 'text');
  assert.equal(await at('{"text":"\\ud800"}'), 'text');
  assert.equal(await at('{"text":1e309}'), 'text');
  assert.equal(await at(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), Array(40).fill('0').join('.'));
  assert.equal(await at('{"__proto__":{"a":1},"text":"x"}'), undefined);
  assert.equal(await at('{'), undefined);
  assert.equal(await at(''), '');
  assert.equal(await at({ text: 'x' }, `/api/v1/echo/${id}?times=1&times=2`), 'times');
  assert.equal(await at({ text: 'x' }, `/api/v1/echo/${id}?other=1`), 'other');
  assert.equal(await at({ text: 'x' }, '/api/v1/echo/%00'), 'id');
  assert.equal(await at({ text: 'x' }, '/api/v1/echo/%ff'), undefined);
});

test('404, 405, 413, 414, 415, 401 and 500 are problems without internals', async () => {
  const status = async (answer: Promise<Awaited<ReturnType<typeof post>>>) => {
    const { statusCode, body, headers } = await answer;
    assert.match(String(headers['content-type']), /^application\/problem\+json/, body);
    assert.equal(JSON.parse(body).status, statusCode);
    return statusCode;
  };
  assert.equal(await status(server.inject('/api/v1/nothing')), 404);
  assert.equal(await status(server.inject(`/api/v1/echo/${id}`)), 405);
  assert.equal(await status(post({ text: 'x'.repeat(2_000_000) })), 413);
  assert.equal(await status(server.inject(`/api/v1/broken?q=${'x'.repeat(9_000)}`)), 414);
  assert.equal(await status(post('text=x', { 'content-type': 'application/x-www-form-urlencoded' })), 415);
  assert.equal(await status(post('x', { 'content-type': 'text/plain' })), 415);
  assert.equal(await status(server.inject('/api/v1/closed')), 401);
  const broken = await server.inject('/api/v1/broken');
  assert.equal(broken.statusCode, 500);
  assert.match(broken.json().id, /^[0-9a-f-]{36}$/);
  assert.ok(!broken.body.includes('internals') && !broken.body.includes('schema'));
});

test('every kind of answer carries the headers that keep browsers from harm', async () => {
  const addresses = [
    '/',
    '/leads/17',
    '/assets/main-1a2b3c.js',
    '/mark.svg',
    '/nothing.js',
    '/api/v1/nothing',
    '/api/v1/broken',
    '/api/v1/closed',
    '/api/v1/openapi.json',
    '/api/docs',
    '/api/docs/scalar/js/scalar.js',
    '/health/live',
    '/health/ready',
    '/api/v1/echo/%ff',
    '/%ff',
  ];
  for (const address of addresses) {
    const { headers } = await server.inject(address);
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /default-src 'none'/, address);
    assert.match(policy, /frame-ancestors 'none'/, address);
    assert.ok(!/script-src[^;]*('unsafe|nonce|\*)/.test(policy), address);
    assert.ok(!/style-src [^;]*'unsafe-inline'/.test(policy), address);
    assert.equal(headers['x-content-type-options'], 'nosniff', address);
    assert.ok(headers['referrer-policy'], address);
    if (address.startsWith('/api/v1')) assert.equal(headers['cache-control'], 'no-store', address);
  }
});

test('the web app: hashed files for ever, its own addresses answered by index.html with a nonce of its own', async () => {
  const [one, two] = [await server.inject('/'), await server.inject('/leads?q=x')];
  const nonce = /nonce="([^"]+)"/.exec(one.body)![1]!;
  assert.ok(String(one.headers['content-security-policy']).includes(`'nonce-${nonce}'`));
  assert.ok(!two.body.includes(nonce));
  assert.equal(one.headers['cache-control'], 'no-cache');
  assert.match(String((await server.inject('/assets/main-1a2b3c.js')).headers['cache-control']), /immutable/);
  assert.equal((await server.inject('/assets/none.js')).statusCode, 404);
  for (const way of ['/assets/../../package.json', '/assets/%2e%2e/%2e%2e/etc/passwd.txt', '/..%2f..%2fetc%2fpasswd.txt'])
    assert.ok([400, 403, 404].includes((await server.inject(way)).statusCode), way);
});

test('another site’s page can’t write', async () => {
  const refused: Array<Record<string, string>> = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of refused) assert.equal((await post({ text: 'x' }, headers)).statusCode, 403, JSON.stringify(headers));
  const fine: Array<Record<string, string>> = [
    { origin: 'http://localhost:4400', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://192.168.1.5:4400', host: '192.168.1.5:4400' },
    {},
  ];
  for (const headers of fine) assert.equal((await post({ text: 'x' }, headers)).statusCode, 200, JSON.stringify(headers));
  const https = build({ publicUrl: 'https://accord.example.com' });
  const other = await https.inject({
    method: 'POST',
    url: `/api/v1/echo/${id}`,
    payload: { text: 'x' },
    headers: { origin: 'http://accord.example.com', host: 'accord.example.com' },
  });
  assert.equal(other.statusCode, 403);
  assert.match(String(other.headers['strict-transport-security']), /max-age/);
  await https.close();
});

test('too much at once is shed with 503 and 429; health still answers', async () => {
  const small = build({ limits: { inFlight: 3, perCaller: 2 } });
  const from = (address: string) => small.inject({ url: '/api/v1/slow', remoteAddress: address });
  const answers = Promise.all([from('192.0.2.1'), from('192.0.2.1'), from('192.0.2.1'), from('192.0.2.2'), from('192.0.2.3')]);
  await setTimeout(50);
  assert.equal((await small.inject('/health/live')).statusCode, 200);
  assert.deepEqual((await answers).map((answer) => answer.statusCode).sort(), [204, 204, 204, 429, 503]);
  assert.equal((await from('192.0.2.1')).statusCode, 204, 'places are given back');
  await small.close();
});

test('forwarded headers count only from a trusted proxy', async () => {
  const seen: string[] = [];
  const watcher = [
    route({
      method: 'GET',
      path: '/ip',
      summary: 'Ip',
      tag: 'test',
      access: 'public',
      handle: async ({ request }) => void seen.push(`${request.protocol} ${request.ip}`),
    }),
  ];
  for (const trustProxy of [false, ['10.0.0.0/8']]) {
    const one = build({ routes: watcher, trustProxy });
    await one.inject({
      url: '/api/v1/ip',
      remoteAddress: '10.1.1.1',
      headers: { 'x-forwarded-for': '192.0.2.9', 'x-forwarded-proto': 'https' },
    });
    await one.close();
  }
  assert.deepEqual(seen, ['http 10.1.1.1', 'https 192.0.2.9']);
});

test('a database that is away, full or slow is a 503, and nothing of it is told', async () => {
  const codes = {
    '53100': 503,
    '57P01': 503,
    '08006': 503,
    '57014': 503,
    '40001': 503,
    '23505': 409,
    '23503': 404,
    '22P02': 400,
    XX000: 500,
  };
  for (const [code, expected] of Object.entries(codes)) {
    const failing = {
      ...db.database,
      inWorkspace: () => Promise.reject(Object.assign(new Error('relation "secret_table"'), { code })),
    } as unknown as Database;
    const who = { workspaceId: id as never, memberId: id, name: 'Lea', side: 'sales', role: 'owner' } as const;
    const one = build({
      database: failing,
      identify: async () => ({ who }),
      routes: [
        route({
          method: 'GET',
          path: '/fails',
          summary: 'Fails',
          tag: 'test',
          access: { verb: 'x.y', may: () => true },
          handle: ({ transact }) => transact(async () => {}),
        }),
      ],
    });
    const answer = await one.inject('/api/v1/fails');
    assert.equal(answer.statusCode, expected, code);
    assert.ok(!answer.body.includes('secret_table'), code);
    if (expected === 503) assert.ok(answer.headers['retry-after'], code);
    await one.close();
  }
});

test('the description of the API names every route and is OpenAPI 3.1', async () => {
  const document = (await server.inject('/api/v1/openapi.json')).json();
  assert.equal(document.openapi, '3.1.0');
  for (const each of listRoutes(server))
    assert.ok(document.paths[each.path.replace(/:(\w+)/g, '{$1}')][each.method.toLowerCase()], each.path);
  const operation = document.paths['/echo/{id}'].post;
  assert.equal(operation.requestBody.content['application/json'].schema.additionalProperties, false);
  assert.equal(operation.responses[200].content['application/json'].schema.properties.amount.type, 'string');
});

test('a port that is taken is said in words', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as { port: number };
  const one = build();
  await assert.rejects(
    listen(one, { port, host: '127.0.0.1' }),
    (error: Error) => error instanceof PortTaken && error.message.includes(`Port ${port} is taken`),
  );
  await one.close();
  taken.close();
});
