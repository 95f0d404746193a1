import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { join, openStranger, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { recycleLead, reopenLead } from './actions/edit-records.ts';
import { recordFields } from './actions/record-fields.ts';
import type { RecordKind } from './contract.ts';
import type { Sets } from './contract/fold.ts';
import { majorUnits } from './queries/export.ts';
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

const inside = <T>(work: (tx: Tx, workspaceId: WorkspaceId) => Promise<T>): Promise<T> =>
  world.database.inWorkspace(lea.workspaceId as WorkspaceId, (tx) => work(tx, lea.workspaceId as WorkspaceId));
const make = async (kind: RecordKind, sets: Sets): Promise<string> =>
  (await inside((tx, workspaceId) => recordFields(tx, workspaceId, { kind, sets, memberId: sam.memberId }))).id;
const get = async (path: string, person = sam) => (await world.ask(person, 'GET', path)).json();

test('every field that is not fine is named at once', async () => {
  const answer = await world.ask(sam, 'POST', '/leads', {
    email: 'no address',
    openedAt: 'yesterday',
    value: '12.50',
    currency: 'EURO',
    cycle: 1.5,
    ownerId: 'Sam',
    shoeSize: 44,
    recycledUntil: '2026-02-30',
  });
  assert.equal(answer.statusCode, 400);
  assert.deepEqual(
    answer
      .json()
      .fields.map((field: { at: string }) => field.at)
      .sort(),
    ['sets.currency', 'sets.cycle', 'sets.email', 'sets.openedAt', 'sets.ownerId', 'sets.recycledUntil', 'sets.shoeSize', 'sets.value'],
  );
});

test('what a record refers to must be in this workspace', async () => {
  const theirs = (await world.ask(stranger, 'POST', '/accounts', { name: 'Contoso Ltd' })).json().id;
  const answer = await world.ask(sam, 'POST', '/contacts', { fullName: 'Mara Lindt', accountId: theirs });
  assert.equal(answer.statusCode, 400);
  assert.match(answer.json().detail, /no such account here/);
  assert.equal((await world.ask(sam, 'GET', `/accounts/${theirs}`)).statusCode, 404);
  assert.equal((await world.ask(sam, 'PATCH', `/accounts/${theirs}`, { sets: { name: 'Mine' } })).statusCode, 404);
});

test('system fields are not for forms', async () => {
  const id = await make('contact', { fullName: 'Ada' });
  assert.equal((await world.ask(sam, 'PATCH', `/contacts/${id}`, { sets: { archivedAt: '2026-01-01T00:00:00Z' } })).statusCode, 400);
  assert.equal((await world.ask(sam, 'PATCH', `/contacts/${id}`, { sets: { mergedInto: id } })).statusCode, 400);
});

test('a required field can be changed but not cleared', async () => {
  const id = await make('account', { name: 'Northwind' });
  assert.equal((await world.ask(sam, 'PATCH', `/accounts/${id}`, { sets: { name: ' ' } })).statusCode, 400);
  assert.equal(
    (await world.ask(sam, 'PATCH', `/accounts/${id}`, { sets: { name: 'Northwind Traders' } })).json().name,
    'Northwind Traders',
  );
});

test('values are kept in one form', async () => {
  const id = await make('account', { name: '  Café  ', domain: 'https://www.Cafe.example.com/menu', employees: '12', annualRevenue: '-0' });
  const account = await get(`/accounts/${id}`);
  assert.deepEqual([account.name, account.domain, account.employees, account.annualRevenue], ['Café', 'example.com', 12, '0']);
});

test('whoever saves what another changed meanwhile is told', async () => {
  const id = await make('lead', { name: 'Lindt' });
  const { version } = await get(`/leads/${id}`);
  const first = await world.ask(sam, 'PATCH', `/leads/${id}`, { sets: { city: 'Bonn' } }, { 'if-match': `"${version}"` });
  assert.equal(first.statusCode, 200);
  assert.equal((await world.ask(lea, 'PATCH', `/leads/${id}`, { sets: { city: 'Kiel' } }, { 'if-match': `"${version}"` })).statusCode, 409);
  assert.equal((await get(`/leads/${id}`)).city, 'Bonn');
});

test('setting what stands there already writes nothing', async () => {
  const id = await make('lead', { name: 'Lindt', city: 'Bonn' });
  await world.ask(sam, 'PATCH', `/leads/${id}`, { sets: { city: 'Bonn' } });
  assert.equal((await get(`/leads/${id}/facts`)).items.length, 1);
});

test('a deal tells its lead that it was converted, and how it ended', async () => {
  const leadId = await make('lead', { name: 'Mara Lindt', openedAt: '2026-01-02T09:00:00Z' });
  const deal = (
    await world.ask(sam, 'POST', '/deals', {
      name: 'Lindt',
      status: 'open',
      leadId,
      amount: '1200050',
      currency: 'EUR',
      openedAt: '2026-02-01T09:00:00Z',
      stage: 'Offer',
    })
  ).json();
  const open = await get(`/leads/${leadId}`);
  assert.deepEqual([open.stage, open.dealAt, open.value, open.currency], ['deal', '2026-02-01T09:00:00Z', '1200050', 'EUR']);
  await world.ask(sam, 'PATCH', `/deals/${deal.id}`, { sets: { status: 'won', closedAt: '2026-03-01T09:00:00Z' } });
  assert.deepEqual([(await get(`/leads/${leadId}`)).stage, (await get(`/leads/${leadId}`)).wonAt], ['won', '2026-03-01T09:00:00Z']);
  const kinds = (await get(`/leads/${leadId}/facts`)).items.map((fact: { kind: string }) => fact.kind);
  assert.deepEqual(kinds, ['lead.converted', 'lead.converted', 'lead.recorded']);
  const stages = (await get(`/deals/${deal.id}/timeline`)).items
    .filter((item: { type: string }) => item.type === 'dealStage')
    .map((item: { kind: string }) => item.kind);
  assert.deepEqual(stages.toSorted(), ['Offer', 'opened', 'won']);
});

test('a recycled lead comes back as a new cycle of the same person', async () => {
  const contactId = await make('contact', { fullName: 'Mara Lindt' });
  const leadId = await make('lead', {
    name: 'Mara Lindt',
    contactId,
    origin: 'Webinar',
    openedAt: '2026-01-02T09:00:00Z',
    mqlAt: '2026-01-03T09:00:00Z',
  });
  await inside((tx, workspaceId) => recycleLead(tx, workspaceId, { leadId, memberId: sam.memberId, until: '2026-06-01' }));
  const earlier = await get(`/leads/${leadId}`);
  assert.deepEqual([earlier.stage, earlier.recycledUntil], ['recycled', '2026-06-01']);
  const { id } = await inside((tx, workspaceId) =>
    reopenLead(tx, workspaceId, { leadId, memberId: null, occurredAt: '2026-06-01T08:00:00Z' }),
  );
  const next = await get(`/leads/${id}`);
  assert.deepEqual(
    [next.previousLeadId, next.cycle, next.contactId, next.origin, next.mqlAt, next.stage],
    [leadId, 2, contactId, 'Webinar', null, 'inquiry'],
  );
  await assert.rejects(
    inside((tx, workspaceId) => reopenLead(tx, workspaceId, { leadId, memberId: null })),
    Problem,
  );
});

test('an archived record leaves the lists and comes back', async () => {
  const id = await make('campaign', { name: 'Spring fair' });
  const listed = async () => (await get('/campaigns?q=spring')).items.some((item: { id: string }) => item.id === id);
  assert.equal(await listed(), true);
  await world.ask(sam, 'POST', `/campaigns/${id}/archival`);
  assert.equal(await listed(), false);
  await world.ask(sam, 'DELETE', `/campaigns/${id}/archival`);
  assert.equal(await listed(), true);
});

test('a viewer reads and changes nothing; own fields are for owner and admin', async () => {
  const vera = await join(world, lea, 'Vera', 'leadership', 'viewer');
  const id = await make('lead', { name: 'Lindt' });
  assert.equal((await world.ask(vera, 'GET', `/leads/${id}`)).statusCode, 200);
  const refused = [
    ['POST', '/leads', { name: 'X' }],
    ['PATCH', `/leads/${id}`, { sets: { city: 'X' } }],
    ['POST', '/leads/bulk-edits', { ids: [id], sets: { city: 'X' } }],
    ['GET', '/leads/export', undefined],
    ['POST', `/contacts/${id}/merges`, { otherId: id }],
  ] as const;
  for (const [method, path, body] of refused)
    assert.equal((await world.ask(vera, method, path, body)).statusCode, 403, `${method} ${path}`);
  const field = { kind: 'lead', key: 'tier', label: 'Tier', type: 'text' };
  assert.equal((await world.ask(sam, 'POST', '/custom-fields', field)).statusCode, 403);
  assert.equal((await world.ask(lea, 'POST', '/custom-fields', field)).statusCode, 201);
  assert.equal((await world.ask(lea, 'POST', '/custom-fields', field)).statusCode, 409);
  assert.equal((await world.ask(sam, 'PATCH', `/leads/${id}`, { sets: { 'custom.tier': 'A' } })).json().custom.tier, 'A');
  assert.equal((await world.ask(lea, 'DELETE', '/custom-fields/lead/tier')).statusCode, 409);
});

test('a private view is its maker’s alone; a shared one is seen by all and changed by few', async () => {
  const mine = (await world.ask(sam, 'POST', '/views', { kind: 'leads', name: 'Mine', query: { sort: '-openedAt' } })).json().id;
  const shared = (await world.ask(sam, 'POST', '/views', { kind: 'leads', name: 'Ours', shared: true, query: {} })).json().id;
  const mara = await join(world, lea, 'Mara', 'marketing', 'member');
  assert.deepEqual(
    (await get('/views?kind=leads', mara)).items.map((view: { name: string }) => view.name),
    ['Ours'],
  );
  assert.equal((await world.ask(mara, 'DELETE', `/views/${mine}`)).statusCode, 404);
  assert.equal((await world.ask(mara, 'PATCH', `/views/${shared}`, { name: 'Hers' })).statusCode, 403);
  assert.equal((await world.ask(lea, 'PATCH', `/views/${shared}`, { name: 'All' })).statusCode, 204);
  assert.equal((await world.ask(sam, 'DELETE', `/views/${mine}`)).statusCode, 204);
});

test('amounts leave in major units of their currency', () => {
  assert.deepEqual(
    [
      majorUnits('1200050', 'EUR'),
      majorUnits('5', 'EUR'),
      majorUnits('-5', 'EUR'),
      majorUnits('500', 'JPY'),
      majorUnits('1', 'KWD'),
      majorUnits(null, 'EUR'),
    ],
    ['12000.50', '0.05', '-0.05', '500', '0.001', null],
  );
});

test('after all this the state is what the facts say', async () => {
  const { differences } = await verifyWorkspace(world.database, lea.workspaceId as WorkspaceId);
  assert.deepEqual(differences, []);
});
