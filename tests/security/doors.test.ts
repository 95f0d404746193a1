/**
 * The public doors: addresses that anybody may use. There are no others than those listed here; they set and read no
 * cookies, answer other sites' pages only where these are the company's own, and keep nothing of a visitor who asks for it.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { allDoors } from '#entry/doors.ts';
import type { Hook } from '#features/tracking/contract/hooks.ts';
import { signBody } from '#features/tracking/actions/hook-proof.ts';
import { newEvent, newEventId, openedEarlier, openVisited, origin, type Visited } from '#tests/support/visiting.ts';
import { readConfig } from '#platform/config.ts';
import pino from 'pino';

let v: Visited;
let hook: Hook & { secret: string };
const listed = [
  'GET,HEAD /t/accord.js',
  'POST,OPTIONS /t/e',
  'GET,POST /f/:key',
  'POST /t/h/:key',
  'GET,HEAD /s/:token',
  'GET,HEAD,POST /n/unsubscribe/:token',
  'GET,HEAD /calendar/:file',
];
before(async () => {
  v = await openVisited();
  const made = await v.ask<{ id: string; secret: string }>('POST', '/tracking/hooks', { name: 'Fair' });
  const mapping = [
    { field: 'email', path: 'person.mail' },
    { field: 'fullName', path: 'person.name' },
    { field: 'message', path: 'note' },
  ];
  hook = { ...(await v.ask<Hook>('PATCH', `/tracking/hooks/${made.id}`, { mapping, active: true })), secret: made.secret };
});
after(() => v.close());

const agent = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
const browser = { 'user-agent': agent, 'accept-language': 'de-DE,de;q=0.9' };
let nextAddress = 1;
const newAddress = (): string => `172.${nextAddress++}.0.1`;
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}, remoteAddress = newAddress()) =>
  v.world.server.inject({ method: 'POST', url, payload, remoteAddress, headers: { ...browser, 'content-type': 'text/plain', ...headers } });
const events = (list: unknown[] = [newEvent('/')], more = {}) => JSON.stringify({ ...more, events: list });
const eventsUrl = () => `/t/e?site=${v.site.key}`;
const formUrl = () => new URL(v.form.url).pathname;
const hookUrl = () => new URL(hook.url).pathname;
const sendForm = (fields: Record<string, string>, headers: Record<string, string> = {}, address?: string) =>
  post(
    formUrl(),
    new URLSearchParams({ opened: openedEarlier(v.form), ...fields }).toString(),
    { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    address,
  );
const sendHook = (body: unknown, headers: Record<string, string> = {}) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return post(hookUrl(), text, {
    'content-type': 'application/json',
    'accord-signature': signBody(hook.secret, text, Math.floor(Date.now() / 1_000)),
    ...headers,
  });
};

test('there are no public doors but those listed', () => {
  const config = readConfig({});
  const doors = allDoors({ database: v.world.database, config, log: pino({ level: 'silent' }) });
  assert.deepEqual(doors.map(({ methods, path }) => `${methods.join()} ${path}`).toSorted(), listed.toSorted());
});

test('no door reads or sets a cookie', async () => {
  const answers = [
    await v.world.server.inject('/t/accord.js'),
    await post(eventsUrl(), events(), { origin, cookie: 'a=b' }),
    await v.world.server.inject(formUrl()),
    await sendForm({ fullName: 'Ann', email: 'ann@customer.example' }),
    await sendHook({ person: { mail: 'bob@customer.example' } }),
    await v.world.server.inject('/s/nothing'),
    await v.world.server.inject('/n/unsubscribe/nothing'),
    await v.world.server.inject('/calendar/nothing.ics'),
  ];
  for (const { headers } of answers) assert.equal(headers['set-cookie'], undefined);
});

test('a session of ours opens nothing at a door, and the page of another site nothing at the API', async () => {
  const other = await v.world.server.inject({
    method: 'POST',
    url: '/api/v1/tracking/sites',
    headers: { cookie: v.lea.cookie, origin, 'content-type': 'text/plain' },
    payload: '{}',
  });
  assert.equal(other.statusCode, 403);
});

test('events are taken from the site’s own domains and from senders that are no page, and answered to those alone', async () => {
  const sent = async (headers: Record<string, string>) => {
    const { statusCode, headers: got } = await post(eventsUrl(), events(), headers);
    return [statusCode, got['access-control-allow-origin'] ?? null];
  };
  assert.deepEqual(await sent({ origin }), [202, origin]);
  assert.deepEqual(await sent({ origin: 'https://northwind.example:8443' }), [202, 'https://northwind.example:8443']);
  assert.deepEqual(await sent({ referer: `${origin}/a` }), [202, null]);
  assert.deepEqual(await sent({}), [202, null]);
  for (const foreign of [
    'https://evil.example',
    'https://northwind.example.evil.example',
    'https://evilnorthwind.example',
    'null',
    'chrome-extension://x',
    ' ',
  ])
    assert.deepEqual(await sent({ origin: foreign }), [403, null], foreign);
  assert.deepEqual(await sent({ referer: 'https://evil.example/' }), [403, null]);
  assert.equal((await post('/t/e?site=AAAAAAAAAAAAAAAAAAAAAA', events(), { origin })).statusCode, 404);
  assert.equal((await post('/t/e', events(), { origin })).statusCode, 404);
  const preflight = await v.world.server.inject({
    method: 'OPTIONS',
    url: eventsUrl(),
    headers: { origin, 'access-control-request-method': 'POST' },
  });
  assert.deepEqual(
    [preflight.statusCode, preflight.headers['access-control-allow-origin'], preflight.headers['access-control-allow-credentials']],
    [204, origin, undefined],
  );
});

test('bodies over the limit and bodies that are none are refused, never with a 500', async () => {
  assert.equal((await post(eventsUrl(), 'x'.repeat(16_385), { origin })).statusCode, 413);
  assert.equal((await post(hookUrl(), 'x'.repeat(262_145))).statusCode, 413);
  assert.equal((await sendForm({ fullName: 'x'.repeat(1_000_000) })).statusCode, 413);
  const bodies = [
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"events":[]}',
    '{"events":{}}',
    '{"events":[1]}',
    `{"events":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
    '{"events":[{"kind":"page","id":"x","url":"y"}]}',
  ];
  const many = events(Array.from({ length: 21 }, () => newEvent('/')));
  for (const body of [...bodies, many, Buffer.from([0xff, 0xfe, 0x00])])
    assert.equal((await post(eventsUrl(), body, { origin })).statusCode, 400, String(body).slice(0, 60));
  for (const body of ['', '{', '1', 'null', '"x"']) assert.equal((await sendHook(body)).statusCode, 400, body);
  for (const type of ['application/json', 'multipart/form-data; boundary=x', 'application/xml', ''])
    assert.ok((await post(formUrl(), '{"a":1}', { 'content-type': type })).statusCode < 500, type);
});

test('naughty texts are kept harmless or refused, through every door', async () => {
  const naughty = [
    '\0',
    '\ud800',
    '\u202e',
    '=1+1',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '1e309',
    '../../etc/passwd',
    "'; DROP TABLE leads; --",
    '${7*7}',
    '\r\nSet-Cookie: a=b',
    'ﷺ'.repeat(200),
  ];
  for (const text of naughty) {
    const coded = encodeURIComponent(text.toWellFormed());
    const page = {
      ...newEvent('/'),
      url: `${origin}/${text}?utm_source=${coded}&utm_campaign=${text}&gclid=${coded}`,
      referrer: `https://${text}/`,
    };
    assert.ok(
      [202, 400].includes(
        (
          await post(eventsUrl(), events([page, { ...newEvent('/'), referrer: text }]), {
            origin,
            'user-agent': agent + text.replaceAll(/[^\x20-\x7e]/g, ''),
          })
        ).statusCode,
      ),
      text,
    );
    const form = await sendForm({
      fullName: text,
      email: 'nan@customer.example',
      company: text,
      message: text,
      query: `?utm_source=${text}`,
      referrer: text,
    });
    assert.ok([303, 422].includes(form.statusCode), `${text}: ${form.statusCode}`);
    assert.ok(!form.body.includes('<script') && !form.body.includes('<img'), text);
    const key = await post(`/f/${encodeURIComponent(text.toWellFormed())}`, 'a=b');
    assert.ok([404, 400, 414].includes(key.statusCode), `${text}: ${key.statusCode}`);
    assert.ok(
      [202, 200].includes(
        (await sendHook({ person: { mail: 'hal@customer.example', name: text }, note: text, [text]: [text] })).statusCode,
      ),
      text,
    );
  }
  await v.follow();
  const failed = await v.ask<{ items: { reason: string }[] }>('GET', '/tracking/submissions?state=failed');
  assert.deepEqual(
    failed.items.map(({ reason }) => reason).filter((reason) => /unexpected/.test(reason)),
    [],
  );
});

test('a hook opens by its signature over time and body, and by nothing else; refused, it leaves no row', async () => {
  const body = '{"person":{"mail":"sig@customer.example"}}';
  const now = Math.floor(Date.now() / 1_000);
  const count = async () =>
    (await v.ask<{ items: { values: Record<string, string> }[] }>('GET', '/tracking/submissions?limit=200')).items.filter(
      ({ values }) => values['email'] === 'sig@customer.example',
    ).length;
  const wrong = [
    signBody('another secret', body, now),
    signBody(hook.secret, `${body} `, now),
    signBody(hook.secret, body, now - 301),
    signBody(hook.secret, body, now + 302),
    signBody(hook.secret, body, now).replace(`t=${now}`, `t=${now - 1}`),
    `t=${now}`,
    `t=${now},v1=`,
    `v1=${'0'.repeat(64)}`,
    '',
  ];
  for (const signature of wrong) assert.equal((await post(hookUrl(), body, { 'accord-signature': signature })).statusCode, 401, signature);
  assert.equal((await post(hookUrl(), body, { 'accord-secret': hook.secret })).statusCode, 401, 'this hook takes no bare secret');
  assert.equal(await count(), 0);
  const answers = await Promise.all(Array.from({ length: 5 }, () => sendHook(body, { 'accord-delivery': 'd-1' })));
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).toSorted(), [200, 200, 200, 200, 202]);
  assert.equal(await count(), 1);
});

test('a form that fills itself in, too quickly or in the hidden field, makes no lead', async () => {
  const person = { fullName: 'Bot', email: 'bot@customer.example' };
  assert.equal((await sendForm({ ...person, website_address: 'http://spam.example' })).statusCode, 303);
  const quick = await sendForm({ ...person, opened: openedEarlier(v.form, 1) });
  assert.equal(quick.statusCode, 422);
  assert.match(quick.body, /value="bot@customer\.example"/);
  for (const opened of [
    '',
    '0',
    '1.2',
    `${Date.now() - 60_000}.${'0'.repeat(64)}`,
    openedEarlier(v.form, 90_000),
    openedEarlier({ ...v.form, id: v.site.id }),
  ])
    assert.equal((await sendForm({ ...person, opened })).statusCode, 422, opened);
  await v.follow();
  assert.deepEqual(await v.touchesOf('bot@customer.example'), []);
});

test('more forms from one network than people send are answered with a page that keeps what was typed', async () => {
  const address = newAddress();
  const statuses: number[] = [];
  let last = '';
  for (let each = 0; each < 12; each++) {
    const { statusCode, body } = await sendForm({ fullName: `Nr ${each}`, email: `nr${each}@customer.example` }, {}, address);
    statuses.push(statusCode);
    last = body;
  }
  assert.deepEqual([...new Set(statuses)], [303, 429]);
  assert.match(last, /value="nr11@customer\.example"/);
});

test('the form’s page runs no script, is framed by the site alone, and leads nowhere else', async () => {
  const { headers, body } = await v.world.server.inject(formUrl());
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self'; frame-ancestors /);
  assert.match(policy, /frame-ancestors [^;]*https:\/\/northwind\.example:\* https:\/\/\*\.northwind\.example:\*/);
  assert.equal(headers['x-frame-options'], undefined);
  assert.ok(!/<script|javascript:|style="/i.test(body));
  const alone = await v.ask<{ id: string; url: string }>('POST', '/tracking/forms', { name: 'Alone', content: v.form.content });
  const framed = await v.world.server.inject(new URL(alone.url).pathname);
  assert.match(String(framed.headers['content-security-policy']), /frame-ancestors 'none'/);
  assert.equal(framed.headers['x-frame-options'], 'DENY');
});

test('of a visitor who asks not to be tracked nothing but a count is kept: every row of every table shows it', async () => {
  await v.follow();
  const before_ = await dump();
  const canary = 'canary7f3a';
  const address = '203.0.113.77';
  const said = { ...browser, origin, 'user-agent': `${agent} ${canary}` };
  const eventId = newEventId();
  const page = {
    ...newEvent(`/path-${canary}?utm_source=google&utm_medium=cpc&utm_campaign=${canary}&gclid=${canary}&acc=${canary}${canary}${canary}`),
    id: eventId,
    referrer: `https://www.google.com/${canary}`,
  };
  for (const [headers, more] of [
    [{ 'sec-gpc': '1' }, {}],
    [{ dnt: '1' }, {}],
    [{}, { private: true }],
  ] as const)
    assert.equal(
      (
        await post(
          eventsUrl(),
          events([page, { kind: 'identify', token: canary }, { kind: 'revoke' }], { ...more, visitor: 'c'.repeat(32) }),
          { ...said, ...headers },
          address,
        )
      ).statusCode,
      202,
    );
  await v.follow();
  const after_ = await dump();
  const added = after_.filter((row) => !before_.includes(row));
  assert.deepEqual(
    added.map((row) => row.replace(/\d{4}-\d\d-\d\d.*/, '')),
    [`tracking_counts (${v.workspaceId},${v.site.id},`],
  );
  assert.match(added[0]!, /private,"?Paid Search"?,3,/);
  for (const told of [canary, address, 'google', eventId, 'cccc']) assert.ok(!added.join('\n').includes(told), told);
});

test('a form sent by somebody who asks not to be tracked is kept, and nothing that came before is joined to it', async () => {
  const address = '203.0.113.78';
  assert.equal(
    (await post(eventsUrl(), events([newEvent('/before?utm_source=google&utm_medium=cpc')]), { origin }, address)).statusCode,
    202,
  );
  const sent = await sendForm(
    { fullName: 'Pia', email: 'pia@customer.example', query: '?utm_source=news&utm_medium=email', referrer: 'https://www.google.com/' },
    { 'sec-gpc': '1' },
    address,
  );
  assert.equal(sent.statusCode, 303);
  await v.follow();
  const touches = await v.touchesOf('pia@customer.example');
  assert.deepEqual(
    touches.map(({ kind, channel }) => [kind, channel]),
    [['form', null]],
  );
  const { items } = await v.ask<{ items: { private: boolean; values: Record<string, string> }[] }>(
    'GET',
    '/tracking/submissions?limit=200',
  );
  assert.equal(items.find(({ values }) => values['email'] === 'pia@customer.example')?.private, true);
});

test('no address and no browser’s name is kept of anybody', async () => {
  const address = '203.0.113.99';
  await post(eventsUrl(), events(), { origin, 'user-agent': `${agent} marked99` }, address);
  await sendForm({ fullName: 'Quin', email: 'quin@customer.example' }, { 'user-agent': `${agent} marked99` }, address);
  await v.follow();
  const rows = (await dump()).join('\n');
  assert.ok(rows.includes('quin@customer.example'));
  for (const told of [address, 'marked99', agent.slice(0, 40)]) assert.ok(!rows.includes(told), told);
});

/** Every row of every table of the product but sign-ins, as text. */
async function dump(): Promise<string[]> {
  const client = new pg.Client({ connectionString: v.world.ownerUrl });
  await client.connect();
  await client.query(
    `SELECT set_config('app.workspace', $1, false), set_config('app.gate', 'system', false), set_config('bytea_output', 'escape', false)`,
    [v.workspaceId],
  );
  const tables = await client.query<{
    name: string;
  }>(`SELECT relname AS name FROM pg_class WHERE relnamespace = 'accord'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
    AND relname NOT IN ('sessions', 'sign_in_attempts') ORDER BY 1`);
  const rows: string[] = [];
  for (const { name } of tables.rows)
    rows.push(
      ...(await client.query<{ row: string }>(`SELECT t::text AS row FROM accord.${name} t`)).rows.map(({ row }) => `${name} ${row}`),
    );
  const jobs = await client.query<{ row: string }>('SELECT j.payload::text AS row FROM graphile_worker._private_jobs j');
  rows.push(...jobs.rows.map(({ row }) => `job ${row}`));
  await client.end();
  return rows;
}
