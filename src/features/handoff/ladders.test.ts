/** Ladders on a real database: each step once, whoever ticks, and nobody is told of what is done. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { enterWorkspace } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { addTeams, clause } from '#tests/support/agreed.ts';
import { type FollowedCompany, hours, minutes, openFollowed } from '#tests/support/following.ts';
import { climbLadders } from './actions/climb-ladders.ts';
import { putBackIntoRotation } from './actions/rotation-members.ts';
import { handoffJobs, tick } from './jobs.ts';

let companies: Awaited<ReturnType<typeof openFollowed>>;
let company: FollowedCompany;
let people: FollowedCompany['people'];
/** When the leads of a test are passed. */
let passedAt: number;
before(async () => {
  companies = await openFollowed({ poolSize: 12 });
});
after(() => companies.close());
beforeEach(async () => {
  company = await companies.make();
  people = company.people;
  passedAt = Date.now();
});

const ladder = [
  { kind: 'remind', atPercent: 50 },
  { kind: 'manager', atPercent: 100 },
  { kind: 'reassign', atPercent: 150 },
  { kind: 'outOfRotation', atPercent: 200 },
] as const;
const firstAttempt = (more: object = {}) =>
  clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 }, { title: 'First attempt', ladder, ...more });
const climb = (after: number) => climbLadders(company.database, company.workspaceId, passedAt + after);

interface Escalation {
  kind: string;
  memberId: string;
  told: string[];
  outcome: string;
}
const escalations = (leadId: string) =>
  company.rows<Escalation>(
    `SELECT kind, member_id AS "memberId", told, outcome FROM escalations WHERE workspace_id = :ws AND lead_id = '${leadId}' ORDER BY at, step`,
  );
const ownerOf = (leadId: string) => company.value(`SELECT owner_id FROM leads WHERE workspace_id = :ws AND id = '${leadId}'`);
const count = async (table: string) => Number(await company.value(`SELECT count(*) FROM ${table} WHERE workspace_id = :ws`));

/** Leads go to Sam and Tim in turn; Hal leads them. */
async function route(): Promise<void> {
  const { North } = await addTeams(company, { North: [people.Sam, people.Tim] });
  await company.rows(`UPDATE teams SET manager_id = '${people.Hal}' WHERE workspace_id = :ws`);
  const content = JSON.stringify({ otherwise: { teamId: North, memberId: null }, workingHoursOnly: false });
  await company.rows(
    `INSERT INTO routing_versions (workspace_id, id, number, content, effective_at) VALUES (:ws, '${newId()}', 1, '${content}', now() - interval '1 day')`,
  );
}

test('reminds the rep, tells the head, gives the lead to another, takes the rep out of rotation: each once, each a fact', async () => {
  await company.sign([firstAttempt()]);
  await route();
  const lead = await company.lead(passedAt);
  await company.follow();
  const { startedAt } = (await company.clocks(lead))[0]!;
  assert.deepEqual([await climb(minutes(29)), await climb(minutes(31)), await climb(minutes(32))], [0, 1, 0]);
  assert.deepEqual(await escalations(lead), [{ kind: 'remind', memberId: people.Sam, told: [people.Sam], outcome: 'Sam told.' }]);
  assert.equal(await climb(minutes(61)), 1);
  assert.deepEqual((await escalations(lead))[1], { kind: 'manager', memberId: people.Sam, told: [people.Hal], outcome: 'Hal told.' });

  assert.equal(await climb(minutes(95)), 1);
  assert.equal(await ownerOf(lead), people.Tim);
  const reassigned = (await escalations(lead))[2]!;
  assert.deepEqual([reassigned.outcome, reassigned.told], ['It went from Sam to Tim.', [people.Sam, people.Tim, people.Hal]]);
  const routing = await company.rows(
    `SELECT kind, member_id AS "memberId" FROM routings WHERE workspace_id = :ws AND lead_id = '${lead}' ORDER BY occurred_at DESC, id DESC LIMIT 1`,
  );
  assert.deepEqual(routing, [{ kind: 'reassigned', memberId: people.Tim }]);
  assert.equal((await company.clocks(lead))[0]!.startedAt, startedAt, 'the lead still waits: nothing starts anew');

  assert.equal(await climb(minutes(125)), 1);
  assert.equal((await escalations(lead))[3]!.outcome, 'Tim gets no new leads until a head says so.');
  const out = () =>
    company.rows(`SELECT member_id AS "memberId", out_reason AS reason FROM rotation WHERE workspace_id = :ws AND out_since IS NOT NULL`);
  assert.deepEqual(await out(), [{ memberId: people.Tim, reason: 'First attempt: Ada Lind was not kept.' }]);
  await company.inside((tx) => putBackIntoRotation(tx, company.workspaceId, people.Tim, people.Hal));
  assert.deepEqual(await out(), []);

  assert.equal(await climb(hours(20)), 0, 'no further step');
  const facts = await company.rows<{ kind: string }>(
    `SELECT body ->> 'kind' AS kind FROM facts WHERE workspace_id = :ws AND subject_id = '${lead}' AND kind = 'lead.escalated' ORDER BY recorded_at`,
  );
  assert.deepEqual(
    facts.map(({ kind }) => kind),
    ladder.map(({ kind }) => kind),
  );
  assert.deepEqual(await company.strays(), []);
});

test('several at once, one after another catching up', async () => {
  await company.sign([firstAttempt()]);
  const lead = await company.lead(passedAt);
  await company.follow();
  assert.equal(await climb(hours(3)), 4, 'workers stood still');
  const steps = await escalations(lead);
  assert.deepEqual(
    steps.map(({ kind }) => kind),
    ladder.map(({ kind }) => kind),
  );
  assert.equal(steps[2]!.outcome, 'It stays with Sam: routing is off.');
});

test('nobody is reminded of what is done, even if it was recorded a moment ago', async () => {
  await company.sign([firstAttempt()]);
  const lead = await company.lead(passedAt);
  await company.follow();
  await company.call(lead, passedAt + minutes(1), { occurredAt: new Date(passedAt).toISOString() });
  assert.equal(await climb(hours(3)), 0);
  assert.deepEqual(await escalations(lead), []);
});

test('many who tick at once take each step once', async () => {
  await company.sign([firstAttempt({ ladder: ladder.slice(0, 2) })]);
  for (let made = 0; made < 40; made++) await company.lead(passedAt);
  await company.follow();
  const taken = await Promise.all([1, 2, 3, 4].map(() => climb(hours(2))));
  await climb(hours(2)); // those whose lead another one held
  assert.ok(taken.every((steps) => steps <= 80));
  assert.deepEqual([await count('escalations'), await count(`(SELECT DISTINCT workspace_id, lead_id, step FROM escalations) e`)], [80, 80]);
  assert.equal(Number(await company.value(`SELECT count(*) FROM facts WHERE workspace_id = :ws AND kind = 'lead.escalated'`)), 80);
  assert.deepEqual(await company.strays(), []);
});

test('a lead that somebody is just working is left alone until they are done', async () => {
  await company.sign([firstAttempt({ ladder: ladder.slice(0, 1) })]);
  const lead = await company.lead(passedAt);
  await company.follow();
  const rep = await company.database.pool.connect();
  await rep.query('BEGIN');
  await enterWorkspace(rep, company.workspaceId);
  await rep.query('SELECT FROM leads WHERE id = $1 FOR UPDATE', [lead]);
  assert.equal(await climb(hours(1)), 0);
  await rep.query('COMMIT');
  rep.release();
  assert.equal(await climb(hours(1)), 1);
});

test('no step for what fell due before it was signed, or before the lead was known here', async () => {
  await company.sign([firstAttempt()], { signedAt: passedAt + hours(2) });
  const [missed, running] = [await company.lead(passedAt), await company.lead(passedAt + minutes(100))];
  const imported = await company.lead(passedAt - hours(48));
  await company.follow();
  assert.equal(await climb(hours(12)), 4);
  assert.deepEqual(await Promise.all([missed, imported].map(escalations)), [[], []]);
  assert.equal((await escalations(running)).length, 4);
});

test('steps that come to light more than a week late are let go', async () => {
  await company.sign([firstAttempt()]);
  const lead = await company.lead(passedAt);
  await company.follow();
  assert.equal(await climb(hours(24 * 9)), 4);
  for (const { told, outcome } of await escalations(lead))
    assert.deepEqual([told, outcome], [[], 'Let go: it came to light more than a week too late.']);
  assert.equal(await ownerOf(lead), people.Sam);
});

test('a lead that is nobody’s is told to the heads', async () => {
  await company.sign([firstAttempt({ ladder: ladder.slice(0, 1) })]);
  const lead = await company.lead(passedAt, { ownerId: null });
  await company.follow();
  await climb(hours(1));
  assert.deepEqual((await escalations(lead))[0], { kind: 'remind', memberId: null, told: [people.Hal], outcome: 'Hal told.' });
});

test('two clauses that give a lead away at once give it away once', async () => {
  const decision = clause('decision', { kind: 'decision', withinMinutes: 60 }, { ladder: [{ kind: 'reassign', atPercent: 150 }] });
  await company.sign([decision, firstAttempt({ ladder: [{ kind: 'reassign', atPercent: 150 }] })]);
  await route();
  const lead = await company.lead(passedAt);
  await company.follow();
  assert.equal(await climb(hours(2)), 2);
  assert.equal(await ownerOf(lead), people.Tim);
  assert.deepEqual((await escalations(lead)).map(({ outcome }) => outcome).sort(), [
    'It went from Sam to Tim.',
    'It went to somebody else just now, by another clause.',
  ]);
});

test('a tick goes through every workspace, works off what a killed worker left, and one that fails keeps no other waiting', async () => {
  await company.sign([firstAttempt({ ladder: ladder.slice(0, 1) })]);
  const lead = await company.lead(passedAt);
  const other = await companies.make();
  await other.sign([firstAttempt()]);
  await other.lead(passedAt);
  await other.rows(`UPDATE agreement_versions SET content = '{}' WHERE workspace_id = :ws`);
  await assert.rejects(tick(company.database, Date.now()), AggregateError);
  assert.equal(await count('lead_backlog'), 0);
  await assert.rejects(tick(company.database, passedAt + hours(1)), AggregateError);
  assert.equal((await escalations(lead)).length, 1);
  await other.rows(`DELETE FROM lead_backlog WHERE workspace_id = :ws`);
  await handoffJobs(company.database)['handoff:tick']!({});
});
