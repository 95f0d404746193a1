/** The life of a plan of goals through the API: written, proposed, signed by both sides, followed by a next version. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newId } from '#platform/db/ids.ts';
import { inside, join, openStranger, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
let vera: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  vera = await join(world, lea, 'Vera', 'sales', 'viewer');
});
after(() => world.close());

const year = { start: '2026-01-01', end: '2026-12-31' };
const goal = (more: object = {}) => ({
  ...{ id: newId(), title: 'Revenue', metric: { name: 'wonValue' }, ...year, target: '100000000' },
  ...{ owners: { marketing: mara.memberId, sales: sam.memberId }, ...more },
});
const content = (...goals: object[]) => ({ title: 'Plan of 2026', ...year, goals });
const path = (id: string): string => `/goals/plans/${id}`;

async function draft(person: Person, given: object, planId: string | null = null): Promise<string> {
  const answer = await world.ask(person, 'POST', '/goals/plans', { planId, content: given });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
}
const versionOf = async (person: Person, id: string) => (await world.ask(person, 'GET', path(id))).json();
const propose = (person: Person, id: string) => world.ask(person, 'POST', `${path(id)}/proposal`);
const sign = async (person: Person, id: string) =>
  world.ask(person, 'POST', `${path(id)}/signatures`, { contentHash: (await versionOf(person, id)).contentHash ?? '0'.repeat(64) });
async function signedByBoth(id: string): Promise<void> {
  for (const answer of [await propose(mara, id), await sign(mara, id), await sign(sam, id)])
    assert.equal(answer.statusCode, 201, answer.body);
}
function refused(answer: { statusCode: number; body: string }, status: number, says: RegExp): void {
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(JSON.parse(answer.body).detail, says);
}

test('a draft is edited, proposed and signed by both sides; then it counts and stays as it is', async () => {
  const top = goal();
  const id = await draft(mara, content(top));
  const edited = await world.ask(sam, 'PATCH', path(id), {
    content: content(top, goal({ parentId: top.id, title: 'Sold in DACH', target: '40000000' })),
  });
  assert.equal(edited.statusCode, 200, edited.body);
  assert.deepEqual([edited.json().number, edited.json().status, edited.json().missing], [1, 'draft', ['marketing', 'sales']]);
  const proposed = await propose(mara, id);
  assert.deepEqual([proposed.statusCode, proposed.json().can.sign, proposed.json().signing.side], [201, null, 'marketing'], proposed.body);
  assert.equal((await world.ask(sam, 'GET', '/goals/today')).json().toSign[0].versionId, id);
  refused(await world.ask(sam, 'PATCH', path(id), { content: content(top) }), 409, /Only a draft is edited/);
  refused(await sign(lea, id), 403, /Marketing and sales sign for themselves/);
  assert.equal((await sign(mara, id)).statusCode, 201);
  refused(await sign(mara, id), 409, /Mara has signed for marketing/);
  const signed = (await sign(sam, id)).json();
  assert.deepEqual([signed.status, signed.inForce, signed.missing, signed.signatures.length], ['signed', true, [], 2]);
  refused(await world.ask(mara, 'DELETE', path(id)), 409, /replaced by a new version/);
  const tree = (await world.ask(vera, 'GET', '/goals?on=2026-06-01')).json();
  assert.deepEqual(
    tree.goals.map(({ title, owners }: { title: string; owners: { marketing: { name: string } } }) => [title, owners.marketing.name]),
    [
      ['Revenue', 'Mara'],
      ['Sold in DACH', 'Mara'],
    ],
  );
  assert.equal((await world.ask(sam, 'GET', `/goals/${top.id}`)).json().children[0].name, 'Sold in DACH');
});

test('a next version says what it changes; until both have signed it, the one before counts', async () => {
  const kept = goal({ title: 'Deals', metric: { name: 'won' }, target: '100' });
  const first = await draft(mara, content(kept));
  await signedByBoth(first);
  const { planId } = await versionOf(mara, first);
  const next = await draft(
    sam,
    content({ ...kept, target: '120' }, goal({ title: 'MQLs', metric: { name: 'mqls' }, target: '900' })),
    planId,
  );
  const version = await versionOf(sam, next);
  assert.deepEqual([version.number, version.inForce, version.diff.against], [2, false, 1]);
  assert.match(version.diff.added.join(' '), /at least 120 .*MQLs of at least 900/s);
  assert.match(version.diff.removed.join(' '), /at least 100/);
  assert.equal((await versionOf(sam, first)).inForce, true);
  await signedByBoth(next);
  assert.deepEqual([(await versionOf(sam, first)).inForce, (await versionOf(sam, next)).inForce], [false, true]);
});

test('what was read is what is signed', async () => {
  const id = await draft(mara, content(goal()));
  await propose(mara, id);
  refused(await world.ask(sam, 'POST', `${path(id)}/signatures`, { contentHash: 'a'.repeat(64) }), 409, /This is not what you read/);
  await inside(
    world,
    lea.workspaceId,
    `UPDATE accord.goal_plans SET content = jsonb_set(content, '{goals,0,target}', '"1"') WHERE id = $1`,
    [id],
  );
  refused(await sign(sam, id), 409, /no longer what was proposed/);
  assert.equal((await world.ask(mara, 'DELETE', path(id))).statusCode, 204);
  assert.equal((await versionOf(mara, id)).status, 'withdrawn');
});

test('a goal is owned by one of each side', async () => {
  const answer = await world.ask(mara, 'POST', '/goals/plans', {
    content: content(goal({ owners: { marketing: sam.memberId, sales: newId() } })),
  });
  refused(answer, 400, /owners\.marketing/);
  assert.deepEqual(
    answer.json().fields.map(({ reason }: { reason: string }) => reason),
    ['A goal is owned by one of each side: this member is of sales.', 'There is no such active member here.'],
  );
});

test('a plan that can’t be is refused with where', async () => {
  const [one, other] = [newId(), newId()];
  const cases: [object, RegExp][] = [
    [content(goal({ id: one, parentId: other }), goal({ id: other, parentId: one })), /The goal would stand below itself/],
    [content(goal({ parentId: newId() })), /There is no such goal in this plan/],
    [content(goal({ start: '2025-12-31' })), /lies outside the plan/],
    [{ ...content(goal()), end: '2026-12-30' }, /whole months/],
    [content(goal({ target: '1.5' })), /is a whole number/],
    [content(goal({ metric: { name: 'winRate' }, target: '85' })), /is a share/],
    [content(goal({ metric: { name: 'cac' }, scope: { segment: 'SMB' } })), /isn’t counted by segment/],
    [content(goal({ metric: { name: 'madeUp' } })), /metric/],
    [content(), /A plan has goals/],
    [{ ...content(goal()), hidden: true }, /hidden/],
  ];
  for (const [given, says] of cases) {
    const answer = await world.ask(mara, 'POST', '/goals/plans', { content: given });
    assert.equal(answer.statusCode, 400, answer.body);
    assert.match(answer.body, says);
  }
});

test('viewers read; members write their own; who may not is told why', async () => {
  const ada = await join(world, lea, 'Ada', 'marketing', 'member');
  const bo = await join(world, lea, 'Bo', 'sales', 'member');
  const id = await draft(ada, content(goal()));
  assert.equal((await versionOf(vera, id)).can.edit, 'Viewers read plans; members and heads write them.');
  assert.equal((await world.ask(vera, 'POST', '/goals/plans', { content: content(goal()) })).statusCode, 403);
  assert.match((await versionOf(bo, id)).can.edit, /Ada made this/);
  refused(await world.ask(bo, 'PATCH', path(id), { content: content(goal()) }), 403, /Ada made this/);
  await propose(ada, id);
  refused(await sign(bo, id), 403, /Sign|heads of both sides|may not/i);
});

test('another company’s plan and goal are not there', async () => {
  const top = goal();
  const id = await draft(mara, content(top));
  await signedByBoth(id);
  const stranger = await openStranger(world, lea);
  for (const url of [path(id), `/goals/${top.id}`]) assert.equal((await world.ask(stranger, 'GET', url)).statusCode, 404);
  assert.equal((await world.ask(stranger, 'POST', '/goals/what-if', { of: { versionId: id }, changes: {} })).statusCode, 404);
});

test('with too little on record the sheet says so instead of guessing', async () => {
  const workBack = { revenue: [{ segment: null, amount: '50000000' }] };
  const id = await draft(mara, { ...content(goal()), workBack });
  const { working, feasibility } = await versionOf(mara, id);
  assert.match(working.tooLittle, /^Too little is known to work back: (only|the plan)/);
  assert.deepEqual(feasibility, { holds: false, checks: [] });
  const what = await world.ask(mara, 'POST', '/goals/what-if', { of: { versionId: id }, changes: { reps: 2 } });
  assert.match(what.json().tooLittle, /^Too little is known/);
  const choices = await world.ask(mara, 'GET', '/goals/choices');
  assert.equal(choices.json().metrics.length > 15, true);
});

test('a company without a past is given an empty plan to begin with', async () => {
  const answer = await world.ask(mara, 'GET', '/goals/plans/suggestion?start=2026-04-01&end=2026-06-30');
  assert.equal(answer.statusCode, 200, answer.body);
  const { content: begun } = answer.json();
  assert.deepEqual([begun.start, begun.end, begun.goals, begun.workBack], ['2026-04-01', '2026-06-30', [], null]);
});
