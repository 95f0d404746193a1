/** Comments and mentions: who may, who is told, and what stays of them. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import pg from 'pg';
import { newId } from '#platform/db/ids.ts';
import { hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, type World } from '#tests/security/world.ts';
import { followFacts } from './actions/follow-facts.ts';
import type { CommentPage, Mentionable } from './contract/comments.ts';
import type { NotificationPage } from './contract/notifications.ts';

let world: World;
let company: ManyColleagues;
let leadId: string;

before(async () => {
  world = await openWorld();
  company = await hireColleagues(world, [
    { name: 'Lea', side: 'leadership', role: 'owner' },
    { name: 'Mara', side: 'marketing' },
    { name: 'Sam', side: 'sales' },
    { name: 'Sue', side: 'sales' },
    { name: 'Vic', side: 'sales', role: 'viewer' },
  ]);
  const made = await ask('Mara', 'POST', '/leads', { name: 'Ada Lind', company: 'Lind', ownerId: idOf('Sam') });
  leadId = made.json().id;
});
after(() => world.close());

const idOf = (name: string): string => company.get(name).memberId;
const ask = (name: string, method: string, path: string, body?: unknown) => world.ask(company.get(name), method, path, body);
const onLead = () => ({ subjectKind: 'lead', subjectKey: leadId });
const say = async (name: string, text: string, about: object = onLead()) => {
  const answer = await ask(name, 'POST', '/comments', { ...about, text });
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json() as CommentPage['items'][number];
};
const follow = () => followFacts(world.database, company.workspaceId, { at: Date.now() });
const toldTo = async (name: string): Promise<string[]> => {
  await follow();
  const { items } = (await ask(name, 'GET', '/notifications')).json() as NotificationPage;
  return items.flatMap((line) => (line.each.length > 0 ? line.each.map(({ title }) => title) : [line.title]));
};
const comments = async (name: string, about = onLead()): Promise<CommentPage> =>
  (await ask(name, 'GET', `/comments?subjectKind=${about.subjectKind}&subjectKey=${about.subjectKey}`)).json();

test('a comment stands on its record, and whom it mentions is told once, by the name of who wrote it', async () => {
  const said = await say('Mara', `@[${idOf('Sue')}] do you know them?`);
  assert.deepEqual(said.mentions, [{ id: idOf('Sue'), name: 'Sue' }]);
  assert.deepEqual(await toldTo('Sue'), ['Mara mentions you on the lead Ada Lind']);
  assert.deepEqual(await toldTo('Sue'), ['Mara mentions you on the lead Ada Lind'], 'following again tells nobody twice');
  assert.deepEqual(await toldTo('Sam'), ['Mara comments on the lead Ada Lind'], 'it is Sam’s lead');
  assert.deepEqual(await toldTo('Mara'), [], 'nobody is told of their own deed');
});

test('who took part is told of the next comment, and who wrote it is not', async () => {
  await say('Sam', 'I called them.');
  assert.ok((await toldTo('Mara')).includes('Sam comments on the lead Ada Lind'));
  assert.ok(!(await toldTo('Sam')).includes('Sam comments on the lead Ada Lind'));
  assert.deepEqual(await toldTo('Lea'), [], 'Lea has nothing to do with it');
});

test('a comment is changed by whoever wrote it while it is fresh, and only new mentions are told', async () => {
  const said = await say('Sue', 'Ask somebody.');
  const others = await ask('Mara', 'PATCH', `/comments/${said.id}`, { text: 'No.' });
  assert.equal(others.statusCode, 403, others.body);
  const changed = await ask('Sue', 'PATCH', `/comments/${said.id}`, { text: `Ask @[${idOf('Lea')}].` });
  assert.equal(changed.statusCode, 200, changed.body);
  assert.deepEqual(await toldTo('Lea'), ['Sue mentions you on the lead Ada Lind']);
  await asOwner(`UPDATE accord.comments SET said_at = now() - interval '11 minutes' WHERE id = '${said.id}'`);
  const late = await ask('Sue', 'PATCH', `/comments/${said.id}`, { text: 'Too late.' });
  assert.equal(late.statusCode, 409);
  assert.match(late.json().detail, /within 10 minutes/);
});

test('one that is taken back leaves a stone without words, and what was not told yet is never told', async () => {
  const said = await say('Sue', `@[${idOf('Vic')}] look at this.`);
  const gone = await ask('Sue', 'POST', `/comments/${said.id}/removal`);
  assert.equal(gone.statusCode, 200, gone.body);
  assert.equal(gone.json().text, '');
  assert.deepEqual(await toldTo('Vic'), []);
  const { items, total } = await comments('Mara');
  assert.equal(items.find(({ id }) => id === said.id)?.text, '');
  assert.equal(total, items.filter(({ removedAt }) => removedAt === null).length);
});

test('viewers read and don’t write; a record of nobody’s, or none at all, has no comments', async () => {
  assert.equal((await comments('Vic')).can.comment, 'Viewers read comments; members and heads write them.');
  assert.equal((await ask('Vic', 'POST', '/comments', { ...onLead(), text: 'Me too.' })).statusCode, 403);
  for (const [subjectKind, subjectKey] of [
    ['lead', newId()],
    ['lead', 'nonsense'],
    ['page', 'nowhere'],
    ['statement', `${newId()}~${newId()}`],
  ])
    assert.equal((await ask('Mara', 'POST', '/comments', { subjectKind, subjectKey, text: 'Hello.' })).statusCode, 404, `${subjectKind}`);
  const stranger = await hireColleagues(world, [{ name: 'Otto', side: 'sales' }]);
  for (const id of [newId(), stranger.get('Otto').memberId]) {
    const answer = await ask('Mara', 'POST', '/comments', { ...onLead(), text: `@[${id}] look.` });
    assert.equal(answer.statusCode, 400, 'somebody of another company, or of none, is mentioned by nobody');
  }
});

test('what only some may read is commented on by them, mentions them, and tells them: others are neither offered nor told', async () => {
  const statement = await makeStatement(idOf('Sam'));
  const about = { subjectKind: 'statement', subjectKey: statement };
  const query = `/comments/mentionable?subjectKind=statement&subjectKey=${encodeURIComponent(statement)}`;
  const offered = (await ask('Lea', 'GET', query)).json() as { items: Mentionable[] };
  assert.deepEqual(
    offered.items.map(({ name }) => name),
    ['Sam'],
    'Mara, Sue and Vic don’t see what Sam earns',
  );
  assert.equal((await ask('Sue', 'GET', query)).statusCode, 403);
  assert.equal((await ask('Sue', 'POST', '/comments', { ...about, text: 'How much?' })).statusCode, 403);
  const refused = await ask('Lea', 'POST', '/comments', { ...about, text: `@[${idOf('Sue')}] look.` });
  assert.equal(refused.statusCode, 400);
  assert.match(refused.json().detail, /Sue doesn’t see this/);
  const said = await say('Lea', 'Well done.', about);
  assert.ok((await toldTo('Sam')).some((title) => title.startsWith('Lea comments on the statement of Sam for')));
  assert.equal((await ask('Sue', 'POST', `/comments/${said.id}/removal`)).statusCode, 404, 'nor is it told that it is there');
});

test('who lost the right to read it between a mention and its telling is told nothing', async () => {
  const statement = await makeStatement(idOf('Sue'), '2026-04');
  const about = { subjectKind: 'statement', subjectKey: statement };
  await within(sql`UPDATE members SET role = 'manager' WHERE id = ${idOf('Sam')}::uuid`);
  await say('Lea', `@[${idOf('Sam')}] is that right?`, about);
  await within(sql`UPDATE members SET role = 'member' WHERE id = ${idOf('Sam')}::uuid`);
  assert.ok(!(await toldTo('Sam')).some((title) => title.includes('statement of Sue')));
});

test('a page reads on from where the one before ended, and those who can sign in are offered first', async () => {
  for (const text of ['One.', 'Two.', 'Three.']) await say('Mara', text, { subjectKind: 'page', subjectKey: 'speed' });
  const first = (await ask('Sam', 'GET', '/comments?subjectKind=page&subjectKey=speed&limit=2')).json() as CommentPage;
  const second = (
    await ask('Sam', 'GET', `/comments?subjectKind=page&subjectKey=speed&limit=2&cursor=${first.next}`)
  ).json() as CommentPage;
  assert.deepEqual(
    [...first.items, ...second.items].map(({ text }) => text),
    ['Three.', 'Two.', 'One.'],
  );
  assert.deepEqual([first.total, second.next], [3, null]);
  const found = (await ask('Sam', 'GET', '/comments/mentionable?subjectKind=page&subjectKey=speed&search=ma')).json() as {
    items: Mentionable[];
  };
  assert.deepEqual(
    found.items.map(({ name }) => name),
    ['Mara'],
  );
});

const within = (statement: ReturnType<typeof sql>) => world.database.inWorkspace(company.workspaceId, (tx) => statement.execute(tx));

/** What no verb of the product does: let time pass. */
async function asOwner(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: world.ownerUrl });
  await client.connect();
  await client.query(`SELECT set_config('app.workspace', $1, false)`, [company.workspaceId]);
  await client.query(statement).finally(() => client.end());
}

/** A locked run that pays somebody of sales. @returns the statement's key */
async function makeStatement(memberId: string, month = '2026-03'): Promise<string> {
  const [runId, planId, versionId] = [newId(), newId(), newId()];
  const ws = company.workspaceId;
  await within(sql`INSERT INTO incentive_plans (workspace_id, id) VALUES (${ws}::uuid, ${planId}::uuid)`);
  await within(sql`INSERT INTO incentive_plan_versions (workspace_id, id, plan_id, number, status, content, period_kind)
    VALUES (${ws}::uuid, ${versionId}::uuid, ${planId}::uuid, 1, 'draft', '{}', 'month')`);
  await within(sql`INSERT INTO payout_runs (workspace_id, id, kind, status, period_kind, period_start, period_end, started_by)
    VALUES (${ws}::uuid, ${runId}::uuid, 'regular', 'draft', 'month', ${`${month}-01`}::date, ${`${month}-28`}::date, ${idOf('Lea')}::uuid)`);
  await within(sql`INSERT INTO statement_lines (workspace_id, id, run_id, attempt, line_no, line_key, version_id, member_id, side, component, kind, amount, currency, period_start, content)
    VALUES (${ws}::uuid, ${newId()}::uuid, ${runId}::uuid, 0, 1, 'one', ${versionId}::uuid, ${memberId}::uuid, 'sales', 'rate', 'rate', 100, 'EUR', '2026-03-01', '{}')`);
  await within(
    sql`UPDATE payout_runs SET status = 'locked', locked_by = ${idOf('Lea')}::uuid, locked_at = now() WHERE id = ${runId}::uuid`,
  );
  return `${runId}~${memberId}`;
}
