/** What follows when leads change: judged, passed, their clocks kept. */

import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import type { Database } from '#platform/db/database.ts';
import { noteAllLeads } from '#features/records/actions/changed-leads.ts';
import { voidTouch } from '#features/records/actions/record-touch.ts';
import { verifyCommand } from '#features/records/commands.ts';
import { newId } from '#platform/db/ids.ts';
import { startWorker } from '#platform/jobs/worker.ts';
import { clause } from '#tests/support/agreed.ts';
import { type FollowedCompany, hours, minutes, openFollowed } from '#tests/support/following.ts';
import { drainBacklog } from './actions/drain-backlog.ts';
import { followLeads } from './actions/follow-leads.ts';
import { handoffJobs, handoffRecurring } from './jobs.ts';
import { verifyHandoffs } from './queries/verify.ts';

let companies: Awaited<ReturnType<typeof openFollowed>>;
let company: FollowedCompany;
before(async () => {
  companies = await openFollowed();
});
after(() => companies.close());
beforeEach(async () => {
  company = await companies.make();
});

const clauses = [
  clause('decision', { kind: 'decision', withinMinutes: 240 }),
  clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 }, { excuses: ['outage', 'overVolume'] }),
];
/** Monday, noon. */
const noon = Date.UTC(2026, 5, 1, 12);
const at = (millis: number) => Temporal.Instant.fromEpochMilliseconds(millis).toString();
const backlog = async () => Number(await company.value('SELECT count(*) FROM lead_backlog WHERE workspace_id = :ws'));
const stateOf = async (leadId: string) => company.value(`SELECT state FROM handoffs WHERE workspace_id = :ws AND lead_id = '${leadId}'`);
const attempt = async (leadId: string) => (await company.clocks(leadId)).find((clock) => clock.clause === 'first-attempt')!;

test('where nothing is agreed nothing follows, and nothing waits', async () => {
  const lead = await company.lead(noon);
  assert.equal(await backlog(), 1);
  await company.follow();
  assert.deepEqual([await backlog(), await stateOf(lead), await company.clocks(lead)], [0, null, []]);
});

test('a lead that was passed has its clocks; a call meets one, and taking the call back opens it again', async () => {
  await company.sign(clauses);
  const lead = await company.lead(noon);
  await company.follow();
  assert.equal(await stateOf(lead), 'waiting');
  const open = await attempt(lead);
  assert.deepEqual([open.startedAt, open.dueAt, open.metAt, open.memberId], [at(noon), at(noon + hours(1)), null, company.people.Sam]);

  const late = await company.call(lead, noon + hours(2));
  const early = await company.call(lead, noon + minutes(30));
  await company.follow();
  const met = await attempt(lead);
  assert.deepEqual([met.metAt, met.evidence, met.workingMs], [at(noon + minutes(30)), 'touch', minutes(30)]);
  const void_ = (id: string) =>
    company.inside((tx) => voidTouch(tx, company.workspaceId, { id, memberId: company.memberId, reason: 'Another lead.' }));
  await void_(early);
  await company.follow();
  assert.equal((await attempt(lead)).metAt, at(noon + hours(2)), 'late, and stays late');
  await void_(late);
  await company.follow();
  assert.equal((await attempt(lead)).metAt, null);

  await company.change(lead, { salAt: at(noon + hours(1)) });
  await company.follow();
  assert.deepEqual([await stateOf(lead), (await company.clocks(lead))[0]!.evidence], ['accepted', 'accepted']);
  await company.change(lead, { mqlAt: null });
  await company.follow();
  assert.deepEqual([await stateOf(lead), await company.clocks(lead)], [null, []], 'no MQL, no clocks');
  assert.deepEqual(await company.strays(), []);
});

test('what is sent by machines, says it is out of office, or came in by itself is no attempt', async () => {
  await company.sign(clauses);
  const lead = await company.lead(noon);
  await company.call(lead, noon + minutes(1), { kind: 'email', automated: true });
  await company.call(lead, noon + minutes(2), { kind: 'email', subject: 'Abwesenheitsnotiz: Ihre Anfrage' });
  await company.call(lead, noon + minutes(3), { direction: 'in' });
  await company.call(lead, noon + minutes(4), { kind: 'note' });
  await company.call(lead, noon + minutes(5), { side: 'marketing', kind: 'email' });
  await company.follow();
  assert.equal((await attempt(lead)).metAt, null);
});

test('in whatever order and however often facts are recorded, the clocks are the same', async () => {
  await company.sign(clauses);
  const events: ((lead: string) => Promise<unknown>)[] = [
    (lead) => company.call(lead, noon + minutes(20)),
    (lead) => company.call(lead, noon + minutes(50), { outcome: 'Connected' }),
    (lead) => company.change(lead, { salAt: at(noon + minutes(15)) }),
    (lead) => company.change(lead, { segment: 'Enterprise' }),
    (lead) => company.change(lead, { sqlAt: at(noon + hours(30)) }),
  ];
  const orders = [events, events.toReversed(), [...events.slice(2), ...events.slice(0, 2)], [...events, events[2]!, events[4]!]];
  const results: unknown[] = [];
  for (const [index, order] of orders.entries()) {
    const lead = await company.lead(noon);
    for (const event of order) {
      await event(lead);
      if (index % 2 === 0) await company.follow();
    }
    await company.follow();
    await company.inside((tx) => followLeads(tx, company.workspaceId, [lead]));
    const handoff = await company.rows(
      `SELECT state, attempts, first_attempt_at, last_attempt_at, decided_at, working_ms, next_due_at FROM handoffs WHERE workspace_id = :ws AND lead_id = '${lead}'`,
    );
    results.push({ handoff, clocks: await company.clocks(lead) });
  }
  for (const result of results) assert.deepEqual(result, results[0]);
});

test('following again writes nothing', async () => {
  await company.sign(clauses);
  const lead = await company.lead(noon);
  await company.follow();
  const written = () =>
    company.rows(
      `SELECT xmin::text, ctid::text FROM clocks WHERE workspace_id = :ws UNION ALL SELECT xmin::text, ctid::text FROM handoffs WHERE workspace_id = :ws`,
    );
  const before = await written();
  await company.inside((tx) => followLeads(tx, company.workspaceId, [lead]));
  await company.inside((tx) => noteAllLeads(tx, company.workspaceId));
  await company.follow();
  assert.deepEqual(await written(), before);
});

test('each lead keeps the version that was in force when its clock started', async () => {
  const first = await company.sign(clauses);
  const second = await company.sign([clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 30 })], {
    effectiveAt: Date.UTC(2026, 5, 2),
    number: 2,
  });
  const [old, young] = [await company.lead(noon), await company.lead(noon + hours(24))];
  await company.follow();
  assert.equal((await attempt(old)).dueAt, at(noon + hours(1)));
  assert.deepEqual(
    (await company.clocks(young)).map(({ dueAt }) => dueAt),
    [at(noon + hours(24) + minutes(30))],
  );
  const versions = await company.rows<{ version_id: string }>('SELECT DISTINCT version_id FROM clocks WHERE workspace_id = :ws');
  assert.deepEqual(versions.map((row) => row.version_id).sort(), [first, second].sort());
});

test('an excuse that was granted, and one for everybody’s outage', async () => {
  await company.sign(clauses);
  const [one, other] = [await company.lead(noon), await company.lead(noon + hours(24))];
  const excuse = (more: string, values: string) =>
    company.rows(`INSERT INTO excuses (workspace_id, id, kind, side, reason, asked_by, decision, decided_at, ${more})
      VALUES (:ws, '${newId()}', 'outage', 'sales', 'The line was dead.', '${company.memberId}', 'granted', now(), ${values})`);
  await excuse('starts_at, ends_at', `'${at(noon + minutes(30))}', '${at(noon + minutes(45))}'`);
  await company.follow();
  assert.deepEqual([(await attempt(one)).excuse, (await attempt(other)).excuse], ['outage', null]);
  assert.equal((await company.clocks(one))[0]!.excuse, null, 'the clause on decisions allows none');
  await excuse('lead_id', `'${other}'`);
  await company.inside((tx) => followLeads(tx, company.workspaceId, [other]));
  assert.equal((await attempt(other)).excuse, 'outage');
});

describe('the definition both sides signed', () => {
  const german: Rule = {
    all: [
      { of: 'lead', field: 'country', is: 'eq', value: 'DE' },
      { of: 'lead', field: 'email', is: 'notBlank' },
    ],
  };
  const today = at(Date.now()).slice(0, 10);
  const yesterday = Date.now() - hours(24);
  const inquiry = async (sets: Record<string, unknown>) =>
    company.lead(0, { mqlAt: null, country: 'DE', email: 'ada@lind.example', openedAt: at(Date.now()), ...sets });
  const judgements = (leadId: string) =>
    company.rows<{ version: string; passed: boolean; failed: string[] }>(
      `SELECT version_id AS version, passed, failed FROM judgements WHERE workspace_id = :ws AND lead_id = '${leadId}' ORDER BY occurred_at`,
    );
  const mqlAt = (leadId: string) => company.value(`SELECT mql_at FROM leads WHERE workspace_id = :ws AND id = '${leadId}'`);

  test('passes new inquiries that meet it, with a fact and a judgement', async () => {
    const version = await company.define(german, { effectiveOn: today });
    const passes = await inquiry({});
    const fails = await inquiry({ email: null });
    await company.follow();
    assert.notEqual(await mqlAt(passes), null);
    assert.deepEqual(await judgements(passes), [{ version, passed: true, failed: [] }]);
    const facts = await company.rows<{ body: unknown }>(
      `SELECT body FROM facts WHERE workspace_id = :ws AND subject_id = '${passes}' AND kind = 'lead.qualified'`,
    );
    assert.deepEqual(
      facts.map(({ body }) => body),
      [{ versionId: version, number: 1 }],
    );
    assert.deepEqual([await mqlAt(fails), await judgements(fails)], [null, []]);
    await company.change(fails, { email: 'bo@lind.example' });
    await company.follow();
    assert.notEqual(await mqlAt(fails), null, 'once it meets it');
    assert.deepEqual(await company.differences(), []);
  });

  test('leaves what lay there before, until something happens', async () => {
    await company.define(german, { effectiveOn: '2026-01-01', signedAt: Date.now() });
    const old = await inquiry({ openedAt: at(yesterday) });
    const ended = await inquiry({ disqualifiedAt: at(Date.now()) });
    await company.follow();
    assert.deepEqual([await mqlAt(old), await mqlAt(ended)], [null, null]);
    await company.call(old, Date.now(), { side: 'customer', kind: 'form', direction: 'in', memberId: null });
    await company.follow();
    assert.notEqual(await mqlAt(old), null);
  });

  test('judges what the source calls an MQL, and a later version judges later ones', async () => {
    const first = await company.define(german, { effectiveOn: '2026-01-01' });
    const lead = await company.lead(noon, { country: 'AT' });
    await company.follow();
    assert.deepEqual(await judgements(lead), [{ version: first, passed: false, failed: ['all.0', 'all.1'] }]);
    const second = await company.define({ all: [] }, { effectiveOn: '2026-06-02', number: 2 });
    const later = await company.lead(noon + hours(24), { country: 'AT' });
    await company.follow();
    assert.deepEqual(
      (await judgements(lead)).map(({ version }) => version),
      [first],
      'it keeps the version that judged it',
    );
    assert.deepEqual(await judgements(later), [{ version: second, passed: true, failed: [] }]);
  });
});

test('leads beyond the agreed volume are excused, and a lead that came in late moves the limit', async () => {
  const volume = clause('volume', { kind: 'volume', leads: 2, period: 'month', tolerancePercent: 50 });
  await company.sign([...clauses, volume]);
  const leads: string[] = [];
  for (const hour of [1, 2, 3, 4]) leads.push(await company.lead(noon + hours(hour)));
  const julys = await company.lead(Date.UTC(2026, 6, 1, 12));
  await company.follow();
  const excuses = async () => Promise.all([...leads, julys].map(async (lead) => (await attempt(lead)).excuse));
  assert.deepEqual(await excuses(), [null, null, null, 'overVolume', null]);
  await company.lead(noon);
  await company.follow();
  assert.deepEqual(await excuses(), [null, null, 'overVolume', 'overVolume', null]);
  await company.call(leads[2]!, noon + hours(3) + minutes(5));
  await company.follow();
  assert.equal((await attempt(leads[2]!)).excuse, null, 'kept all the same');
  assert.deepEqual(await company.strays(), []);
});

test('the worker follows what was noted, and the queue knows the tick', async () => {
  await company.sign(clauses);
  const lead = await company.lead(noon);
  const failed: object[] = [];
  const log = { info: () => {}, warn: (about: object) => void failed.push(about), error: (about: object) => void failed.push(about) };
  const worker = await startWorker({
    ownerUrl: company.ownerUrl,
    handlers: handoffJobs(company.database),
    recurring: handoffRecurring,
    log,
  });
  while ((await backlog()) > 0) await setTimeout(50);
  await worker.stop();
  assert.deepEqual([await stateOf(lead), failed], ['waiting', []]);
});

describe('the backlog', () => {
  /** The same database, on which every transaction after so many fails, as when the process is killed. */
  const killedAfter = (transactions: number): Database => {
    let left = transactions;
    return {
      ...company.database,
      inWorkspace: (...call) => (left-- > 0 ? company.database.inWorkspace(...call) : Promise.reject(new Error('killed'))),
    };
  };
  const lines = () => company.rows(`SELECT lead_id, clause_key, due_at FROM clocks WHERE workspace_id = :ws ORDER BY 1, 2`);

  test('a walk that was killed is resumed where it stood', async () => {
    const leads: string[] = [];
    for (let made = 0; made < 7; made++) leads.push(await company.lead(noon + hours(made)));
    await company.rows('DELETE FROM lead_backlog WHERE workspace_id = :ws');
    await company.sign(clauses);
    await assert.rejects(drainBacklog(killedAfter(3), company.workspaceId, { batch: 2 }), /killed/);
    const [{ after } = { after: '' }] = await company.rows<{ after: string }>('SELECT after FROM lead_backlog WHERE workspace_id = :ws');
    assert.equal(after, leads.toSorted()[5], 'three batches of two stand');
    assert.equal((await lines()).length, 12);
    assert.equal(await drainBacklog(company.database, company.workspaceId, { batch: 2 }), true);
    assert.deepEqual([(await lines()).length, await backlog()], [14, 0]);
    assert.deepEqual(await company.strays(), []);
  });

  test('only one works it off at a time, and what is noted meanwhile isn’t lost', async () => {
    await company.sign(clauses);
    for (let made = 0; made < 9; made++) await company.lead(noon + hours(made));
    const workers = await Promise.all([1, 2, 3].map(() => drainBacklog(company.database, company.workspaceId, { batch: 2 })));
    assert.equal(workers.filter(Boolean).length, 1);
    assert.deepEqual([(await lines()).length, await backlog()], [18, 0]);
  });

  test('who held it and died holds it no longer', async () => {
    await company.sign(clauses);
    await company.lead(noon);
    const dead = await company.database.pool.connect();
    await dead.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`accord.follow ${company.workspaceId}`]);
    assert.equal(await drainBacklog(company.database, company.workspaceId), false);
    dead.release(true);
    while (!(await drainBacklog(company.database, company.workspaceId)));
    assert.equal(await backlog(), 0);
  });

  test('two walks asked for are one, and leads that are gone leave nothing behind', async () => {
    await company.sign(clauses);
    const lead = await company.lead(noon);
    await company.follow();
    await company.rows(`DELETE FROM leads WHERE workspace_id = :ws AND id = '${lead}'`);
    assert.deepEqual(await company.strays(), ['handoff is of a lead that is not there']);
    await company.inside((tx) => noteAllLeads(tx, company.workspaceId));
    await company.inside((tx) => noteAllLeads(tx, company.workspaceId));
    await company.follow();
    assert.deepEqual([await lines(), await stateOf(lead), await backlog()], [[], null, 0]);
  });
});

test('verify sees what differs from the facts', async () => {
  await company.sign(clauses);
  const lead = await company.lead(noon);
  const other = await company.lead(noon);
  await company.follow();
  assert.deepEqual(await company.strays(), []);
  await company.rows(`UPDATE clocks SET met_at = due_at WHERE workspace_id = :ws AND lead_id = '${lead}' AND clause_key = 'decision'`);
  await company.rows(`UPDATE handoffs SET attempts = 3 WHERE workspace_id = :ws AND lead_id = '${lead}'`);
  await company.rows(`DELETE FROM clocks WHERE workspace_id = :ws AND lead_id = '${other}' AND clause_key = 'first-attempt'`);
  await company.inside((tx) =>
    sql`UPDATE clocks SET clause_key = 'gone' WHERE workspace_id = ${company.workspaceId} AND lead_id = ${other} AND clause_key = 'decision'`.execute(
      tx,
    ),
  );
  assert.deepEqual((await company.strays()).sort(), [
    `clock of “decision” differs from what the facts say: metAt ${at(noon + hours(4))}, null`,
    'clock of “decision” follows from the facts but is not in the table',
    'clock of “first-attempt” follows from the facts but is not in the table',
    'clock of “gone” is in the table but does not follow from the facts',
    'handoff differs from what the facts say: attempts 3, 0',
  ]);
  const printed: string[] = [];
  const io = {
    out: (line: string) => void printed.push(line),
    err: () => {},
    progress: () => {},
    json: false,
    watched: false,
    workspace: {} as never,
  };
  const { database, workspaceId } = company;
  assert.equal(await verifyCommand([verifyHandoffs]).run({ values: {}, positionals: [] }, { ...io, database, workspaceId }), 1);
  assert.equal(printed.at(-1), '5 differences.');
  await company.inside((tx) => noteAllLeads(tx, workspaceId));
  await company.follow();
  assert.equal(await verifyCommand([verifyHandoffs]).run({ values: {}, positionals: [] }, { ...io, database, workspaceId }), 0);
});
