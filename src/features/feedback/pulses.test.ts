/** Pulses: asked, answered once, counted when over, told only of groups that are large enough, and never more than that. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { fewestTold } from '#engine/candour/tellable.ts';
import { makeSealing } from '#platform/auth/sealing.ts';
import { newId } from '#platform/db/ids.ts';
import type { Role, Side } from '#platform/http/route.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { turnHour } from './actions/tick.ts';

const sealing = makeSealing(() => testSecret);
const day = 86_400_000;
const dayFromNow = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

interface Cell {
  side: string | null;
  teamId: string | null;
  standing: string | null;
  answers: number | null;
  means: Record<string, number> | null;
}

async function ask(who: Colleague, method: string, path: string, body?: unknown, expected = 200) {
  const answer = await world.ask(who, method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.body === '' ? null : answer.json();
}

/** So many of each side; the first of each is its head. */
async function hire(counts: Partial<Record<Side, number>>): Promise<ManyColleagues & { head: Colleague }> {
  const people = Object.entries(counts).flatMap(([side, count]) =>
    Array.from({ length: count }, (_, at) => ({
      name: `${side} ${at}`,
      side: side as Side,
      role: (at === 0 ? 'manager' : 'member') as Role,
    })),
  );
  const company = await hireColleagues(world, people);
  return { ...company, head: company.people[0]! };
}

const open = async (head: Colleague, more: object = {}): Promise<string> =>
  (
    await ask(
      head,
      'POST',
      '/pulses',
      { title: 'Pulse', closesOn: dayFromNow(6), questions: [{ key: 'trust', text: 'Trust?' }], ...more },
      201,
    )
  ).id;
const answer = (who: Colleague, id: string, trust: number, text = '', expected = 200) =>
  ask(who, 'POST', `/pulses/${id}/answers`, { scores: { trust }, text }, expected);
const close = (): Promise<void> => turnHour(world.database, sealing, Date.now() + 7 * day);
const results = (who: Colleague, id: string, search = '', expected = 200) =>
  ask(who, 'GET', `/pulses/${id}/results${search}`, undefined, expected);

test('of four answers nothing is told and nothing kept; of five the mean, and the texts in another order', async () => {
  const four = await hire({ marketing: 4 });
  const five = await hire({ marketing: 5 });
  const [small, large] = [await open(four.head), await open(five.head)];
  for (const [at, who] of four.people.entries()) assert.deepEqual(await answer(who, small, 1 + at, 'We few.'), { counted: true });
  for (const [at, who] of five.people.entries()) await answer(who, large, 1 + at, `Text ${at}.`);
  await close();
  const nothing = await results(four.head, small);
  assert.deepEqual([nothing.cell.answers, nothing.cell.means, nothing.texts], [null, null, []]);
  assert.match(nothing.whyNotShown, /Too few people answered/);
  const told = await results(five.head, large);
  assert.deepEqual([told.cell.answers, told.cell.means, told.whyNotShown], [5, { trust: 3 }, null]);
  assert.deepEqual(
    told.texts.toSorted(),
    [0, 1, 2, 3, 4].map((at) => `Text ${at}.`),
  );
  const { rows } = await world.database.inWorkspace(four.workspaceId, (tx) =>
    sql`SELECT 1 FROM candour_pool UNION ALL SELECT 1 FROM candour_marks UNION ALL SELECT 1 FROM pulse_results WHERE cells <> '[]'`.execute(
      tx,
    ),
  );
  assert.equal(rows.length, 0);
});

test('while it is open nobody is told a result, a count or who has answered; one’s own answer counts once and can’t be found again', async () => {
  const { head, people } = await hire({ sales: 6 });
  const id = await open(head);
  await results(head, id, '', 409);
  for (const who of people.slice(0, 5)) await answer(who, id, 4);
  assert.deepEqual(await answer(people[1]!, id, 1), { counted: false });
  const shown = await ask(people[1]!, 'GET', `/pulses/${id}`);
  assert.deepEqual([shown.answered, (await ask(people[5]!, 'GET', `/pulses/${id}`)).answered], [true, false]);
  assert.ok(!/\d/.test(JSON.stringify({ ...shown, id: '', number: '', opensOn: '', closesOn: '' })), 'no number anywhere');
  await results(head, id, '', 409);
  await close();
  assert.deepEqual((await results(head, id)).cell.means, { trust: 4 });
  await answer(people[5]!, id, 1, '', 409);
});

test('a side is told only if the others are five as well', async () => {
  const company = await hire({ marketing: 6, sales: 4, leadership: 1 });
  const id = await open(company.head);
  for (const who of company.people) await answer(who, id, 3);
  await close();
  const told = await results(company.head, id);
  assert.deepEqual(
    told.sides.map((cell: Cell) => [cell.side, cell.answers]),
    [
      ['marketing', 6],
      ['sales', null],
      ['leadership', null],
    ],
  );
  assert.equal(told.cell.answers, 11);
});

test('both sides are told rather than everybody where leadership would be left alone, and texts all the same', async () => {
  const company = await hire({ marketing: 5, sales: 7, leadership: 2 });
  const id = await open(company.head);
  for (const who of company.people) await answer(who, id, 3, 'Fine.');
  await close();
  const told = await results(company.head, id);
  assert.deepEqual([told.cell.answers, told.sides.map(({ answers }: Cell) => answers), told.texts.length], [null, [5, 7, null], 14]);
});

test('asked for everything, with every two filters, what is told can’t be subtracted to fewer than five', async () => {
  const company = await hire({ marketing: 24, sales: 28, leadership: 3 });
  const teams = await makeTeams(company);
  const id = await open(company.head);
  for (const [at, who] of company.people.entries()) if (at % 5 !== 4) await answer(who, id, 1 + (at % 5));
  await close();
  const answered = company.people.filter((_, at) => at % 5 !== 4);
  const groups: Set<string>[] = [];
  for (const { search, holds } of everyAsk([...teams.keys()])) {
    const { cell } = await results(company.head, id, search);
    const people = answered.filter((who) => holds(who, teams)).map(({ memberId }) => memberId);
    if (cell.answers !== null) {
      assert.equal(cell.answers, people.length, search);
      groups.push(new Set(people));
    }
  }
  assert.ok(groups.length >= 6, `only ${groups.length} groups were told`);
  for (const one of groups)
    for (const other of groups)
      for (const size of [one.difference(other).size, one.intersection(other).size])
        assert.ok(size === 0 || size >= fewestTold, `a difference or an overlap of ${size}`);
});

test('three filters at once are refused', async () => {
  const { head } = await hire({ marketing: 5 });
  const id = await open(head);
  await close();
  const refused = await world.ask(head, 'GET', `/pulses/${id}/results?side=sales&standing=heads&teamId=${newId()}`);
  assert.deepEqual([refused.statusCode, /At most two filters/.test(refused.body)], [400, true]);
});

test('what was told stays: people, sides and teams that change later change nothing', async () => {
  const company = await hire({ marketing: 6, sales: 6 });
  const id = await open(company.head);
  for (const who of company.people) await answer(who, id, 2);
  await close();
  const before = await results(company.head, id);
  await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`UPDATE members SET side = 'sales', active = id = ${company.head.memberId}`.execute(tx),
  );
  await close();
  assert.deepEqual(await results(company.head, id), before);
});

test('one at a time, of three to thirty-one days, opened by heads; each question is answered and no other', async () => {
  const { head, people } = await hire({ marketing: 6 });
  await ask(people[1]!, 'POST', '/pulses', { title: 'Mine', closesOn: dayFromNow(6) }, 403);
  for (const days of [1, 40])
    assert.equal((await ask(head, 'POST', '/pulses', { title: 'Pulse', closesOn: dayFromNow(days) }, 400)).fields[0].at, 'closesOn');
  const id = await open(head);
  await ask(head, 'POST', '/pulses', { title: 'Another', closesOn: dayFromNow(6) }, 409);
  await ask(people[1]!, 'POST', `/pulses/${id}/answers`, { scores: {} }, 400);
  await ask(people[1]!, 'POST', `/pulses/${id}/answers`, { scores: { trust: 3, other: 3 } }, 400);
  await answer(people[1]!, id, 6, '', 400);
});

test('by rhythm one opens a month, once, where enough people are there', async () => {
  const company = await hire({ marketing: 6 });
  await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`INSERT INTO feedback_settings (workspace_id, id, answer_days, anonymous, pulse) VALUES (${company.workspaceId}, ${newId()}, 3, true, '{"every":"month","openDays":7}')`.execute(
      tx,
    ),
  );
  await turnHour(world.database, sealing, Date.now());
  await turnHour(world.database, sealing, Date.now());
  const { items } = await ask(company.head, 'GET', '/pulses');
  assert.deepEqual([items.length, items[0].closesOn, items[0].questions.length], [1, dayFromNow(6), 6]);
  assert.equal((await ask(company.people[1]!, 'GET', '/feedback/today')).pulse.id, items[0].id);
});

test('the trend tells closed ones, oldest first', async () => {
  const company = await hire({ marketing: 5, sales: 5 });
  for (const score of [2, 4]) {
    const id = await open(company.head);
    for (const who of company.people) await answer(who, id, score);
    await close();
  }
  const trend = await ask(company.head, 'GET', '/pulses/trend');
  assert.deepEqual(
    trend.pulses.map((each: { everybody: Cell; sides: Cell[] }) => [
      each.everybody.means!['trust'],
      each.sides.map(({ answers }) => answers),
    ]),
    [
      [2, [5, 5, null]],
      [4, [5, 5, null]],
    ],
  );
});

async function makeTeams(company: ManyColleagues): Promise<Map<string, Set<string>>> {
  const teams = new Map<string, Set<string>>();
  for (const [number, step] of [2, 3, 4].entries()) {
    const id = newId();
    const members = company.people.filter((_, at) => at % step === number % step).map(({ memberId }) => memberId);
    teams.set(id, new Set(members));
    await world.database.inWorkspace(company.workspaceId, async (tx) => {
      await sql`INSERT INTO teams (workspace_id, id, name, side) VALUES (${company.workspaceId}, ${id}, ${`Team ${number}`}, 'sales')`.execute(
        tx,
      );
      await sql`INSERT INTO team_members (workspace_id, team_id, member_id) SELECT ${company.workspaceId}, ${id}, unnest(${members}::uuid[])`.execute(
        tx,
      );
    });
  }
  return teams;
}

interface Asked {
  search: string;
  holds(who: Colleague, teams: ReadonlyMap<string, Set<string>>): boolean;
}

/** Every question with at most two filters. */
function everyAsk(teams: readonly string[]): Asked[] {
  const sides = ['marketing', 'sales', 'leadership'].map((side): Asked => ({ search: `side=${side}`, holds: (who) => who.side === side }));
  const inTeams = teams.map((id): Asked => ({ search: `teamId=${id}`, holds: (who, members) => members.get(id)!.has(who.memberId) }));
  const standings = ['heads', 'others'].map(
    (standing): Asked => ({ search: `standing=${standing}`, holds: ({ role }) => (role === 'manager') === (standing === 'heads') }),
  );
  const kinds = [sides, inTeams, standings];
  const pairs = kinds.flatMap((one, at) =>
    kinds
      .slice(at + 1)
      .flatMap((other) =>
        one.flatMap((a) =>
          other.map(
            (b): Asked => ({ search: `${a.search}&${b.search}`, holds: (who, members) => a.holds(who, members) && b.holds(who, members) }),
          ),
        ),
      ),
  );
  return [{ search: '', holds: () => true } as Asked, ...kinds.flat(), ...pairs].map((each) => ({
    ...each,
    search: each.search && `?${each.search}`,
  }));
}
