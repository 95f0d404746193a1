import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { inside, join, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';

let world: World;
let lea: Person;
let sam: Person;
let leadId: string;
let contactId: string;

before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  sam = await join(world, lea, 'Sam', 'sales', 'member');
  contactId = (await world.ask(lea, 'POST', '/contacts', { fullName: 'Kim Kunde', email: 'kim@kunde.example' })).json().id;
  leadId = (await world.ask(lea, 'POST', '/leads', { name: 'Kim Kunde', contactId })).json().id;
  await drained();
});
after(() => world.close());

const call = (more: Record<string, unknown> = {}) => ({
  occurredAt: '2026-03-02T09:30:00Z',
  side: 'sales',
  kind: 'call',
  direction: 'out',
  memberId: sam.memberId,
  leadId,
  ...more,
});
const backlog = () => inside<{ lead_id: string }>(world, lea.workspaceId, 'SELECT lead_id FROM accord.lead_backlog');
const drained = () => inside(world, lea.workspaceId, 'DELETE FROM accord.lead_backlog');

test('a touch is recorded, belongs to the lead’s contact too, and stands on the timeline', async () => {
  const made = await world.ask(sam, 'POST', '/touches', call({ outcome: 'no answer' }));
  assert.equal(made.statusCode, 201, made.body);
  const [row] = await inside<{ contact_id: string; member_id: string }>(
    world,
    lea.workspaceId,
    'SELECT contact_id, member_id FROM accord.touches WHERE id = $1',
    [made.json().id],
  );
  assert.deepEqual(row, { contact_id: contactId, member_id: sam.memberId });
  const timeline = (await world.ask(sam, 'GET', `/leads/${leadId}/timeline`)).json();
  assert.ok(timeline.items.some((item: { type: string; detail: string }) => item.type === 'touch' && item.detail === 'no answer'));
});

test('a touch notes its lead; one of a contact notes the contact’s leads', async () => {
  await drained();
  await world.ask(sam, 'POST', '/touches', call());
  await world.ask(sam, 'POST', '/touches', call({ leadId: undefined, contactId }));
  assert.deepEqual(
    (await backlog()).map(({ lead_id }) => lead_id),
    [leadId, leadId],
  );
});

test('what is not fine is named, field by field', async () => {
  const stranger = '0197a0c0-1111-7abc-8def-0123456789ab';
  const cases: [Record<string, unknown>, string][] = [
    [{ kind: 'smoke-signal' }, 'kind'],
    [{ occurredAt: undefined }, 'occurredAt'],
    [{ occurredAt: '2999-01-01T00:00:00Z' }, 'occurredAt'],
    [{ leadId: stranger }, 'leadId'],
    [{ leadId: undefined }, 'leadId'],
    [{ colour: 'red' }, 'colour'],
    [{ runId: stranger }, 'runId'],
  ];
  for (const [more, at] of cases) {
    const answer = await world.ask(sam, 'POST', '/touches', call(more));
    assert.equal(answer.statusCode, 400, JSON.stringify(more));
    assert.ok(
      answer.json().fields.some((field: { at: string }) => field.at === at),
      answer.body,
    );
  }
});

test('one logs what one did, a head what others did', async () => {
  const mara = await join(world, lea, 'Mara', 'marketing', 'member');
  assert.equal((await world.ask(sam, 'POST', '/touches', call({ memberId: lea.memberId }))).statusCode, 400);
  assert.equal((await world.ask(mara, 'POST', '/touches', call({ memberId: mara.memberId }))).statusCode, 400);
  assert.equal(
    (await world.ask(mara, 'POST', '/touches', call({ side: 'customer', direction: 'in', memberId: undefined }))).statusCode,
    201,
  );
  assert.equal((await world.ask(lea, 'POST', '/touches', call())).statusCode, 201);
});

test('a touch taken out of account stays on record, with who and why, and stays out', async () => {
  const { id } = (await world.ask(sam, 'POST', '/touches', call({ subject: 'wrong person' }))).json();
  await drained();
  const reason = { reason: 'It was another Kim.' };
  assert.equal((await world.ask(sam, 'POST', `/touches/${id}/voiding`, {})).statusCode, 400);
  assert.equal((await world.ask(sam, 'POST', `/touches/${id}/voiding`, reason)).statusCode, 204);
  assert.equal((await world.ask(sam, 'POST', `/touches/${id}/voiding`, reason)).statusCode, 204);
  const facts = await inside<{ kind: string; body: unknown }>(
    world,
    lea.workspaceId,
    'SELECT kind, body FROM accord.facts WHERE subject_id = $1',
    [id],
  );
  assert.deepEqual(facts, [{ kind: 'touch.voided', body: reason }]);
  assert.equal((await backlog()).length, 1);
  const timeline = (await world.ask(sam, 'GET', `/leads/${leadId}/timeline`)).json();
  assert.ok(!timeline.items.some((item: { key: string }) => item.key === `touch ${id}`));
});
