import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { join, openStranger, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { verifyWorkspace } from './queries/verify.ts';

let world: World;
let lea: Person;
let sam: Person;
let stranger: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  sam = await join(world, lea, 'Sam', 'sales', 'member');
  stranger = await openStranger(world, lea);
});
after(() => world.close());

const make = async (plural: string, fields: Record<string, unknown>, person = sam): Promise<string> => {
  const answer = await world.ask(person, 'POST', `/${plural}`, fields);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
};
const get = async (path: string) => (await world.ask(sam, 'GET', path)).json();

test('many leads are edited at once and put back, but for what was changed since', async () => {
  const [a, b, c] = [
    await make('leads', { name: 'A', segment: 'SMB' }),
    await make('leads', { name: 'B' }),
    await make('leads', { name: 'C', segment: 'Enterprise' }),
  ];
  const theirs = await make('leads', { name: 'Theirs' }, stranger);
  const edited = (
    await world.ask(sam, 'POST', '/leads/bulk-edits', { ids: [a, b, c, theirs], sets: { segment: 'Enterprise', ownerId: sam.memberId } })
  ).json();
  assert.deepEqual([edited.changed, edited.skipped], [3, 1]);
  assert.deepEqual([(await get(`/leads/${a}`)).segment, (await get(`/leads/${b}`)).ownerName], ['Enterprise', 'Sam']);
  assert.equal((await get(`/leads/${a}/facts`)).items.length, 2, 'each has its fact');
  assert.equal((await world.ask(stranger, 'POST', `/bulk-edits/${edited.id}/undo`)).statusCode, 404);
  await world.ask(lea, 'PATCH', `/leads/${b}`, { sets: { segment: 'Mid' } });
  const undone = (await world.ask(sam, 'POST', `/bulk-edits/${edited.id}/undo`)).json();
  assert.deepEqual(undone, { restored: 3, changedSince: [{ id: b, field: 'segment' }] });
  const now = await Promise.all([a, b, c].map((id) => get(`/leads/${id}`)));
  assert.deepEqual(
    now.map((lead) => [lead.segment, lead.ownerId]),
    [
      ['SMB', null],
      ['Mid', null],
      ['Enterprise', null],
    ],
  );
  assert.equal((await world.ask(sam, 'POST', `/bulk-edits/${edited.id}/undo`)).statusCode, 409);
});

test('a bulk edit by query changes what the list shows; names are set record by record', async () => {
  await make('leads', { name: 'Query one', origin: 'Fair 7' });
  await make('leads', { name: 'Query two', origin: 'Fair 7' });
  const query = { filter: { all: [{ field: 'origin', is: 'eq', value: 'Fair 7' }] } };
  assert.equal((await world.ask(sam, 'POST', '/leads/bulk-edits', { query, sets: { origin: 'Fair 2026' } })).json().changed, 2);
  assert.equal((await world.ask(sam, 'POST', '/leads/bulk-edits', { query, sets: { name: 'All' } })).statusCode, 400);
  assert.equal((await world.ask(sam, 'POST', '/leads/bulk-edits', { query, ids: [newId()], sets: { origin: 'X' } })).statusCode, 400);
});

test('an export holds what the list shows, in its order, and no spreadsheet runs it', async () => {
  await make('leads', {
    name: '=cmd|’/c calc’!A0',
    company: '+Acme, "Ltd"',
    value: '1200050',
    currency: 'EUR',
    openedAt: '2026-03-01T00:00:00Z',
    origin: 'Export',
    ownerId: sam.memberId,
  });
  await make('leads', { name: 'Plain\nSecond line', value: '500', currency: 'JPY', openedAt: '2026-02-01T00:00:00Z', origin: 'Export' });
  const filter = encodeURIComponent(JSON.stringify({ all: [{ field: 'origin', is: 'eq', value: 'Export' }] }));
  const answer = await world.ask(sam, 'GET', `/leads/export?filter=${filter}&sort=-openedAt&columns=name,company,value,ownerName,openedAt`);
  assert.equal(answer.statusCode, 200, answer.body);
  assert.match(String(answer.headers['content-type']), /^text\/csv/);
  assert.equal(answer.headers['x-content-type-options'], 'nosniff');
  assert.deepEqual(parse(answer.body, { bom: true }), [
    ['Name', 'Company', 'Value', 'Currency', 'Rep', 'Created (inquiry)'],
    ["'=cmd|’/c calc’!A0", '\'+Acme, "Ltd"', '12000.50', 'EUR', 'Sam', '2026-03-01T00:00:00Z'],
    ['Plain\nSecond line', '', '500', 'JPY', '', '2026-02-01T00:00:00Z'],
  ]);
  assert.equal((await world.ask(sam, 'GET', '/leads/export?columns=name,salary')).statusCode, 400);
  const whole = parse((await world.ask(sam, 'GET', '/leads/export')).body, { bom: true, columns: true }) as Record<string, string>[];
  assert.equal(whole.length, (await get('/leads')).total);
});

test('a timeline shows both sides, newest first, each event once, across pages and months', async () => {
  const accountId = await make('accounts', { name: 'Timeline AG' });
  const contactId = await make('contacts', { fullName: 'Tina', accountId });
  const leadId = await make('leads', {
    name: 'Tina',
    accountId,
    contactId,
    openedAt: '2025-01-10T00:00:00Z',
    mqlAt: '2025-01-11T00:00:00Z',
  });
  const dealId = await make('deals', {
    name: 'Timeline deal',
    status: 'won',
    accountId,
    leadId,
    openedAt: '2025-03-01T00:00:00Z',
    closedAt: '2025-04-01T00:00:00Z',
    amount: '100',
    currency: 'EUR',
  });
  await world.database.inWorkspace(lea.workspaceId as WorkspaceId, async (tx) => {
    for (const month of ['2025-01-01', '2025-02-01', '2025-03-01'])
      await sql`SELECT accord.ensure_month('touches', ${month}::date)`.execute(tx);
    for (let i = 0; i < 30; i++)
      await sql`INSERT INTO touches (workspace_id, occurred_at, id, lead_id, contact_id, account_id, side, kind, member_id)
        VALUES (${lea.workspaceId}, ${Temporal.Instant.from('2025-01-12T00:00:00Z')
          .add({ hours: 24 * (i >> 1) * 4 })
          .toString()}, ${newId()}, ${i % 3 === 0 ? null : leadId}, ${contactId}, ${i % 2 ? accountId : null}, ${i % 2 ? 'sales' : 'marketing'}, ${i % 2 ? 'call' : 'email'}, ${sam.memberId})`.execute(
        tx,
      );
    await sql`INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, deal_id, kind, amount, currency) VALUES (${lea.workspaceId}, ${newId()}, '2025-04-02', ${accountId}, ${dealId}, 'new', 100, 'EUR')`.execute(
      tx,
    );
  });
  type Item = { key: string; at: string; type: string };
  const read = async (path: string): Promise<Item[]> => {
    const items: Item[] = [];
    let cursor = '';
    do {
      const page = await get(`${path}?limit=7${cursor}`);
      items.push(...page.items);
      cursor = page.next ? `&cursor=${page.next}` : '';
    } while (cursor);
    return items;
  };
  const account = await read(`/accounts/${accountId}/timeline`);
  assert.equal(new Set(account.map((item) => item.key)).size, account.length, 'each once');
  const counts = (items: Item[]) =>
    Object.fromEntries(
      [...new Set(items.map((item) => item.type))].sort().map((type) => [type, items.filter((item) => item.type === type).length]),
    );
  assert.deepEqual(counts(account), { dealStage: 2, fact: 5, revenue: 1, stage: 4, touch: 30 });
  assert.deepEqual(
    account.map((item) => item.at),
    account.map((item) => item.at).toSorted((one, other) => Temporal.Instant.compare(other, one)),
  );
  assert.deepEqual(counts(await read(`/leads/${leadId}/timeline`)), { fact: 2, stage: 4, touch: 20 });
  assert.equal(counts(await read(`/contacts/${contactId}/timeline`)).touch, 30);
  assert.deepEqual(counts(await read(`/deals/${dealId}/timeline`)), { dealStage: 2, fact: 1, revenue: 1 });
  assert.equal((await world.ask(stranger, 'GET', `/accounts/${accountId}/timeline`)).statusCode, 404);
});

test('search finds each kind by how it begins', async () => {
  await make('campaigns', { name: 'Zebra days' });
  await make('accounts', { name: 'Zebra GmbH', domain: 'zebra.example.com' });
  await make('contacts', { fullName: 'Zoe Zebra', familyName: 'Zebra' });
  const found = (await get('/search?q=zebra')).items;
  assert.deepEqual(
    found.map((item: { kind: string; title: string }) => [item.kind, item.title]),
    [
      ['accounts', 'Zebra GmbH'],
      ['contacts', 'Zoe Zebra'],
      ['campaigns', 'Zebra days'],
    ],
  );
});

test('after all this the state is what the facts say', async () => {
  const { differences } = await verifyWorkspace(world.database, lea.workspaceId as WorkspaceId);
  assert.deepEqual(differences, []);
});
