/** Feedback under one's name: to whom it goes, by when it is answered, how it is settled, who reads it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { newId } from '#platform/db/ids.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, type World } from '#tests/security/world.ts';

let world: World;
let company: ManyColleagues;
let [mara, sam, tim, hal, lea, vic]: Colleague[] = [] as never;
let lead: string;
let campaign: string;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Mara', side: 'marketing' },
    { name: 'Nina', side: 'marketing', role: 'manager' },
    { name: 'Sam', side: 'sales' },
    { name: 'Tim', side: 'sales' },
    { name: 'Hal', side: 'sales', role: 'manager' },
    { name: 'Lea', side: 'leadership', role: 'owner' },
    { name: 'Vic', side: 'sales', role: 'viewer' },
  ]);
  [mara, sam, tim, hal, lea, vic] = ['Mara', 'Sam', 'Tim', 'Hal', 'Lea', 'Vic'].map((name) => company.get(name));
  [lead, campaign] = [newId(), newId()];
  await inside(async (tx) => {
    await sql`INSERT INTO campaigns (workspace_id, id, name, owner_id) VALUES (${company.workspaceId}, ${campaign}, 'Spring fair', ${mara!.memberId})`.execute(
      tx,
    );
    await sql`INSERT INTO leads (workspace_id, id, name, owner_id, campaign_id, opened_at) VALUES (${company.workspaceId}, ${lead}, 'Ada Lind', ${sam!.memberId}, ${campaign}, now())`.execute(
      tx,
    );
  });
});
after(() => world.close());

const inside = <T>(work: Parameters<typeof world.database.inWorkspace<T>>[1]): Promise<T> =>
  world.database.inWorkspace(company.workspaceId, work);

const criticism = (more: object = {}) => ({
  ...{
    tone: 'criticism',
    subjectKind: 'lead',
    subjectId: lead,
    situation: 'On 3 March',
    behaviour: 'The first call came after nine days.',
  },
  ...{ impact: 'She had bought elsewhere.', nextTime: 'Hand it back when the week is full.' },
  ...more,
});

async function ask(
  who: Colleague | undefined,
  method: string,
  path: string,
  body?: unknown,
  expected = method === 'GET' ? 200 : undefined,
) {
  const answer = await world.ask(who, method, path, body);
  if (expected !== undefined) assert.equal(answer.statusCode, expected, answer.body);
  return answer.body === '' ? null : answer.json();
}
const give = async (who: Colleague | undefined, more: object = {}): Promise<string> =>
  (await ask(who, 'POST', '/feedback', criticism(more), 201)).id;
const step = (who: Colleague | undefined, id: string, noun: string, body: object = {}, expected = 200) =>
  ask(who, 'POST', `/feedback/${id}/${noun}`, body, expected);
const inThreeDays = (): string => new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

test('a form is told who answers for a lead on each side, and that it may be anonymous among five others', async () => {
  const subject = await ask(mara, 'GET', `/feedback/subject?kind=lead&id=${lead}`);
  assert.deepEqual(
    subject.responsible.map((each: { side: string; member: { name: string } }) => [each.side, each.member.name]),
    [
      ['marketing', 'Mara'],
      ['sales', 'Sam'],
    ],
  );
  assert.deepEqual([subject.name, subject.toSides, subject.answerDays, subject.whyNotAnonymous], ['Lead: Ada Lind', ['sales'], 3, null]);
});

test('criticism goes to whoever has the lead, due in three working days; accepted with an action, it is settled by who gave it', async () => {
  const id = await give(mara);
  const [waiting] = (await ask(sam, 'GET', '/feedback?view=toAnswer')).items;
  assert.deepEqual(
    [waiting.id, waiting.state, waiting.from.name, waiting.to.member.name, waiting.late],
    [id, 'given', 'Mara', 'Sam', false],
  );
  assert.ok(Date.parse(waiting.dueAt) > Date.now() + 2 * 86_400_000);
  assert.deepEqual([waiting.can.accept, waiting.can.confirm], [null, 'Only what was answered can be settled.']);

  const answered = await step(sam, id, 'acceptance', { action: 'I hand leads back on the day.', dueOn: inThreeDays() });
  assert.deepEqual(
    [answered.state, answered.action.text, answered.action.owner.name, answered.answeredInTime],
    ['accepted', 'I hand leads back on the day.', 'Sam', true],
  );
  assert.equal(answered.can.confirm, 'Whoever gave it decides that.');

  assert.equal((await ask(mara, 'GET', '/feedback/today')).toSettle[0].id, id);
  const settled = await step(mara, id, 'confirmation', { text: 'Seen.' });
  assert.deepEqual([settled.state, settled.thread.map((entry: { kind: string }) => entry.kind)], ['confirmed', ['accepted', 'confirmed']]);
  await step(sam, id, 'explanation', { text: 'Too late.' }, 409);
});

test('what is not settled is reopened with a new due moment; a disagreement stands for the agenda', async () => {
  const id = await give(mara);
  await step(sam, id, 'explanation', { text: 'I was at a fair.' });
  await inside((tx) => sql`UPDATE feedback SET due_at = now() - interval '1 hour' WHERE id = ${id}`.execute(tx));
  const reopened = await step(mara, id, 'reopening', { text: 'The lead was not.' });
  assert.equal(reopened.state, 'reopened');
  assert.ok(Date.parse(reopened.dueAt) > Date.now());
  assert.equal((await step(sam, id, 'disagreement', { text: 'Nine days is within what we agreed for fairs.' })).state, 'disagreed');
});

test('late is told: to the one who owes it, and to the head, who may answer too', async () => {
  const id = await give(mara);
  await inside((tx) => sql`UPDATE feedback SET due_at = now() - interval '1 hour' WHERE id = ${id}`.execute(tx));
  assert.ok((await ask(hal, 'GET', '/feedback/today')).lateOnMySide >= 1);
  assert.equal((await ask(sam, 'GET', '/feedback?late=true')).items[0].id, id);
  assert.equal((await step(hal, id, 'explanation', { text: 'Sam is on leave.' })).answeredInTime, false);
});

test('praise needs no answer and is read by everybody; thanks are taken', async () => {
  const id = await give(mara, { tone: 'praise', behaviour: 'Called her within the hour.' });
  assert.equal((await ask(tim, 'GET', `/feedback/${id}`)).dueAt, null);
  await step(sam, id, 'explanation', { text: 'No.' }, 409);
  assert.equal((await step(sam, id, 'thanks', { text: 'Glad it helped.' })).state, 'thanked');
});

test('criticism is read by those it concerns and their heads, and by no colleague', async () => {
  const id = await give(mara);
  for (const who of [mara, sam, hal, lea, company.get('Nina')]) await ask(who, 'GET', `/feedback/${id}`, undefined, 200);
  for (const who of [tim, vic]) {
    await ask(who, 'GET', `/feedback/${id}`, undefined, 404);
    await step(who, id, 'entries', { text: 'Hm.' }, who === vic ? 403 : 404);
    assert.ok(!(await ask(who, 'GET', '/feedback?view=all')).items.some((item: { id: string }) => item.id === id));
  }
});

test('nobody answers what they gave, or settles what they received', async () => {
  const id = await give(mara);
  assert.equal((await step(mara, id, 'explanation', { text: 'Myself.' }, 403)).detail, 'The other side answers.');
  await step(sam, id, 'explanation', { text: 'So it was.' });
  assert.equal((await step(sam, id, 'confirmation', {}, 403)).detail, 'Whoever gave it decides that.');
});

test('what nobody has alone goes to the side, and anybody of it answers', async () => {
  const id = await give(mara, { subjectKind: 'campaign', subjectId: campaign });
  const item = await ask(tim, 'GET', `/feedback/${id}`);
  assert.deepEqual([item.to.side, item.to.member, item.can.accept], ['sales', null, null]);
});

test('feedback goes to the other side; leadership says which', async () => {
  assert.equal((await ask(mara, 'POST', '/feedback', criticism({ toSide: 'marketing' }), 400)).fields[0].at, 'toSide');
  assert.equal((await ask(lea, 'POST', '/feedback', criticism(), 400)).fields[0].at, 'toSide');
  const id = await give(lea, { toSide: 'marketing' });
  assert.equal((await ask(lea, 'GET', `/feedback/${id}`)).to.member.name, 'Mara');
});

test('what was taken back is gone for everybody else, and was not answered', async () => {
  const id = await give(mara);
  await step(mara, id, 'withdrawal');
  await ask(sam, 'GET', `/feedback/${id}`, undefined, 404);
  assert.equal((await ask(mara, 'GET', `/feedback/${id}`)).state, 'withdrawn');
});

test('a thing that is not here, an action due yesterday, an empty behaviour are refused', async () => {
  await ask(mara, 'POST', '/feedback', criticism({ subjectId: newId() }), 404);
  await ask(mara, 'POST', '/feedback', criticism({ behaviour: ' ' }), 400);
  const id = await give(mara);
  assert.equal((await step(sam, id, 'acceptance', { action: 'Yes.', dueOn: '2020-01-01' }, 400)).fields[0].at, 'dueOn');
});

test('each verb is a fact with its member, and what it sets', async () => {
  const id = await give(mara);
  await step(sam, id, 'explanation', { text: 'So it was.' });
  const { rows } = await inside((tx) =>
    sql<{
      kind: string;
      memberId: string;
      state: string;
    }>`SELECT kind, member_id AS "memberId", sets ->> 'state' AS state FROM facts WHERE subject_id = ${id} ORDER BY recorded_at, id`.execute(
      tx,
    ),
  );
  assert.deepEqual(rows, [
    { kind: 'feedback.given', memberId: mara!.memberId, state: 'given' },
    { kind: 'feedback.explained', memberId: sam!.memberId, state: 'explained' },
  ]);
});

test('lists page without loss, whatever the order', async () => {
  for (let made = 0; made < 5; made++) await give(mara);
  for (const [who, view] of [
    [sam, 'toAnswer'],
    [mara, 'given'],
  ] as const) {
    const all = (await ask(who, 'GET', `/feedback?view=${view}&limit=200`)).items.map((item: { id: string }) => item.id);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await ask(who, 'GET', `/feedback?view=${view}&limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      paged.push(...page.items.map((item: { id: string }) => item.id));
      if (!(cursor = page.next)) break;
    }
    assert.deepEqual(paged, all);
    assert.ok(all.length >= 5);
  }
});

test('what recurs is one theme, offered from three in thirty days; heads part and join', async () => {
  const own = await Promise.all(
    [
      'No phone number stands on the leads of the fair.',
      'The phone number was missing on the fair’s lead.',
      'Again a lead of the fair without a phone number.',
    ].map(async (behaviour) => (await ask(sam, 'POST', '/feedback', criticism({ behaviour, impact: '', nextTime: '' }), 201)).id),
  );
  const theme = async () =>
    (await ask(lea, 'GET', '/feedback/themes?toSide=marketing')).items.find((each: { feedback: { id: string }[] }) =>
      each.feedback.some(({ id }) => id === own[0]),
    );
  assert.deepEqual([(await theme()).count, (await theme()).recurs], [3, true]);
  await ask(lea, 'POST', '/feedback/links', { oneId: own[0], otherId: own[2], together: false }, 204);
  assert.deepEqual([(await theme()).count, (await theme()).recurs], [2, false]);
  await ask(lea, 'POST', '/feedback/links', { oneId: own[2], otherId: own[0], together: true }, 204);
  assert.equal((await theme()).count, 3);
  await ask(sam, 'POST', '/feedback/links', { oneId: own[0], otherId: own[1], together: false }, 403);
});

test('health counts sides: given, received, in time, settled, recurring', async () => {
  const health = await ask(lea, 'GET', '/feedback/health');
  const sales = health.sides.find((each: { side: string }) => each.side === 'sales');
  assert.ok(sales.received > 5 && sales.given >= 3 && sales.praise >= 1);
  assert.ok(sales.answeredInTime.of > sales.answeredInTime.count, 'one was answered late');
  assert.ok(sales.settled.count >= 1);
  const listed = await ask(lea, 'GET', sales.feedbackUrl.replace('/api/v1', ''));
  assert.equal(listed.total, sales.received, 'the number opens into as many');
});

test('what is agreed is set by owners and administrators, and holds for what is given from then on', async () => {
  await ask(hal, 'PATCH', '/feedback/settings', { answerDays: 1 }, 403);
  assert.equal((await ask(lea, 'PATCH', '/feedback/settings', { answerDays: 10 }, 200)).answerDays, 10);
  const id = await give(mara);
  assert.ok(Date.parse((await ask(sam, 'GET', `/feedback/${id}`)).dueAt) > Date.now() + 10 * 86_400_000);
});
