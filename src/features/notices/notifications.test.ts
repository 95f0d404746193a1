/** Facts become notifications: all of them, once each, where and when each person chose. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Database, type Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { type Company, openHandingOver } from '#tests/support/handing-over.ts';
import type { Person } from '#tests/security/world.ts';
import { followFacts } from './actions/follow-facts.ts';
import { inAppOnly } from './actions/in-app-only.ts';
import { remindOfDays, tickNotices } from './actions/tick-notices.ts';
import type { OwnChoices } from './contract/choices.ts';
import { kinds, noticeKinds } from './contract/kinds.ts';
import { matterNames, matters } from './contract/matters.ts';
import type { NotificationPage } from './contract/notifications.ts';
import { tellings } from './queries/tellings/table.ts';

let company: Company;
let database: Database;
/** A Wednesday noon and evening in the workspace’s zone, whenever the test runs. */
const noon = Temporal.PlainDateTime.from('2030-01-16T12:00').toZonedDateTime('UTC').epochMilliseconds;
const evening = noon + 9 * 3_600_000;

before(async () => {
  company = await openHandingOver();
  database = company.database;
  await within(
    sql`UPDATE members SET email = lower(name) || '@northwind.example', email_key = lower(name) || '@northwind.example' WHERE email IS NULL`,
  );
});
after(() => company.close());

const within = <Row>(statement: ReturnType<typeof sql<Row>>) => company.within(async (tx) => (await statement.execute(tx)).rows);
const follow = (at = noon) => followFacts(database, company.workspaceId, { at });
const ask = (person: Person, method: string, path: string, body?: unknown) => company.ask(person, method, path, body);
const list = async (person: Person, query = ''): Promise<NotificationPage['items']> =>
  (await ask(person, 'GET', `/notifications${query}`)).json().items;
const titles = async (person: Person): Promise<string[]> =>
  (await list(person)).flatMap((line) => (line.each.length > 0 ? line.each.map(({ title }) => title) : [line.title]));
const mails = (person: Person) =>
  within(sql<{ title: string; nextAt: string; points: number }>`SELECT content -> 'message' ->> 'title' AS title, next_at AS "nextAt",
    coalesce(jsonb_array_length(content #> '{message,sections,0,parts,0,items}'), 0) AS points
    FROM messages_out WHERE kind = 'notification' AND member_id = ${person.memberId}::uuid ORDER BY at, id`);
const mentionsTo = async (person: Person) => (await mails(person)).filter(({ title }) => /mention/i.test(title));
const mention = async (by: Person, whom: Person, leadId: string) => {
  const answer = await ask(by, 'POST', '/comments', { subjectKind: 'lead', subjectKey: leadId, text: `@[${whom.memberId}] look.` });
  assert.equal(answer.statusCode, 201, answer.body);
};

test('the table and the database name the same kinds; every matter has its kind, and every kind its usual place', async () => {
  const known = Object.keys(tellings);
  const rows = await within(sql<{ kind: string }>`SELECT kind FROM unnest(${known}::text[]) kind WHERE NOT accord.is_told(kind)`);
  assert.deepEqual(rows, [], 'the database notes each');
  const [source] = await within(sql<{ text: string }>`SELECT pg_get_functiondef('accord.is_told(text)'::regprocedure) AS text`);
  const noted = [...source!.text.matchAll(/'([a-zA-Z]+\.[a-zA-Z]+)'/g)].map(([, kind]) => kind!);
  assert.deepEqual([...new Set(noted)].toSorted(), known.toSorted(), 'and no other');
  assert.deepEqual(new Set(matterNames.map((name) => matters[name].kind)), new Set(noticeKinds));
  assert.deepEqual(Object.keys(kinds), [...noticeKinds]);
});

test('a rejection tells marketing, its answer tells who rejected, a contest the heads, and a ruling all of them', async () => {
  const { mara, sam, milo, hal, sue } = company.people;
  const leadId = await company.passed({ name: 'Rita Rejected' });
  await company.reject(leadId, sam);
  await follow();
  assert.deepEqual(await titles(mara), ['Sam rejects the lead Rita Rejected']);
  assert.deepEqual(await titles(sam), [], 'not who did it');
  const rejection = await company.latestRejection(leadId);
  await company.answer(mara, rejection.id, 'contested');
  await follow();
  assert.ok((await titles(sam)).includes('Mara contests your rejection of the lead Rita Rejected'));
  for (const head of [milo, hal])
    assert.ok((await titles(head)).includes('The rejection of the lead Rita Rejected is contested: one of each side rules'));
  assert.deepEqual(await titles(sue), [], 'Sue has nothing to do with it');
});

test('a lead that is given to somebody is told to them', async () => {
  const { hal, sue } = company.people;
  const leadId = await company.passed({ name: 'Gina Given' });
  const { version } = await company.detail(leadId);
  await company.move(hal, leadId, 'reassignment', { memberId: sue.memberId, reason: 'Sam is full.', version });
  await follow();
  assert.ok(
    (await titles(sue)).some((title) => /gives you the lead Gina Given/.test(title)),
    (await titles(sue)).join(),
  );
});

test('many of one sort on a day are one line, which says how many, shows each, and is marked as one', async () => {
  const { mia, sam } = company.people;
  for (const name of ['One', 'Two', 'Three']) {
    const leadId = await company.passed({ name });
    await within(sql`UPDATE campaigns SET owner_id = ${mia.memberId}::uuid WHERE id = ${company.campaignId}::uuid`);
    await company.reject(leadId, sam);
  }
  await follow();
  const lines = await list(mia);
  assert.deepEqual(
    lines.map(({ title, count, each }) => [title, count, each.length]),
    [['3 leads of yours were rejected', 3, 3]],
  );
  assert.deepEqual((await ask(mia, 'GET', '/notifications/unread')).json(), { count: 1, byKind: [{ kind: 'rejection', count: 1 }] });
  const marked = await ask(mia, 'POST', '/notifications/reading', { ids: lines[0]!.ids });
  assert.deepEqual(marked.json(), { marked: 3 });
  assert.equal((await ask(mia, 'GET', '/notifications/unread')).json().count, 0);
  assert.deepEqual(await list(mia, '?view=unread'), []);
  const theirs = await ask(sam, 'POST', '/notifications/reading', { ids: lines[0]!.ids });
  assert.deepEqual(theirs.json(), { marked: 0 }, 'nobody marks another’s');
});

test('a choice turned off keeps quiet, in the app and by mail; the others stay', async () => {
  const { sue, sam } = company.people;
  const leadId = await company.passed({ name: 'Quinn Quiet' });
  const changed = await ask(sue, 'PATCH', '/notifications/choices', { kinds: { mention: { app: false, mail: 'never', chat: false } } });
  assert.equal(changed.statusCode, 200, changed.body);
  const before = (await titles(sue)).length;
  await mention(sam, sue, leadId);
  await follow();
  assert.equal((await titles(sue)).length, before);
  assert.deepEqual(await mails(sue), []);
  await ask(sue, 'PATCH', '/notifications/choices', { quietHours: null });
  const own = (await ask(sue, 'GET', '/notifications/choices')).json() as OwnChoices;
  assert.deepEqual([own.kinds.mention, own.quietHours, own.kinds.part.mail], [{ app: false, mail: 'never', chat: false }, null, 'atOnce']);
  await ask(sue, 'PATCH', '/notifications/choices', { kinds: { mention: { app: false, mail: 'atOnce', chat: false } } });
  await mention(sam, sue, leadId);
  await follow();
  assert.equal((await titles(sue)).length, before, 'by mail only');
  assert.deepEqual(
    (await mails(sue)).map(({ title }) => title),
    ['Sam mentions you on the lead Quinn Quiet'],
  );
});

test('what leaves the house waits until the quiet hours end, goes as one mail, and not at all when it was read', async () => {
  const { hal, sam } = company.people;
  const leadId = await company.passed({ name: 'Nora Night' });
  for (const _ of [1, 2]) await mention(sam, hal, leadId);
  await follow(evening);
  assert.deepEqual((await list(hal, '?kind=mention')).length, 2, 'in the app at once');
  assert.deepEqual(await mentionsTo(hal), []);
  await tickNotices(database, evening + 8 * 3_600_000);
  assert.deepEqual(await mentionsTo(hal), [], 'five in the morning');
  await tickNotices(database, evening + 10 * 3_600_000 + 1_000);
  const [mail, ...more] = await mentionsTo(hal);
  assert.deepEqual([mail?.title, mail?.points, more], ['Mentions: 2', 2, []]);
  await tickNotices(database, evening + 11 * 3_600_000);
  assert.equal((await mentionsTo(hal)).length, 1, 'once');
  await mention(sam, hal, leadId);
  await follow(evening);
  await ask(hal, 'POST', '/notifications/reading', { kind: 'mention' });
  await tickNotices(database, evening + 12 * 3_600_000);
  assert.equal((await mentionsTo(hal)).length, 1, 'it was read meanwhile');
});

test('who can’t sign in is not written to; who left is told nothing', async () => {
  const { sam, lea } = company.people;
  const [nobody, gone] = [newId(), newId()];
  const leadId = await company.passed({ name: 'Theo There' });
  for (const [id, name, active] of [
    [nobody, 'Nobody', true],
    [gone, 'Gone', true],
  ] as const)
    await within(sql`INSERT INTO members (workspace_id, id, name, email, email_key, side, role, active)
      VALUES (${company.workspaceId}::uuid, ${id}::uuid, ${name}, ${`${name}@x.example`}, ${`${name}@x.example`}, 'sales', 'member', ${active})`);
  for (const memberId of [nobody, gone]) await mention(sam, { ...lea, memberId }, leadId);
  await within(sql`UPDATE members SET active = false WHERE id = ${gone}::uuid`);
  await follow();
  const rows = await within(sql<{ memberId: string; mail: string }>`SELECT member_id AS "memberId", by_mail AS mail FROM notifications
    WHERE member_id IN (${nobody}::uuid, ${gone}::uuid)`);
  assert.deepEqual(rows, [{ memberId: nobody, mail: 'never' }]);
});

test('facts that many record at once, and that commit in any order, are each told once by whoever follows', async () => {
  const { mara, sam } = company.people;
  const leadId = await company.passed({ name: 'Cora Concurrent' });
  const comments: string[] = [];
  const recordOne = async (hold: number): Promise<void> => {
    const id = newId();
    comments.push(id);
    await company.within(async (tx: Tx) => {
      await sql`INSERT INTO comments (workspace_id, id, subject_kind, subject_key, member_id, text, mentions)
        VALUES (${company.workspaceId}::uuid, ${id}::uuid, 'lead', ${leadId}, ${sam.memberId}::uuid, 'x', '{}')`.execute(tx);
      const body = { subjectKind: 'lead', subjectKey: leadId, mentions: [mara.memberId] };
      await recordFact(tx, company.workspaceId, {
        kind: 'comment.made',
        subjectKind: 'comment',
        subjectId: id,
        memberId: sam.memberId,
        body,
      });
      // What is recorded first commits last.
      await sql`SELECT pg_sleep(${hold / 1_000})`.execute(tx);
    });
  };
  const recording = Promise.all(Array.from({ length: 24 }, (_, place) => recordOne((24 - place) * 15)));
  let isRecording = true;
  const following = [1, 2, 3].map(async () => {
    while (isRecording) await follow();
  });
  await recording;
  isRecording = false;
  await Promise.all(following);
  await follow();
  const rows = await within(sql<{ key: string; times: number }>`SELECT once_key AS key, count(*)::int AS times FROM notifications
    WHERE member_id = ${mara.memberId}::uuid AND matter = 'mention' AND title LIKE '%Cora%' GROUP BY once_key`);
  assert.deepEqual(rows.map(({ key }) => key).toSorted(), comments.map((id) => `mention ${id}`).toSorted());
  assert.ok(rows.every(({ times }) => times === 1));
  assert.deepEqual(await within(sql`SELECT 1 FROM untold_facts`), []);
});

test('what rolls back is told to nobody; imports and the past tell nobody', async () => {
  const { mara, sam } = company.people;
  const body = { subjectKind: 'page', subjectKey: 'speed', mentions: [mara.memberId] };
  const fact = { kind: 'comment.made', subjectKind: 'comment', subjectId: newId(), memberId: sam.memberId, body };
  await assert.rejects(
    company.within(async (tx) => {
      await recordFact(tx, company.workspaceId, fact);
      throw new Error('undone');
    }),
  );
  await company.within((tx) => recordFact(tx, company.workspaceId, { ...fact, runId: newId() }));
  assert.deepEqual(await within(sql`SELECT 1 FROM untold_facts`), []);
  const before = (await titles(mara)).length;
  const goal = { week: '2026-03-02', title: 'MQLs', owners: { marketing: mara.memberId, sales: sam.memberId } };
  const missed = { kind: 'goal.paceMissed', subjectKind: 'goal', subjectId: newId(), body: goal };
  await company.within((tx) => recordFact(tx, company.workspaceId, { ...missed, occurredAt: '2026-01-01T00:00:00Z' }));
  await follow();
  assert.equal((await titles(mara)).length, before, 'last January is no news');
  await company.within((tx) => recordFact(tx, company.workspaceId, missed));
  await follow();
  assert.ok((await titles(mara)).includes('The goal MQLs is off its pace'));
});

test('a fact that can’t be told doesn’t keep the others back, and is set aside after five tries', async () => {
  const { hal, sam } = company.people;
  const broken = { kind: 'payoutRun.locked', subjectKind: 'payoutRun', subjectId: newId(), memberId: sam.memberId };
  // A definition version that names no plan: what it tells can't be looked up.
  await company.within((tx) =>
    recordFact(tx, company.workspaceId, { ...broken, kind: 'incentivePlan.signed', subjectKind: 'incentivePlan' }),
  );
  const leadId = await company.passed({ name: 'Bea Behind' });
  await mention(sam, hal, leadId);
  await assert.rejects(follow(), /could not be told/);
  assert.ok((await titles(hal)).includes('Sam mentions you on the lead Bea Behind'));
  assert.deepEqual(await within(sql`SELECT tries FROM untold_facts`), [{ tries: 5 }]);
  await follow();
});

test('an action tells its owner when it is given, on the day it is due and the day after, once each', async () => {
  const { milo, sue, lea } = company.people;
  const id = newId();
  await within(sql`INSERT INTO actions (workspace_id, id, title, owner_id, due_on, first_due_on, made_by)
    SELECT ${company.workspaceId}::uuid, ${id}::uuid, 'Call them', ${sue.memberId}::uuid, d.day, d.day, ${milo.memberId}::uuid
    FROM (SELECT (now() AT TIME ZONE time_zone)::date AS day FROM workspaces WHERE id = ${company.workspaceId}::uuid) d`);
  await company.within((tx) =>
    recordFact(tx, company.workspaceId, { kind: 'action.given', subjectKind: 'action', subjectId: id, memberId: milo.memberId }),
  );
  await follow();
  for (const _ of [1, 2]) await remindOfDays(database, noon);
  await within(sql`UPDATE actions SET due_on = due_on - 1 WHERE id = ${id}::uuid`);
  for (const _ of [1, 2]) await remindOfDays(database, noon);
  const about = (await titles(sue)).filter((title) => title.includes('Call them'));
  assert.deepEqual(
    about.map((title) => title.replace(/until .*:/, 'until …:')),
    ['Late since yesterday: Call them', 'Due today: Call them', 'Milo gives you an action until …: Call them'],
  );
  await within(sql`UPDATE actions SET status = 'done', closed_by = ${lea.memberId}::uuid, closed_at = now() WHERE id = ${id}::uuid`);
});

test('what is done in the app only is told there, and nothing of it leaves the house', async () => {
  const { milo, sam } = company.people;
  const leadId = await company.passed({ name: 'Sam Sample' });
  await inAppOnly(database, company.workspaceId, async () => {
    await mention(sam, milo, leadId);
    await follow();
    assert.ok(!(await titles(milo)).some((title) => title.includes('Sam Sample')), 'nobody is told meanwhile');
  });
  assert.ok((await titles(milo)).includes('Sam mentions you on the lead Sam Sample'));
  await tickNotices(database, noon);
  assert.ok(!(await mails(milo)).some(({ title }) => title.includes('Sam Sample')));
});

test('one’s own room of chat gets what one chose, and is nobody else’s to see', async () => {
  const { mia, milo, lea, sam } = company.people;
  const address = 'https://hooks.slack.com/services/T0/B0/secret-of-mia';
  const named = await ask(mia, 'PUT', '/notifications/room', { kind: 'slack', address });
  assert.equal(named.statusCode, 200, named.body);
  assert.equal(named.json().room.kind, 'slack');
  assert.ok(!named.body.includes('secret-of-mia'));
  await ask(mia, 'PATCH', '/notifications/choices', { kinds: { mention: { app: true, mail: 'never', chat: true } }, quietHours: null });
  await mention(sam, mia, await company.passed({ name: 'Cleo Chat' }));
  await follow();
  const rows = await within(sql<{ channel: string; title: string }>`SELECT o.channel, o.content -> 'message' ->> 'title' AS title
    FROM messages_out o JOIN chat_rooms r ON r.id = o.room_id WHERE r.of_member = ${mia.memberId}::uuid`);
  assert.deepEqual(rows, [{ channel: 'slack', title: 'Sam mentions you on the lead Cleo Chat' }]);
  assert.equal((await ask(milo, 'GET', '/notifications/choices')).json().room, null);
  assert.deepEqual((await ask(lea, 'GET', '/notices/rooms')).json().items, []);
  assert.equal((await ask(mia, 'DELETE', '/notifications/room')).json().room, null);
  const refused = await ask(mia, 'PUT', '/notifications/room', { kind: 'slack', address: 'https://127.0.0.1/hook' });
  assert.equal(refused.statusCode, 400, refused.body);
});
