/** The alignment index through the API, on records that the tests write themselves: every component, who sees what, what is kept. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import { type ComponentName, componentOf, indexVersion } from '#engine/alignment/index/table.ts';
import { newId } from '#platform/db/ids.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { join, openStranger, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import { paths } from '#ui/paths.ts';
import { keepIndexOf } from './actions/keep-index.ts';
import type { IndexAnswer, IndexComponentAnswer } from './contract/index-answer.ts';
import type { IndexRecords } from './contract/index-records.ts';
import { alignmentJobs } from './jobs.ts';
import { pageAddresses } from './queries/index-opens.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
let rita: Person;
let vera: Person;
let stranger: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'manager');
  rita = await join(world, lea, 'Rita', 'sales', 'member');
  vera = await join(world, lea, 'Vera', 'marketing', 'viewer');
  stranger = await openStranger(world, lea);
});
after(() => world.close());

const run = async <Row = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.database.inWorkspace(lea.workspaceId as WorkspaceId, (tx) => tx.executeQuery<Row>(CompiledQuery.raw(text, values)))).rows;
const ws = (): string => lea.workspaceId;

async function ask(person: Person, more = ''): Promise<IndexAnswer> {
  const answer = await world.ask(person, 'GET', `/alignment/index${more}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}
const componentsOf = ({ activities }: IndexAnswer): IndexComponentAnswer[] => activities.flatMap(({ components }) => components);
const componentIn = (answer: IndexAnswer, name: ComponentName): IndexComponentAnswer =>
  componentsOf(answer).find(({ component }) => component === name)!;
const counts = (answer: IndexAnswer, name: ComponentName): [number, number] => [
  componentIn(answer, name).count,
  componentIn(answer, name).of,
];

async function records(person: Person, url: string): Promise<IndexRecords> {
  const answer = await world.ask(person, 'GET', url.replace('/api/v1', ''));
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}

test('an empty workspace: nothing is measured, nothing is zero, nothing is named', async () => {
  const answer = await ask(vera);
  assert.deepEqual([answer.score, answer.measuredPercent, answer.first, answer.next, answer.moved.change], [null, 0, null, [], null]);
  assert.match(answer.moved.whyNot!, /^Nothing was measured by \d{4}-/);
  for (const { component, score, notYet, begin } of componentsOf(answer)) assert.ok(score === null && notYet && begin, component);
  const board = (await world.ask(vera, 'GET', '/alignment/scoreboard')).json();
  assert.deepEqual([board.index.score, board.cost.amount, board.goals.items, board.agreement.sides.length], [null, null, [], 2]);
});

test('what contradicts itself, or is unknown, is refused by name', async () => {
  for (const [query, at] of [
    ['?on=2999-01-01', 'on'],
    ['?on=2024-01-31&since=2024-01-31', 'since'],
    ['?days=7', 'days'],
    ['?segment=SMB', 'segment'],
    ['?color=blue', 'color'],
    ['/records?component=happiness', 'component'],
    ['/records?component=leadsWorked&cursor=made-up', 'cursor'],
    ['/history?start=2024-02-01&end=2024-01-01', 'end'],
    ['/history?start=2020-01-01&end=2024-01-01', 'start'],
  ] as const) {
    const answer = await world.ask(rita, 'GET', `/alignment/index${query}`);
    assert.equal(answer.statusCode, 400, query);
    assert.ok(answer.body.includes(`"${at}"`), answer.body);
  }
  assert.equal((await world.ask(rita, 'GET', '/alignment/index/records?component=pooled')).statusCode, 404);
});

/** Two leads of a campaign and three without, passed twenty days ago; Rita called one of each, rejected one with and one without a clause. */
async function passLeads(): Promise<void> {
  const campaign = newId();
  await run(`INSERT INTO campaigns (workspace_id, id, name) VALUES ($1, $2, 'Fair')`, [ws(), campaign]);
  await run(`SELECT accord.ensure_month('touches', (now() - make_interval(days => d))::date) FROM generate_series(0, 60, 20) d`);
  await run(
    `INSERT INTO leads (workspace_id, id, name, company, channel, phone, campaign_id, qualifier_id, opened_at, mql_at, sal_at, rejected_at, rejected_reason)
      SELECT $1, accord.new_id(), name, 'Acme', 'Fair', phone, campaign, $2, now() - interval '21 days', now() - interval '20 days',
        CASE WHEN name = 'called' THEN now() - interval '19 days' END, CASE WHEN name LIKE 'rejected%' THEN now() - interval '19 days' END, reason
      FROM (VALUES ('called', '+49 30 1', NULL::uuid, NULL), ('left lying', NULL, $3::uuid, NULL), ('called of the fair', '+49 30 2', $3, NULL),
        ('rejected by clause', '+49 30 3', NULL, 'No budget'), ('rejected', '+49 30 4', NULL, NULL)) l(name, phone, campaign, reason)`,
    [ws(), rita.memberId, campaign],
  );
  await run(
    `INSERT INTO touches (workspace_id, id, occurred_at, lead_id, member_id, side, kind, direction, outcome)
      SELECT $1, accord.new_id(), l.mql_at + interval '10 minutes', l.id, $2::uuid, 'sales', 'call', 'out', 'No answer' FROM leads l WHERE l.workspace_id = $1 AND l.name LIKE 'called%'
      UNION ALL SELECT $1, accord.new_id(), l.mql_at - interval '1 hour', l.id, NULL, 'marketing', 'form', 'in', NULL FROM leads l WHERE l.workspace_id = $1 AND l.name = 'called'`,
    [ws(), rita.memberId],
  );
  await run(
    `INSERT INTO rejections (workspace_id, id, lead_id, version_id, clauses, comment, rejected_by, rejected_at, marketer_id, answer, answered_by, answered_at)
      SELECT $1, accord.new_id(), l.id, accord.new_id(), '{budget}', 'No budget this year.', $2, l.rejected_at, $3, 'agreed', $3, l.rejected_at + interval '2 days'
      FROM leads l WHERE l.workspace_id = $1 AND l.name = 'rejected by clause'`,
    [ws(), rita.memberId, mara.memberId],
  );
}

test('leads: worked, of campaigns, complete, with a history, rejected with reasons and clauses', async () => {
  await passLeads();
  const answer = await ask(rita);
  assert.deepEqual(counts(answer, 'leadsWorked'), [3, 3]);
  assert.deepEqual(counts(answer, 'campaignLeadsFollowed'), [1, 2]);
  assert.deepEqual(counts(answer, 'marketingRecords'), [4, 5]);
  assert.deepEqual(counts(answer, 'contextPassed'), [1, 5]);
  assert.deepEqual(counts(answer, 'reasonsGiven'), [1, 2]);
  assert.deepEqual(counts(answer, 'rejectionsByClause'), [1, 2]);
  assert.deepEqual(counts(answer, 'rejectionsAnswered'), [1, 1]);
  assert.deepEqual(counts(answer, 'leadQuality'), [1, 3]);
  assert.deepEqual(counts(answer, 'outcomesReturned'), [0, 0], 'too young to be due');
  assert.equal(answer.first, null, 'five leads say nothing');
});

test('what is open is named with its lead, and doing it moves the index by what was said', async () => {
  const first = await ask(rita);
  const next = first.next.find(({ component }) => component === 'campaignLeadsFollowed')!;
  assert.deepEqual([next.open, next.items.map(({ name }) => name)], [1, ['left lying, Acme']]);
  const listed = await records(rita, next.recordsUrl!);
  assert.deepEqual(
    listed.items.map(({ name, state, opens }) => [name, state, opens]),
    [['left lying', 'open', next.items[0]!.opens]],
  );
  await run(
    `INSERT INTO touches (workspace_id, id, occurred_at, lead_id, member_id, side, kind, direction, outcome)
      SELECT $1, accord.new_id(), now() - interval '1 minute', l.id, $2, 'sales', 'call', 'out', 'No answer' FROM leads l WHERE l.workspace_id = $1 AND l.name = 'left lying'`,
    [ws(), rita.memberId],
  );
  const then = await ask(rita);
  assert.deepEqual(counts(then, 'campaignLeadsFollowed'), [2, 2]);
  assert.ok(then.score! > first.score!);
});

/** Of four meetings two were held, one with both sides; of two actions one is done in time, of three readers one has read. */
async function meet(): Promise<void> {
  const meetings = [newId(), newId(), newId(), newId()];
  await run(
    `INSERT INTO meetings (workspace_id, id, title, starts_at, minutes, purpose, status)
      SELECT $1, id, 'Weekly ' || at, now() - make_interval(days => at::int * 7), 30, 'weekly', CASE WHEN at <= 2 THEN 'held' WHEN at = 3 THEN 'notHeld' ELSE 'cancelled' END
      FROM unnest($2::uuid[]) WITH ORDINALITY m(id, at)`,
    [ws(), meetings],
  );
  await run(
    `INSERT INTO meeting_attendees (workspace_id, meeting_id, member_id, came_at) VALUES
      ($1, $2, $4, now()), ($1, $2, $5, now()), ($1, $2, $6, NULL), ($1, $3, $4, now()), ($1, $3, $5, NULL)`,
    [ws(), meetings[0], meetings[1], mara.memberId, sam.memberId, rita.memberId],
  );
  await run(
    `INSERT INTO actions (workspace_id, id, title, owner_id, due_on, first_due_on, moves, status, made_by, closed_at) VALUES
      ($1, accord.new_id(), 'Mend the form', $2, current_date - 10, current_date - 10, 0, 'done', $2, now() - interval '12 days'),
      ($1, accord.new_id(), 'Put off', $3, current_date - 2, current_date - 20, 2, 'done', $2, now() - interval '3 days'),
      ($1, accord.new_id(), 'Dropped', $3, current_date - 2, current_date - 20, 0, 'dropped', $2, now() - interval '3 days'),
      ($1, accord.new_id(), 'Soon', $3, current_date + 3, current_date + 3, 0, 'open', $2, NULL)`,
    [ws(), mara.memberId, rita.memberId],
  );
  const announcement = newId();
  await run(
    `INSERT INTO announcements (workspace_id, id, title, text, audience, needs_acknowledgement, made_by, made_at)
      VALUES ($1, $2, 'A new MQL', 'From Monday.', '{}', true, $3, now() - interval '10 days')`,
    [ws(), announcement, mara.memberId],
  );
  await run(
    `INSERT INTO announcement_readers (workspace_id, announcement_id, member_id, acknowledged_at) VALUES
      ($1, $2, $3, now() - interval '9 days'), ($1, $2, $4, now() - interval '1 day'), ($1, $2, $5, NULL)`,
    [ws(), announcement, sam.memberId, rita.memberId, lea.memberId],
  );
}

test('meetings, who came, actions by the day agreed first, announcements', async () => {
  await meet();
  const answer = await ask(sam);
  assert.deepEqual(counts(answer, 'meetingsHeld'), [2, 4]);
  assert.deepEqual(counts(answer, 'attended'), [3, 5]);
  assert.deepEqual(counts(answer, 'bothSidesPresent'), [1, 2]);
  assert.deepEqual(counts(answer, 'actionsClosed'), [1, 2]);
  assert.deepEqual(counts(answer, 'announcementsAcknowledged'), [1, 3]);
  const soon = answer.next.find(({ component }) => component === 'actionsClosed')!;
  assert.deepEqual(
    soon.items.map(({ name, opens }) => [name, opens]),
    [['Soon', '/meetings/actions']],
  );
});

/** Mara gives Rita criticism that was answered in time and settled; Sam gives Mara some that was not answered; praise both ways. */
async function criticise(): Promise<void> {
  const lead = (await run<{ id: string }>(`SELECT id FROM leads WHERE workspace_id = $1 AND name = 'called'`, [ws()]))[0]!.id;
  await run(
    `INSERT INTO feedback (workspace_id, id, tone, subject_kind, subject_id, record_kind, record_id, to_side, to_member, from_member, from_side, behaviour, given_on, given_at,
        state, due_at, answered_by, answered_at, answered_in_time, changed_on)
      SELECT $1, accord.new_id(), tone, 'lead', $2, 'lead', $2, to_side, to_member::uuid, from_member::uuid, from_side, 'Called late.', (now() - interval '9 days')::date, now() - interval '9 days',
        state, CASE WHEN tone = 'criticism' THEN now() - interval '6 days' END, CASE WHEN in_time THEN to_member::uuid END, CASE WHEN in_time THEN now() - interval '7 days' END, in_time, current_date
      FROM (VALUES ('criticism', 'sales', $3, $4, 'marketing', 'confirmed', true), ('criticism', 'marketing', $4, $5, 'sales', 'given', NULL),
        ('praise', 'sales', $3, $4, 'marketing', 'given', NULL), ('praise', 'sales', $5, $4, 'marketing', 'given', NULL)) f(tone, to_side, to_member, from_member, from_side, state, in_time)`,
    [ws(), lead, rita.memberId, mara.memberId, sam.memberId],
  );
}

test('criticism: answered in time, settled, both ways; whose it is only those see who may', async () => {
  await criticise();
  const answer = await ask(vera);
  assert.deepEqual(counts(answer, 'feedbackAnswered'), [1, 2]);
  assert.deepEqual(counts(answer, 'feedbackSettled'), [1, 1]);
  assert.deepEqual(counts(answer, 'bothWays'), [2, 4]);
  const url = componentIn(answer, 'feedbackAnswered').recordsUrl!;
  const [seen, hidden] = [await records(lea, url), await records(vera, url)];
  assert.deepEqual([seen.items.length, seen.hidden], [2, { records: 0, count: 0, of: 0 }]);
  assert.deepEqual([hidden.items, hidden.total, hidden.hidden], [[], 0, { records: 2, count: 1, of: 2 }]);
  assert.deepEqual(hidden.sum, { count: 1, of: 2 }, 'the number adds up for everybody');
  const own = await records(rita, url);
  assert.deepEqual([own.items.length, own.hidden.records], [1, 1], 'Rita sees what was given to her');
});

test('proposals and versions of what both sign', async () => {
  await run(
    `INSERT INTO proposals (workspace_id, id, kind, title, state, proposed_by, proposed_at, due_at, due_on, first_answer_at) VALUES
      ($1, accord.new_id(), 'content', 'In time', 'planned', $2, now() - interval '20 days', now() - interval '15 days', current_date - 15, now() - interval '16 days'),
      ($1, accord.new_id(), 'content', 'Late', 'open', $2, now() - interval '20 days', now() - interval '15 days', current_date - 15, NULL),
      ($1, accord.new_id(), 'content', 'Of marketing', 'open', $3, now() - interval '20 days', now() - interval '15 days', current_date - 15, NULL)`,
    [ws(), rita.memberId, mara.memberId],
  );
  await run(
    `INSERT INTO definition_versions (workspace_id, id, term, number, status, text, rule, proposed_at, signed_at) VALUES
      ($1, accord.new_id(), 'mql', 1, 'signed', 'x', '{"all": []}', now() - interval '20 days', now() - interval '15 days'),
      ($1, accord.new_id(), 'sal', 1, 'proposed', 'x', '{"all": []}', now() - interval '20 days', NULL),
      ($1, accord.new_id(), 'sql', 1, 'proposed', 'x', '{"all": []}', now() - interval '10 days', NULL)`,
    [ws()],
  );
  const answer = await ask(sam);
  assert.deepEqual(counts(answer, 'proposalsAnswered'), [1, 2]);
  assert.deepEqual(counts(answer, 'versionsDecided'), [1, 2]);
  assert.equal(componentIn(answer, 'versionsDecided').open, 1);
});

test('the records behind every number add up to it, page by page', async () => {
  const answer = await ask(lea);
  let opened = 0;
  for (const { component, recordsUrl, count, of } of componentsOf(answer)) {
    if (recordsUrl === null) continue;
    opened++;
    const sums = { count: 0, of: 0 };
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: IndexRecords = await records(lea, `${recordsUrl}&limit=1${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      for (const item of page.items) {
        sums.count += item.count;
        sums.of += item.of;
      }
      assert.deepEqual(page.sum, { count, of }, component);
      cursor = page.next;
    }
    assert.deepEqual(sums, { count, of }, component);
  }
  assert.ok(opened >= 15, `${opened}`);
});

test('addresses are those of the web app', () => {
  for (const [page, address] of Object.entries(pageAddresses)) assert.equal(address, paths[page as keyof typeof pageAddresses](), page);
});

// ── what is kept ────────────────────────────────────────────────────────────

const dayBefore = (day: string, days: number): string => Temporal.PlainDate.from(day).subtract({ days }).toString();

test('a day is kept once as it was observed; days gone by are computed; nothing of it can be changed', async () => {
  const { on, score } = await ask(lea);
  const workspaceId = lea.workspaceId as WorkspaceId;
  await keepIndexOf(world.database, workspaceId, [dayBefore(on, 7), dayBefore(on, 1), on]);
  await keepIndexOf(world.database, workspaceId, [on]);
  const history = (await world.ask(vera, 'GET', '/alignment/index/history')).json();
  assert.deepEqual(
    history.points.map(({ on: day, kind, version }: { on: string; kind: string; version: string }) => [day, kind, version]),
    [
      [dayBefore(on, 7), 'computed', indexVersion],
      [dayBefore(on, 1), 'computed', indexVersion],
      [on, 'observed', indexVersion],
    ],
  );
  assert.equal(history.points.at(-1).score, score);
  assert.equal(history.points.at(-1).activities.length, 6);
  for (const change of ['UPDATE alignment_snapshots SET index_hundredths = 10000', 'DELETE FROM alignment_snapshots'])
    await assert.rejects(run(change), /permission denied/);
});

test('history stands under the formula of its day: a new formula writes beside it', async () => {
  const { on } = await ask(lea);
  await run(
    `INSERT INTO alignment_snapshots (workspace_id, id, on_day, kind, version, days, index_hundredths, content)
      VALUES ($1, accord.new_id(), $2, 'observed', 'index-0', 90, 1234, '{"measuredPercent": 50, "activities": {"share": 12.34}, "components": {"leadsWorked": {"count": 1, "of": 2}}}')`,
    [ws(), dayBefore(on, 7)],
  );
  const { points } = (await world.ask(vera, 'GET', `/alignment/index/history?start=${dayBefore(on, 7)}&end=${dayBefore(on, 7)}`)).json();
  assert.deepEqual(
    points.map(({ version, kind }: { version: string; kind: string }) => [version, kind]),
    [
      ['index-0', 'observed'],
      [indexVersion, 'computed'],
    ],
  );
  assert.equal(points[0].score, 12.34);
  assert.equal((await ask(lea)).moved.basis, 'computed', 'another formula is no measure of what moved');
});

test('what moved it is told against the day as it was kept, and adds up', async () => {
  const { on } = await ask(lea);
  const since = dayBefore(on, 5);
  const then = componentsOf(await ask(lea, `?on=${since}`)).filter(({ of }) => of > 0);
  const components = Object.fromEntries(then.map(({ component, count, of }) => [component, { count: Math.floor(count / 2), of }]));
  await run(
    `INSERT INTO alignment_snapshots (workspace_id, id, on_day, kind, version, days, index_hundredths, content)
      VALUES ($1, accord.new_id(), $2, 'observed', $3, 90, 0, $4::jsonb)`,
    [ws(), since, indexVersion, JSON.stringify({ measuredPercent: 50, activities: {}, components })],
  );
  const { moved, score } = await ask(lea, `?since=${since}`);
  assert.deepEqual([moved.basis, moved.to], ['snapshot', score]);
  assert.ok(moved.change! > 0 && moved.lines.length >= 3);
  assert.equal(
    moved.lines.reduce((sum, { points }) => sum + Math.round(points * 100), 0),
    Math.round(moved.change! * 100),
  );
  for (const { component, label } of moved.lines) if (component) assert.equal(label, componentOf(component).label);
});

// ── who sees it ─────────────────────────────────────────────────────────────

test('the scoreboard says the same to everybody, and nothing to another company', async () => {
  const [one, other] = [
    (await world.ask(vera, 'GET', '/alignment/scoreboard')).json(),
    (await world.ask(lea, 'GET', '/alignment/scoreboard')).json(),
  ];
  assert.deepEqual(one, other);
  assert.equal(one.index.score, (await ask(lea)).score);
  const theirs = await ask(stranger);
  assert.ok(componentsOf(theirs).every(({ of }) => of === 0));
  assert.equal((await world.ask(stranger, 'GET', '/alignment/index/history')).json().points.length, 0);
  assert.equal((await world.ask(undefined, 'GET', '/alignment/index')).statusCode, 401);
});

// ── later work ──────────────────────────────────────────────────────────────

test('the job keeps yesterday where nobody did, once, and an imported past has a history at once', async () => {
  const other = stranger;
  const { on } = await ask(other);
  const kept = async (): Promise<string[]> =>
    (await (await world.ask(other, 'GET', '/alignment/index/history')).json()).points.map(({ on: day }: { on: string }) => day);
  const jobs = alignmentJobs(world.database);
  await jobs['alignment:past']!({ workspaceId: other.workspaceId });
  assert.deepEqual(await kept(), [], 'no lead was passed');
  await world.database.inWorkspace(other.workspaceId as WorkspaceId, (tx) =>
    tx.executeQuery(
      CompiledQuery.raw(
        `INSERT INTO leads (workspace_id, id, name, opened_at, mql_at) SELECT $1, accord.new_id(), 'x', now() - interval '40 days', now() - interval '40 days'`,
        [other.workspaceId],
      ),
    ),
  );
  await jobs['alignment:past']!({ workspaceId: other.workspaceId });
  const past = [5, 4, 3, 2, 1].map((weeks) => dayBefore(on, weeks * 7));
  assert.deepEqual(await kept(), past, 'from when something was there to measure');
  await jobs['alignment:index']!({});
  const then = await kept();
  assert.deepEqual(
    then.filter((day) => day !== on),
    [...past, dayBefore(on, 1)],
  );
  await jobs['alignment:index']!({});
  await jobs['alignment:past']!({ workspaceId: other.workspaceId });
  assert.deepEqual(await kept(), then, 'each once');
});
