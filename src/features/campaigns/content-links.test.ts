/** Tracked links: a person who opens one makes a touch, nothing else does; they lead to what they were made for and nowhere else. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { LightMyRequestResponse } from 'fastify';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import { inside, openStranger, type Person } from '#tests/security/world.ts';
import type { ContentUse } from './contract/content-uses.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver();
  people = company.people;
});
after(() => company.close());

const person = {
  'user-agent': 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
};
const target = 'https://northwind.example/prices?a=1';
const query = <T extends object>(text: string, values: unknown[] = []) => inside<T>(company, company.workspaceId, text, values);

async function added(more: object = {}): Promise<string> {
  const body = {
    title: 'Prices',
    kind: 'pricing',
    campaignId: company.campaignId,
    version: { url: target, validFrom: '2026-01-01' },
    ...more,
  };
  const made = await company.ask(people.mara, 'POST', '/library', body);
  assert.equal(made.statusCode, 201, made.body);
  return made.json().id;
}

interface Sent {
  id: string;
  path: string;
  assetId: string;
  leadId: string;
}
/** A link that Sam made a minute ago. */
async function sent(assetId?: string, more: object = {}, who: Person = people.sam): Promise<Sent> {
  const asset = assetId ?? (await added());
  const leadId = await company.passed();
  const made = await company.ask(who, 'POST', `/library/${asset}/uses`, { way: 'link', leadId, ...more });
  assert.equal(made.statusCode, 201, made.body);
  const { id, link } = made.json();
  await query(`UPDATE accord.content_uses SET used_at = used_at - interval '1 minute' WHERE id = $1`, [id]);
  return { id, path: new URL(link).pathname, assetId: asset, leadId };
}

const open = (path: string, headers: Record<string, string> = person, method: 'GET' | 'HEAD' = 'GET'): Promise<LightMyRequestResponse> =>
  company.server.inject({ method, url: path, headers });
const use = async ({ id, leadId }: Sent): Promise<ContentUse> =>
  (await company.ask(people.sam, 'GET', `/content-uses?leadId=${leadId}`)).json().items.find((each: ContentUse) => each.id === id);
const touches = ({ leadId }: Sent) =>
  query<{ kind: string; side: string; channel: string; subject: string; campaign_id: string; recorded_by: string | null }>(
    `SELECT kind, side, channel, subject, campaign_id, recorded_by FROM accord.touches WHERE lead_id = $1 AND kind = 'content'`,
    [leadId],
  );
const opensAgo = ({ id }: Sent, minutes: number) =>
  query(
    `UPDATE accord.content_opens SET first_at = now() - make_interval(mins => $2), last_at = now() - make_interval(mins => $2) WHERE use_id = $1`,
    [id, minutes],
  );

describe('Opening', () => {
  test('a person’s opening makes one touch by the customer, on the lead, for the campaign, and tells the rep', async () => {
    const made = await sent();
    const answer = await open(made.path);
    assert.deepEqual([answer.statusCode, answer.headers.location], [302, target]);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    const [touch, ...more] = await touches(made);
    assert.deepEqual(more, []);
    assert.deepEqual(touch, {
      ...{ kind: 'content', side: 'customer', channel: 'Sales content', subject: 'Prices' },
      ...{ campaign_id: company.campaignId, recorded_by: null },
    });
    const told = await use(made);
    assert.deepEqual([told.opens, told.scanned, told.servedNumber], [1, 0, null]);
    const [first] = (await company.ask(people.sam, 'GET', '/library/waiting')).json().opened;
    assert.deepEqual([first.asset.name, first.subject.name, first.opens], ['Prices', 'Ada Lind', 1]);
    const timeline = (await company.ask(people.sam, 'GET', `/leads/${made.leadId}/timeline`)).body;
    assert.match(timeline, /Prices/);
  });

  test('openings within half an hour are one touch, counted; later ones another', async () => {
    const made = await sent();
    for (let times = 0; times < 3; times++) await open(made.path);
    assert.equal((await touches(made)).length, 1);
    assert.equal((await use(made)).opens, 3);
    await opensAgo(made, 29);
    await open(made.path);
    assert.equal((await touches(made)).length, 1);
    await opensAgo(made, 31);
    await open(made.path);
    assert.equal((await touches(made)).length, 2);
    assert.equal((await use(made)).opens, 5);
  });

  test('fifty at once are one touch', async () => {
    const made = await sent();
    const answers = await Promise.all(Array.from({ length: 50 }, () => open(made.path)));
    assert.ok(answers.every(({ statusCode }) => statusCode === 302));
    assert.equal((await touches(made)).length, 1);
    assert.equal((await use(made)).opens, 50);
  });

  test('HEAD, programs, scanners, previews, prefetches and the first seconds open nothing, and are led on all the same', async () => {
    const made = await sent();
    assert.equal((await open(made.path, person, 'HEAD')).headers.location, target);
    assert.deepEqual(await query('SELECT 1 FROM accord.content_opens WHERE use_id = $1', [made.id]), [], 'nothing is kept of HEAD');
    const others: Record<string, string>[] = [
      { ...person, 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' },
      { ...person, 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
      { ...person, 'user-agent': 'curl/8.5.0' },
      { ...person, 'user-agent': '' },
      { ...person, purpose: 'prefetch' },
      { ...person, 'sec-purpose': 'prefetch;prerender' },
      { ...person, accept: '*/*' },
      { ...person, 'sec-fetch-dest': 'image' },
    ];
    for (const headers of others) assert.equal((await open(made.path, headers)).statusCode, 302, JSON.stringify(headers));
    await query('UPDATE accord.content_uses SET used_at = now() WHERE id = $1', [made.id]);
    await open(made.path);
    assert.deepEqual(await touches(made), []);
    const told = await use(made);
    assert.deepEqual([told.opens, told.scanned], [0, others.length + 1]);
  });

  test('of who asks not to be followed nothing is kept', async () => {
    const made = await sent();
    const wishes: Record<string, string>[] = [{ 'sec-gpc': '1' }, { dnt: '1' }];
    for (const wish of wishes) assert.equal((await open(made.path, { ...person, ...wish })).headers.location, target);
    assert.deepEqual(await query('SELECT 1 FROM accord.content_opens WHERE use_id = $1', [made.id]), []);
    assert.deepEqual(await touches(made), []);
  });

  test('the company’s own page is told whose visit begins, once a sitting; other pages are told nothing', async () => {
    const assetId = await added({ version: { url: 'https://www.lind.example/prices?a=1', validFrom: '2026-01-01' } });
    const [first, second] = [await sent(assetId), await sent(assetId)];
    const contact = (await company.ask(people.sam, 'POST', '/contacts', { fullName: 'Ada Lind', email: 'ada@lind.example' })).json().id;
    for (const { leadId } of [first, second]) await query('UPDATE accord.leads SET contact_id = $2 WHERE id = $1', [leadId, contact]);
    assert.equal((await open(first.path)).headers.location, 'https://www.lind.example/prices?a=1', 'a page of nobody’s');
    const site = await company.ask(people.lea, 'POST', '/tracking/sites', { name: 'Web', domains: ['lind.example'] });
    assert.equal(site.statusCode, 201, site.body);
    const told = new URL(String((await open(second.path)).headers.location));
    assert.equal(told.origin + told.pathname, 'https://www.lind.example/prices');
    const [link] = await query<{ lead_id: string; campaign_id: string }>('SELECT lead_id, campaign_id FROM accord.tracking_links', []);
    assert.deepEqual(link, { lead_id: second.leadId, campaign_id: company.campaignId });
    assert.equal(told.searchParams.get('acc')?.length, 27);
    assert.equal((await open(second.path)).headers.location, 'https://www.lind.example/prices?a=1', 'the same sitting');
  });

  test('it leads only to the stored address, whatever is asked for', async () => {
    const { path } = await sent();
    for (const more of ['?url=https://evil.example', '?next=//evil.example', '?', '#x', '?acc=1&redirect=https://evil.example'])
      assert.equal((await open(path + more)).headers.location, target, more);
    assert.equal((await open(path, { ...person, host: 'evil.example', 'x-forwarded-host': 'evil.example' })).headers.location, target);
  });

  test('neither address nor agent of who opened is kept', async () => {
    const made = await sent();
    await company.server.inject({
      url: made.path,
      headers: { ...person, 'user-agent': `${person['user-agent']} Kanari77` },
      remoteAddress: '203.0.113.77',
    });
    assert.equal((await use(made)).opens, 1);
    for (const table of ['content_opens', 'content_uses', 'touches', 'facts'])
      assert.deepEqual(await query(`SELECT 1 FROM accord.${table} t WHERE t::text ~ 'Kanari77|203\\.0\\.113'`), [], table);
  });
});

describe('Versions', () => {
  test('an old link keeps to its version; expired it leads to the newest, which is told; nothing valid left is told too', async () => {
    const assetId = await added();
    const made = await sent(assetId);
    const next = 'https://northwind.example/prices-2';
    await company.ask(people.mara, 'POST', `/library/${assetId}/versions`, { url: next, validFrom: '2026-01-02' });
    assert.equal((await open(made.path)).headers.location, target);
    const expire = (number: number) =>
      query(`UPDATE accord.asset_versions SET expires_on = '2026-01-31' WHERE asset_id = $1 AND number = $2`, [assetId, number]);
    await expire(1);
    assert.equal((await open(made.path)).headers.location, next);
    assert.equal((await use(made)).servedNumber, 2);
    await expire(2);
    assert.equal((await open(made.path)).statusCode, 404);
    const told = await use(made);
    assert.deepEqual([told.opens, told.inVain], [2, 1]);
    assert.equal((await touches(made)).length, 1, 'in vain is no touch');
  });

  test('archived content keeps its links', async () => {
    const made = await sent();
    await company.ask(people.mara, 'POST', `/library/${made.assetId}/archival`, {});
    assert.equal((await open(made.path)).headers.location, target);
  });

  test('a file is saved, never shown', async () => {
    const assetId = await added({ version: undefined });
    const boundary = 'x-boundary-x';
    await company.server.inject({
      method: 'POST',
      url: `/api/v1/library/${assetId}/files`,
      headers: { cookie: people.mara.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="canary.html"\r\n\r\n<!doctype html><script>canary()</script>\r\n--${boundary}--\r\n`,
    });
    const made = await sent(assetId);
    const answer = await open(made.path);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.body, '<!doctype html><script>canary()</script>');
    assert.equal(answer.headers['content-type'], 'application/octet-stream');
    assert.match(String(answer.headers['content-disposition']), /^attachment;/);
    assert.match(String(answer.headers['content-security-policy']), /^sandbox;/);
    assert.equal((await touches(made)).length, 1);
    const head = await open(made.path, person, 'HEAD');
    assert.deepEqual([head.statusCode, head.body], [200, '']);
  });
});

describe('Links that lead nowhere', () => {
  test('unknown, closed, expired and another workspace’s expired are the same to the byte', async () => {
    const unknown = await open(`/s/${'A'.repeat(27)}`);
    assert.equal(unknown.statusCode, 404);
    const closed = await sent();
    assert.equal((await company.ask(people.sue, 'POST', `/content-uses/${closed.id}/closing`)).statusCode, 403);
    assert.equal(
      (await company.ask(people.sam, 'POST', `/content-uses/${closed.id}/closing`)).json().mayNotRevoke,
      'It is closed already.',
    );
    const expired = await sent();
    await query(`UPDATE accord.asset_versions SET expires_on = '2026-01-31' WHERE asset_id = $1`, [expired.assetId]);
    const theirs = await ofStranger();
    const withoutDate = ({ statusCode, body, headers: { date: _, ...headers } }: LightMyRequestResponse) => ({ statusCode, body, headers });
    for (const path of [closed.path, expired.path, theirs, '/s/x', `/s/${'%00'.repeat(9)}`, `/s/${'A'.repeat(400)}`])
      assert.deepEqual(withoutDate(await open(path)), withoutDate(unknown), path);
    assert.deepEqual(await touches(closed), []);
    assert.equal((await company.server.inject({ method: 'POST', url: expired.path })).statusCode, 404);
  });

  /** The path of a link of another workspace whose content has expired. */
  async function ofStranger(): Promise<string> {
    const oscar = await openStranger(company, people.lea);
    const ask = (method: string, path: string, body: object) => company.ask(oscar, method, path, body);
    const assetId = (
      await ask('POST', '/library', { title: 'Theirs', kind: 'deck', version: { url: target, validFrom: '2026-01-01' } })
    ).json().id;
    const leadId = (await ask('POST', '/leads', { name: 'Theirs' })).json().id;
    const { link } = (await ask('POST', `/library/${assetId}/uses`, { way: 'link', leadId })).json();
    await inside(company, oscar.workspaceId, `UPDATE accord.asset_versions SET expires_on = '2026-01-31' WHERE asset_id = $1`, [assetId]);
    return new URL(link).pathname;
  }
});

describe('Making links', () => {
  test('the token is told once, kept as a hash, and is of 160 random bits', async () => {
    const made = await sent();
    const token = made.path.split('/').at(-1)!;
    assert.equal(Buffer.from(token, 'base64url').length, 20);
    for (const table of ['content_uses', 'gate_tokens', 'facts'])
      assert.deepEqual(await query(`SELECT 1 FROM accord.${table} t WHERE position($1 IN t::text) > 0`, [token]), [], table);
    assert.ok(!(await company.ask(people.sam, 'GET', `/content-uses?leadId=${made.leadId}`)).body.includes(token));
    const leadId = await company.passed();
    const twice = await Promise.all(
      [1, 2].map(() =>
        company.ask(people.sam, 'POST', `/library/${made.assetId}/uses`, { way: 'link', leadId }, { 'idempotency-key': 'k1' }),
      ),
    );
    const uses = await query('SELECT 1 FROM accord.content_uses WHERE lead_id = $1', [leadId]);
    assert.equal(uses.length, 1, JSON.stringify(twice.map(({ body }) => body)));
  });

  test('a deal’s use is its lead’s as well; shown in a call makes no link', async () => {
    const leadId = await company.passed();
    const deal = (
      await company.ask(people.sam, 'POST', '/deals', { name: 'Lind', leadId, status: 'open', ownerId: people.sam.memberId })
    ).json().id;
    const assetId = await added();
    const made = await company.ask(people.sam, 'POST', `/library/${assetId}/uses`, {
      way: 'call',
      dealId: deal,
      note: 'They liked page 3.',
    });
    assert.equal(made.json().link, null);
    for (const whose of [`leadId=${leadId}`, `dealId=${deal}`]) {
      const { items } = (await company.ask(people.sue, 'GET', `/content-uses?${whose}`)).json();
      assert.deepEqual([items.length, items[0].subject.kind, items[0].note], [1, 'deal', 'They liked page 3.']);
    }
    for (const body of [{ way: 'link' }, { way: 'link', leadId, dealId: deal }, { way: 'link', leadId: deal }, { way: 'pigeon', leadId }])
      assert.equal((await company.ask(people.sam, 'POST', `/library/${assetId}/uses`, body)).statusCode, 400, JSON.stringify(body));
  });
});
