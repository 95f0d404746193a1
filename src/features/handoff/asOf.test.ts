/** Attainment and clocks as they were known at any past moment, and under the version of then or of now. */

import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { attainmentAsk, type AttainmentAnswer, attainmentRecordsAsk, leadClocks } from '#features/agreement/contract.ts';
import { recordFields } from '#features/records/actions/record-fields.ts';
import { recordTouch } from '#features/records/actions/record-touch.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import { addMembers, clause, signVersion } from '#tests/support/agreed.ts';
import { drainBacklog } from './actions/drain-backlog.ts';
import { recomputedSources } from './queries/attainment-recomputed.ts';
import { listAttainmentRecords } from './queries/attainment-records.ts';
import { attainmentScope } from './queries/attainment-scope.ts';
import { answerAttainment } from './queries/attainment.ts';
import { answerLeadClocks } from './queries/lead-clocks.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let sam: string;
before(async () => {
  companies = await openCompanies();
  company = await companies.make();
  sam = (await addMembers(company, [{ name: 'Sam', side: 'sales' }]))['Sam']!;
  await signVersion(
    company,
    [
      clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 60 }),
      clause('decision', { kind: 'decision', withinMinutes: 480 }),
      clause('completeness', { kind: 'completeness', fields: ['phone'] }),
      clause('quality', { kind: 'quality' }),
    ],
    { effectiveFrom: '2026-01-01' },
  );
});
after(() => companies.close());

/** Now, as the database's clock has it; what follows is recorded later. */
async function moment(): Promise<string> {
  await setTimeout(15);
  const now = await company.value(`SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  await setTimeout(15);
  return now!;
}
const addLead = (sets: Record<string, unknown>) =>
  company.inside(async (tx) => (await recordFields(tx, company.workspaceId, { kind: 'lead', sets, memberId: null })).id);
const changeLead = (id: string, sets: Record<string, unknown>) =>
  company.inside((tx) => recordFields(tx, company.workspaceId, { kind: 'lead', id, sets, memberId: null }));
const attempt = (leadId: string, occurredAt: string) =>
  company.inside((tx) =>
    recordTouch(
      tx,
      company.workspaceId,
      { leadId, occurredAt, side: 'sales', kind: 'call', direction: 'out', outcome: 'Connected', memberId: sam },
      sam,
    ),
  );
const follow = () => drainBacklog(company.database, company.workspaceId);
const march = { start: '2026-03-01', end: '2026-03-31' };
const ask = (more: Record<string, unknown> = {}) =>
  answerAttainment(company.database, company.workspaceId, attainmentAsk.parse({ ...march, ...more }));
const told = ({ clauses }: AttainmentAnswer, key: string) => {
  const { due, compliant, late, missed, excused, open } = clauses.find((each) => each.key === key)!;
  return { due, compliant, late, missed, excused, open };
};
const none = { due: 0, compliant: 0, late: 0, missed: 0, excused: 0, open: 0 };

test('what was recorded later does not count at an earlier moment; late evidence counts from when it happened', async () => {
  // Monday 2 March, 9:00 UTC; the first attempt is due at 10:00, a decision at 17:00.
  const lead = await addLead({ name: 'Ann', mqlAt: '2026-03-02T09:00:00Z', ownerId: sam, origin: 'web' });
  await follow();
  const [before, unknown] = [await moment(), '2026-03-02T09:30:00Z'];
  await attempt(lead, '2026-03-02T09:40:00Z');
  await changeLead(lead, { salAt: '2026-03-04T10:00:00Z', phone: '+49 30 1', origin: 'fair' });
  await follow();
  const between = await moment();
  await changeLead(lead, { rejectedAt: '2026-03-05T10:00:00Z', rejectedReason: 'no budget' });
  await follow();

  assert.deepEqual(told(await ask({ asOf: before }), 'first-attempt'), { ...none, due: 1, missed: 1 });
  assert.deepEqual(told(await ask({ asOf: between }), 'first-attempt'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(await ask(), 'first-attempt'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(await ask({ asOf: before }), 'decision'), { ...none, due: 1, missed: 1 });
  assert.deepEqual(told(await ask(), 'decision'), { ...none, due: 1, late: 1 });
  assert.deepEqual(told(await ask({ asOf: before }), 'completeness'), { ...none, due: 1, missed: 1 });
  assert.deepEqual(told(await ask(), 'completeness'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(await ask({ asOf: before }), 'quality'), { ...none, open: 1 });
  assert.deepEqual(told(await ask({ asOf: between }), 'quality'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(await ask(), 'quality'), { ...none, due: 1, missed: 1 });
  const byOrigin = async (asOf?: string) =>
    (await ask({ by: 'origin', ...(asOf ? { asOf } : {}) })).clauses[0]!.rows.map(({ group, due }) => [group, due]);
  assert.deepEqual([await byOrigin(before), await byOrigin()], [[['web', 1]], [['fair', 1]]]);

  const records = await listAttainmentRecords(
    company.database,
    company.workspaceId,
    attainmentRecordsAsk.parse({ ...march, asOf: before, clause: 'first-attempt', which: 'missed' }),
  );
  assert.deepEqual(
    records.items.map(({ leadId, state, evidence, member }) => ({ leadId, state, evidence, member: member?.name })),
    [{ leadId: lead, state: 'missed', evidence: null, member: 'Sam' }],
  );
  const clocks = async (asOf?: string) =>
    leadClocks
      .parse(await answerLeadClocks(company.database, company.workspaceId, lead, asOf))
      .items.map(({ clause: key, state, evidence, workingMinutes, wallMinutes }) => [
        key,
        state,
        evidence?.says.replace(/ \(entered by hand.*\)$/, '') ?? null,
        workingMinutes,
        wallMinutes,
      ]);
  assert.deepEqual(await clocks(unknown), [], 'the lead was not known here then');
  assert.deepEqual(await clocks(before), [
    ['first-attempt', 'missed', null, null, null],
    ['decision', 'missed', null, null, null],
  ]);
  assert.deepEqual(await clocks(), [
    ['first-attempt', 'met', 'Call by Sam: Connected', 40, 40],
    ['decision', 'late', 'Accepted', 17 * 60, 49 * 60],
  ]);
});

test('each lead under the version of its time, or all under the present one', async () => {
  const april = { start: '2026-04-01', end: '2026-04-30' };
  const lead = await addLead({ name: 'Ben', mqlAt: '2026-04-01T09:00:00Z', ownerId: sam });
  await attempt(lead, '2026-04-01T11:00:00Z');
  await follow();
  assert.deepEqual(told(await ask(april), 'first-attempt'), { ...none, due: 1, late: 1 });
  const before = await moment();
  await signVersion(
    company,
    [
      clause('first-attempt', { kind: 'firstAttempt', withinMinutes: 240 }),
      clause('context', { kind: 'context', touches: 1, withinDays: 9 }),
    ],
    {
      effectiveFrom: new Date().toISOString().slice(0, 10),
      number: 2,
      signedAt: new Date().toISOString(),
    },
  );
  const then = await ask(april);
  assert.deepEqual(told(then, 'first-attempt'), { ...none, due: 1, late: 1 });
  assert.equal(
    then.clauses.some(({ key }) => key === 'context'),
    false,
  );
  const now = await ask({ ...april, as: 'now' });
  assert.deepEqual(told(now, 'first-attempt'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(now, 'context'), { ...none, due: 1, missed: 1 });
  assert.equal(
    now.clauses.some(({ key }) => key === 'decision'),
    false,
    'the present version has no such clause',
  );
  assert.deepEqual(
    told(await ask({ ...april, as: 'now', asOf: before }), 'first-attempt'),
    { ...none, due: 1, late: 1 },
    'the present version of then was the first',
  );
  const record = (as: string) =>
    listAttainmentRecords(
      company.database,
      company.workspaceId,
      attainmentRecordsAsk.parse({ ...april, as, clause: 'first-attempt', which: 'all' }),
    );
  assert.deepEqual([(await record('then')).items[0]!.versionNumber, (await record('now')).items[0]!.versionNumber], [1, 2]);
});

test('a contact’s own number of then, of the one it was merged into as well', async () => {
  const may = { start: '2026-05-01', end: '2026-05-31', as: 'then' };
  const [ann, other] = await company.inside(async (tx) => {
    const contact = async (sets: Record<string, unknown>) =>
      (await recordFields(tx, company.workspaceId, { kind: 'contact', sets, memberId: null })).id;
    return [await contact({ fullName: 'Ann' }), await contact({ fullName: 'Ann B.', phone: '+49 30 2' })];
  });
  await addLead({ name: 'Ann', contactId: ann, mqlAt: '2026-05-04T09:00:00Z' });
  const before = await moment();
  assert.deepEqual(told(await ask(may), 'completeness'), { ...none, due: 1, missed: 1 });
  await company.inside((tx) =>
    recordFields(tx, company.workspaceId, { kind: 'contact', id: ann!, sets: { mergedInto: other }, memberId: null, byVerb: true }),
  );
  const after = await moment();
  assert.deepEqual(told(await ask(may), 'completeness'), { ...none, due: 1, compliant: 1 });
  assert.deepEqual(told(await ask({ ...may, asOf: before }), 'completeness'), { ...none, due: 1, missed: 1 });
  assert.deepEqual(told(await ask({ ...may, asOf: after }), 'completeness'), { ...none, due: 1, compliant: 1 });
});

test('more leads than can be waited for are refused with what would do', async () => {
  await company.inside(async (tx) => {
    const scope = await attainmentScope(tx, company.workspaceId, attainmentAsk.parse({ ...march, as: 'now' }));
    const many = recomputedSources(tx, scope, sql`SELECT gen_random_uuid() AS id FROM generate_series(1, 100001)`);
    await assert.rejects(many, /at most 100,000 leads at a time: ask about a shorter period/);
  });
});
