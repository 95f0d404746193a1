/** The cost of misalignment through the API: what is missing, what is stated, whose pay is in it, how fresh it is. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import type { CauseName } from '#engine/alignment/cost/causes.ts';
import { join, openStranger, openWorld, type Person, setUpLea, type World } from '#tests/security/world.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import type { CostAnswer, CostCause } from './contract/cost.ts';

let world: World;
let lea: Person;
let mara: Person;
let sam: Person;
let stranger: Person;
before(async () => {
  world = await openWorld();
  lea = await setUpLea(world);
  mara = await join(world, lea, 'Mara', 'marketing', 'manager');
  sam = await join(world, lea, 'Sam', 'sales', 'member');
  stranger = await openStranger(world, lea);
});
after(() => world.close());

const period = 'start=2024-01-01&end=2024-12-31';
const ask = async (person: Person, more = ''): Promise<CostAnswer> => {
  const answer = await world.ask(person, 'GET', `/alignment/cost?${period}${more}`);
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
};
const causeOf = (answer: CostAnswer, name: CauseName): CostCause => answer.causes.find(({ cause }) => cause === name)!;
const run = async <Row = unknown>(text: string, values: unknown[] = []): Promise<Row[]> =>
  (await world.database.inWorkspace(lea.workspaceId as WorkspaceId, (tx) => tx.executeQuery<Row>(CompiledQuery.raw(text, values)))).rows;

test('an empty workspace: not enough data yet, said of every cause, and no amount anywhere', async () => {
  const answer = await ask(sam);
  assert.equal(answer.causes.length, 9);
  for (const { cause, amount, whyNot, recordsUrl } of answer.causes) {
    assert.deepEqual([amount, recordsUrl], [null, null], cause);
    assert.ok(whyNot !== null && whyNot.length > 20, cause);
  }
  assert.deepEqual([answer.total.amount, answer.first, answer.total.without.length], [null, null, 9]);
});

test('what contradicts itself, or is unknown, is refused by name', async () => {
  for (const [query, at] of [
    ['start=2024-02-01&end=2024-01-01', 'end'],
    ['by=rep', 'by'],
    ['segment=SMB', 'segment'],
    ['color=blue', 'color'],
  ] as const) {
    const answer = await world.ask(sam, 'GET', `/alignment/cost?${query}`);
    assert.equal(answer.statusCode, 400, query);
    assert.ok(answer.body.includes(at), answer.body);
  }
  const bad = await world.ask(sam, 'GET', `/alignment/cost/records?cause=neverWorked&${period}&cursor=made-up`);
  assert.equal(bad.statusCode, 400, bad.body);
});

/**
 * 400 leads of Sam, one every 17 hours: tried within half an hour, two of three reached by the first call, half of
 * these SQLs, half of those won at 1,000.00. Between them 20 nobody tried, 12 first tried after four days, 10 rejected.
 */
async function work(): Promise<void> {
  const ids = { ws: lea.workspaceId, sam: sam.memberId };
  const values = [ids.ws, ids.sam];
  await run(`SELECT accord.ensure_month('touches', ('2024-01-01'::date + make_interval(months => m))::date) FROM generate_series(0, 12) m`);
  await run(
    `INSERT INTO leads (workspace_id, id, name, segment, channel, qualifier_id, opened_at, mql_at, sal_at, sql_at, rejected_at, rejected_reason, phone)
      SELECT $1, accord.new_id(), kind || ' ' || i, 'SMB', 'Paid Search', $2, at, at,
        CASE WHEN kind IN ('worked', 'late') THEN at + interval '20 minutes' END, CASE WHEN kind = 'worked' AND i % 3 > 0 AND i % 2 = 0 THEN at + interval '2 days' END,
        CASE WHEN kind = 'rejected' THEN at + interval '1 hour' END, CASE WHEN kind = 'rejected' THEN 'No budget' END, '+49 30 1234'
      FROM (SELECT 'worked' AS kind, i, timestamptz '2024-01-08 09:00Z' + i * interval '17 hours' AS at FROM generate_series(1, 400) i
        UNION ALL SELECT 'never', i, timestamptz '2024-01-08 17:30Z' + (12 + i) * interval '102 hours' FROM generate_series(1, 20) i
        UNION ALL SELECT 'late', i, timestamptz '2024-02-05 10:00Z' + i * interval '5 days' FROM generate_series(1, 12) i
        UNION ALL SELECT 'rejected', i, timestamptz '2024-04-01 10:00Z' + i * interval '3 days' FROM generate_series(1, 10) i) made`,
    values,
  );
  await run(
    `INSERT INTO touches (workspace_id, id, occurred_at, lead_id, member_id, side, kind, direction, outcome)
      SELECT $1, accord.new_id(), l.mql_at + wait, l.id, $2, 'sales', 'call', 'out', outcome
      FROM leads l CROSS JOIN LATERAL (
        SELECT interval '25 minutes' AS wait, CASE WHEN split_part(l.name, ' ', 2)::int % 3 > 0 THEN 'Connected' ELSE 'No answer' END AS outcome WHERE l.name LIKE 'worked%'
        UNION ALL SELECT interval '1 day', 'No answer' WHERE l.name LIKE 'worked%' AND split_part(l.name, ' ', 2)::int % 3 = 0
        UNION ALL SELECT interval '4 days', 'No answer' WHERE l.name LIKE 'late%') t
      WHERE l.workspace_id = $1`,
    values,
  );
  await run(
    `INSERT INTO deals (workspace_id, id, name, lead_id, segment, status, amount, currency, opened_at, closed_at, lost_reason)
      SELECT workspace_id, accord.new_id(), name, id, segment, CASE WHEN i % 4 = 0 THEN 'won' ELSE 'lost' END, 100000, 'EUR', sql_at, sql_at + interval '20 days',
        CASE WHEN i % 4 = 0 THEN NULL WHEN i % 10 = 2 THEN 'Not a fit' ELSE 'Price' END
      FROM (SELECT l.*, split_part(l.name, ' ', 2)::int AS i FROM leads l WHERE l.workspace_id = $1 AND l.sql_at IS NOT NULL) l`,
    [ids.ws],
  );
}

test('every cause from what is on record, greatest first, each with its range and what it rests on', async () => {
  await work();
  const answer = await ask(mara);
  const never = causeOf(answer, 'neverWorked');
  assert.equal(never.count, 20);
  // Two of three reached by one call, half of them SQLs, half of these won at 1,000.00: some 160.00 each.
  assert.ok(Number(never.amount) / 20 > 13_000 && Number(never.amount) / 20 < 30_000, never.amount!);
  assert.ok(BigInt(never.low!) < BigInt(never.amount!) && BigInt(never.amount!) < BigInt(never.high!));
  assert.match(never.says!, /^20 qualified leads were never worked: about €/);
  // Those of the last thirty days are too young to tell.
  assert.match(never.basis, /^370 leads that were tried, passed from 2024-01-09/);
  assert.equal(causeOf(answer, 'slowFirstTouch').count, 12);
  assert.deepEqual(
    answer.causes.map(({ amount }) => (amount === null ? -1n : BigInt(amount))),
    answer.causes.map(({ amount }) => (amount === null ? -1n : BigInt(amount))).toSorted((one, other) => (one < other ? 1 : -1)),
  );
  assert.match(causeOf(answer, 'fitsRejected').whyNot!, /ICP/);
  assert.deepEqual([answer.agreed.promptMinutes, answer.agreed.attempts], [30, 6]);
});

test('the records say who, when, how much and why', async () => {
  const { recordsUrl } = causeOf(await ask(sam), 'neverWorked');
  const first = (await world.ask(sam, 'GET', `${recordsUrl!.replace('/api/v1', '')}&limit=15`)).json();
  const second = (await world.ask(sam, 'GET', `${recordsUrl!.replace('/api/v1', '')}&limit=15&cursor=${first.next}`)).json();
  assert.deepEqual([first.items.length, second.items.length, first.total, second.next], [15, 5, 20, null]);
  assert.equal(new Set([...first.items, ...second.items].map(({ id }: { id: string }) => id)).size, 20);
  const [item] = first.items;
  assert.deepEqual([item.name, item.owner.name, item.segment, item.on], ['never 20', 'Sam', 'SMB', '2024-05-23']);
  assert.match(
    item.why,
    /^Passed and never tried\. A lead of its kind brings €[\d,.]+ once it is reached; 6 prompt attempts reach \d+ of 100\.$/,
  );
});

test('a month and a segment open into their own', async () => {
  const byMonth = causeOf(await ask(sam, '&by=month'), 'neverWorked').parts;
  assert.deepEqual(
    byMonth.map(({ group, count }) => [group, count]),
    [
      ['2024-03', 7],
      ['2024-04', 7],
      ['2024-05', 6],
    ],
  );
  const april = (await world.ask(sam, 'GET', byMonth[1]!.recordsUrl!.replace('/api/v1', ''))).json();
  assert.deepEqual([april.total, april.sum.amount], [7, byMonth[1]!.amount]);
  assert.equal(causeOf(await ask(sam, '&segment="Enterprise"'), 'neverWorked').count, 0);
  assert.equal(causeOf(await ask(sam, '&segment="SMB"&by=segment'), 'neverWorked').parts[0]!.group, 'SMB');
});

test('a call that is recorded now changes the answer asked next', async () => {
  const [lead] = await run<{ id: string }>(`SELECT id FROM leads WHERE workspace_id = $1 AND name = 'never 1'`, [lea.workspaceId]);
  await run(
    `INSERT INTO touches (workspace_id, id, occurred_at, lead_id, member_id, side, kind, direction, outcome)
    SELECT $1, accord.new_id(), mql_at + interval '1 hour', id, $2, 'sales', 'call', 'out', 'Connected' FROM leads WHERE workspace_id = $1 AND id = $3`,
    [lea.workspaceId, sam.memberId, lead!.id],
  );
  assert.equal(causeOf(await ask(sam), 'neverWorked').count, 19);
  await run(
    `UPDATE leads SET recycled_at = mql_at + interval '9 days', changed_xid = pg_current_xact_id() WHERE workspace_id = $1 AND name = 'never 2'`,
    [lea.workspaceId],
  );
  assert.equal(causeOf(await ask(sam), 'neverWorked').count, 18);
});

// ── whose pay is in it ──────────────────────────────────────────────────────

test('the cost of an hour rests on pay: whoever may not see pay sees hours and no amount, until one is stated', async () => {
  const team = await world.ask(lea, 'POST', '/teams', { name: 'SDR', side: 'sales' });
  assert.equal(team.statusCode, 201, team.body);
  await run('INSERT INTO team_members (workspace_id, team_id, member_id) VALUES ($1, $2, $3)', [
    lea.workspaceId,
    team.json().id,
    sam.memberId,
  ]);
  await run(
    `INSERT INTO cost_entries (workspace_id, id, occurred_on, side, category, amount, currency, team_id, booked, booked_currency, people)
    SELECT $1, accord.new_id(), '2024-06-30', 'sales', 'salaries', 6000000, 'EUR', $2, 6000000, 'EUR', 1`,
    [lea.workspaceId, team.json().id],
  );
  const [seen, hidden] = [causeOf(await ask(lea), 'rejectedHours'), causeOf(await ask(mara), 'rejectedHours')];
  // 60,000.00 a year by some 2,090 hours from nine to five, for ten reviews of ten minutes.
  assert.ok(Number(seen.amount) > 4_000 && Number(seen.amount) < 5_500, seen.amount!);
  assert.deepEqual([hidden.amount, hidden.beside[0]!.hours], [null, seen.beside[0]!.hours]);
  assert.match(hidden.whyNot!, /pay, which you may not see/);
  assert.ok(!JSON.stringify(await ask(mara)).includes(seen.amount!), 'nor is it in a total');
  const stated = await world.ask(mara, 'PATCH', '/alignment/cost/settings', { hourlyCost: '4800' });
  assert.equal(stated.statusCode, 200, stated.body);
  const now = causeOf(await ask(sam), 'rejectedHours');
  assert.deepEqual([now.amount, now.low, now.high], ['8000', '8000', '8000'], '100 minutes at 48.00');
});

// ── what is stated ──────────────────────────────────────────────────────────

test('assumptions are stated by heads, version by version; what is left out stays', async () => {
  const first = (await world.ask(sam, 'GET', '/alignment/cost/settings')).json();
  assert.deepEqual([first.number, first.hourlyCost, first.reviewMinutes, first.setBy.name], [1, '4800', 10, 'Mara']);
  assert.match(first.can.set, /heads/);
  assert.deepEqual(first.reasons[0], { reason: 'Price', deals: first.reasons[0].deals, marketing: false });
  assert.equal(first.reasons.find(({ reason }: { reason: string }) => reason === 'Not a fit').marketing, true);
  assert.equal((await world.ask(sam, 'PATCH', '/alignment/cost/settings', { attempts: 3 })).statusCode, 403);
  const second = await world.ask(lea, 'PATCH', '/alignment/cost/settings', { attempts: 1, marketingReasons: ['Price'] });
  assert.deepEqual([second.json().number, second.json().attempts, second.json().hourlyCost], [2, 1, '4800']);
  const answer = await ask(sam);
  assert.deepEqual([answer.agreed.attempts, causeOf(answer, 'tooFewAttempts').count], [1, 0]);
  const facts = await run<{ kind: string; body: { number: number } }>(
    `SELECT kind, body FROM facts WHERE workspace_id = $1 AND kind = 'misalignmentCost.set' ORDER BY recorded_at`,
    [lea.workspaceId],
  );
  assert.deepEqual(
    facts.map(({ body }) => body.number),
    [1, 2],
  );
  const price = causeOf(answer, 'dealsLostForMarketing');
  assert.ok(price.count > 20, 'all deals lost for their price');
  for (const bad of [{ attempts: 0 }, { hourlyCost: '-1' }, { hourlyCost: 48 }, { speed: 1 }, { marketingReasons: [''] }])
    assert.equal((await world.ask(lea, 'PATCH', '/alignment/cost/settings', bad)).statusCode, 400, JSON.stringify(bad));
});

test('a deal lost for marketing counts where its lead does not', async () => {
  const { recordsUrl } = causeOf(await ask(lea), 'dealsLostForMarketing');
  const listed = (await world.ask(lea, 'GET', `${recordsUrl!.replace('/api/v1', '')}&limit=1`)).json();
  assert.match(
    listed.items[0].why,
    /^Lost \(“Price”\) at €1,000\. Deals of its segment that were not lost for such a reason are won in \d+ of 100 cases\.$/,
  );
});

test('another company sees nothing of it', async () => {
  const answer = (await world.ask(stranger, 'GET', `/alignment/cost?${period}`)).json() as CostAnswer;
  assert.ok(answer.causes.every(({ count, amount }) => count === 0 && amount === null));
  assert.equal((await world.ask(stranger, 'GET', '/alignment/cost/settings')).json().number, 0);
});
