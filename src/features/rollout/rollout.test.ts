/** The way in: gates that follow from records, passages that are remembered, the charter and the diagnosis. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeSealing } from '#platform/auth/sealing.ts';
import type { Role, Side } from '#platform/http/route.ts';
import { turnHour } from '#features/feedback/actions/tick.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { notePassages } from './actions/note-passages.ts';
import type { CharterAnswer, MadeCharter } from './contract/charter.ts';
import { type Diagnosis, diagnosisQuestions } from './contract/diagnosis.ts';
import type { Path, PathStep } from './contract/path.ts';
import type { RolloutToday } from './contract/today.ts';

const day = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

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

const hire = (people: readonly [name: string, side: Side, role?: Role][]): Promise<ManyColleagues> =>
  hireColleagues(
    world,
    people.map(([name, side, role]) => ({ name, side, ...(role && { role }) })),
  );
const fourPeople = () =>
  hire([
    ['Lea', 'leadership', 'owner'],
    ['Mara', 'marketing', 'manager'],
    ['Sam', 'sales', 'manager'],
    ['Mia', 'marketing'],
  ]);

const pathOf = (who: Colleague) => ask<Path>(who, 'GET', '/rollout');
const stepOf = async (who: Colleague, step: string): Promise<PathStep> => {
  const found = (await pathOf(who)).steps.find((each) => each.step === step);
  assert.ok(found);
  return found;
};
const note = ({ workspaceId }: ManyColleagues): Promise<number> =>
  world.database.inWorkspace(workspaceId, (tx) => notePassages(tx, workspaceId));

/** So many leads over the last ten months, and deals of which every fourth was won. */
const load = ({ workspaceId }: ManyColleagues, { leads = 60, deals = 40 } = {}): Promise<unknown> =>
  world.database.inWorkspace(workspaceId, async (tx) => {
    await sql`INSERT INTO leads (workspace_id, id, name, opened_at) SELECT ${workspaceId}::uuid, gen_random_uuid(), 'Lead ' || n, now() - make_interval(days => n * 5)
      FROM generate_series(1, ${leads}) n`.execute(tx);
    await sql`INSERT INTO deals (workspace_id, id, name, status, amount, currency, opened_at, closed_at)
      SELECT ${workspaceId}::uuid, gen_random_uuid(), 'Deal ' || n, CASE WHEN n % 4 = 0 THEN 'won' ELSE 'lost' END, 1000000, 'EUR', now() - make_interval(days => n * 7 + 40), now() - make_interval(days => n * 7)
      FROM generate_series(1, ${deals}) n`.execute(tx);
  });

const charterFor = (who: Colleague, sponsor: Colleague, more: object = {}, expected = 201) =>
  ask<MadeCharter & { detail: string }>(
    who,
    'POST',
    '/rollout/charters',
    { sponsorId: sponsor.memberId, figure: 'winRate', aim: '0.35', aimOn: dayFromNow(300), why: 'Leads rot.', ...more },
    expected,
  );
/** @returns why not, where it is refused */
async function sign(who: Colleague, { id, contentHash }: MadeCharter, expected = 204): Promise<string> {
  const answer = await world.ask(who, 'POST', `/rollout/charters/${id}/signatures`, { contentHash });
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.body === '' ? '' : (answer.json() as { detail: string }).detail;
}
const todayOf = (who: Colleague) => ask<RolloutToday>(who, 'GET', '/rollout/today');
const charterOf = (who: Colleague) => ask<CharterAnswer>(who, 'GET', '/rollout/charter');

test('an empty workspace stands at the beginning: every gate open, each saying what is missing and where', async () => {
  const company = await fourPeople();
  const path = await pathOf(company.get('Mia'));
  assert.deepEqual(
    [path.steps.length, path.through, path.next, path.steps.map(({ state }) => state).filter((state) => state !== 'open')],
    [14, 0, 'sponsor', []],
  );
  assert.ok(path.steps.every(({ needs }) => needs.length > 0 && needs.every(({ met, says }) => !met && says.endsWith('.'))));
  assert.deepEqual(
    path.afternoon.map(({ done }) => done),
    [false, false, false, false, false],
  );
  assert.match(path.can.plan ?? '', /planned by the heads/);
  assert.equal(await note(company), 0, 'what nobody has begun leaves nothing');
});

test('the charter is signed by its sponsor alone, as it was read; a later one counts once it is signed too', async () => {
  const company = await fourPeople();
  const [lea, mara, mia] = [company.get('Lea'), company.get('Mara'), company.get('Mia')];
  await charterFor(mia, lea, {}, 403);
  await charterFor(mara, mia, {}, 404);
  assert.match((await charterFor(mara, lea, { aim: '35' }, 400)).detail, /from 0 to 1/);
  const written = await charterFor(mara, lea);
  assert.equal((await stepOf(lea, 'sponsor')).state, 'begun');
  assert.match(await sign(mara, written, 403), /Lea signs it/);
  assert.deepEqual([(await todayOf(lea)).toSign, (await todayOf(lea)).begin, (await todayOf(mara)).toSign], [true, false, false]);
  await sign(lea, { ...written, contentHash: '0'.repeat(64) }, 409);
  await sign(lea, written);
  await sign(lea, written, 409);
  assert.ok((await charterOf(lea)).charter?.signedAt);
  const step = await stepOf(mia, 'sponsor');
  assert.deepEqual(
    [step.state, step.firstThroughAt !== null, step.passages.map(({ state }) => state)],
    ['through', true, ['through', 'begun']],
  );
  const later = await charterFor(mara, lea, { aim: '0.4' });
  const both = await charterOf(mia);
  assert.deepEqual([both.charter?.aim, both.waiting?.aim, both.charter?.contentHash], ['0.35', '0.4', written.contentHash]);
  await sign(lea, later);
  assert.deepEqual([(await charterOf(lea)).charter?.aim, (await pathOf(lea)).afternoon[0]?.done], ['0.4', true]);
});

test('the baseline is measured from the records, kept once, and is part of the gate of the data', async () => {
  const company = await fourPeople();
  const lea = company.get('Lea');
  await ask(lea, 'POST', '/rollout/baseline', undefined, 409);
  await sign(lea, await charterFor(lea, lea));
  assert.match((await ask<{ detail: string }>(lea, 'POST', '/rollout/baseline', undefined, 409)).detail, /no baseline to keep yet/);
  await load(company);
  const before = await stepOf(lea, 'data');
  assert.deepEqual([before.state, before.needs.map(({ met }) => met)], ['begun', [true, true, true, false]]);
  const figures = await ask<{ start: string; end: string; total: { figures: { winRate: { value: number } } } }>(lea, 'GET', '/figures');
  const taken = await ask<{ value: string }>(lea, 'POST', '/rollout/baseline', undefined, 201);
  const kept = await charterOf(lea);
  assert.equal(kept.baseline?.value, taken.value);
  assert.deepEqual(
    [kept.baseline?.value, kept.baseline?.start, kept.baseline?.end],
    [String(figures.total.figures.winRate.value), figures.start, figures.end],
  );
  assert.ok(Number(kept.baseline!.low) < Number(kept.baseline!.value) && Number(kept.baseline!.value) < Number(kept.baseline!.high));
  assert.match((await ask<{ detail: string }>(lea, 'POST', '/rollout/baseline', undefined, 409)).detail, /kept already/);
  assert.equal((await stepOf(lea, 'data')).state, 'through');
});

test('a gate that is lost again is shown as lost, with the day it was first met kept', async () => {
  const company = await fourPeople();
  const lea = company.get('Lea');
  await sign(lea, await charterFor(lea, lea));
  await load(company);
  await ask(lea, 'POST', '/rollout/baseline', undefined, 201);
  const met = await stepOf(lea, 'data');
  await world.database.inWorkspace(company.workspaceId, (tx) => sql`UPDATE leads SET archived_at = now()`.execute(tx));
  assert.equal((await stepOf(lea, 'data')).state, 'begun', 'the gate follows the records at once');
  assert.equal(await note(company), 1);
  const lost = await stepOf(lea, 'data');
  assert.deepEqual([lost.firstThroughAt, lost.lostAt !== null, lost.passages[0]?.state], [met.firstThroughAt, true, 'begun']);
  await world.database.inWorkspace(company.workspaceId, (tx) => sql`UPDATE leads SET archived_at = NULL`.execute(tx));
  assert.equal(await note(company), 1);
  assert.equal(await note(company), 0, 'what stands as before is not noted again');
  assert.equal((await stepOf(lea, 'data')).lostAt, null);
  const { rows } = await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql<{
      kind: string;
    }>`SELECT kind FROM facts WHERE subject_kind = 'rolloutStep' AND body ->> 'step' = 'data' ORDER BY recorded_at`.execute(tx),
  );
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    ['rolloutStep.passed', 'rolloutStep.lost', 'rolloutStep.passed'],
  );
});

test('who has a step, and by when, is planned by heads and seen to be overdue', async () => {
  const company = await fourPeople();
  const [mara, mia] = [company.get('Mara'), company.get('Mia')];
  const plan = { ownerId: mia.memberId, dueOn: dayFromNow(-3) };
  await ask(mia, 'PUT', '/rollout/steps/language', plan, 403);
  await ask(mara, 'PUT', '/rollout/steps/language', { ...plan, ownerId: (await fourPeople()).get('Mia').memberId }, 404);
  await ask(mara, 'PUT', '/rollout/steps/language', plan);
  const step = await stepOf(mia, 'language');
  assert.deepEqual([step.owner?.name, step.dueOn, step.overdue], ['Mia', plan.dueOn, true]);
  assert.deepEqual(await todayOf(mia), { begin: false, toSign: false, late: [{ step: 'language', dueOn: plan.dueOn }] });
  assert.deepEqual(await todayOf(mara), { begin: true, toSign: false, late: [] });
  await ask(mara, 'PUT', '/rollout/steps/language', { ownerId: null, dueOn: null });
  assert.equal((await stepOf(mia, 'language')).overdue, false);
});

const scores = (more: Record<string, number> = {}): Record<string, number> => ({
  ...Object.fromEntries(diagnosisQuestions.map(({ key }) => [key, 3])),
  ...more,
});
const sheet = (who: Colleague, side: Side, more: Record<string, number> = {}, expected = 201) =>
  ask<Diagnosis>(who, 'POST', '/rollout/diagnosis/sheets', { side, scores: scores(more), note: 'As we see it.' }, expected);

test('two small sides answer as one each, openly; where they disagree most stands first', async () => {
  const company = await fourPeople();
  const [lea, mara, sam, mia] = [company.get('Lea'), company.get('Mara'), company.get('Sam'), company.get('Mia')];
  await sheet(mia, 'marketing', {}, 403);
  await sheet(mara, 'sales', {}, 403);
  await ask(mara, 'POST', '/rollout/diagnosis/sheets', { side: 'marketing', scores: { leads: 3 } }, 400);
  await sheet(mara, 'marketing', { leads: 5, followUp: 2 });
  const one = await stepOf(lea, 'diagnosis');
  assert.deepEqual([one.state, one.needs.map(({ met }) => met)], ['begun', [true, false]]);
  const answer = await sheet(sam, 'sales', { leads: 1, followUp: 4 });
  assert.deepEqual(
    answer.rows.slice(0, 3).map(({ key, marketing, sales, gap }) => [key, marketing, sales, gap]),
    [
      ['leads', 5, 1, 4],
      ['followUp', 2, 4, 2],
      ['numbers', 3, 3, 0],
    ],
  );
  assert.match(
    answer.sentence ?? '',
    /disagree most on “Leads that are passed are good enough to be worked\.”: marketing is 4 of 5 points more content/,
  );
  assert.deepEqual(
    answer.sides.map(({ from, by }) => [from, by?.name, by?.ofSide]),
    [
      ['sheet', 'Mara', true],
      ['sheet', 'Sam', true],
      [null, undefined, undefined],
    ],
  );
  assert.equal((await stepOf(lea, 'diagnosis')).state, 'through');
  const again = await sheet(lea, 'sales', { leads: 2 });
  assert.deepEqual([again.rows[0]?.gap, again.sides[1]?.by?.ofSide], [3, false]);
});

test('answers of many are told only once closed, and of a side with four nothing is', async () => {
  const many = (side: Side, count: number) =>
    Array.from({ length: count }, (_, at): [string, Side, Role] => [`${side} ${at}`, side, at === 0 ? 'manager' : 'member']);
  const company = await hire([...many('marketing', 5), ...many('sales', 6), ...many('leadership', 4)]);
  const head = company.get('marketing 0');
  await ask(company.get('sales 3'), 'POST', '/rollout/diagnosis', { closesOn: dayFromNow(6) }, 403);
  const { pulseId } = await ask<{ pulseId: string }>(head, 'POST', '/rollout/diagnosis', { closesOn: dayFromNow(6) }, 201);
  await ask(head, 'POST', '/rollout/diagnosis', { closesOn: dayFromNow(6) }, 409);
  for (const who of company.people)
    await ask(who, 'POST', `/pulses/${pulseId}/answers`, { scores: scores({ pay: who.side === 'sales' ? 2 : 4 }), text: '' });
  const open = await ask<Diagnosis>(head, 'GET', '/rollout/diagnosis');
  assert.deepEqual(
    [open.open?.pulseId, open.open?.answered, open.rows.map(({ gap }) => gap).filter((gap) => gap !== null)],
    [pulseId, true, []],
  );
  assert.deepEqual([(await stepOf(head, 'diagnosis')).state, (await pathOf(head)).afternoon[1]?.done], ['begun', true]);
  await turnHour(
    world.database,
    makeSealing(() => testSecret),
    Date.now() + 8 * day,
  );
  const closed = await ask<Diagnosis>(head, 'GET', '/rollout/diagnosis');
  const ofSide = (side: string) => closed.sides.find((each) => each.side === side);
  assert.deepEqual([ofSide('marketing')?.answers, ofSide('sales')?.answers, ofSide('leadership')?.answers], [5, 6, null]);
  assert.deepEqual([closed.rows[0]?.key, closed.rows[0]?.leadership], ['pay', null]);
  // Else leadership's four could be had as everybody less the other two.
  const all = await ask<{ cell: { answers: number | null } }>(head, 'GET', `/pulses/${pulseId}/results`);
  assert.equal(all.cell.answers, null);
  assert.equal((await sheet(company.get('leadership 0'), 'leadership')).sides[2]?.from, 'sheet');
  assert.equal((await stepOf(head, 'diagnosis')).state, 'through');
});
