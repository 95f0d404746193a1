/** Who did what for a campaign, by evidence; who sees it, and who only sums. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type CampaigningCompany, openCampaigning } from '#tests/support/campaigning.ts';
import { join, type Person } from '#tests/security/world.ts';
import type { LiftAnswer, ParticipationAnswer, ParticipationOverview } from './contract/participation.ts';
import type { EvidencePage, Role, RoleList } from './contract/roles.ts';
import { listFulfilledRoles } from './queries/fulfilled-roles.ts';

let company: CampaigningCompany;
let people: CampaigningCompany['people'];
before(async () => {
  company = await openCampaigning();
  ({ people } = company);
});
after(() => company.close());

const responded = '2026-10-10T10:00:00Z';
const [early, late] = ['2026-10-05T09:00:00Z', '2026-10-12T09:00:00Z'];
const roleOf = (person: Person, id: string): Promise<Role> => company.call(person, 'GET', `/campaign-roles/${id}`);
const evidenceOf = (person: Person, id: string): Promise<EvidencePage> => company.call(person, 'GET', `/campaign-roles/${id}/evidence`);
const participation = (person: Person, id: string): Promise<ParticipationAnswer> =>
  company.call(person, 'GET', `/campaigns/${id}/participation`);

test('inviting counts people reached before they responded; what is late, came in, is a machine’s or another’s does not', async () => {
  const id = await company.campaign();
  const { id: partId } = await company.part(people.sam, id, { kind: 'inviteList', wanted: 2 });
  const [ada, ben, cy, dan, eve] = [
    await company.responder(id, responded),
    await company.responder(id, null),
    await company.responder(id, responded),
    await company.responder(id, null),
    await company.responder(id, null),
  ];
  const stranger = await company.passed({ campaignId: null });
  await company.touch(people.sam, ada, early, { kind: 'email' });
  await company.touch(people.sam, ada, '2026-10-06T09:00:00Z');
  await company.touch(people.sam, cy, late);
  await company.touch(people.sam, dan, early, { direction: 'in', kind: 'email' });
  await company.touch(people.sam, dan, early, { automated: true, kind: 'email' });
  await company.touch(people.sam, dan, early, { kind: 'email', subject: 'Automatic reply: Invitation' });
  await company.touch(people.sue, eve, early);
  await company.touch(people.sam, stranger, early);
  await company.touch(people.sam, ben, '2026-07-01T09:00:00Z');
  const before = await roleOf(people.sam, partId);
  assert.deepEqual([before.evidence!.evidenced, before.evidence!.fulfilment], [1, 'open']);
  await company.touch(people.sam, ben, early, { kind: 'message' });
  const now = await roleOf(people.sam, partId);
  assert.deepEqual([now.evidence!.evidenced, now.evidence!.fulfilment], [2, 'done']);
  const { items, total } = await evidenceOf(people.sam, partId);
  assert.equal(total, 3);
  assert.deepEqual(
    items.map(({ kind, person }) => [kind, person!.leadId]),
    [
      ['call', ada],
      ['message', ben],
      ['email', ada],
    ],
  );
});

test('whom a rep puts on the list by hand was invited', async () => {
  const id = await company.campaign();
  const { id: partId } = await company.part(people.sam, id, { kind: 'inviteList', wanted: 1 });
  const leadId = await company.passed({ campaignId: null });
  assert.deepEqual(await company.call(people.sam, 'POST', `/campaigns/${id}/members`, { leadIds: [leadId] }, 201), {
    added: 1,
    already: 0,
  });
  assert.deepEqual(await company.call(people.sam, 'POST', `/campaigns/${id}/members`, { leadIds: [leadId] }, 201), {
    added: 0,
    already: 1,
  });
  const { evidence } = await roleOf(people.sam, partId);
  assert.equal(evidence!.fulfilment, 'done');
  const { items } = await evidenceOf(people.sam, partId);
  assert.deepEqual(
    items.map(({ kind, touchId }) => [kind, touchId]),
    [['added', null]],
  );
});

test('following up counts after the response alone, and a late one stays a miss', async () => {
  const id = await company.campaign();
  const part = await company.part(people.sam, id, { kind: 'followUp', wanted: 1, dueOn: '2026-10-11' });
  const ada = await company.responder(id, responded);
  await company.touch(people.sam, ada, early);
  await company.touch(people.sam, ada, late);
  const { evidence } = await roleOf(people.sam, part.id);
  assert.deepEqual([evidence!.evidenced, evidence!.fulfilment], [0, 'missed']);
  await company.touch(people.sam, ada, '2026-10-11T21:00:00Z');
  const now = await roleOf(people.sam, part.id);
  assert.deepEqual([now.evidence!.evidenced, now.evidence!.fulfilment], [1, 'done']);
  const missed = await company.ask(people.sam, 'POST', `/campaign-roles/${part.id}/refusal`, { reason: 'No.' });
  assert.equal(missed.statusCode, 409);
});

test('a part is fulfilled at the moment its last wanted evidence happened, as was on record then', async () => {
  const id = await company.campaign();
  const part = await company.part(company.tim, id, { kind: 'calls', wanted: 2 });
  const [ada, ben, cy] = [await company.responder(id, null), await company.responder(id, null), await company.responder(id, null)];
  for (const [leadId, at] of [
    [ada, '2026-10-01T09:00:00Z'],
    [ada, '2026-10-02T09:00:00Z'],
    [ben, '2026-10-03T09:00:00Z'],
    [cy, '2026-10-04T09:00:00Z'],
  ] as const)
    await company.touch(company.tim, leadId, at);
  const fulfilled = (more: object) =>
    company.within((tx, workspaceId) =>
      listFulfilledRoles(tx, workspaceId, {
        timeZone: 'UTC',
        members: [company.tim.memberId],
        from: '2026-10-01',
        until: '2026-10-31',
        ...more,
      }),
    );
  const [one, ...others] = await fulfilled({});
  assert.deepEqual([one!.id, one!.on, one!.kind, others.length], [part.id, '2026-10-03', 'calls', 0]);
  assert.deepEqual(await fulfilled({ from: '2026-10-04' }), []);
  assert.deepEqual(await fulfilled({ cutOff: part.askedAt }), []);
  assert.deepEqual(await fulfilled({ members: [people.sue.memberId] }), []);
});

test('what a person did is shown to that person, the manager and the head of the side, not to who asked', async () => {
  const id = await company.campaign();
  const { id: partId } = await company.part(people.sam, id, { kind: 'calls', wanted: 1 });
  for (const person of [people.sam, people.hal]) assert.notEqual((await roleOf(person, partId)).evidence, null);
  for (const person of [people.mara, people.milo, people.lea]) {
    const role = await roleOf(person, partId);
    assert.equal(role.evidence, null);
    assert.match(role.evidenceHidden!, /shown to that person/);
    assert.equal((await company.ask(person, 'GET', `/campaign-roles/${partId}/evidence`)).statusCode, 403);
  }
  for (const person of [people.sue, people.mia])
    assert.equal((await company.ask(person, 'GET', `/campaign-roles/${partId}`)).statusCode, 403);
  const listed = await company.call<RoleList>(people.sue, 'GET', `/campaigns/${id}/roles`);
  assert.deepEqual([listed.items, listed.sums.map(({ kind, accepted }) => [kind, accepted])], [[], [['calls', 1]]]);
});

test('without being asked, who has a touch that names the campaign took part; ordinary following up is none', async () => {
  const id = await company.campaign({ planned: false });
  const ada = await company.responder(id, responded, { campaignId: id });
  await company.touch(people.sue, ada, early, { kind: 'message', campaignId: id });
  await company.touch(people.sue, ada, early, { kind: 'note', campaignId: id });
  await company.touch(people.sam, ada, late);
  const { persons, total } = await participation(people.hal, id);
  assert.deepEqual(
    persons.filter(({ touches }) => touches > 0).map(({ member, touches, people: reached }) => [member.name, touches, reached]),
    [['Sue', 1, 1]],
  );
  assert.deepEqual([total!.reps, total!.evidenced, total!.share], [4, 1, 0.25]);
  const sues = persons.find(({ member }) => member.name === 'Sue')!;
  const records = await company.call<EvidencePage>(people.hal, 'GET', sues.recordsUrl);
  assert.deepEqual([records.total, records.items[0]!.kind], [1, 'message']);
  assert.equal((await company.ask(people.mara, 'GET', sues.recordsUrl)).statusCode, 403);
});

test('evidence of a part and a touch that names the campaign are one touch', async () => {
  const id = await company.campaign();
  await company.part(people.sam, id, { kind: 'calls', wanted: 1 });
  const ada = await company.responder(id, responded);
  await company.touch(people.sam, ada, early, { campaignId: id });
  const { persons } = await participation(people.sam, id);
  assert.deepEqual(
    persons.map(({ member, touches, done }) => [member.name, touches, done]),
    [['Sam', 1, 1]],
  );
});

test('everybody else sees sums of at least three, and none that would tell of one or two', async () => {
  const id = await company.campaign({ planned: false });
  await company.team(`All four ${id}`, [people.sam, people.sue, people.hal, company.tim]);
  await company.team(`Two ${id}`, [people.sam, people.sue]);
  const bySide = await participation(people.mara, id);
  assert.deepEqual(bySide.persons, []);
  assert.equal(bySide.total!.reps, 4);
  assert.deepEqual(
    bySide.teams.filter(({ team }) => team.name.endsWith(id)).map(({ reps }) => reps),
    [4],
  );
  // Sam knows of Sam: the others are three.
  const ofSam = await participation(people.sam, id);
  assert.deepEqual([ofSam.persons.length, ofSam.total!.reps], [1, 4]);
  assert.deepEqual((await participation(people.hal, id)).persons.length, 4);
});

test('a manager sees the own team', async () => {
  const id = await company.campaign({ planned: false });
  const vera = await join(company, people.lea, 'Vera', 'sales', 'viewer');
  await company.team(`Vera’s ${id}`, [people.sue], { managerId: vera.memberId });
  const { persons } = await participation(vera, id);
  assert.deepEqual(
    persons.map(({ member }) => member.name),
    ['Sue'],
  );
});

test('over a period: each campaign and all of them', async () => {
  const id = await company.campaign({ planned: false, startsOn: '2021-03-01', endsOn: '2021-03-31' });
  const ada = await company.responder(id, '2021-03-10T10:00:00Z');
  await company.touch(people.sue, ada, '2021-03-05T10:00:00Z', { campaignId: id });
  const overview = await company.call<ParticipationOverview>(
    people.mara,
    'GET',
    '/campaigns/participation?start=2021-01-01&end=2021-12-31',
  );
  assert.deepEqual(
    overview.campaigns.map(({ campaign, counts }) => [campaign.id, counts!.evidenced]),
    [[id, 1]],
  );
  assert.equal(overview.total!.evidenced, 1);
});

test('lift of few leads says too few, and of few reps nothing that would be about persons', async () => {
  const id = await company.campaign({ planned: false, startsOn: '2022-03-01', endsOn: '2022-03-31' });
  for (const [at, rep] of [people.sam, people.sue, people.hal, company.tim].entries()) {
    const mqlAt = `2022-03-1${at}T10:00:00Z`;
    const leadId = await company.responder(id, mqlAt, { campaignId: id, mqlAt, ownerId: rep.memberId, segment: 'SMB' });
    if (at < 2) await company.touch(rep, leadId, '2022-03-05T10:00:00Z', { campaignId: id });
  }
  const ofHal = await company.call<LiftAnswer>(people.hal, 'GET', `/campaigns/${id}/lift`);
  const won = ofHal.outcomes.find(({ outcome }) => outcome === 'won')!;
  assert.deepEqual([ofHal.participants, ofHal.others, won.worked!.leads, won.compared!.leads, won.strata], [2, 2, 2, 2, 1]);
  assert.match(won.tooFew!, /it takes 40/);
  assert.match(ofHal.sentences[1]!, /too few to say/);
  const records = await company.call<{ total: number }>(people.hal, 'GET', won.worked!.recordsUrl!);
  assert.equal(records.total, 2);
  const ofMara = await company.call<LiftAnswer>(people.mara, 'GET', `/campaigns/${id}/lift`);
  assert.deepEqual([ofMara.participants, ofMara.outcomes[0]!.worked], [null, null]);
  assert.equal((await company.ask(people.mara, 'GET', won.worked!.recordsUrl!)).statusCode, 403);
});
