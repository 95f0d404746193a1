/** The routing as it is agreed on, tried out and claimed past. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { recordFields } from '#features/records/actions/record-fields.ts';
import type { Sets } from '#features/records/contract/fold.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { drainBacklog } from './actions/drain-backlog.ts';
import { inside, join, openStranger, openWorld, setUpLea, type Person, type World } from '#tests/security/world.ts';

let world: World;
let [lea, mara, sam, kim] = [] as unknown as Person[] as [Person, Person, Person, Person];
let stranger: Person;
let teamId: string;

before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  stranger = await openStranger(world, lea);
  mara = await join(world, lea, 'Mara', 'marketing', 'member');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  kim = await join(world, lea, 'Kim', 'sales', 'member');
  teamId = (await world.ask(lea, 'POST', '/teams', { name: 'Inside Sales', side: 'sales', members: [sam.memberId, kim.memberId] })).json()
    .id;
});
after(() => world.close());

const put = (body: Record<string, unknown>, person = sam) => world.ask(person, 'PUT', '/routing', body);
const get = async (path: string) => (await world.ask(mara, 'GET', path)).json();
const tryIt = async (body: Record<string, unknown>, person = mara) => world.ask(person, 'POST', '/routing/trials', body);
const passed = async (sets: Sets = {}): Promise<string> => {
  const now = new Date().toISOString();
  const workspaceId = lea.workspaceId as WorkspaceId;
  const { id } = await world.database.inWorkspace(workspaceId, (tx) =>
    recordFields(tx, workspaceId, { kind: 'lead', sets: { name: 'Ada', openedAt: now, mqlAt: now, ...sets }, memberId: mara.memberId }),
  );
  return id;
};
const countryIs = (value: string) => ({ of: 'lead', field: 'country', is: 'eq', value });

describe('What is agreed on', () => {
  test('nothing is routed before the first version, and reps are listed all the same', async () => {
    const { current, versions, rotation } = await get('/routing');
    assert.deepEqual([current, versions], [null, []]);
    assert.deepEqual(
      rotation.map(({ member, team }: { member: { name: string }; team: { name: string } }) => [member.name, team.name]),
      [
        ['Kim', 'Inside Sales'],
        ['Sam', 'Inside Sales'],
      ],
    );
  });

  test('heads make versions, each a fact; the latest counts', async () => {
    assert.equal((await put({}, kim)).statusCode, 403);
    assert.deepEqual((await put({ otherwise: { teamId } })).json().number, 1);
    assert.deepEqual(
      (await put({ otherwise: { teamId }, members: [{ memberId: kim.memberId, weight: 2, capacity: 20 }], after: 1 })).json().number,
      2,
    );
    const { current, versions, rotation } = await get('/routing');
    assert.deepEqual([current.number, current.madeBy.name, versions.length], [2, 'Sam', 2]);
    const row = rotation.find(({ member }: { member: { name: string } }) => member.name === 'Kim');
    assert.deepEqual([row.weight, row.capacity, row.open, row.given], [2, 20, 0, 0]);
    assert.deepEqual((await get(`/routing/versions/${versions[1].id}`)).content.members, []);
    const facts = await inside<{ body: unknown }>(
      world,
      lea.workspaceId,
      `SELECT body FROM accord.facts WHERE kind = 'routing.changed' ORDER BY recorded_at`,
    );
    assert.deepEqual(
      facts.map(({ body }) => body),
      [
        { number: 1, on: true },
        { number: 2, on: true },
      ],
    );
  });

  test('one who saves over another’s version is told', async () => {
    const answer = await put({ otherwise: { teamId }, after: 1 });
    assert.equal(answer.statusCode, 409);
    assert.match(answer.json().detail, /Sam changed the routing meanwhile/);
  });

  test('what doesn’t fit is named by its place', async () => {
    const marketing = (await world.ask(lea, 'POST', '/teams', { name: 'Growth', side: 'marketing', members: [] })).json().id;
    const answer = await put({
      otherwise: { teamId: marketing },
      rules: [
        { name: 'DACH', when: { of: 'lead', field: 'shoeSize', is: 'eq', value: 44 }, to: { memberId: stranger.memberId } },
        { name: 'Both', when: countryIs('DE'), to: { teamId, memberId: sam.memberId } },
      ],
      members: [{ memberId: mara.memberId }, { memberId: kim.memberId }, { memberId: kim.memberId }],
    });
    assert.equal(answer.statusCode, 400);
    assert.deepEqual(
      answer.json().fields.map(({ at }: { at: string }) => at),
      ['rules.0.when', 'rules.0.to.memberId', 'rules.1.to', 'otherwise.teamId', 'members.0.memberId', 'members.2.memberId'],
    );
    assert.equal((await get('/routing')).current.number, 2);
  });
});

describe('A test-drive', () => {
  test('tells for a lead, or for what is stated, where it would go and why', async () => {
    await put({
      otherwise: { teamId },
      rules: [{ name: 'DACH', when: countryIs('DE'), to: { memberId: sam.memberId } }],
      workingHoursOnly: false,
    });
    const stated = await tryIt({ sets: { country: 'DE' } });
    assert.deepEqual(stated.json(), {
      member: { id: sam.memberId, name: 'Sam' },
      team: null,
      why: ['Rule “DACH” holds: the country is DE.', 'It goes to Sam.'],
    });
    const leadId = await passed({ country: 'FR' });
    assert.deepEqual((await tryIt({ leadId })).json().team, { id: teamId, name: 'Inside Sales' });
    assert.deepEqual((await tryIt({ leadId, sets: { country: 'DE' } })).json().member.name, 'Sam');
  });

  test('tries a routing that isn’t saved, at any moment', async () => {
    const content = { otherwise: { teamId }, workingHoursOnly: true };
    const night = (await tryIt({ content, at: '2030-04-01T02:00:00Z' })).json();
    assert.match(night.why.join(' '), /Nobody works now; Kim and Sam start first \(09:00\)/);
    const off = (await tryIt({ content: { ...content, on: false } })).json();
    assert.equal(off.why[0], 'Routing is off: this is where it would go if it were on.');
    assert.equal((await tryIt({ content: { otherwise: { teamId: lea.memberId } } })).statusCode, 400);
    assert.equal((await tryIt({ sets: { shoeSize: 44 } })).statusCode, 400);
    assert.equal((await tryIt({ leadId: lea.memberId })).statusCode, 404);
  });

  test('says who has a lead already', async () => {
    const leadId = await passed({ ownerId: kim.memberId });
    assert.equal((await tryIt({ leadId })).json().why[0], 'Kim has it and keeps it; routed anew, it would go like this.');
  });

  test('changes nothing', async () => {
    const state = async () =>
      JSON.stringify(
        await inside(
          world,
          lea.workspaceId,
          `SELECT (SELECT count(*) FROM accord.facts) facts, (SELECT count(*) FROM accord.routings) routings, (SELECT count(*) FROM accord.routing_versions) versions,
            (SELECT coalesce(sum(turn), 0) FROM accord.rotation) turns, (SELECT md5(string_agg(l::text, '|' ORDER BY id)) FROM accord.leads l) leads`,
        ),
      );
    const leadId = await passed({ country: 'DE' });
    const before = await state();
    await Promise.all(Array.from({ length: 20 }, () => tryIt({ leadId, content: { otherwise: { teamId } } })));
    assert.equal(await state(), before);
  });

  test('another workspace’s leads and people can’t be tried', async () => {
    assert.equal((await tryIt({ leadId: await passed() }, stranger)).statusCode, 404);
    assert.equal((await tryIt({ content: { otherwise: { teamId } } }, stranger)).statusCode, 400);
  });
});

describe('A lead that waits in a queue', () => {
  const drain = () => drainBacklog(world.database, lea.workspaceId as WorkspaceId);
  const handoffOf = (leadId: string) => get(`/leads/${leadId}/handoff`);
  const removal = (person: Person) => `/routing/rotation/${person.memberId}/removal`;

  test('goes to a rep by itself when the routing has a place for it, or a rep is back', async () => {
    await put({});
    const id = await passed();
    await drain();
    assert.deepEqual([(await handoffOf(id)).state, (await handoffOf(id)).owner], ['unrouted', null]);
    for (const person of [sam, kim]) await world.ask(sam, 'POST', removal(person), { reason: 'Away' });
    await put({ otherwise: { teamId }, workingHoursOnly: false });
    await drain();
    assert.equal((await handoffOf(id)).state, 'unrouted');
    await world.ask(sam, 'DELETE', removal(kim));
    await drain();
    const handoff = await handoffOf(id);
    assert.deepEqual([handoff.state, handoff.owner.name], ['waiting', 'Kim']);
    assert.deepEqual(
      handoff.routing.map(({ team, member }: { team: { name: string } | null; member: { name: string } | null }) => [
        team?.name,
        member?.name,
      ]),
      [
        [undefined, undefined],
        ['Inside Sales', undefined],
        ['Inside Sales', 'Kim'],
      ],
    );
    await world.ask(sam, 'DELETE', removal(sam));
  });

  test('is not looked at again when it was passed before routing was on', async () => {
    const old = await passed({ mqlAt: '2026-01-05T09:00:00Z' });
    await drain();
    await put({ otherwise: { teamId } });
    assert.equal((await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.lead_backlog WHERE lead_id = $1', [old])).length, 0);
  });
});

describe('A lead that is nobody’s', () => {
  test('of 200 who claim it at once exactly one gets it', async () => {
    const leadId = await passed();
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, each) => world.ask(each % 2 ? sam : kim, 'POST', `/leads/${leadId}/claim`, {})),
    );
    const statuses = Map.groupBy(answers, ({ statusCode }) => statusCode);
    assert.deepEqual([...statuses.keys()].toSorted(), [statuses.has(200) ? 200 : 204, 409]);
    assert.equal(statuses.get(409)!.length, 199);
    const winner = answers.findIndex(({ statusCode }) => statusCode < 300) % 2 ? sam : kim;
    const rows = await inside<{ kind: string; member_id: string }>(
      world,
      lea.workspaceId,
      'SELECT kind, member_id FROM accord.routings WHERE lead_id = $1',
      [leadId],
    );
    assert.deepEqual(rows, [{ kind: 'claimed', member_id: winner.memberId }]);
    const facts = await inside(world, lea.workspaceId, `SELECT 1 FROM accord.facts WHERE subject_id = $1 AND kind = 'lead.claimed'`, [
      leadId,
    ]);
    assert.equal(facts.length, 1);
    assert.match(answers.find(({ statusCode }) => statusCode === 409)!.json().detail, /Somebody has this lead already/);
  });

  test('an inquiry, a decided lead and one of another workspace can’t be claimed', async () => {
    const claim = async (id: string, person = kim) => (await world.ask(person, 'POST', `/leads/${id}/claim`, {})).statusCode;
    assert.equal(await claim(await passed({ mqlAt: null })), 409);
    assert.equal(await claim(await passed({ rejectedAt: new Date().toISOString() })), 409);
    const theirs = await passed();
    assert.equal(await claim(theirs, mara), 403);
    assert.equal(await claim(theirs, stranger), 404);
  });
});
