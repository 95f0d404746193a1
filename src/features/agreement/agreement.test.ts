/** The life of the contract, and of excuses, through the API. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AgreementContent, Clause } from '#engine/agreement/clause.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { inside, join, openStranger, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import { establishAgreement } from './actions/establish.ts';
import { inForceAt, signedAgreements } from './queries/in-force.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
let deskId: string;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  const weekly = { mon: [['08:00', '20:00']], tue: [['08:00', '20:00']], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const office = await world.ask(lea, 'POST', '/calendars', { name: 'Office', timeZone: 'Europe/Berlin', weekly, isDefault: true });
  assert.equal(office.statusCode, 201, office.body);
  const desk = await world.ask(lea, 'POST', '/calendars', {
    name: 'Support desk',
    timeZone: 'Europe/Paris',
    weekly,
    holidays: [{ on: '2026-05-01', name: 'Fête' }],
  });
  assert.equal(desk.statusCode, 201, desk.body);
  deskId = desk.json().id;
});
after(() => world.close());

const everything = { segments: [], channels: [], origins: [], teams: [] };
const quality: Clause = {
  ...{ key: 'quality', side: 'marketing', title: 'Quality', metric: { kind: 'quality' }, targetPercent: 80, scope: everything },
  ...{ calendar: 'rep', excuses: ['other'], ladder: [], consequence: '' },
};
const firstAttempt = (withinMinutes: number, calendar = 'rep'): Clause => ({
  ...{
    key: 'first-attempt',
    side: 'sales',
    title: 'First attempt',
    metric: { kind: 'firstAttempt', withinMinutes },
    targetPercent: 90,
    scope: everything,
  },
  ...{ calendar, excuses: ['outage', 'leave'], ladder: [{ kind: 'remind', atPercent: 50 }], consequence: 'It goes to somebody else.' },
});
const content = (...clauses: Clause[]): AgreementContent => ({
  preamble: 'We agree.',
  clauses,
  reviewSamplePercent: 10,
  reachedOutcomes: ['connected'],
});

const day = (days: number): string => Temporal.Now.plainDateISO('Europe/Berlin').add({ days }).toString();
const path = (id: string): string => `/agreement/versions/${id}`;
const versionOf = async (person: Person, id: string) => (await world.ask(person, 'GET', path(id))).json();
async function draft(person: Person, given: AgreementContent): Promise<string> {
  const answer = await world.ask(person, 'POST', '/agreement/versions', { content: given });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json().id;
}
const propose = (person: Person, id: string, effectiveFrom = day(0)) =>
  world.ask(person, 'POST', `${path(id)}/proposal`, { effectiveFrom });
const sign = async (person: Person, id: string, side?: string) =>
  world.ask(person, 'POST', `${path(id)}/signatures`, { contentHash: (await versionOf(person, id)).contentHash, ...(side && { side }) });
function refused(answer: { statusCode: number; body: string }, status: number, says: RegExp): void {
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(JSON.parse(answer.body).detail, says);
}
const inLeas = <T>(work: Parameters<typeof world.database.inWorkspace<T>>[1]) =>
  world.database.inWorkspace(lea.workspaceId as WorkspaceId, work);

test('before anything is agreed, the page has its terms and nothing in force', async () => {
  const summary = (await world.ask(sam, 'GET', '/agreement')).json();
  assert.deepEqual([summary.inForce, summary.versions], [null, []]);
  assert.deepEqual(
    summary.terms.map(({ key }: { key: string }) => key),
    ['mql', 'sal', 'sql', 'icp', 'attempt', 'sourced', 'customer', 'churned'],
  );
});

test('the first contract counts from a past day, as a baseline, in the calendars as they stood when it was proposed', async () => {
  const id = await draft(mara, content(quality, firstAttempt(60, deskId)));
  const shown = await versionOf(sam, id);
  assert.match(
    shown.sentences[1].sentence,
    /within 60 working minutes .*in the calendar “Support desk”.*otherwise: It goes to somebody else\.$/,
  );
  assert.deepEqual(
    shown.calendars.map((calendar: { id: string }) => calendar.id),
    ['default', deskId],
  );
  assert.equal((await propose(mara, id, day(-100))).statusCode, 201);
  const calendar = (await world.ask(lea, 'GET', '/calendars')).json().items.find((each: { id: string }) => each.id === deskId);
  const { id: _, members: __, ...fields } = calendar;
  const moved = await world.ask(lea, 'PATCH', `/calendars/${deskId}`, { ...fields, holidays: [{ on: '2026-05-02', name: 'Moved' }] });
  assert.ok(moved.statusCode < 300, moved.body);
  for (const person of [mara, sam]) assert.equal((await sign(person, id)).statusCode, 201);
  const [version] = await inLeas((tx) => signedAgreements(tx, lea.workspaceId as WorkspaceId));
  assert.deepEqual(version!.calendars[deskId]!.holidays, ['2026-05-01']);
  assert.equal(version!.calendars.default!.timeZone, 'Europe/Berlin');
  const inForce = (await world.ask(sam, 'GET', '/agreement')).json().inForce;
  assert.deepEqual([inForce.id, inForce.effectiveFrom], [id, day(-100)]);
  assert.equal(inForce.retroactiveUntil, new Date(version!.signedAt).toISOString());
});

test('a changed contract is a new version that says what it changes; it begins today at the earliest', async () => {
  const id = await draft(sam, content({ ...quality, targetPercent: 85 }, { ...firstAttempt(60, deskId), key: 'first-try' }));
  refused(await propose(sam, id, day(-1)), 400, /from today/);
  await propose(sam, id, day(0));
  const { diff, signing } = await versionOf(mara, id);
  assert.equal(diff.against, 1);
  assert.deepEqual([diff.added.length, diff.removed.length], [1, 1]);
  assert.deepEqual(
    diff.changed.map(({ key }: { key: string }) => key),
    ['quality'],
  );
  assert.match(diff.general[0].before, /among them 2026-05-01/, 'the holiday that moved meanwhile');
  assert.deepEqual(signing, { side: 'marketing', onBehalf: false, whyNot: null });
  const [one, other] = await Promise.all([sign(mara, id), sign(sam, id)]);
  assert.deepEqual([one.statusCode, other.statusCode], [201, 201]);
  const versions = await inLeas((tx) => signedAgreements(tx, lea.workspaceId as WorkspaceId));
  assert.deepEqual(
    versions.map(({ number }) => number),
    [1, 2],
  );
  assert.equal(inForceAt(versions, versions[1]!.signedAt - 1)?.number, 1);
  assert.equal(inForceAt(versions, Date.now())?.number, 2);
});

test('the hash covers content, calendars, number and day', async () => {
  const id = await draft(mara, content(quality));
  await propose(mara, id, day(3));
  const changes = [
    `content = jsonb_set(content, '{clauses,0,targetPercent}', '1')`,
    `content = jsonb_set(content, '{preamble}', '"Else"')`,
    `calendars = jsonb_set(calendars, '{default,timeZone}', '"UTC"')`,
    `number = number + 50`,
    `effective_from = effective_from - 1`,
  ];
  const [kept] = await inside<{ row: string }>(
    world,
    lea.workspaceId,
    'SELECT to_jsonb(v)::text AS row FROM accord.agreement_versions v WHERE id = $1',
    [id],
  );
  const back = `UPDATE accord.agreement_versions SET (number, content, calendars, effective_from) = (SELECT number, content, calendars, effective_from
    FROM jsonb_populate_record(NULL::accord.agreement_versions, $2::jsonb)) WHERE id = $1`;
  for (const change of changes) {
    await inside(world, lea.workspaceId, `UPDATE accord.agreement_versions SET ${change} WHERE id = $1`, [id]);
    refused(await sign(mara, id), 409, /no longer what was proposed/);
    await inside(world, lea.workspaceId, back, [id, kept!.row]);
  }
  assert.equal((await sign(mara, id)).statusCode, 201);
  assert.equal((await world.ask(sam, 'DELETE', path(id))).statusCode, 204, 'a proposal that one side signed can still be withdrawn');
  refused(await sign(sam, id), 409, /Only a proposal/);
});

test('a proposal can’t be edited; what was said about it while versions had talk of their own is read', async () => {
  const id = await draft(mara, content(quality));
  const edited = await world.ask(mara, 'PATCH', path(id), { content: content(quality, firstAttempt(45)) });
  assert.equal(edited.json().sentences.length, 2);
  await propose(mara, id, day(1));
  refused(await world.ask(mara, 'PATCH', path(id), { content: content(quality) }), 409, /Only a draft/);
  await inside(
    world,
    lea.workspaceId,
    `INSERT INTO accord.proposal_comments (workspace_id, id, subject_kind, subject_id, member_id, text) VALUES ($1, gen_random_uuid(), 'agreement', $2, $3, 'Why 45?')`,
    [lea.workspaceId, id, sam.memberId],
  );
  assert.deepEqual(
    (await versionOf(mara, id)).comments.map(({ text, side }: { text: string; side: string }) => [side, text]),
    [['sales', 'Why 45?']],
  );
});

test('clauses name only what is there, and say nothing that has no effect', async () => {
  const refusedWith = async (clause: object, says: RegExp) =>
    refused(await world.ask(mara, 'POST', '/agreement/versions', { content: content(clause as Clause) }), 400, says);
  const nobodys = '01990000-0000-7000-8000-000000000000';
  await refusedWith(firstAttempt(60, nobodys), /no such calendar/);
  await refusedWith({ ...firstAttempt(60), scope: { ...everything, teams: [nobodys] } }, /no such team/);
  await refusedWith({ ...quality, metric: { kind: 'completeness', fields: ['shoeSize'] } }, /no field “shoeSize”/);
  await refusedWith({ ...quality, side: 'sales' }, /owed by marketing/);
  await refusedWith({ ...quality, calendar: deskId }, /Only clocks run/);
  await refusedWith({ ...quality, ladder: [{ kind: 'remind', atPercent: 50 }] }, /Only clocks have steps/);
});

test('whether the reps can keep it is told with every assumption, and each can be said otherwise', async () => {
  const volume: Clause = { ...quality, key: 'volume', metric: { kind: 'volume', leads: 140, period: 'month', tolerancePercent: 15 } };
  const persistence: Clause = { ...firstAttempt(60), key: 'persistence', metric: { kind: 'persistence', attempts: 6, withinDays: 10 } };
  const asked = { content: content(volume, persistence), reps: 3, sellingHoursPerMonth: 120, minutesPerAttempt: 10, utilisation: 0.4 };
  const told = (await world.ask(sam, 'POST', '/agreement/capacity', asked)).json();
  assert.deepEqual(
    [told.expectedPerMonth, told.leadsPerMonth, told.neededHours, told.availableHours, told.minutesPerLead, told.holds],
    [140, 144, 140, 144, 60, true],
  );
  assert.equal(told.assumptions.length, 2, told.assumptions.join(' '));
  const assumedAll = (await world.ask(sam, 'POST', '/agreement/capacity', {})).json();
  assert.ok(assumedAll.assumptions.length >= 5);
  assert.equal(assumedAll.reps, 1, 'Sam is all of sales');
});

test('with nobody of a side who could sign, a leader signs on its behalf, and the page says so', async () => {
  const owner = await openStranger(world, lea);
  const id = await draft(owner, content(quality));
  await propose(owner, id, day(-5));
  assert.deepEqual((await versionOf(owner, id)).signing, { side: 'marketing', onBehalf: true, whyNot: null });
  assert.equal((await sign(owner, id, 'sales')).statusCode, 201);
  const done = await sign(owner, id);
  assert.equal(done.statusCode, 201, done.body);
  assert.equal(done.json().status, 'signed');
  assert.deepEqual(
    done.json().signatures.map(({ side, onBehalf }: { side: string; onBehalf: boolean }) => [side, onBehalf]),
    [
      ['sales', true],
      ['marketing', true],
    ],
  );
});

test('an excuse is asked for by the side that owes and decided by the other, once, never by who asked', async () => {
  const rita = await join(world, lea, 'Rita', 'sales', 'member');
  const outage = {
    kind: 'outage',
    side: 'sales',
    clauseKey: 'first-try',
    startsAt: '2026-03-02T08:00:00Z',
    endsAt: '2026-03-02T12:00:00+01:00',
    reason: 'The telephones were down.',
  };
  refused(await world.ask(mara, 'POST', '/excuses', outage), 403, /asked for by sales/);
  refused(await world.ask(rita, 'POST', '/excuses', { ...outage, clauseKey: 'nothing' }), 404, /no such clause/);
  refused(
    await world.ask(rita, 'POST', '/excuses', { ...outage, kind: 'wrongRouting' }),
    409,
    /agreed without this excuse\. It has: outage, leave/,
  );
  refused(await world.ask(rita, 'POST', '/excuses', { ...outage, endsAt: '2026-03-02T07:00:00Z' }), 400, /end after the beginning/);
  refused(await world.ask(rita, 'POST', '/excuses', { ...outage, startsAt: null, endsAt: null }), 400, /Name a lead/);
  refused(await world.ask(rita, 'POST', '/excuses', { ...outage, leadId: '01990000-0000-7000-8000-000000000000' }), 404, /no such lead/);
  const asked = await world.ask(rita, 'POST', '/excuses', outage);
  assert.equal(asked.statusCode, 201, asked.body);
  const decide = (person: Person, decision: string) =>
    world.ask(person, 'POST', `/excuses/${asked.json().id}/decision`, { decision, reason: 'Seen in the log.' });
  const mayDecide = async (person: Person) => (await world.ask(person, 'GET', '/excuses')).json().items[0].mayDecide;
  assert.deepEqual(await Promise.all([rita, sam, mara, lea].map(mayDecide)), [false, false, true, true]);
  refused(await decide(sam, 'granted'), 403, /other side, or leadership/);
  assert.equal((await decide(rita, 'granted')).statusCode, 403);
  const before = await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.lead_backlog WHERE everything');
  assert.equal((await decide(mara, 'granted')).statusCode, 204);
  const looked = await inside(world, lea.workspaceId, 'SELECT 1 FROM accord.lead_backlog WHERE everything');
  assert.equal(looked.length, before.length + 1, 'all that ran in those hours is counted anew');
  refused(await decide(lea, 'refused'), 409, /decided already/);
  const [shown] = (await world.ask(rita, 'GET', '/excuses')).json().items;
  assert.deepEqual([shown.decision, shown.decidedBy.name, shown.askedBy.name, shown.mayDecide], ['granted', 'Mara', 'Rita', false]);
});

test('an excuse for one lead, refused, counts nothing anew', async () => {
  const lead = (await world.ask(sam, 'POST', '/leads', { name: 'Ada', company: 'Adas Werke' })).json();
  const asked = await world.ask(sam, 'POST', '/excuses', { kind: 'leave', side: 'sales', leadId: lead.id, reason: 'I was away.' });
  assert.equal(asked.statusCode, 201, asked.body);
  assert.equal((await world.ask(mara, 'POST', `/excuses/${asked.json().id}/decision`, { decision: 'refused' })).statusCode, 204);
  const facts = await inside<{ kind: string }>(
    world,
    lea.workspaceId,
    'SELECT kind FROM accord.facts WHERE subject_id = $1 ORDER BY recorded_at',
    [asked.json().id],
  );
  assert.deepEqual(
    facts.map(({ kind }) => kind),
    ['excuse.asked', 'excuse.refused'],
  );
  assert.equal(
    (await world.ask(sam, 'GET', '/excuses')).json().items.find(({ id }: { id: string }) => id === asked.json().id).lead.name,
    'Ada',
  );
});

test('an agreement established at once is signed by the heads like any other; who is no head of the side can’t', async () => {
  const fresh = await openWorld();
  try {
    const leader = await setUpLea(fresh);
    const workspaceId = leader.workspaceId as WorkspaceId;
    const add = async (name: string, side: string, role: string) =>
      (await fresh.ask(leader, 'POST', '/members', { name, side, role })).json().id as string;
    const [marketing, sales, rep] = [
      await add('Mona', 'marketing', 'manager'),
      await add('Saul', 'sales', 'manager'),
      await add('Rob', 'sales', 'member'),
    ];
    const given = {
      definitions: [{ term: 'mql', text: 'A company.', rule: { of: 'lead', field: 'company', is: 'notBlank' } as const, examples: [] }],
      content: content(quality) as Parameters<typeof establishAgreement>[2]['content'],
      effectiveFrom: '2024-01-01',
    };
    await assert.rejects(
      establishAgreement(fresh.database, workspaceId, { ...given, signers: { marketing, sales: rep } }),
      /heads of both sides sign/,
    );
    await assert.rejects(
      establishAgreement(fresh.database, workspaceId, { ...given, signers: { marketing, sales: marketing } }),
      /Mona has signed/,
    );
    assert.deepEqual((await fresh.ask(leader, 'GET', '/agreement')).json().versions, [], 'nothing of it stays');
    const { agreementId } = await establishAgreement(fresh.database, workspaceId, { ...given, signers: { marketing, sales } });
    const summary = (await fresh.ask(leader, 'GET', '/agreement')).json();
    assert.equal(summary.inForce.id, agreementId);
    assert.deepEqual(
      summary.inForce.signatures.map(({ member }: { member: { name: string } }) => member.name),
      ['Mona', 'Saul'],
    );
    assert.equal(summary.terms[0].inForce.effectiveFrom, '2024-01-01');
  } finally {
    await fresh.close();
  }
});
