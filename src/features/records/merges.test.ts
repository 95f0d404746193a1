import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { WorkspaceId } from '#platform/db/database.ts';
import { join, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { verifyWorkspace } from './queries/verify.ts';

let world: World;
let lea: Person;
let sam: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  sam = await join(world, lea, 'Sam', 'sales', 'member');
});
after(() => world.close());

const make = async (plural: string, fields: Record<string, unknown>): Promise<string> => {
  const answer = await world.ask(sam, 'POST', `/${plural}`, fields);
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
};
const get = async (path: string) => (await world.ask(sam, 'GET', path)).json();
const merge = (plural: string, id: string, otherId: string) => world.ask(sam, 'POST', `/${plural}/${id}/merges`, { otherId });
const unmerge = (plural: string, id: string, otherId: string) => world.ask(sam, 'DELETE', `/${plural}/${id}/merges/${otherId}`);
const state = async (plural: string, id: string) => {
  const { version: _version, possibleDuplicates: _duplicates, mergedFrom: _merged, ...rest } = await get(`/${plural}/${id}`);
  return rest;
};

test('the same person twice becomes one, and two again', async () => {
  const accountId = await make('accounts', { name: 'Lindt KG' });
  const one = await make('contacts', { fullName: 'Mara Lindt', email: 'mara@lindt.example' });
  const other = await make('contacts', { fullName: 'M. Lindt', email: 'MARA@lindt.example', title: 'CMO', accountId });
  const leadId = await make('leads', { name: 'M. Lindt', contactId: other });
  const before = [await state('contacts', one), await state('contacts', other)];
  assert.deepEqual((await get(`/contacts/${one}`)).possibleDuplicates, [{ id: other, name: 'M. Lindt', reason: 'same e-mail address' }]);

  const merged = (await merge('contacts', one, other)).json();
  assert.deepEqual(
    [merged.fullName, merged.title, merged.accountName],
    ['Mara Lindt', 'CMO', 'Lindt KG'],
    'blanks are filled, what is there stays',
  );
  assert.deepEqual(merged.mergedFrom, [{ id: other, name: 'M. Lindt' }]);
  assert.deepEqual(
    (await get(`/contacts?q=m`)).items.map((item: { id: string }) => item.id),
    [one],
    'the other is out of the lists',
  );
  const lead = await get(`/leads/${leadId}`);
  assert.deepEqual([lead.contactId, lead.contactName], [one, 'Mara Lindt'], 'the lead shows the survivor');
  const filter = encodeURIComponent(JSON.stringify({ all: [{ field: 'contactId', is: 'eq', value: one }] }));
  assert.equal((await get(`/leads?filter=${filter}`)).total, 1, 'and is found by it');
  assert.ok(
    (await get(`/contacts/${one}/timeline`)).items.some((item: { refs: { lead: string } }) => item.refs.lead === leadId),
    'and stands on its timeline',
  );

  assert.deepEqual((await unmerge('contacts', one, other)).json(), { id: one, cleared: ['title', 'accountId'], kept: [] });
  assert.deepEqual([await state('contacts', one), await state('contacts', other)], before);
  assert.equal((await get(`/leads/${leadId}`)).contactId, other);
});

test('what was changed after a merge stays when it is taken back', async () => {
  const one = await make('contacts', { fullName: 'Ada' });
  const other = await make('contacts', { fullName: 'Ada L.', title: 'CTO', city: 'Bonn' });
  await merge('contacts', one, other);
  await world.ask(sam, 'PATCH', `/contacts/${one}`, { sets: { title: 'CEO' } });
  assert.deepEqual((await unmerge('contacts', one, other)).json(), { id: one, cleared: ['city'], kept: ['title'] });
  assert.equal((await get(`/contacts/${one}`)).title, 'CEO');
});

test('a chain is never longer than one step, and comes apart as it was', async () => {
  const [a, b, c] = [
    await make('accounts', { name: 'Acme A' }),
    await make('accounts', { name: 'Acme B' }),
    await make('accounts', { name: 'Acme C' }),
  ];
  await merge('accounts', b!, c!);
  await merge('accounts', a!, b!);
  assert.deepEqual([(await get(`/accounts/${b}`)).mergedInto, (await get(`/accounts/${c}`)).mergedInto], [a, a]);
  await unmerge('accounts', a!, b!);
  assert.deepEqual([(await get(`/accounts/${b}`)).mergedInto, (await get(`/accounts/${c}`)).mergedInto], [null, b]);
  await unmerge('accounts', b!, c!);
  assert.equal((await get(`/accounts/${c}`)).mergedInto, null);
});

test('a merged record is neither merged again nor changed, and itself is no other', async () => {
  const [a, b, c] = [
    await make('contacts', { fullName: 'A' }),
    await make('contacts', { fullName: 'B' }),
    await make('contacts', { fullName: 'C' }),
  ];
  await merge('contacts', a!, b!);
  assert.equal((await merge('contacts', c!, b!)).statusCode, 409);
  assert.equal((await merge('contacts', a!, a!)).statusCode, 400);
  assert.equal((await unmerge('contacts', a!, c!)).statusCode, 409);
  assert.equal((await world.ask(sam, 'PATCH', `/contacts/${b}`, { sets: { city: 'Kiel' } })).statusCode, 409);
});

test('two people who merge one pair both ways at once leave one survivor', async () => {
  const [a, b] = [await make('contacts', { fullName: 'Twin' }), await make('contacts', { fullName: 'Twin' })];
  const answers = await Promise.all([merge('contacts', a!, b!), merge('contacts', b!, a!)]);
  assert.deepEqual(answers.map((answer) => answer.statusCode).sort(), [200, 409]);
});

test('duplicates come in groups by the surest reason; public mail domains are none; dismissed pairs stay away', async () => {
  await make('accounts', { name: 'Nord One', domain: 'nordlicht.de' });
  await make('accounts', { name: 'Nord Two', domain: 'nordlicht.de' });
  await make('accounts', { name: 'Freelancer 1', domain: 'gmail.com' });
  await make('accounts', { name: 'Freelancer 2', domain: 'gmail.com' });
  const x = await make('accounts', { name: 'Same Name Ltd' });
  const y = await make('accounts', { name: 'same name, LTD' });
  const pages: { reason: string; records: { name: string }[] }[] = [];
  let cursor = '';
  do {
    const page = await get(`/duplicates?kind=accounts&limit=1${cursor}`);
    pages.push(...page.items);
    cursor = page.next ? `&cursor=${page.next}` : '';
  } while (cursor);
  assert.deepEqual(
    pages.map((group) => [group.reason, group.records.map((record) => record.name).sort()]),
    [
      ['domain', ['Nord One', 'Nord Two']],
      ['name', ['Same Name Ltd', 'same name, LTD']],
    ],
  );
  assert.equal((await world.ask(sam, 'POST', '/duplicates/dismissals', { kind: 'accounts', oneId: y, otherId: x })).statusCode, 204);
  assert.deepEqual(
    (await get('/duplicates?kind=accounts')).items.map((group: { reason: string }) => group.reason),
    ['domain'],
  );
  assert.deepEqual((await get(`/accounts/${x}`)).possibleDuplicates, []);
});

test('after all this the state is what the facts say', async () => {
  const { differences } = await verifyWorkspace(world.database, lea.workspaceId as WorkspaceId);
  assert.deepEqual(differences, []);
});
