import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { recycleLead } from '#features/records/actions/edit-records.ts';
import type { Arrivals } from './contract/arrivals.ts';
import { newEvent, openVisited, type Visited } from '#tests/support/visiting.ts';
import { signIdentity } from './actions/identity-token.ts';
import { makeTrackedLink } from './actions/make-link.ts';
import { endDays } from './actions/tidy.ts';

let v: Visited;
let secret: string;
before(async () => {
  v = await openVisited();
  ({ secret } = await v.ask<{ secret: string }>('POST', `/tracking/sites/${v.site.id}/identity-secret`));
});
after(() => v.close());

let nextAddress = 1;
const somebody = () => ({ address: `10.${nextAddress++}.2.7` });
const person = (name: string) => ({ fullName: name, email: `${name.toLowerCase()}@customer.example` });
const cookie = (letter: string) => letter.repeat(32);
const leadOf = async (email: string) =>
  (
    await v.inside((tx) =>
      sql<{ id: string; channel: string; campaign: string | null; landing: string; origin: string; stage: string }>`
    SELECT l.id, l.channel, c.name AS campaign, l.landing_page AS landing, l.origin, l.stage FROM leads l LEFT JOIN campaigns c ON c.workspace_id = l.workspace_id AND c.id = l.campaign_id
    WHERE l.workspace_id = ${v.workspaceId}::uuid AND l.email_key = ${email} ORDER BY l.opened_at`.execute(tx),
    )
  ).rows;

test('visits before a form become touches of the lead that it makes, with channel and campaign', async () => {
  await v.ask('POST', '/campaigns', { name: 'Spring Launch' });
  const ada = somebody();
  await v.look(ada, '/pricing?utm_source=linkedin&utm_medium=paid_social&utm_campaign=spring%20launch&li_fat_id=x1', { ago: 50 * 60_000 });
  await v.look(ada, '/product', { ago: 49 * 60_000, referrer: 'https://www.northwind.example/pricing' });
  await v.look(ada, '/', { ago: 5 * 60_000, referrer: 'https://www.google.com/' });
  await v.look(somebody(), '/elsewhere');
  assert.equal((await v.fill(ada, { ...person('Ada'), message: 'A demo, please' })).status, 303);
  await v.follow();
  const [lead, ...more] = await leadOf('ada@customer.example');
  assert.equal(more.length, 0);
  assert.deepEqual(
    { ...lead, id: '' },
    { id: '', channel: 'Organic Search', campaign: null, landing: '/pricing', origin: 'Demo', stage: 'inquiry' },
  );
  const touches = await v.touchesOf('ada@customer.example');
  assert.deepEqual(
    touches.map(({ kind, channel, subject, campaign }) => [kind, channel, subject, campaign]),
    [
      ['ad_click', 'Paid Social', '/pricing', 'Spring Launch'],
      ['visit', 'Organic Search', '/', null],
      ['form', 'Organic Search', 'Demo', null],
    ],
  );
  assert.ok(touches.every((touch) => touch.lead === lead!.id));
  assert.equal(touches[0]!.custom?.['source'], 'linkedin');
  const visits = await v.ask<{ items: { pages: number; eventsUrl: string }[] }>('GET', `/tracking/visits?leadId=${lead!.id}`);
  assert.deepEqual(
    visits.items.map(({ pages }) => pages),
    [1, 2],
  );
  const pages = await v.ask<{ items: { path: string }[] }>('GET', visits.items[1]!.eventsUrl);
  assert.deepEqual(
    pages.items.map(({ path }) => path),
    ['/product', '/pricing'],
  );
});

test('a second form comes to the open lead, a form after its end begins a new cycle, and following twice changes nothing', async () => {
  const bea = somebody();
  await v.fill(bea, person('Bea'));
  await v.follow();
  await v.fill(bea, { ...person('Bea'), message: 'Again', company: 'Bee Ltd' });
  await v.follow();
  const [first, ...none] = await leadOf('bea@customer.example');
  assert.equal(none.length, 0);
  assert.equal((await v.touchesOf('bea@customer.example')).length, 2);
  await v.inside((tx) => recycleLead(tx, v.workspaceId, { leadId: first!.id, memberId: null, until: '2099-01-01' }));
  await v.fill(bea, { ...person('Bea'), message: 'Back again' });
  await v.follow();
  await v.follow();
  const [, second] = await leadOf('bea@customer.example');
  assert.ok(second && second.id !== first!.id);
  assert.deepEqual(
    (await v.touchesOf('bea@customer.example')).map(({ lead }) => lead),
    [first!.id, first!.id, second.id],
  );
});

test('the same sent twice is one submission', async () => {
  const cyd = somebody();
  const [one, other] = await Promise.all([v.fill(cyd, person('Cyd')), v.fill(cyd, person('Cyd'))]);
  assert.deepEqual([one.status, other.status], [303, 303]);
  await v.follow();
  const submissions = await v.ask<{ items: { values: Record<string, string> }[] }>('GET', '/tracking/submissions?limit=200');
  const same = submissions.items.filter(({ values }) => values['email'] === 'cyd@customer.example').length;
  assert.ok(same === 1 || same === 2, 'one, unless the two pages were opened in different milliseconds');
  assert.equal((await leadOf('cyd@customer.example')).length, 1);
});

test('after the form later visits are touches too, of the day without consent and for good with it', async () => {
  const dan = somebody();
  await v.look(dan, '/', { cookie: cookie('d') });
  await v.fill(dan, person('Dan'));
  await v.follow();
  // From another network, another day: only the cookie tells.
  await v.look({ address: '198.51.100.7' }, '/docs?utm_source=news&utm_medium=email', { cookie: cookie('d') });
  await v.look({ address: '198.51.100.7' }, '/docs/more', { cookie: cookie('d'), referrer: 'https://www.northwind.example/docs' });
  await v.follow();
  assert.deepEqual(
    (await v.touchesOf('dan@customer.example')).map(({ kind, channel }) => [kind, channel]),
    [
      ['visit', 'Direct'],
      ['form', 'Direct'],
      ['visit', 'Email'],
    ],
  );
});

test('what was seen before consent belongs to the same visitor as what was seen after it', async () => {
  const eve = somebody();
  await v.look(eve, '/landing?utm_source=google&utm_medium=cpc&utm_campaign=brand', { ago: 3_000 });
  await v.look(eve, '/next', { ago: 2_000, cookie: cookie('e'), referrer: 'https://www.northwind.example/landing' });
  await v.fill(eve, person('Eve'));
  await v.follow();
  const touches = await v.touchesOf('eve@customer.example');
  assert.deepEqual(
    touches.map(({ kind, channel }) => [kind, channel]),
    [
      ['ad_click', 'Paid Search'],
      ['form', 'Paid Search'],
    ],
  );
});

test('consent given on the last page before a form, or only after it, is enough to be known again', async () => {
  const fin = somebody();
  const id = await v.look(fin, '/only');
  await v.send(fin, [{ kind: 'consent', id }], { visitor: cookie('f') });
  await v.fill(fin, person('Fin'));
  const gus = somebody();
  await v.fill(gus, person('Gus'));
  await v.follow();
  await v.look(gus, '/thanks', { cookie: cookie('7') });
  await v.follow();
  for (const [letter, path] of [
    ['f', '/f-later'],
    ['7', '/g-later'],
  ] as const)
    await v.look({ address: '198.51.100.8' }, `${path}?utm_source=news&utm_medium=email`, { cookie: cookie(letter) });
  await v.follow();
  assert.ok((await v.touchesOf('fin@customer.example')).some(({ subject }) => subject === '/f-later'));
  assert.ok((await v.touchesOf('gus@customer.example')).some(({ subject }) => subject === '/g-later'));
});

test('two browsers with cookies behind one address are told apart, and a form from there is joined to neither’s past', async () => {
  const office = somebody();
  await v.look(office, '/one', { cookie: cookie('1') });
  await v.look(office, '/two', { cookie: cookie('2') });
  await v.fill(office, person('Fay'));
  await v.follow();
  assert.deepEqual(
    (await v.touchesOf('fay@customer.example')).map(({ kind }) => kind),
    ['form'],
  );
});

test('two people behind one address without cookies: each has the own form, later visits are nobody’s', async () => {
  const shared = somebody();
  await v.fill(shared, person('Gil'));
  await v.fill(shared, person('Hal'));
  await v.follow();
  await v.look(shared, '/later');
  await v.follow();
  assert.deepEqual(
    (await v.touchesOf('gil@customer.example')).map(({ kind }) => kind),
    ['form'],
  );
  assert.deepEqual(
    (await v.touchesOf('hal@customer.example')).map(({ kind }) => kind),
    ['form'],
  );
});

test('a tracked link tells whose visit it is and counts to its campaign', async () => {
  await v.fill(somebody(), person('Ida'));
  await v.follow();
  const [lead] = await leadOf('ida@customer.example');
  const campaign = await v.ask<{ id: string }>('POST', '/campaigns', { name: 'Newsletter 7' });
  const link = await v.inside((tx) =>
    makeTrackedLink(tx, v.workspaceId, {
      leadId: lead!.id,
      campaignId: campaign.id,
      url: 'https://www.northwind.example/news',
      memberId: null,
    }),
  );
  const reader = somebody();
  await v.send(reader, [{ ...newEvent('/news'), url: link.url }]);
  await v.send(somebody(), [{ ...newEvent('/news'), url: 'https://www.northwind.example/news?acc=AAAAAAAAAAAAAAAAAAAAAAAAAAA' }]);
  await v.follow();
  const touches = await v.touchesOf('ida@customer.example');
  assert.deepEqual(
    touches.map(({ kind, campaign: name }) => [kind, name]),
    [
      ['form', null],
      ['visit', 'Newsletter 7'],
    ],
  );
  const stored = await v.inside((tx) =>
    sql<{ row: string }>`SELECT e::text AS row FROM tracking_events e WHERE workspace_id = ${v.workspaceId}::uuid`.execute(tx),
  );
  assert.ok(
    stored.rows.every(({ row }) => !row.includes('acc=')),
    'the token is kept with no event',
  );
});

test('only a signed identity is believed', async () => {
  await v.fill(somebody(), person('Jon'));
  await v.follow();
  const until = Math.floor(Date.now() / 1_000) + 600;
  const jon = somebody();
  await v.look(jon, '/app');
  const say = (token: string) => v.send(jon, [{ kind: 'identify', token }]);
  for (const token of [
    'jon@customer.example',
    signIdentity('another secret', 'jon@customer.example', until),
    signIdentity(secret, 'jon@customer.example', until - 3_600),
    `${signIdentity(secret, 'jon@customer.example', until)}x`,
  ])
    assert.equal(await say(token), 202);
  await v.follow();
  assert.equal((await v.touchesOf('jon@customer.example')).length, 1);
  await say(signIdentity(secret, 'jon@customer.example', until));
  await say(signIdentity(secret, 'stranger@customer.example', until));
  await v.follow();
  assert.deepEqual(
    (await v.touchesOf('jon@customer.example')).map(({ kind }) => kind),
    ['form', 'visit'],
  );
  const arrivals = await v.ask<Arrivals>('GET', '/tracking/arrivals');
  assert.deepEqual(arrivals.refused.map(({ reason, count }) => [reason, count]).toSorted(), [
    ['identity', 4],
    ['unknown person', 1],
  ]);
});

test('consent taken back: what was kept of the cookie is no visitor’s any more', async () => {
  const kim = somebody();
  await v.look(kim, '/a', { cookie: cookie('a') });
  await v.send(kim, [{ kind: 'revoke' }], { visitor: cookie('a') });
  await v.follow();
  const { rows } = await v.inside((tx) =>
    sql<{
      visitor: Buffer | null;
    }>`SELECT visitor FROM tracking_events WHERE workspace_id = ${v.workspaceId}::uuid AND path = '/a'`.execute(tx),
  );
  assert.deepEqual(rows, [{ visitor: null }]);
});

test('when the day is over nothing of it is known again', async () => {
  const lou = somebody();
  await v.look(lou, '/yesterday');
  await v.inside((tx) => sql`SELECT 1`.execute(tx));
  await makeYesterday();
  await endDays(v.world.database, v.workspaceId);
  const left = await v.inside((tx) =>
    sql<{ n: bigint }>`SELECT (SELECT count(*) FROM tracking_events WHERE workspace_id = ${v.workspaceId}::uuid AND day_visitor IS NOT NULL)
      + (SELECT count(*) FROM tracking_salts WHERE workspace_id = ${v.workspaceId}::uuid) + (SELECT count(*) FROM tracking_submissions WHERE workspace_id = ${v.workspaceId}::uuid AND day_visitor IS NOT NULL)
      + (SELECT count(*) FROM tracking_known WHERE workspace_id = ${v.workspaceId}::uuid AND NOT cookie) AS n`.execute(tx),
  );
  assert.equal(left.rows[0]!.n, 0n);
});

/** Moves what came today to yesterday, as its owner may. */
async function makeYesterday(): Promise<void> {
  const { default: pg } = await import('pg');
  const owner = new pg.Client({ connectionString: v.world.ownerUrl });
  await owner.connect();
  await owner.query(`SELECT set_config('app.workspace', '${v.workspaceId}', false); UPDATE accord.tracking_events SET received_at = received_at - interval '1 day'; UPDATE accord.tracking_submissions SET received_at = received_at - interval '1 day';
    UPDATE accord.tracking_known SET known_at = known_at - interval '1 day'; UPDATE accord.tracking_salts SET day = day - 1`);
  await owner.end();
}
