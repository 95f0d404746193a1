/** Sums of the ledger: whatever the grouping, whatever is spread, they add up to the entries, to the unit. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { inside, type Person } from '#tests/security/world.ts';
import { cost, type LedgerWorld, openLedger } from '#tests/support/ledger.ts';
import { bookWaiting } from './actions/book.ts';
import { categoriesOf, costGroupings, type CostSummary, payCategories } from './contract/ledger.ts';

let world: LedgerWorld;
let campaigns: string[];
let entries: Entry[];
interface Entry {
  readonly id: string;
  readonly occurred_on: string;
  readonly side: 'marketing' | 'sales';
  readonly category: string;
  readonly amount: number;
  readonly currency: string;
  readonly campaign_id: string | null;
  readonly team_id: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly supplier: string | null;
}

/** A generator of its own, so that every run is the same (Park and Miller, 1988). */
function chance(seed: number): { below(n: number): number; of<T>(items: readonly T[]): T } {
  let state = seed;
  const below = (n: number): number => (state = (state * 48_271) % 2_147_483_647) % n;
  return { below, of: (items) => items[below(items.length)]! };
}

before(async () => {
  world = await openLedger();
  const { lea, send } = world;
  campaigns = [];
  for (const name of ['Fair', 'Search', 'Webinar'])
    campaigns.push((await send(lea, 'POST', '/campaigns', { name, ...(name === 'Search' && { channel: 'search' }) })).id);
  const team = (await send(lea, 'POST', '/teams', { name: 'North', side: 'sales' })).id;
  await send(lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2025-01-01', rate: '1.0637' });
  const { of, below } = chance(20_260_101);
  entries = Array.from({ length: 600 }, () => {
    const side = of(['marketing', 'sales'] as const);
    return {
      ...{
        id: newId(),
        side,
        category: of(categoriesOf[side]),
        occurred_on: `2025-0${1 + below(6)}-${String(1 + below(28)).padStart(2, '0')}`,
      },
      ...{ amount: below(999_983) * (below(10) === 0 ? -1 : 1) + 1, currency: of(['EUR', 'EUR', 'CHF', 'SEK']) },
      ...{ campaign_id: of([...campaigns, null, null]), team_id: of([team, null]), segment: of(['SMB', 'Enterprise', 'unknown', null]) },
      ...{ channel: of(['search', 'event', null]), supplier: of(['A', 'B', null]) },
    };
  });
  await world.inside(async (tx) => {
    await sql`INSERT INTO cost_entries (workspace_id, id, occurred_on, side, category, amount, currency, campaign_id, team_id, segment, channel, supplier)
      SELECT ${lea.workspaceId}::uuid, id, occurred_on, side, category, amount, currency, campaign_id, team_id, segment, channel, supplier
      FROM jsonb_populate_recordset(NULL::cost_entries, ${JSON.stringify(entries)}::jsonb)`.execute(tx);
    await bookWaiting(tx, lea.workspaceId as WorkspaceId);
  });
});
after(() => world.close());

const summary = (query: string, person: Person = world.lea): Promise<CostSummary> =>
  world.get<CostSummary>(person, `/costs/summary?${query}`);
const sum = (amounts: readonly string[]): string => String(amounts.reduce((total, amount) => total + BigInt(amount), 0n));
const booked = async (): Promise<Map<string, bigint>> => {
  const { rows } = await world.inside((tx) => sql<{ id: string; booked: bigint | null }>`SELECT id, booked FROM cost_entries`.execute(tx));
  return new Map(rows.flatMap(({ id, booked: amount }) => (amount === null ? [] : [[id, amount] as const])));
};
const ofMonths = 'start=2025-01-01&end=2025-06-30';

test('rows of every grouping add up to the total, for whoever asks', async () => {
  for (const person of [world.lea, world.mara, world.sam, world.max])
    for (const by of costGroupings) {
      const answer = await summary(`${ofMonths}&by=${by}`, person);
      assert.equal(answer.difference, '0', by);
      for (const part of ['marketing', 'sales', 'total'] as const)
        assert.equal(sum(answer.rows.map((row) => row[part])), answer.total[part], `${by} ${part}`);
      assert.equal(
        answer.rows.reduce((count, row) => count + row.entries, 0),
        answer.total.entries,
      );
    }
});

test('every row is the sum of its entries, counted by hand, and opens into exactly those', async () => {
  const amounts = await booked();
  for (const [by, field] of [
    ['segment', 'segment'],
    ['campaign', 'campaign_id'],
    ['supplier', 'supplier'],
    ['category', 'category'],
    ['team', 'team_id'],
  ] as const)
    for (const row of (await summary(`${ofMonths}&by=${by}`)).rows) {
      const own = entries.filter((entry) => entry[field] === row.group && amounts.has(entry.id));
      assert.equal(row.total, String(own.reduce((total, { id }) => total + amounts.get(id)!, 0n)), `${by} ${row.group}`);
      const opened = await world.get(world.lea, row.recordsUrl.replace('/api/v1', ''));
      assert.deepEqual([opened.sum, opened.total - opened.unbooked], [row.total, own.length], row.recordsUrl);
    }
});

test('an entry’s channel is its own, else its campaign’s', async () => {
  const amounts = await booked();
  const of = (entry: Entry) => entry.channel ?? (entry.campaign_id === campaigns[1] ? 'search' : null);
  for (const row of (await summary(`${ofMonths}&by=channel`)).rows) {
    const own = entries.filter((entry) => of(entry) === row.group && amounts.has(entry.id));
    assert.equal(row.total, String(own.reduce((total, { id }) => total + amounts.get(id)!, 0n)), `${row.group}`);
    assert.equal((await world.get(world.lea, row.recordsUrl.replace('/api/v1', ''))).sum, row.total, row.recordsUrl);
    if (row.group) assert.equal((await summary(`${ofMonths}&channel=${row.group}`)).total.total, row.total);
  }
});

test('entries without a rate are in no sum, counted and named', async () => {
  const answer = await summary(ofMonths);
  const waiting = entries.filter(({ currency }) => currency === 'SEK');
  assert.deepEqual(answer.unbooked, [
    { currency: 'SEK', entries: waiting.length, amount: String(waiting.reduce((total, { amount }) => total + amount, 0)) },
  ]);
  assert.match(answer.notes.join(), /SEK wait for a rate/);
});

test('a reader of one side gets the programme cost of the other, and is told', async () => {
  const amounts = await booked();
  const answer = await summary(ofMonths, world.mara);
  const of = (side: string, pay: boolean) =>
    entries.filter(
      (entry) => entry.side === side && (pay || !(payCategories as readonly string[]).includes(entry.category)) && amounts.has(entry.id),
    );
  const total = (some: readonly Entry[]) => String(some.reduce((all, { id }) => all + amounts.get(id)!, 0n));
  assert.deepEqual([answer.total.marketing, answer.total.sales], [total(of('marketing', true)), total(of('sales', false))]);
  assert.deepEqual(answer.basis, { marketing: 'whole', sales: 'programme' });
  assert.match(answer.notes.join(), /pay of sales is not in these sums/);
});

test('parts of a period add up to the whole', async () => {
  const whole = await summary(ofMonths);
  const months = await summary(`${ofMonths}&by=month`);
  assert.deepEqual(
    months.rows.map(({ group }) => group),
    ['2025-01', '2025-02', '2025-03', '2025-04', '2025-05', '2025-06'],
  );
  const halves = [await summary('start=2025-01-01&end=2025-03-13'), await summary('start=2025-03-14&end=2025-06-30')];
  assert.equal(sum(halves.map((half) => half.total.total)), whole.total.total);
});

// ── spread ──────────────────────────────────────────────────────────────────

test('spread by keys, costs sum to the same total, and only what keys are for has moved', async () => {
  const { lea, send } = world;
  const key = (name: string, content: object) => send(lea, 'POST', '/allocation-keys', { name, content, effectiveFrom: '2025-01' });
  const [fair, search, webinar] = campaigns;
  await key('Salaries', {
    applies: { categories: ['salaries'] },
    onto: 'campaign',
    by: 'hours',
    shares: [
      { target: fair, weight: '17.25' },
      { target: search, weight: '3' },
      { target: webinar, weight: '0.5' },
    ],
  });
  await key('Tools', {
    applies: { categories: ['tools'] },
    onto: 'campaign',
    by: 'fixed',
    shares: [
      { target: fair, weight: '33.3333' },
      { target: search, weight: '66.6667' },
    ],
  });
  const leads = await key('Everything by leads', { applies: { side: 'marketing' }, onto: 'segment', by: 'leads' });
  for (const [segment, count] of [
    ['SMB', 7],
    ['Enterprise', 2],
  ] as const)
    for (let lead = 0; lead < count; lead++)
      await send(lea, 'POST', '/leads', { name: `L ${segment} ${lead}`, segment, openedAt: '2025-02-10T10:00:00Z' });
  for (const person of [world.lea, world.mara, world.max])
    for (const by of ['campaign', 'segment', 'channel', 'team', 'month']) {
      const [plain, spread] = [await summary(`${ofMonths}&by=${by}`, person), await summary(`${ofMonths}&by=${by}&allocated=true`, person)];
      assert.deepEqual([spread.difference, spread.total], ['0', plain.total], by);
      for (const part of ['marketing', 'sales', 'total'] as const)
        assert.equal(sum(spread.rows.map((row) => row[part])), plain.total[part], by);
    }
  const bySegment = await summary(`${ofMonths}&by=segment&allocated=true`);
  const blank = (answer: CostSummary) => answer.rows.find(({ group }) => group === null)!;
  const plainBlank = blank(await summary(`${ofMonths}&by=segment`));
  assert.equal(blank(bySegment).sales, plainBlank.sales, 'the key is for marketing');
  assert.notEqual(blank(bySegment).marketing, plainBlank.marketing);
  assert.equal(bySegment.notAllocated, blank(bySegment).total);
  const february = await world.get(lea, `/allocation-keys/${leads.keyId}/applied?month=2025-02`);
  assert.deepEqual(
    february.rows.map(({ target, weight, share }: Record<string, unknown>) => [target, weight, share]),
    [
      ['Enterprise', '2', 2 / 9],
      ['SMB', '7', 7 / 9],
    ],
  );
  assert.equal(sum(february.rows.map(({ amount }: Record<string, string>) => amount)), february.pool.total);
  assert.equal((await world.get(lea, february.pool.recordsUrl.replace('/api/v1', ''))).sum, february.pool.total);
  const march = await world.get(lea, `/allocation-keys/${leads.keyId}/applied?month=2025-03`);
  assert.deepEqual([march.rows, march.notAllocated, march.difference], [[], march.pool.total, '0']);
  assert.match(march.notes.join(), /Nothing to weigh by/);
});

test('of several keys the most particular spreads a cost, and only that one', async () => {
  const { lea, send, get } = world;
  const content = {
    applies: { side: 'sales', categories: ['salaries'] },
    onto: 'campaign',
    by: 'fixed',
    shares: [{ target: campaigns[0], weight: '100' }],
  };
  const made = await send(lea, 'POST', '/allocation-keys', { name: 'Sales’ own', content, effectiveFrom: '2025-01' });
  const { items } = await get<{ items: { keyId: string; name: string; sentence: string }[] }>(lea, '/allocation-keys');
  assert.equal(items[0]!.keyId, made.keyId);
  assert.equal(items[0]!.sentence, 'Salaries of sales without a campaign, spread onto campaigns by fixed shares.');
  const salaries = items.find(({ name }) => name === 'Salaries')!;
  const [own, other] = [
    await get(lea, `/allocation-keys/${made.keyId}/applied?month=2025-01`),
    await get(lea, `/allocation-keys/${salaries.keyId}/applied?month=2025-01`),
  ];
  assert.deepEqual([own.pool.marketing, other.pool.sales], ['0', '0']);
  assert.match(other.notes.join(), /Asked after “Sales’ own”/);
  assert.equal((await summary('start=2025-01-01&end=2025-01-31&by=campaign&allocated=true')).difference, '0');
  assert.equal((await world.ask(lea, 'POST', `/allocation-keys/${made.keyId}/retirement`, { effectiveFrom: '2025-03' })).statusCode, 201);
  assert.equal((await world.ask(lea, 'GET', `/allocation-keys/${made.keyId}/applied?month=2025-03`)).statusCode, 404);
  assert.equal((await world.ask(lea, 'GET', `/allocation-keys/${made.keyId}/applied?month=2025-02`)).statusCode, 200);
});

test('a month that is closed is spread for ever by the weights it was closed with', async () => {
  const { lea, send, get } = world;
  await send(lea, 'POST', '/exchange-rates', { currency: 'SEK', onDay: '2025-01-01', rate: '0.0891' });
  const key = (await get<{ items: { keyId: string; name: string }[] }>(lea, '/allocation-keys')).items.find(
    ({ name }) => name === 'Everything by leads',
  )!;
  for (const month of ['2025-01', '2025-02']) assert.equal((await world.ask(lea, 'POST', `/periods/${month}/closing`)).statusCode, 204);
  const before = await get(lea, `/allocation-keys/${key.keyId}/applied?month=2025-02`);
  const sums = await summary('start=2025-02-01&end=2025-02-28&by=segment&allocated=true');
  for (let lead = 0; lead < 5; lead++)
    await send(lea, 'POST', '/leads', { name: `Late ${lead}`, segment: 'Enterprise', openedAt: '2025-02-11T10:00:00Z' });
  await send(lea, 'POST', `/allocation-keys/${key.keyId}/versions`, {
    content: { applies: {}, onto: 'segment', by: 'fixed', shares: [{ target: 'SMB', weight: '100' }] },
    effectiveFrom: '2025-03',
  });
  const later = await get(lea, `/allocation-keys/${key.keyId}/applied?month=2025-02`);
  assert.deepEqual([before.weights, later], ['asClosed', before]);
  assert.deepEqual(await summary('start=2025-02-01&end=2025-02-28&by=segment&allocated=true'), sums);
  assert.equal((await get(lea, `/allocation-keys/${key.keyId}/applied?month=2025-03`)).by, 'fixed');
});

test('what a merged campaign cost is its survivor’s', async () => {
  const { lea } = world;
  const [fair, search] = campaigns as [string, string];
  const before = await summary(`${ofMonths}&by=campaign`);
  const of = (answer: CostSummary, id: string) => answer.rows.find(({ group }) => group === id)?.total;
  await inside(world, lea.workspaceId, 'UPDATE accord.campaigns SET merged_into = $1 WHERE id = $2', [fair, search]); // as an import does
  const merged = await summary(`${ofMonths}&by=campaign`);
  assert.deepEqual([of(merged, search), of(merged, fair)], [undefined, sum([of(before, fair)!, of(before, search)!])]);
  const row = merged.rows.find(({ group }) => group === fair)!;
  assert.equal((await world.get(lea, row.recordsUrl.replace('/api/v1', ''))).sum, row.total);
  assert.equal((await summary(`${ofMonths}&by=campaign&allocated=true`)).difference, '0');
});

// ── budgets ─────────────────────────────────────────────────────────────────

test('budget and cost by every grouping add up to the same totals; a line set anew replaces the old one', async () => {
  const { lea, send, get } = world;
  const line = (month: string, side: string, category: string | null, amount: string | null, campaignId: string | null = null) => ({
    month,
    side,
    category,
    amount,
    campaignId,
  });
  const set = (lines: object[]) => send<{ changed: number }>(lea, 'PUT', '/budgets', { lines });
  const lines = [
    line('2025-03', 'marketing', 'media', '5000000', campaigns[0]),
    line('2025-03', 'marketing', 'agency', '100'),
    line('2025-04', 'sales', 'travel', '2000000'),
    line('2025-04', 'sales', null, '9000000'),
  ];
  assert.equal((await set(lines)).changed, 4);
  assert.equal((await set(lines)).changed, 0);
  assert.equal((await set([line('2025-03', 'marketing', 'agency', '300'), line('2025-04', 'sales', 'travel', null)])).changed, 2);
  assert.deepEqual([(await get(lea, '/budgets')).items.length, (await get(lea, '/budgets')).total], [3, '14000300']);
  const total = (await summary('start=2025-03-01&end=2025-04-30')).total.total;
  for (const by of ['none', 'month', 'side', 'category', 'campaign', 'team']) {
    const answer = await get(lea, `/budgets/variance?start=2025-03&end=2025-04&by=${by}`);
    assert.deepEqual([answer.total.budget, answer.total.actual], ['14000300', total], by);
    for (const part of ['budget', 'actual', 'variance'])
      assert.equal(sum(answer.rows.map((row: Record<string, string>) => row[part])), answer.total[part], `${by} ${part}`);
    for (const row of answer.rows) assert.equal(row.variance, String(BigInt(row.actual) - BigInt(row.budget)));
  }
  const { rows } = await get(lea, '/budgets/variance?start=2025-03&end=2025-04&by=category');
  const [content, rest] = ['content', null].map((group) => rows.find((row: Record<string, unknown>) => row['group'] === group));
  assert.deepEqual([content.share, content.why, rest.label], [null, 'not a number: nothing was budgeted', 'Not split by category']);
  const kept = await world.inside((tx) =>
    sql`SELECT amount, superseded_at IS NULL AS stands FROM budgets WHERE category = 'agency' ORDER BY recorded_at`.execute(tx),
  );
  assert.deepEqual(kept.rows, [
    { amount: 100n, stands: false },
    { amount: 300n, stands: true },
  ]);
  assert.equal((await world.ask(lea, 'PUT', '/budgets', { lines: [lines[0], lines[0]] })).statusCode, 400);
  assert.equal((await world.ask(lea, 'PUT', '/budgets', { lines: [line('2025-03', 'sales', 'media', '1')] })).statusCode, 400);
});

test('keys that contradict themselves are refused', async () => {
  const refuse = async (content: object, says: RegExp) => {
    const answer = await world.ask(world.lea, 'POST', '/allocation-keys', {
      name: `K ${JSON.stringify(content)}`.slice(0, 190),
      content,
      effectiveFrom: '2025-06',
    });
    assert.ok([400, 404].includes(answer.statusCode), answer.body);
    assert.match(answer.body, says);
  };
  const onto = { applies: {}, onto: 'segment' };
  await refuse(
    {
      ...onto,
      by: 'fixed',
      shares: [
        { target: 'A', weight: '60' },
        { target: 'B', weight: '39.9999' },
      ],
    },
    /sum to 100/,
  );
  await refuse({ ...onto, by: 'fixed' }, /name the targets/);
  await refuse({ ...onto, by: 'hours', shares: [{ target: 'A', weight: '0' }] }, /no hours/);
  await refuse({ ...onto, by: 'leads', shares: [{ target: 'A', weight: '1' }] }, /leave them out/);
  await refuse(
    {
      ...onto,
      by: 'hours',
      shares: [
        { target: 'A', weight: '1' },
        { target: 'A', weight: '2' },
      ],
    },
    /one weight/,
  );
  await refuse({ applies: { side: 'sales', categories: ['media'] }, onto: 'segment', by: 'leads' }, /sales has/);
  await refuse({ applies: {}, onto: 'team', by: 'hours', shares: [{ target: 'North', weight: '1' }] }, /by its id/);
  await refuse({ applies: {}, onto: 'campaign', by: 'hours', shares: [{ target: world.lea.memberId, weight: '1' }] }, /no such campaign/);
  await world.post({ ...cost, occurredOn: '2025-06-02' });
});
