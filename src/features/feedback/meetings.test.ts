/** Feedback about a meeting: which ones it can be about, who answers for each side, what it is called and where it stands. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import { followFacts } from '#features/notices/actions/follow-facts.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, type World } from '#tests/security/world.ts';

let world: World;
let company: ManyColleagues;
let series: string;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Mara', side: 'marketing' },
    { name: 'Nina', side: 'marketing', role: 'manager' },
    { name: 'Sam', side: 'sales' },
    { name: 'Hal', side: 'sales', role: 'manager' },
    { name: 'Ada', side: 'sales', role: 'admin' },
    { name: 'Lea', side: 'leadership', role: 'owner' },
    { name: 'Vic', side: 'marketing', role: 'viewer' },
  ]);
  series = newId();
  await inside((tx) =>
    sql`INSERT INTO meeting_series (workspace_id, id, purpose, name, content, made_by)
      VALUES (${company.workspaceId}, ${series}, 'weekly', 'Weekly smarketing', '{}', ${company.get('Hal').memberId})`.execute(tx),
  );
});
after(() => world.close());

const inside = <T>(work: Parameters<typeof world.database.inWorkspace<T>>[1]): Promise<T> =>
  world.database.inWorkspace(company.workspaceId, work);

/** @param people who is expected; those of `came` were there. @returns its id */
async function meeting(
  status: string,
  people: readonly string[],
  { came = [], madeBy = null, ofSeries = false }: { came?: readonly string[]; madeBy?: string | null; ofSeries?: boolean } = {},
): Promise<string> {
  const id = newId();
  await inside(async (tx) => {
    await sql`INSERT INTO meetings (workspace_id, id, series_id, rule_day, title, starts_at, minutes, purpose, status, made_by)
      VALUES (${company.workspaceId}, ${id}, ${ofSeries ? series : null}::uuid, ${ofSeries ? '2026-03-03' : null}::date, 'Weekly smarketing',
        '2026-03-03T10:00:00Z', 45, 'weekly', ${status}, ${madeBy && company.get(madeBy).memberId}::uuid)`.execute(tx);
    for (const name of people)
      await sql`INSERT INTO meeting_attendees (workspace_id, meeting_id, member_id, came_at)
        VALUES (${company.workspaceId}, ${id}, ${company.get(name).memberId}, ${came.includes(name) ? '2026-03-03T10:00:00Z' : null}::timestamptz)`.execute(
        tx,
      );
  });
  return id;
}

async function ask(who: Colleague, method: string, path: string, body?: unknown, expected = 200) {
  const answer = await world.ask(who, method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.json();
}
const subjectOf = (id: string, name = 'Mara', expected = 200) =>
  ask(company.get(name), 'GET', `/feedback/subject?kind=meeting&id=${id}`, undefined, expected);
const whys = async (id: string): Promise<string[]> => (await subjectOf(id)).responsible.map(({ why }: { why: string }) => why);
const criticism = (subjectId: string) => ({
  ...{ tone: 'criticism', subjectKind: 'meeting', subjectId },
  behaviour: 'The agenda was changed a minute before it began.',
});

test('it is about a meeting that runs or was held, and about no other', async () => {
  for (const status of ['live', 'held']) await subjectOf(await meeting(status, ['Mara', 'Sam']), 'Vic');
  for (const status of ['planned', 'cancelled', 'notHeld']) {
    const id = await meeting(status, ['Mara', 'Sam']);
    await subjectOf(id, 'Mara', 404);
    await ask(company.get('Mara'), 'POST', '/feedback', criticism(id), 404);
  }
  await subjectOf(newId(), 'Mara', 404);
});

test('whoever made its series or called it answers for their side, else its head among those who were there, else the side', async () => {
  const ofSeries = await meeting('held', ['Mara', 'Nina', 'Sam', 'Ada'], { came: ['Mara', 'Nina'], ofSeries: true });
  assert.deepEqual(await whys(ofSeries), ['Nina leads marketing in it.', 'Hal called it.']);
  const called = await meeting('live', ['Mara', 'Hal', 'Ada'], { came: ['Ada'], madeBy: 'Mara' });
  assert.deepEqual(await whys(called), ['Mara called it.', 'Ada leads sales in it.']);
  const allCame = await meeting('held', ['Hal', 'Ada'], { came: ['Hal', 'Ada'], madeBy: 'Lea' });
  assert.deepEqual(await whys(allCame), ['Nobody of marketing has it alone: the side answers.', 'Hal leads sales in it.']);
});

test('it goes to that person, carries the meeting’s name and day, stands on its page, and is told with its name', async () => {
  const id = await meeting('held', ['Mara', 'Sam'], { ofSeries: false, madeBy: 'Hal' });
  const [mara, hal] = [company.get('Mara'), company.get('Hal')];
  const { id: feedbackId } = await ask(mara, 'POST', '/feedback', criticism(id), 201);
  const [item] = (await ask(hal, 'GET', '/feedback?view=toAnswer')).items;
  assert.deepEqual(
    [item.id, item.to.member.name, item.subject],
    [feedbackId, 'Hal', { kind: 'meeting', id, name: 'Meeting, 3 Mar 2026: Weekly smarketing', record: { kind: 'meeting', id } }],
  );
  await followFacts(world.database, company.workspaceId, { at: Date.now() });
  const told = (await ask(hal, 'GET', '/notifications')).items.map(({ title }: { title: string }) => title);
  assert.deepEqual(told, ['Mara gives you feedback on the meeting Weekly smarketing']);
  assert.equal((await ask(mara, 'GET', `/feedback?view=all&subjectKind=meeting&subjectId=${id}`)).total, 1);
  assert.equal((await ask(hal, 'POST', `/feedback/${feedbackId}/explanation`, { text: 'A lead came in.' })).state, 'explained');
});
