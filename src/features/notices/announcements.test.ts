/** Announcements that are to be acknowledged: whom they go to, who has not yet, who is reminded. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { openWorld, type World } from '#tests/security/world.ts';
import { hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { followFacts } from './actions/follow-facts.ts';
import type { Announcement, AnnouncementDetail, AnnouncementPage } from './contract/announcements.ts';
import type { NotificationPage } from './contract/notifications.ts';

let world: World;
let company: ManyColleagues;

before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Lea', side: 'leadership', role: 'owner' },
    { name: 'Milo', side: 'marketing', role: 'manager' },
    { name: 'Mara', side: 'marketing' },
    { name: 'Sam', side: 'sales' },
    { name: 'Sue', side: 'sales' },
  ]);
});
after(() => world.close());

const ask = (name: string, method: string, path: string, body?: unknown) => world.ask(company.get(name), method, path, body);
const idOf = (name: string): string => company.get(name).memberId;
const everybody = { sides: [], teams: [], members: [] };
const announce = async (name: string, given: object): Promise<AnnouncementDetail> => {
  const answer = await ask(name, 'POST', '/announcements', {
    title: 'New clause',
    text: 'From Monday.',
    needsAcknowledgement: true,
    ...given,
  });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json();
};
const told = async (name: string): Promise<string[]> => {
  await followFacts(world.database, company.workspaceId, { at: Date.now() });
  return ((await ask(name, 'GET', '/notifications')).json() as NotificationPage).items.map(({ title }) => title);
};
const waiting = async (name: string): Promise<string[]> =>
  ((await ask(name, 'GET', '/announcements/waiting')).json() as { items: Announcement[] }).items.map(({ title }) => title);

test('it goes to whom it is meant for, waits until each acknowledges it, and says who has not yet', async () => {
  const made = await announce('Milo', { title: 'For sales', audience: { sides: ['sales'] } });
  assert.deepEqual(
    made.readers?.map(({ name, acknowledgedAt }) => [name, acknowledgedAt]),
    [
      ['Sam', null],
      ['Sue', null],
    ],
  );
  assert.deepEqual([await waiting('Sam'), await waiting('Mara')], [['For sales'], []]);
  assert.deepEqual(await told('Sam'), ['Milo announces: For sales. Please acknowledge it.']);
  const done = await ask('Sam', 'POST', `/announcements/${made.id}/acknowledgement`);
  assert.equal(done.statusCode, 200, done.body);
  assert.equal(done.json().readers, null, 'who has acknowledged it is for who made it');
  assert.deepEqual(await waiting('Sam'), []);
  const again = await ask('Sam', 'POST', `/announcements/${made.id}/acknowledgement`);
  assert.equal(again.statusCode, 409);
  const detail = (await ask('Milo', 'GET', `/announcements/${made.id}`)).json() as AnnouncementDetail;
  assert.deepEqual(detail.told, { readers: 2, acknowledged: 1 });
  assert.deepEqual(
    detail.readers?.map(({ name }) => name),
    ['Sue', 'Sam'],
    'who has not stands first',
  );
});

test('it is there for its readers, who made it and the owner, and for nobody else', async () => {
  const made = await announce('Milo', { title: 'For Sue', audience: { members: [idOf('Sue')] } });
  for (const [name, status] of [
    ['Sue', 200],
    ['Milo', 200],
    ['Lea', 200],
    ['Mara', 404],
  ] as const)
    assert.equal((await ask(name, 'GET', `/announcements/${made.id}`)).statusCode, status, name);
  assert.equal((await ask('Mara', 'POST', `/announcements/${made.id}/acknowledgement`)).statusCode, 404);
  const { items } = (await ask('Mara', 'GET', '/announcements')).json() as AnnouncementPage;
  assert.ok(!items.some(({ title }) => title === 'For Sue'));
});

test('who has not acknowledged it is reminded, the others are not, and not twice within the hour', async () => {
  const made = await announce('Milo', { title: 'To all', audience: everybody, acknowledgeBy: '2199-01-01' });
  await ask('Sam', 'POST', `/announcements/${made.id}/acknowledgement`);
  assert.equal((await ask('Sue', 'POST', `/announcements/${made.id}/reminders`)).statusCode, 403, 'heads remind');
  const first = await ask('Milo', 'POST', `/announcements/${made.id}/reminders`);
  assert.deepEqual([first.statusCode, first.json()], [200, { reminded: 3 }]);
  const second = await ask('Milo', 'POST', `/announcements/${made.id}/reminders`);
  assert.equal(second.statusCode, 409);
  assert.ok((await told('Sue')).includes('Still to be acknowledged: To all'));
  assert.ok(!(await told('Sam')).includes('Still to be acknowledged: To all'));
});

test('what is withdrawn waits for nobody, and is told to nobody who has not been told', async () => {
  const made = await announce('Milo', { title: 'A mistake', audience: { members: [idOf('Sue')] } });
  const gone = await ask('Milo', 'POST', `/announcements/${made.id}/withdrawal`);
  assert.equal(gone.statusCode, 200, gone.body);
  assert.ok(!(await waiting('Sue')).includes('A mistake'));
  assert.ok(!(await told('Sue')).some((title) => title.includes('A mistake')));
  assert.equal((await ask('Sue', 'POST', `/announcements/${made.id}/acknowledgement`)).statusCode, 409);
});

test('heads announce; to nobody, by a day that is over, or to a team of nobody’s it is refused', async () => {
  assert.equal((await ask('Sam', 'POST', '/announcements', { title: 'Hello', text: 'All.' })).statusCode, 403);
  for (const given of [
    { audience: { members: [idOf('Milo')] } },
    { acknowledgeBy: '2020-01-01' },
    { needsAcknowledgement: false, acknowledgeBy: '2199-01-01' },
  ]) {
    const answer = await ask('Milo', 'POST', '/announcements', { title: 'Hello', text: 'All.', needsAcknowledgement: true, ...given });
    assert.equal(answer.statusCode, 400, answer.body);
  }
  const kept = await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`SELECT 1 FROM announcements WHERE title = 'Hello'`.execute(tx),
  );
  assert.equal(kept.rows.length, 0);
});
