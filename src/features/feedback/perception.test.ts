/** Perception and evidence: guessed before it is shown, told by side when the month is over, beside what it is. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { makeSealing } from '#platform/auth/sealing.ts';
import { newId } from '#platform/db/ids.ts';
import { type Colleague, hireColleagues, type ManyColleagues } from '#tests/support/colleagues.ts';
import { openWorld, testSecret, type World } from '#tests/security/world.ts';
import { turnHour } from './actions/tick.ts';
import { monthOf } from './queries/perception-months.ts';

const sealing = makeSealing(() => testSecret);

let world: World;
let company: ManyColleagues;
before(async () => {
  world = await openWorld();
  company = await hireColleagues(
    world,
    Array.from({ length: 12 }, (_, at) => ({
      name: `Colleague ${at}`,
      side: at < 6 ? ('marketing' as const) : at < 11 ? ('sales' as const) : ('leadership' as const),
    })),
  );
  await closeDeals(['won', 'won', 'lost']);
});
after(() => world.close());

/** Two won, one of them by a campaign, and one lost, in the months that are guessed. */
async function closeDeals(statuses: readonly string[]): Promise<void> {
  const { end } = monthOf(new Date().toISOString().slice(0, 10));
  const campaign = newId();
  await world.database.inWorkspace(company.workspaceId, async (tx) => {
    await sql`INSERT INTO campaigns (workspace_id, id, name) VALUES (${company.workspaceId}, ${campaign}, 'Spring fair')`.execute(tx);
    for (const [at, status] of statuses.entries())
      await sql`INSERT INTO deals (workspace_id, id, name, status, amount, currency, opened_at, closed_at, campaign_id) VALUES (${company.workspaceId}, ${newId()}, ${`Deal ${at}`}, ${status},
        ${at === 0 ? 300_00 : 100_00}, 'EUR', ${`${end}T08:00:00Z`}, ${`${end}T09:00:00Z`}, ${at === 0 ? campaign : null})`.execute(tx);
  });
}

async function ask(who: Colleague, method: string, path: string, body?: unknown, expected = 200) {
  const answer = await world.ask(who, method, path, body);
  assert.equal(answer.statusCode, expected, answer.body);
  return answer.json();
}
interface Item {
  metric: string;
  state: string;
  truth: { value: number | null; why: string | null; recordsUrl: string } | null;
}
const itemOf = (list: Item[], metric: string): Item => list.find((each) => each.metric === metric)!;

test('a number is not shown before it was guessed or passed, and is from then on', async () => {
  const [who, other] = [company.people[0]!, company.people[1]!];
  const before = await ask(who, 'GET', '/perception');
  assert.ok(before.items.every((item: Item) => item.state === 'toGuess' && item.truth === null));
  assert.equal((await ask(who, 'GET', '/feedback/today')).toGuess, before.items.length);
  const { counted, item } = await ask(who, 'POST', '/perception/guesses', { metric: 'winRate', value: 40 });
  assert.deepEqual([counted, item.state, item.truth.value], [true, 'seen', 66.7]);
  assert.equal(
    (await ask(who, 'POST', '/perception/guesses', { metric: 'winRate', value: 66 })).counted,
    false,
    'who has seen it guesses no more',
  );
  const passed = await ask(who, 'POST', '/perception/guesses', { metric: 'revenueShare', value: null });
  assert.deepEqual([passed.counted, passed.item.truth.value], [false, 75]);
  const after = (await ask(who, 'GET', '/perception')).items;
  assert.deepEqual([itemOf(after, 'winRate').truth!.value, itemOf(after, 'leadQuality').truth], [66.7, null]);
  assert.equal(
    itemOf((await ask(other, 'GET', '/perception')).items, 'winRate').truth,
    null,
    'another’s guess shows nobody else the number',
  );
});

test('the number opens into what it was taken from', async () => {
  const item = itemOf((await ask(company.people[0]!, 'GET', '/perception')).items, 'winRate');
  const opened = await ask(company.people[0]!, 'GET', item.truth!.recordsUrl.replace('/api/v1', ''));
  assert.equal(Math.round(opened.total.figures.winRate.value * 1000) / 10, item.truth!.value);
});

test('what is not a number says why, and a guess beyond all bounds is refused', async () => {
  const { item } = await ask(company.people[2]!, 'POST', '/perception/guesses', { metric: 'leadQuality', value: 100 });
  assert.deepEqual([item.truth.value, item.truth.why], [null, 'Sales decided on no lead.']);
  await ask(company.people[3]!, 'POST', '/perception/guesses', { metric: 'winRate', value: 101 }, 400);
  await ask(company.people[3]!, 'POST', '/perception/guesses', { metric: 'winRate', value: -1 }, 400);
});

test('while the month runs no gap is told; afterwards each side of five and more, and no single guess is left', async () => {
  for (const [at, who] of company.people.entries())
    if (at > 0) await ask(who, 'POST', '/perception/guesses', { metric: 'winRate', value: at < 6 ? 20 + at : 80 });
  assert.deepEqual((await ask(company.people[0]!, 'GET', '/perception/gaps')).periods, []);
  const nextMonth = Date.parse(
    `${Temporal.PlainDate.from(`${monthOf(new Date().toISOString().slice(0, 10)).period}-01`).add({ months: 1 })}T12:00:00Z`,
  );
  await turnHour(world.database, sealing, nextMonth);
  const gaps = await ask(company.people[0]!, 'GET', '/perception/gaps');
  assert.equal(gaps.period, monthOf(new Date().toISOString().slice(0, 10)).period);
  const winRate = gaps.items.find((item: Item) => item.metric === 'winRate');
  assert.equal(winRate.truth.value, 66.7);
  assert.deepEqual(winRate.sides[0], { side: 'marketing', guesses: 6, median: 23.5, low: 20, high: 40 });
  assert.deepEqual(
    winRate.sides[1],
    { side: 'sales', guesses: 5, median: 80, low: 80, high: 85 },
    'all guessed the same, and it does not say so',
  );
  assert.deepEqual([winRate.everybody.guesses, winRate.sides[2].guesses], [null, null], 'everybody would leave leadership’s one alone');
  const { rows } = await world.database.inWorkspace(company.workspaceId, (tx) =>
    sql`SELECT 1 FROM candour_pool UNION ALL SELECT 1 FROM candour_marks`.execute(tx),
  );
  assert.equal(rows.length, 0);
  await ask(company.people[0]!, 'GET', '/perception/gaps?period=2020-01', undefined, 404);
});
