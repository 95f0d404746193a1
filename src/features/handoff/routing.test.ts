/** Routing on a real database: who gets a lead, what is kept of it, and two who route at once. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import { verifyWorkspace } from '#features/records/queries/verify.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { inside, join, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';
import { type Routed, type RouteOptions, routeLead, routeLeads } from './actions/route-lead.ts';
import { takeOutOfRotation } from './actions/rotation-members.ts';

let world: World;
let [lea, mara, sam, kim, ola] = [] as unknown as Person[] as [Person, Person, Person, Person, Person];
let teamId: string;

before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'member');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  kim = await join(world, lea, 'Kim', 'sales', 'member');
  ola = await join(world, lea, 'Ola', 'sales', 'member');
  teamId = (await world.ask(lea, 'POST', '/teams', { name: 'Inside Sales', side: 'sales', members: [kim.memberId, ola.memberId] })).json()
    .id;
});
after(() => world.close());

/** Each test begins with turns of nobody, and routing of its own. */
beforeEach(async () => {
  await inside(world, lea.workspaceId, 'DELETE FROM accord.rotation');
  await inside(world, lea.workspaceId, 'DELETE FROM accord.handoffs');
});

const within = <T>(work: (tx: Tx, workspaceId: WorkspaceId) => Promise<T>): Promise<T> =>
  world.database.inWorkspace(lea.workspaceId as WorkspaceId, (tx) => work(tx, lea.workspaceId as WorkspaceId));
const make = async (kind: 'lead' | 'account', sets: Sets): Promise<string> =>
  (await within((tx, ws) => recordFields(tx, ws, { kind, sets, memberId: mara.memberId }))).id;
const now = () => new Date().toISOString();
const passed = (sets: Sets = {}): Promise<string> => make('lead', { name: 'Ada', openedAt: now(), mqlAt: now(), ...sets });
const routed: RouteOptions = { kind: 'routed' };
const route = (leadId: string, options = routed): Promise<Routed | null> => within((tx, ws) => routeLead(tx, ws, leadId, options));
const ownerOf = async (leadId: string): Promise<string | null> => (await world.ask(lea, 'GET', `/leads/${leadId}`)).json().ownerId;
const routingsOf = (leadId: string) =>
  inside<{ kind: string; member_id: string | null; team_id: string | null; why: string[]; occurred_at: Date }>(
    world,
    lea.workspaceId,
    'SELECT * FROM accord.routings WHERE lead_id = $1 ORDER BY occurred_at, id',
    [leadId],
  );
const toTeam = () => ({ teamId, memberId: null });

/** A new version, over what is usual here. */
async function agree(content: Record<string, unknown> = {}): Promise<void> {
  const answer = await world.ask(sam, 'PUT', '/routing', { otherwise: toTeam(), workingHoursOnly: false, ...content });
  assert.equal(answer.statusCode, 200, answer.body);
}

describe('A lead that marketing passed', () => {
  test('goes to the next in turn, with the reason, a fact, and the rep as its owner', async () => {
    await agree();
    const leads = [await passed(), await passed(), await passed()];
    const owners = [];
    for (const id of leads) owners.push((await route(id))?.memberId);
    assert.deepEqual(owners, [kim.memberId, ola.memberId, kim.memberId]);
    assert.equal(await ownerOf(leads[2]!), kim.memberId);
    const [row, ...others] = await routingsOf(leads[2]!);
    assert.equal(others.length, 0);
    assert.deepEqual([row!.kind, row!.member_id, row!.team_id], ['routed', kim.memberId, teamId]);
    assert.equal(row!.why[0], 'It goes to Inside Sales, in turn.');
    assert.match(row!.why[1]!, /^Kim is next in turn \(1 lead so far at weight 1\): level with Ola/);
    const [fact] = (await world.ask(lea, 'GET', `/leads/${leads[2]}/facts`)).json().items;
    assert.deepEqual([fact.kind, fact.sets], ['lead.routed', { ownerId: kim.memberId }]);
    assert.deepEqual((await verifyWorkspace(world.database, lea.workspaceId as WorkspaceId)).differences, []);
  });

  test('is left alone when it was passed before routing was on, is no MQL, is decided, or came with its owner', async () => {
    await agree();
    const before = await passed({ mqlAt: '2026-01-05T09:00:00Z' });
    const inquiry = await make('lead', { name: 'Ada', openedAt: now() });
    const decided = await passed({ rejectedAt: now() });
    const owned = await passed({ ownerId: sam.memberId });
    const answer = await within((tx, ws) => routeLeads(tx, ws, [before, inquiry, decided, owned], routed));
    assert.equal(answer.size, 0);
    assert.deepEqual(await Promise.all([before, inquiry, decided, owned].map(ownerOf)), [null, null, null, sam.memberId]);
    assert.deepEqual(
      (await Promise.all([before, inquiry, decided, owned].map(routingsOf))).map((rows) => rows.length),
      [0, 0, 0, 1],
    );
    const [kept] = await routingsOf(owned);
    assert.deepEqual([kept!.member_id, kept!.why], [sam.memberId, ['It came with its owner, Sam, who keeps it.']]);
    await route(owned);
    assert.equal((await routingsOf(owned)).length, 1, 'is kept once');
  });

  test('goes nowhere while routing is off', async () => {
    await agree({ on: false });
    const id = await passed();
    assert.equal(await route(id), null);
    assert.equal(await ownerOf(id), null);
  });
});

describe('Accounts and rules', () => {
  test('an account’s owner keeps it: the account the lead names, and the one with its e-mail’s domain', async () => {
    await agree();
    const accountId = await make('account', { name: 'Acme', domain: 'acme.example', ownerId: sam.memberId });
    const named = await passed({ accountId });
    assert.equal((await route(named))?.memberId, sam.memberId);
    const byDomain = await passed({ email: 'ada@mail.acme.example' });
    const answer = await route(byDomain);
    assert.deepEqual(answer, {
      memberId: sam.memberId,
      teamId: null,
      why: ['Its account Acme (by the domain acme.example) belongs to Sam.', 'Sam keeps it.'],
    });
    assert.equal((await world.ask(lea, 'GET', `/leads/${byDomain}`)).json().accountId, null, 'the lead itself states no account');
  });

  test('a public mail domain is nobody’s', async () => {
    await agree();
    await make('account', { name: 'Mailers', domain: 'gmail.com', ownerId: sam.memberId });
    assert.equal((await route(await passed({ email: 'ada@gmail.com' })))?.teamId, teamId);
  });

  test('an owner in marketing doesn’t keep it, and it is said', async () => {
    await agree();
    const accountId = await make('account', { name: 'Initech', ownerId: mara.memberId });
    const answer = await route(await passed({ accountId }));
    assert.equal(answer?.teamId, teamId);
    assert.equal(answer?.why[1], 'Mara is not a rep of sales.');
  });

  test('the first rule that holds says', async () => {
    const dach = { of: 'lead', field: 'country', is: 'in', value: ['DE', 'AT', 'CH'] };
    await agree({ rules: [{ name: 'DACH', when: dach, to: { memberId: sam.memberId } }] });
    const answer = await route(await passed({ country: 'AT' }));
    assert.equal(answer?.memberId, sam.memberId);
    assert.deepEqual(answer?.why, ['Rule “DACH” holds: the country is DE, AT or CH.', 'It goes to Sam.']);
    assert.equal((await route(await passed({ country: 'FR' })))?.teamId, teamId);
  });

  test('rules about the account see the one with the lead’s domain', async () => {
    const large = { of: 'account', field: 'employees', is: 'gte', value: 1000 };
    await agree({ accountOwnerKeeps: false, rules: [{ name: 'Large', when: large, to: { memberId: sam.memberId } }] });
    await make('account', { name: 'Hooli', domain: 'hooli.example', employees: 5000 });
    const answer = await route(await passed({ email: 'ada@hooli.example' }));
    assert.equal(answer?.memberId, sam.memberId);
    assert.equal(answer?.why[0], 'Its account is Hooli, by the domain hooli.example.');
  });
});

describe('Who can’t have one', () => {
  const limits = (capacity: number) => ({ members: [kim, ola].map(({ memberId }) => ({ memberId, capacity })) });
  const open = (person: Person) =>
    inside(
      world,
      lea.workspaceId,
      `INSERT INTO accord.handoffs (workspace_id, lead_id, state, owner_id) VALUES ($1, gen_random_uuid(), 'accepted', $2)`,
      [lea.workspaceId, person.memberId],
    );

  test('at the limit a lead waits in the team’s queue, said once, and goes on when there is room', async () => {
    await agree(limits(1));
    await open(kim);
    await open(ola);
    const id = await passed();
    assert.deepEqual([(await route(id))?.memberId, await ownerOf(id)], [null, null]);
    await route(id);
    const rows = await routingsOf(id);
    assert.equal(rows.length, 1, 'waiting on is no news');
    assert.deepEqual([rows[0]!.member_id, rows[0]!.team_id], [null, teamId]);
    assert.equal(rows[0]!.why[1], 'Kim (1 of at most 1) and Ola (1 of at most 1) have as many open leads as they may have.');
    await agree(limits(2));
    assert.equal((await route(id))?.memberId, kim.memberId);
  });

  test('a rep on leave is passed over; one who is off waits for those who start first', async () => {
    await agree({ workingHoursOnly: true });
    const at = '2030-04-01T08:00:00Z'; // Monday, 10:00 in Berlin
    const absence = { memberId: kim.memberId, startsAt: '2030-03-31T22:00:00Z', endsAt: '2030-04-03T22:00:00Z', reason: 'Holiday' };
    assert.equal((await world.ask(lea, 'POST', '/absences', absence)).statusCode, 201);
    const day = await route(await passed(), { ...routed, at });
    assert.deepEqual([day?.memberId, day?.why[1]], [ola.memberId, 'Kim is on leave until 3 April.']);
    const night = await route(await passed(), { ...routed, at: '2030-03-31T20:00:00Z' });
    assert.match(String(night?.why), /Nobody works now; Ola starts first \(Mon 1 April 09:00\)/);
  });

  test('a rep taken out of rotation gets nothing until put back, and then no flood', async () => {
    await agree();
    assert.equal((await world.ask(kim, 'POST', `/routing/rotation/${ola.memberId}/removal`, { reason: 'Late' })).statusCode, 403);
    assert.equal((await world.ask(sam, 'POST', `/routing/rotation/${ola.memberId}/removal`, { reason: 'Three late' })).statusCode, 204);
    assert.equal((await world.ask(sam, 'POST', `/routing/rotation/${ola.memberId}/removal`, { reason: 'Again' })).statusCode, 409);
    assert.equal(await within((tx, ws) => takeOutOfRotation(tx, ws, ola.memberId, { reason: 'Again', by: null })), false);
    const leads = await Promise.all(Array.from({ length: 12 }, () => passed()));
    const first = await within((tx, ws) => routeLeads(tx, ws, leads, routed));
    assert.ok([...first.values()].every(({ memberId }) => memberId === kim.memberId));
    assert.match([...first.values()][0]!.why[1]!, /Ola is out of rotation \(Three late\)\./);
    assert.equal((await world.ask(sam, 'DELETE', `/routing/rotation/${ola.memberId}/removal`)).statusCode, 204);
    assert.equal((await world.ask(sam, 'DELETE', `/routing/rotation/${ola.memberId}/removal`)).statusCode, 409);
    const back: (string | null | undefined)[] = [];
    for (let lead = 0; lead < 6; lead++) back.push((await route(await passed()))?.memberId);
    assert.equal(back.filter((id) => id === ola.memberId).length, 4, 'two to catch up and half of the rest');
  });

  test('a lead that is given anew goes to somebody else, and stays where it is when there is nobody', async () => {
    await agree();
    const id = await passed();
    const first = (await route(id))!.memberId!;
    const again = await route(id, { kind: 'reassigned', leaveOut: [first] });
    assert.notEqual(again?.memberId, first);
    const nobody = await route(id, { kind: 'reassigned', leaveOut: [kim.memberId, ola.memberId] });
    assert.equal(nobody?.memberId, null);
    assert.equal(await ownerOf(id), again!.memberId);
    assert.deepEqual(
      (await routingsOf(id)).map(({ kind }) => kind),
      ['routed', 'reassigned'],
    );
  });
});

describe('Two who route at once', () => {
  const routeAll = (batches: readonly string[][]) =>
    Promise.all(batches.map((batch) => within((tx, ws) => routeLeads(tx, ws, batch, routed))));
  const turns = () =>
    inside<{ given: number; turn: number }>(world, lea.workspaceId, 'SELECT given, turn FROM accord.rotation ORDER BY member_id');

  test('never count a turn twice', async () => {
    await agree();
    const leads = await Promise.all(Array.from({ length: 64 }, () => passed()));
    await routeAll(Array.from({ length: 16 }, (_, lane) => leads.slice(lane * 4, lane * 4 + 4)));
    assert.deepEqual(await turns(), [
      { given: 32, turn: 32 },
      { given: 32, turn: 32 },
    ]);
  });

  test('never route a lead twice, and never wait for each other in a circle', async () => {
    await agree();
    const leads = await Promise.all(Array.from({ length: 40 }, () => passed()));
    const mixed = leads.toSorted((one, other) => (one.slice(-4) < other.slice(-4) ? -1 : 1));
    await routeAll([leads.slice(0, 20), mixed, leads.toReversed(), mixed.toReversed(), ...mixed.slice(0, 6).map((id) => [id])]);
    assert.deepEqual(
      (await turns()).map(({ given }) => given),
      [20, 20],
    );
    const rows = await Promise.all(leads.map(routingsOf));
    assert.ok(rows.every(({ length }) => length === 1));
  });
});
