/** A campaign planned by Mara, briefed, its parts answered by Sam and Sue, launched; who may, and what is kept. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { planCan, planStates } from '#engine/campaigns/states.ts';
import { newId } from '#platform/db/ids.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import type { Person } from '#tests/security/world.ts';
import type { PlanDetail } from './contract/plans.ts';
import type { Role } from './contract/roles.ts';

let company: Company;
let people: Company['people'];
before(async () => {
  company = await openHandingOver();
  ({ people } = company);
});
after(() => company.close());

const content = {
  message: 'Plan with fewer tables.',
  talkingPoints: ['Two weeks to the first plan'],
  notToSay: ['That we are cheaper'],
  timeline: [{ label: 'Webinar', onDay: '2026-10-01' }],
  budget: [{ label: 'Room', amount: '120000' }],
  target: { metric: 'mqls', amount: '40', by: '2026-12-31' },
};

async function newCampaign(more: Record<string, unknown> = {}): Promise<string> {
  const made = await company.ask(people.mara, 'POST', '/campaigns', {
    name: `Autumn ${Math.random()}`,
    ownerId: people.mara.memberId,
    startsOn: '2026-09-01',
    endsOn: '2199-10-31',
    ...more,
  });
  return made.json().id;
}

async function ask<T>(person: Person, method: string, path: string, body?: unknown, status = 200): Promise<T> {
  const answer = await company.ask(person, method, path, body);
  assert.equal(answer.statusCode, status, `${method} ${path}: ${answer.body}`);
  return answer.statusCode === 204 ? (undefined as T) : answer.json();
}
const plan = (person: Person, id: string): Promise<PlanDetail> => ask(person, 'GET', `/campaigns/${id}/plan`);
const refused = async (person: Person, path: string, body: unknown, status: number, why: RegExp): Promise<void> => {
  const answer = await company.ask(person, 'POST', path, body);
  assert.equal(answer.statusCode, status, answer.body);
  assert.match(answer.json().detail, why);
};

async function drafted(id: string, more: Record<string, unknown> = {}, basedOn?: string): Promise<PlanDetail> {
  return ask(people.mara, 'PUT', `/campaigns/${id}/plan/draft`, { content: { ...content, ...more }, ...(basedOn ? { basedOn } : {}) });
}
async function briefed(id: string): Promise<PlanDetail> {
  const { draft } = await drafted(id);
  return ask(people.mara, 'POST', `/campaigns/${id}/plan/brief`, { contentHash: draft!.contentHash });
}
async function asked(id: string, who: readonly Person[], more: Record<string, unknown> = {}): Promise<Role[]> {
  const body = { kind: 'calls', memberIds: who.map(({ memberId }) => memberId), wanted: 2, note: 'The list is in the plan.', ...more };
  const { items } = await ask<{ items: Role[] }>(people.mara, 'POST', `/campaigns/${id}/roles`, body, 201);
  return items;
}

async function teamOf(...members: Person[]): Promise<string> {
  const id = newId();
  await company.within(async (tx, workspaceId) => {
    await sql`INSERT INTO teams (workspace_id, id, name, side) VALUES (${workspaceId}, ${id}, ${id}, 'sales')`.execute(tx);
    for (const { memberId } of members)
      await sql`INSERT INTO team_members (workspace_id, team_id, member_id) VALUES (${workspaceId}, ${id}, ${memberId})`.execute(tx);
  });
  return id;
}

test('a plan begins with its first draft, and a draft that changed meanwhile is not written over', async () => {
  const id = await newCampaign();
  const before = await plan(people.sam, id);
  assert.equal(before.state, null);
  assert.match(before.can.edit!, /Marketing plans/);
  const { draft, state } = await drafted(id);
  assert.equal(state, 'draft');
  assert.equal(draft!.number, 1);
  const second = await drafted(id, { offer: 'A free week' }, draft!.contentHash);
  assert.equal(second.draft!.content.offer, 'A free week');
  const late = await company.ask(people.mara, 'PUT', `/campaigns/${id}/plan/draft`, { content, basedOn: draft!.contentHash });
  assert.equal(late.statusCode, 409);
  assert.match(late.json().detail, /Mara changed the draft meanwhile/);
});

test('another marketer’s campaign is for its owner and heads, and sales’ heads plan along', async () => {
  const id = await newCampaign();
  const write = (person: Person) => company.ask(person, 'PUT', `/campaigns/${id}/plan/draft`, { content });
  assert.equal((await write(people.mia)).statusCode, 403);
  assert.equal((await write(people.sam)).statusCode, 403);
  assert.equal((await write(people.hal)).statusCode, 200);
});

test('a brief is what was read, and what is published stays, in the database itself', async () => {
  const id = await newCampaign();
  const { draft } = await drafted(id);
  await refused(people.mara, `/campaigns/${id}/plan/brief`, { contentHash: '0'.repeat(64) }, 409, /not what you read/);
  await refused(people.hal, `/campaigns/${id}/plan/brief`, { contentHash: draft!.contentHash }, 403, /./);
  const { brief, state } = await ask<PlanDetail>(people.mara, 'POST', `/campaigns/${id}/plan/brief`, { contentHash: draft!.contentHash });
  assert.equal(state, 'briefed');
  assert.equal(brief!.contentHash, draft!.contentHash);
  await assert.rejects(
    company.within((tx) => sql`UPDATE plan_versions SET content = '{}' WHERE campaign_id = ${id}::uuid`.execute(tx)),
    /is published and stays/,
  );
  await assert.rejects(
    company.within((tx) => sql`DELETE FROM plan_versions WHERE campaign_id = ${id}::uuid`.execute(tx)),
    /is published and stays/,
  );
});

test('a brief without a message is not published', async () => {
  const id = await newCampaign();
  const { draft } = await drafted(id, { message: '' });
  await refused(people.mara, `/campaigns/${id}/plan/brief`, { contentHash: draft!.contentHash }, 409, /what the message is/);
});

test('parts are asked of reps, one of a kind each; a team is asked rep by rep', async () => {
  const id = await newCampaign();
  await refused(
    people.mara,
    `/campaigns/${id}/roles`,
    { kind: 'calls', memberIds: [people.sam.memberId], wanted: 2 },
    409,
    /write a draft first/,
  );
  await drafted(id);
  const [part] = await asked(id, [people.sam]);
  assert.equal(part!.dueOn, '2199-10-31');
  const team = { id: await teamOf(people.sam, people.sue) };
  const again = await ask<{ items: Role[]; already: { name: string }[] }>(
    people.mara,
    'POST',
    `/campaigns/${id}/roles`,
    { kind: 'calls', teamId: team.id, wanted: 2 },
    201,
  );
  assert.deepEqual(
    again.items.map(({ member, team: through }) => [member.name, through?.id]),
    [['Sue', team.id]],
  );
  assert.deepEqual(
    again.already.map(({ name }) => name),
    ['Sam'],
  );
  await refused(people.mara, `/campaigns/${id}/roles`, { kind: 'calls', memberIds: [people.mia.memberId], wanted: 2 }, 400, /no such rep/);
  await refused(people.sam, `/campaigns/${id}/roles`, { kind: 'event', memberIds: [people.sue.memberId], wanted: 2 }, 403, /./);
});

test('who is asked accepts, declines with a reason, or proposes another part, which who asked takes or not', async () => {
  const id = await newCampaign();
  await drafted(id);
  const [ofSam, ofSue] = await asked(id, [people.sam, people.sue]);
  await refused(people.sue, `/campaign-roles/${ofSam!.id}/acceptance`, {}, 403, /Only who is asked/);
  await refused(people.mara, `/campaign-roles/${ofSam!.id}/acceptance`, {}, 403, /Only who is asked/);
  await refused(people.sue, `/campaign-roles/${ofSue!.id}/refusal`, { reason: '' }, 400, /./);
  const declined = await ask<Role>(people.sue, 'POST', `/campaign-roles/${ofSue!.id}/refusal`, { reason: 'On leave.' });
  assert.deepEqual([declined.state, declined.reason], ['declined', 'On leave.']);
  await refused(people.sue, `/campaign-roles/${ofSue!.id}/acceptance`, {}, 409, /answered already/);

  const other = { kind: 'event', wanted: 1, note: 'I would rather speak there.' };
  const proposed = await ask<Role>(people.sam, 'POST', `/campaign-roles/${ofSam!.id}/counterproposal`, other);
  assert.equal(proposed.state, 'counterproposed');
  await refused(people.sam, `/campaign-roles/${ofSam!.id}/counter-answer`, { take: true }, 403, /./);
  const first = await ask<Role>(people.mara, 'POST', `/campaign-roles/${ofSam!.id}/counter-answer`, { take: false, note: 'Calls first.' });
  assert.equal(first.state, 'asked');
  await ask(people.sam, 'POST', `/campaign-roles/${ofSam!.id}/counterproposal`, other);
  const taken = await ask<Role>(people.mara, 'POST', `/campaign-roles/${ofSam!.id}/counter-answer`, { take: true });
  assert.deepEqual([taken.state, taken.kind, taken.wanted, taken.decision!.taken], ['accepted', 'event', 1, true]);
  const stale = await company.ask(people.sam, 'POST', `/campaign-roles/${ofSam!.id}/refusal`, { reason: 'x', version: first.version });
  assert.equal(stale.statusCode, 409);
});

test('of two who answer at once one is first', async () => {
  const id = await newCampaign();
  await drafted(id);
  const [part] = await asked(id, [people.sam]);
  const answers = await Promise.all([
    company.ask(people.sam, 'POST', `/campaign-roles/${part!.id}/acceptance`, {}),
    company.ask(people.sam, 'POST', `/campaign-roles/${part!.id}/counterproposal`, { kind: 'event', wanted: 1, note: 'x' }),
    company.ask(people.mara, 'POST', `/campaign-roles/${part!.id}/withdrawal`, {}),
  ]);
  const went = answers.filter(({ statusCode }) => statusCode === 200).length;
  assert.ok(went === 1 || went === 2, answers.map(({ body }) => body).join());
  const facts = await company.within((tx) =>
    sql<{ kind: string }>`SELECT kind FROM facts WHERE subject_id = ${part!.id}::uuid ORDER BY recorded_at, id`.execute(tx),
  );
  assert.equal(facts.rows.length, went + 1);
});

test('whoever takes part acknowledges the brief before launch; a later version asks anew and says what changed', async () => {
  const id = await newCampaign();
  const { brief } = await briefed(id);
  const [ofSam, ofSue] = await asked(id, [people.sam, people.sue]);
  for (const [person, part] of [
    [people.sam, ofSam],
    [people.sue, ofSue],
  ] as const)
    await ask(person, 'POST', `/campaign-roles/${part!.id}/acceptance`, {});
  await ask(people.sam, 'POST', `/campaigns/${id}/plan/acknowledgement`, { contentHash: brief!.contentHash });
  await refused(people.mia, `/campaigns/${id}/plan/acknowledgement`, { contentHash: brief!.contentHash }, 409, /you have none/);
  const { missing, can } = await plan(people.mara, id);
  assert.deepEqual(
    missing.map(({ member }) => member.name),
    ['Sue'],
  );
  assert.match(can.launch!, /head can launch all the same/);
  await refused(people.mara, `/campaigns/${id}/plan/launch`, { reason: 'Now.' }, 403, /head can launch/);
  await refused(people.milo, `/campaigns/${id}/plan/launch`, {}, 409, /with a reason/);
  const launched = await ask<PlanDetail>(people.milo, 'POST', `/campaigns/${id}/plan/launch`, { reason: 'The fair begins tomorrow.' });
  assert.deepEqual(
    launched.launched!.withoutAcknowledgement.map(({ name }) => name),
    ['Sue'],
  );

  const next = await drafted(id, { offer: 'A free week' });
  assert.equal(next.draft!.number, 2);
  const renewed = await ask<PlanDetail>(people.mara, 'POST', `/campaigns/${id}/plan/brief`, { contentHash: next.draft!.contentHash });
  assert.equal(renewed.state, 'launched');
  assert.deepEqual(renewed.brief!.changes, { against: 1, added: ['Offer: A free week'], removed: [] });
  assert.deepEqual(
    renewed.missing.map(({ member, had }) => [member.name, had]),
    [
      ['Sam', 1],
      ['Sue', null],
    ],
  );
  const { isToAcknowledge } = await plan(people.sam, id);
  assert.equal(isToAcknowledge, true);
  await refused(people.sam, `/campaigns/${id}/plan/acknowledgement`, { contentHash: brief!.contentHash }, 409, /not what you read/);
});

test('with everybody informed its owner launches; it ends, and then nothing is asked any more', async () => {
  const id = await newCampaign();
  await briefed(id);
  const { state } = await ask<PlanDetail>(people.mara, 'POST', `/campaigns/${id}/plan/launch`, {});
  assert.equal(state, 'launched');
  await ask(people.mara, 'POST', `/campaigns/${id}/plan/ending`, { reason: 'Over.' });
  for (const noun of ['launch', 'ending', 'cancellation'])
    await refused(people.mara, `/campaigns/${id}/plan/${noun}`, { reason: 'x' }, 409, /./);
  await refused(people.mara, `/campaigns/${id}/roles`, { kind: 'calls', memberIds: [people.sam.memberId], wanted: 1 }, 409, /over/);
});

test('a cancelled campaign releases who was asked', async () => {
  const id = await newCampaign();
  await drafted(id);
  const [part] = await asked(id, [people.sam]);
  await ask(people.mara, 'POST', `/campaigns/${id}/plan/cancellation`, { reason: 'No budget.' });
  const { state, decision } = await ask<Role>(people.sam, 'GET', `/campaign-roles/${part!.id}`);
  assert.deepEqual([state, decision!.note], ['withdrawn', 'The campaign was cancelled.']);
});

test('every verb of a plan leads somewhere, and says why not from anywhere else', () => {
  for (const { from, otherwise } of Object.values(planCan)) {
    assert.ok(from.length < planStates.length);
    assert.notEqual(otherwise, '');
  }
});

test('the audience is a view as it stood, counted, or a rule in words', async () => {
  const id = await newCampaign();
  await company.passed();
  const view = await ask<{ id: string }>(
    people.mara,
    'POST',
    '/views',
    { kind: 'leads', name: 'Germans', shared: false, query: { filter: { all: [{ field: 'country', is: 'eq', value: 'DE' }] } } },
    201,
  );
  const { draft } = await drafted(id, { audience: { kind: 'view', viewId: view.id } });
  assert.equal(draft!.audienceSentence, 'leads of the view “Germans”');
  const counted = await ask<{ count: number; recordsUrl: string }>(people.mara, 'POST', '/campaigns/audience', {
    audience: { kind: 'view', viewId: view.id },
  });
  assert.ok(counted.count >= 1);
  const listed = await ask<{ items: unknown[] }>(people.sam, 'GET', counted.recordsUrl);
  assert.equal(listed.items.length, counted.count);
  const rule = { of: 'lead', field: 'country', is: 'eq', value: 'DE' };
  const byRule = await ask<{ count: number; sentence: string }>(people.mara, 'POST', '/campaigns/audience', {
    audience: { kind: 'rule', rule },
  });
  assert.equal(byRule.count, counted.count);
  assert.match(byRule.sentence, /country is DE/);
  await refused(people.mia, '/campaigns/audience', { audience: { kind: 'view', viewId: view.id } }, 400, /no such view/);
});
