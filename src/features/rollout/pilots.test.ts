/** A pilot and its comparison group on leads that are made with and without an effect. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { Chance } from '#engine/simulate/chance.ts';
import { newId } from '#platform/db/ids.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, type World } from '#tests/security/world.ts';
import type { Path } from './contract/path.ts';
import type { BeforeAfterAnswer, PilotChoices, PilotRecords, Pilots } from './contract/pilots.ts';

const day = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);
/** Weeks before and after its start that are over and old enough for what is measured within fourteen days. */
const weeks = { before: 26, after: 12 };
const startsOn = dayFromNow(-(weeks.after * 7 + 15));

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

async function ask<Answer>(who: Colleague, method: string, path: string, body?: unknown, expected = 200): Promise<Answer> {
  const answer = await world.ask(who, method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.json() as Answer;
}

interface Company extends ManyColleagues {
  readonly lea: Colleague;
  readonly north: string;
  readonly south: string;
}

/** Two teams of two; Both is in each of them. */
async function openCompany(): Promise<Company> {
  const company = await hireColleagues(world, [
    { name: 'Lea', side: 'leadership', role: 'owner' },
    ...['Nora', 'Nils', 'Sue', 'Stan', 'Both'].map((name) => ({ name, side: 'sales' as const })),
  ]);
  const [north, south] = [newId(), newId()];
  await world.database.inWorkspace(company.workspaceId, async (tx) => {
    for (const [id, name, region] of [
      [north, 'North', 'NO'],
      [south, 'South', 'SO'],
    ] as const)
      await sql`INSERT INTO teams (workspace_id, id, name, side, region) VALUES (${company.workspaceId}::uuid, ${id}::uuid, ${name}, 'sales', ${region})`.execute(
        tx,
      );
    for (const [team, name] of [
      [north, 'Nora'],
      [north, 'Nils'],
      [south, 'Sue'],
      [south, 'Stan'],
      [north, 'Both'],
      [south, 'Both'],
    ] as const)
      await sql`INSERT INTO team_members VALUES (${company.workspaceId}::uuid, ${team}::uuid, ${company.get(name).memberId}::uuid)`.execute(
        tx,
      );
  });
  return { ...company, lea: company.get('Lea'), north, south };
}

const perWeek = 40;

/** Leads of both teams week by week, half of them accepted two days after they were passed; of the north from the start on so many points more. */
async function pass(company: Company, points: number, seed: number): Promise<void> {
  const chance = new Chance(seed);
  const rows: { owner: string; passed: number; accepted: boolean }[] = [];
  const start = Date.parse(`${startsOn}T00:00:00Z`);
  for (let week = -weeks.before; week < weeks.after; week++)
    for (const [part, names] of [
      ['Nora', 'Nils'],
      ['Sue', 'Stan'],
    ].entries()) {
      chance.reseed(part, week + 100);
      for (let at = 0; at < perWeek; at++) {
        const accepted = chance.next() < 0.5 + (part === 0 && week >= 0 ? points / 100 : 0);
        rows.push({ owner: company.get(names[at % 2]!).memberId, passed: start + (week * 7 + (at % 7)) * day + 10 * 3_600_000, accepted });
      }
    }
  rows.push({ owner: company.get('Both').memberId, passed: start + day, accepted: true });
  await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`INSERT INTO leads (workspace_id, id, name, owner_id, segment, opened_at, mql_at, sal_at)
      SELECT ${company.workspaceId}::uuid, gen_random_uuid(), 'Lead', r.owner::uuid, 'SMB', to_timestamp(r.passed / 1000) - interval '1 hour', to_timestamp(r.passed / 1000),
        CASE WHEN r.accepted THEN to_timestamp(r.passed / 1000) + interval '2 days' END
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r(owner text, passed float8, accepted boolean)`.execute(tx),
  );
  // The record goes on to today, so that the last weeks count as known.
  await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`INSERT INTO leads (workspace_id, id, name, opened_at) VALUES (${company.workspaceId}::uuid, gen_random_uuid(), 'Today', now())`.execute(
      tx,
    ),
  );
}

const plan = ({ lea, north, south }: Company, more: object = {}, expected = 201) =>
  ask<{ id: string; detail: string }>(
    lea,
    'POST',
    '/rollout/pilots',
    { name: 'North begins', split: 'teams', pilot: [north], comparison: [south], measure: 'accepted', startsOn, ...more },
    expected,
  );
const told = ({ lea }: Company, id: string, measure = 'accepted') =>
  ask<BeforeAfterAnswer>(lea, 'GET', `/rollout/pilots/${id}/before-after?measure=${measure}`);
const gateOf = async ({ lea }: Company) => (await ask<Path>(lea, 'GET', '/rollout')).steps.find(({ step }) => step === 'pilot')!;

test('an effect of twenty-five points is found within its range, every number opens into its leads, and the gate is met', async () => {
  const company = await openCompany();
  await pass(company, 25, 1);
  assert.equal((await gateOf(company)).state, 'open');
  const { id } = await plan(company);
  const answer = await told(company, id);
  assert.ok(answer.told, answer.sentence);
  const { effect, weeksBefore, weeksAfter } = answer.told;
  assert.deepEqual([weeksBefore, weeksAfter], [weeks.before, weeks.after]);
  assert.ok(effect.low > 5 && effect.low <= 25 && 25 <= effect.high, answer.sentence);
  assert.match(answer.sentence, /Accepted by sales: \+[\d.]+ points beyond the comparison group, which is better \(95 % sure/);
  assert.ok(answer.cautions.some((caution) => /planned after it had begun/.test(caution)));
  const [first] = answer.weeks.filter(({ week }) => week === 0);
  assert.deepEqual(
    [first?.startsOn, first?.pilot.leads, first?.comparison.leads],
    [startsOn, perWeek, perWeek],
    'who is in both teams is in neither group',
  );
  const records = await ask<PilotRecords>(company.lea, 'GET', `/rollout/pilots/${id}/records?measure=accepted&group=pilot&week=0&limit=30`);
  const rest = await ask<PilotRecords>(
    company.lea,
    'GET',
    `/rollout/pilots/${id}/records?measure=accepted&group=pilot&week=0&limit=30&cursor=${records.next}`,
  );
  const all = [...records.items, ...rest.items];
  assert.deepEqual([all.length, all.filter(({ counted }) => counted).length, rest.next], [perWeek, first?.pilot.counted, null]);
  assert.deepEqual([(await gateOf(company)).state, (await gateOf(company)).needs.map(({ met }) => met)], ['through', [true, true]]);
});

test('without an effect nothing is claimed; another measure than the settled one says so', async () => {
  const company = await openCompany();
  await pass(company, 0, 2);
  const { id } = await plan(company);
  const answer = await told(company, id);
  assert.ok(answer.told && answer.told.effect.low <= 0 && answer.told.effect.high >= 0, answer.sentence);
  assert.match(answer.sentence, /no difference can be told from chance/);
  const other = await told(company, id, 'touched');
  assert.equal(other.settled, false);
  assert.ok(other.cautions.some((caution) => /settled to be judged by “Accepted by sales”/.test(caution)));
});

test('a pilot that has just begun says how many weeks are missing, and its gate is begun', async () => {
  const company = await openCompany();
  await pass(company, 25, 3);
  const { id } = await plan(company, { startsOn: dayFromNow(-20) });
  const answer = await told(company, id);
  assert.equal(answer.told, null);
  assert.match(answer.sentence, /Too few weeks to say: \d+ before and 1 after the start; 12 and 8 are needed/);
  const gate = await gateOf(company);
  assert.deepEqual([gate.state, gate.sentence], ['begun', `1 of 2: ${answer.sentence}`]);
});

test('one pilot at a time; one that is ended counts no later week, one that is withdrawn none at all', async () => {
  const company = await openCompany();
  await pass(company, 25, 4);
  assert.match((await plan(company, { comparison: [company.north] }, 400)).detail, /can’t be in the other/);
  await plan(company, { pilot: [(await openCompany()).north] }, 404);
  const { id } = await plan(company);
  assert.match((await plan(company, {}, 409)).detail, /One is under way/);
  await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`UPDATE rollout_pilots SET ended_on = ${startsOn}::date + 14, ended_because = 'Enough.', ended_by = planned_by, ended_at = now()`.execute(
      tx,
    ),
  );
  const answer = await told(company, id);
  assert.deepEqual(
    [answer.weeks.filter(({ week }) => week >= 0).length, answer.whyNot],
    [2, 'Too few weeks to say: 26 before and 2 after the start; 12 and 8 are needed.'],
  );
  const later = await plan(company, { startsOn: dayFromNow(9) });
  assert.equal((await gateOf(company)).state, 'begun');
  await ask(company.lea, 'POST', `/rollout/pilots/${later.id}/end`, { because: 'Other plans.' });
  await ask(company.lea, 'POST', `/rollout/pilots/${later.id}/end`, { because: 'Again.' }, 409);
  const { items, can } = await ask<Pilots>(company.lea, 'GET', '/rollout/pilots');
  assert.deepEqual([items.map(({ state }) => state), can.plan], [['ended', 'ended'], null]);
  assert.equal((await told(company, later.id)).weeks.filter(({ week }) => week >= 0).length, 0);
  assert.match((await gateOf(company)).sentence, /26 before and 2 after/, 'the withdrawn one is none');
});

test('halves are drawn by chance from those who own leads, can be drawn again, and are equal; regions and segments can be chosen', async () => {
  const company = await openCompany();
  await pass(company, 0, 5);
  const choices = await ask<PilotChoices>(company.lea, 'GET', '/rollout/pilots/choices');
  assert.deepEqual(
    [choices.teams.map(({ name }) => name), choices.regions.map(({ key }) => key), choices.segments.map(({ key }) => key), choices.owners],
    [['North', 'South'], ['NO', 'SO'], ['SMB'], 5],
  );
  const { id } = await plan(company, { split: 'halves', pilot: [], comparison: [] });
  const [drawn] = (await ask<Pilots>(company.lea, 'GET', '/rollout/pilots')).items;
  assert.deepEqual([drawn?.pilot.length, drawn?.comparison.length], [2, 3]);
  assert.equal(new Set([...drawn!.pilot, ...drawn!.comparison].map(({ name }) => name)).size, 5);
  assert.ok(!(await told(company, id)).cautions.some((caution) => /not drawn by chance/.test(caution)));
  await ask(company.lea, 'POST', `/rollout/pilots/${id}/end`, { because: 'Regions are fairer.' });
  const regions = await plan(company, { split: 'regions', pilot: ['NO'], comparison: ['SO'] });
  assert.equal((await told(company, regions.id)).weeks.find(({ week }) => week === 0)?.pilot.leads, perWeek);
});
