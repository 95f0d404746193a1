/** Figures of a simulated company against what its simulator knows to be true, to the unit; and every number opened. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { divideHalfEven } from '#engine/values/money.ts';
import { writeSimulation } from '#features/simulate/commands.ts';
import { openDatabase } from '#platform/db/database.ts';
import { writeAnswer } from '#platform/http/answer.ts';
import type { Route, Who } from '#platform/http/route.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';
import { drainJourneys } from './actions/follow-journeys.ts';
import { setFigures } from './actions/set-figures.ts';
import { accountGroupings, figureGroupings } from './contract/figure-table.ts';
import { changeGroupings, type ChangesAnswer, type WhereNextAnswer } from './contract/changes.ts';
import type { FiguresAnswer, RecordsAnswer } from './contract/figures.ts';
import type { RetentionAnswer } from './contract/retention.ts';
import type { TrendAnswer, WaterfallAnswer } from './contract/trend.ts';
import { dealsOf } from './queries/deal-columns.ts';
import { revenueOf } from './queries/revenue-columns.ts';
import type { OverviewAnswer } from './contract/overview.ts';
import { attributionRoutes } from './routes/attribution.ts';
import { figureRoutes } from './routes/figures.ts';

interface Truth {
  costs: Record<string, { count: number; amount: string }>;
  customers: Record<'wonFit' | 'wonMisfit' | 'existing' | 'churned' | 'churnedBeforeStart', number>;
  deals: Record<string, { count: number; amount: string }>;
  revenue: Record<string, { count: number; amount: string }>;
  recurring: { on: string; customers: number; monthly: string }[];
}

const period = { start: '2025-01-01', end: '2026-06-30' };
let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let truth: Truth;
let lea: Who;
before(async () => {
  companies = await openCompanies();
  const folder = await mkdtemp(join(tmpdir(), 'accord-figures-'));
  try {
    truth = (await writeSimulation({ seed: 11, months: 18, leads: 3_000, state: 'typical', folder })).truth as unknown as Truth;
    company = await companies.make({ timeZone: 'Europe/Berlin' });
    await company.import([folder]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  lea = { workspaceId: company.workspaceId, memberId: company.memberId, name: 'Lea', side: 'leadership', role: 'owner' };
  await company.inside((tx) => setFigures(tx, lea, { grossMarginPercent: '72.5' }));
  await drainJourneys(company.database, company.workspaceId);
});
after(() => companies.close());

/** As the server answers it, schema and all. */
async function ask<Answer>(
  path: string,
  query: Record<string, unknown> = {},
  who: Who = lea,
  database = company.database,
): Promise<Answer> {
  const found: Route = [...figureRoutes, ...attributionRoutes].find((each) => each.path === path && each.method === 'GET')!;
  const given = await found.handle({
    database,
    who,
    query: found.query?.parse(query),
    transact: company.inside,
  } as unknown as Parameters<Route['handle']>[0]);
  return JSON.parse(writeAnswer(found, given as never).text!) as Answer;
}

const total = (sums: Truth['costs'], of: (name: string) => boolean): bigint =>
  Object.entries(sums).reduce((all, [name, { amount }]) => (of(name) ? all + BigInt(amount) : all), 0n);

test('the cost of both sides closes to the unit', async () => {
  const { total: told, costBasis } = await ask<FiguresAnswer>('/figures', period);
  assert.equal(costBasis, 'whole');
  for (const [part, side] of [
    ['costMarketing', 'marketing'],
    ['costSales', 'sales'],
  ] as const) {
    const entries = Object.entries(truth.costs).filter(([name]) => name.startsWith(side));
    assert.deepEqual(
      [told.parts[part]!.amount, told.parts[part]!.count],
      [String(total(truth.costs, (name) => name.startsWith(side))), entries.reduce((all, [, { count }]) => all + count, 0)],
    );
  }
  assert.equal(told.figures.cost.value, String(total(truth.costs, () => true)));
});

test('CAC is all cost ÷ customers won, to the unit', async () => {
  const { total: told } = await ask<FiguresAnswer>('/figures', period);
  const won = truth.customers.wonFit + truth.customers.wonMisfit;
  assert.equal(told.parts.newCustomers!.count, won);
  assert.equal(
    told.figures.cacBlended.value,
    String(
      divideHalfEven(
        total(truth.costs, () => true),
        BigInt(won),
      ),
    ),
  );
  // Customers from before the period expanded before it, too.
  const ever = await ask<FiguresAnswer>('/figures', { start: '2000-01-01', end: period.end });
  assert.equal(ever.total.figures.wonValue.value, String(total(truth.deals, (name) => name.endsWith('won'))));
});

test('what customers pay a month is what the simulator knows, at every month’s end that is a month old', async () => {
  const known = truth.recurring.filter(({ on }) => on <= '2026-05-30');
  assert.ok(known.length > 12);
  for (const { on, customers, monthly } of known) {
    const { total: told } = await ask<FiguresAnswer>('/figures', { start: on, end: on });
    assert.deepEqual([told.parts.customersAtEnd!.count, told.parts.customersAtEnd!.amount], [customers, monthly], on);
  }
});

test('payback is CAC ÷ (ARPA × gross margin), right to the unit', async () => {
  const asked = { start: '2025-01-01', end: '2026-03-31' };
  const { total: told } = await ask<FiguresAnswer>('/figures', asked);
  const { customers, monthly } = truth.recurring.find(({ on }) => on === asked.end)!;
  const arpa = divideHalfEven(BigInt(monthly), BigInt(customers));
  assert.equal(told.figures.arpa.value, String(arpa));
  const payback = Number(told.figures.cacBlended.value) / (Number(arpa) * 0.725);
  assert.ok(Math.abs(told.figures.paybackMonths.value! - payback) < 1e-9);
});

test('customers at the start, and how many are left of them, are those of the simulator', async () => {
  const { start } = (await ask<RetentionAnswer>('/retention', period)).total.bridge;
  assert.equal(start.count, truth.customers.existing - truth.customers.churnedBeforeStart);
  assert.deepEqual([start.count, start.amount], [truth.recurring[0]!.customers, truth.recurring[0]!.monthly]);
  // Up to a day a month before the last on record, so that nobody's renewal is merely late.
  const { total: told } = await ask<RetentionAnswer>('/retention', { start: period.start, end: '2026-04-30' });
  const { bridge } = told;
  const end = truth.recurring.find(({ on }) => on === '2026-04-30')!;
  assert.deepEqual([bridge.end.count, bridge.end.amount], [end.customers, end.monthly]);
  assert.equal(told.difference, '0');
  assert.equal(bridge.end.count, bridge.start.count + bridge.new.count + bridge.returned.count - bridge.churned.count);
  assert.equal(told.logoRetention.value, bridge.kept.count / bridge.start.count);
  const [start_, kept, lost] = [bridge.start, bridge.contraction, bridge.churned].map(({ amount }) => Number(amount));
  assert.ok(Math.abs(told.grr.value! - (start_! - kept! - lost!) / start_!) < 1e-12);
  assert.ok(Math.abs(told.nrr.value! - (start_! + Number(bridge.expansion.amount) - kept! - lost!) / start_!) < 1e-12);
  assert.ok(told.grr.value! <= 1 && told.grr.value! <= told.nrr.value!);
});

test('what was billed is what the simulator billed, and the waterfall closes', async () => {
  const billed = await ask<{ steps: { step: string; amount: string }[]; difference: string }>('/figures/waterfall', {
    start: '2000-01-01',
    end: period.end,
    revenue: 'billed',
  });
  const taken = ['contraction', 'refund'];
  const net = total(truth.revenue, (kind) => !taken.includes(kind)) - total(truth.revenue, (kind) => taken.includes(kind));
  assert.equal(billed.steps.find(({ step }) => step === 'revenue')!.amount, String(net));
  assert.equal(billed.difference, '0');
});

// ── every number opens ──────────────────────────────────────────────────────

interface Opened {
  readonly at: string;
  readonly url: string;
  readonly count: number;
  readonly amount: string | null | undefined;
}

/** Every object of an answer that has a count and an address of records. */
function* partsIn(value: unknown, at = ''): Generator<Opened> {
  if (typeof value !== 'object' || value === null) return;
  const own = value as { recordsUrl?: string | null; count?: number; customers?: number; amount?: string | null };
  const count = own.count ?? own.customers;
  if (own.recordsUrl && count !== undefined)
    yield { at, url: own.recordsUrl, count, amount: own.count === undefined ? undefined : own.amount };
  for (const [key, inner] of Object.entries(value)) yield* partsIn(inner, `${at}.${key}`);
}

interface Page {
  items: unknown[];
  total: number;
  sum: { amount: string } | null;
}
/** Credits answer their own way. */
async function open(path: string, query: Record<string, unknown>): Promise<Page> {
  if (!path.startsWith('/attribution/')) return ask<Page>(path, query);
  const { conversions, total: count, sum } = await ask<{ conversions: unknown[]; total: number; sum: { value: string } }>(path, query);
  return { items: conversions, total: count, sum: { amount: sum.value } };
}

async function openAll(name: string, answer: unknown, of: (value: unknown) => Iterable<Opened> = partsIn): Promise<number> {
  let opened = 0;
  for (const { at, url, count, amount } of of(answer)) {
    const { pathname, searchParams } = new URL(url, 'http://x');
    const query = { ...Object.fromEntries(searchParams), limit: '1' };
    const page = await open(pathname.replace('/api/v1', ''), query);
    assert.equal(page.total, count, `${name}${at} ${url}`);
    if (amount !== undefined && amount !== null && page.sum !== null) assert.equal(page.sum.amount, amount, `${name}${at} ${url}`);
    assert.equal(page.items.length, Math.min(1, count), `${name}${at} ${url}`);
    opened++;
  }
  return opened;
}

test('every number of the figures opens into as many records, summing to its amount, by every grouping', async () => {
  let opened = 0;
  for (const by of figureGroupings) opened += await openAll(by, await ask('/figures', { by, ...period, lagDays: '20', rows: '6' }));
  assert.ok(opened > 400, `${opened}`);
});

test('what is attributed by channel adds up to the won value, and earns a return', async () => {
  const { rows, attributionModel, total: told } = await ask<FiguresAnswer>('/figures', { ...period, by: 'channel' });
  assert.notEqual(attributionModel, null);
  const attributed = rows.reduce((all, { parts }) => all + BigInt(parts.attributed?.amount ?? '0'), 0n);
  // Conversions of accounts without a touch in the look-back stay apart.
  assert.ok(attributed > 0n && attributed <= BigInt(told.figures.wonValue.value!), `${attributed}`);
  const paid = rows.find(({ group }) => group === 'Paid Search')!;
  const [value, spend] = [Number(paid.parts.attributed!.amount), Number(paid.parts.costMarketing!.amount)];
  assert.ok(Math.abs(paid.figures.campaignRoi.value! - (value * 0.725 - spend) / spend) < 1e-9);
});

test('every point of the trend opens, and so does every step of the waterfall', async () => {
  assert.ok((await openAll('trend', await ask('/figures/trend', { ...period, every: 'quarter', basis: 'activity' }))) > 50);
  for (const revenue of ['won', 'billed']) {
    const { steps } = await ask<{ steps: { amount: string; recordsUrl: string | null }[] }>('/figures/waterfall', { ...period, revenue });
    for (const { amount, recordsUrl } of steps.filter((step) => step.recordsUrl !== null)) {
      const page = await ask<{ sum: { amount: string } }>(
        '/figures/records',
        Object.fromEntries(new URL(recordsUrl!, 'http://x').searchParams),
      );
      assert.equal(page.sum.amount, amount.replace('-', ''));
    }
  }
});

test('every step of every bridge opens, on either basis', async () => {
  let opened = 0;
  for (const by of accountGroupings)
    for (const basis of ['terms', 'activity']) {
      const answer = await ask<RetentionAnswer>('/retention', { by, basis, start: '2025-07-01', end: '2026-06-30' });
      for (const one of [answer.total, ...answer.rows]) assert.equal(one.difference, '0');
      opened += await openAll(`${by} ${basis}`, answer);
    }
  assert.ok(opened > 200, `${opened}`);
});

test('every cell of the triangle opens into the accounts that are still there', async () => {
  for (const query of [
    { basis: 'terms' },
    { basis: 'activity', measure: 'revenue', every: 'quarter' },
    { basis: 'terms', by: 'segment', group: '"SMB"' },
  ])
    assert.ok((await openAll('cohorts', await ask('/cohorts', { ...query, start: '2025-01-01', end: '2026-06-30' }))) > 20);
});

test('what changed adds up to the unit by every grouping, and both periods open', async () => {
  interface Side {
    units: number;
    won: number;
    value: string;
    unitsUrl: string | null;
    wonUrl: string | null;
  }
  const sides = function* (value: unknown, at = ''): Generator<Opened> {
    if (typeof value !== 'object' || value === null) return;
    const side = value as Partial<Side>;
    if (side.unitsUrl) yield { at, url: side.unitsUrl, count: side.units!, amount: undefined };
    if (side.wonUrl) yield { at, url: side.wonUrl, count: side.won!, amount: side.value };
    for (const [key, inner] of Object.entries(value)) yield* sides(inner, `${at}.${key}`);
  };
  for (const by of changeGroupings)
    for (const volume of by === 'product' ? ['deals'] : ['deals', 'leads']) {
      const answer = await ask<{
        difference: string;
        change: string;
        now: Side;
        before: Side;
        rows: { change: string; effects: Record<string, string> }[];
      }>('/returns/changes', { by, volume, start: '2026-01-01', end: '2026-03-31' });
      assert.equal(answer.difference, '0', by);
      assert.equal(BigInt(answer.change), BigInt(answer.now.value) - BigInt(answer.before.value));
      for (const { change, effects } of answer.rows)
        assert.equal(
          Object.values(effects).reduce((all, each) => all + BigInt(each), 0n),
          BigInt(change),
        );
      assert.ok((await openAll(`${by} ${volume}`, answer, sides)) > 0);
    }
});

test('where next: what was spent and what came of it open into the very entries and deals', async () => {
  const rowsOf = function* (answer: unknown): Generator<{ url: string; amount: string; at: string }> {
    for (const { label, spend, recordsUrl, value, valueUrl } of (answer as WhereNextAnswer).rows) {
      yield { at: `${label}, spent`, url: recordsUrl!, amount: spend };
      if (valueUrl) yield { at: `${label}, won`, url: valueUrl, amount: value };
      else assert.equal(value, '0');
    }
  };
  let opened = 0;
  for (const by of ['channel', 'campaign', 'segment'])
    for (const asked of [{}, { start: '2025-02-10', end: '2025-11-20' }])
      for (const who of [lea, { ...lea, side: 'sales', role: 'member' } as Who])
        for (const { at, url, amount } of rowsOf(await ask('/returns/where-next', { by, ...asked }, who))) {
          const { pathname, searchParams } = new URL(url, 'http://x');
          const query = { ...Object.fromEntries(searchParams), limit: '200' };
          const page = await ask<RecordsAnswer>(pathname.replace('/api/v1', ''), query, who);
          assert.equal(page.sum!.amount, amount, `${by} ${at} ${url}`);
          assert.ok(page.items.length > 0 && (page.next !== null || page.items.length === page.total));
          const won = page.items as { status?: string; openedAt?: string }[];
          if (page.of === 'deal') assert.ok(won.every(({ status }) => status === 'won'));
          opened++;
        }
  assert.ok(opened > 60, `${opened}`);
});

test('every way, step and link of the paths opens into as many conversions, of as much value', async () => {
  const counted = function* (value: unknown, at = ''): Generator<Opened> {
    if (typeof value !== 'object' || value === null) return;
    const own = value as { recordsUrl?: string | null; conversions?: number; value?: string };
    if (own.recordsUrl) yield { at, url: own.recordsUrl, count: own.conversions!, amount: own.value };
    for (const [key, inner] of Object.entries(value)) yield* counted(inner, `${at}.${key}`);
  };
  const opened = await openAll('paths', await ask('/attribution/paths', { ...period, steps: '4', limit: '20' }), counted);
  assert.ok(opened > 100, `${opened}`);
});

test('the leader’s page says the same as the pages it leads to', async () => {
  const page = await ask<OverviewAnswer>('/returns/overview', { start: '2026-04-01', end: '2026-06-30' });
  const same = <Answer>(url: string): Promise<Answer> => {
    const { pathname, searchParams } = new URL(url, 'http://x');
    return ask<Answer>(pathname.replace('/api/v1', ''), Object.fromEntries(searchParams));
  };
  const { comesBack, changes, whereNext, spend } = page;
  assert.equal((await same<FiguresAnswer>(comesBack.winRate.detailsUrl)).total.figures.winRate.value, comesBack.winRate.now.value);
  assert.equal((await same<RetentionAnswer>(comesBack.nrr.detailsUrl)).total.nrr.value, comesBack.nrr.now.value);
  const { steps } = await same<WaterfallAnswer>(comesBack.contribution.detailsUrl);
  assert.equal(steps.at(-1)!.amount, comesBack.contribution.now.value);
  assert.deepEqual((await same<ChangesAnswer>(changes.detailsUrl)).sentences, changes.effects);
  assert.equal((await same<WhereNextAnswer>(whereNext.detailsUrl)).sentence, whereNext.sentence);
  assert.equal((await same<RecordsAnswer>(spend.marketing.detailsUrl)).sum!.amount, spend.marketing.now.value);
  assert.equal(changes.difference, '0');
  const { points } = await ask<TrendAnswer>('/figures/trend', { start: '2024-07-01', end: '2026-06-30' });
  assert.deepEqual(
    page.trend,
    points.map(({ period: month, parts }) => ({
      month,
      costMarketing: parts.costMarketing!.amount,
      costSales: parts.costSales!.amount,
      wonValue: parts.won!.amount,
      newCustomers: parts.newCustomers!.count,
    })),
  );
});

test('whoever may not see pay gets programme cost, said so, and the same everywhere', async () => {
  const mara: Who = { ...lea, side: 'marketing', role: 'manager' };
  const sam: Who = { ...lea, side: 'sales', role: 'member' };
  const programme = total(truth.costs, (name) => !/salaries|commissions/.test(name));
  for (const who of [mara, sam]) {
    const { total: told, costBasis, notes } = await ask<FiguresAnswer>('/figures', period, who);
    assert.deepEqual([costBasis, told.figures.cost.value], ['programme', String(programme)]);
    assert.ok(notes.some((note) => note.startsWith('Programme cost')));
    const page = await ask<{ items: { category: string }[]; sum: { amount: string } }>(
      '/figures/records',
      { part: 'costSales', ...period, limit: '200' },
      who,
    );
    assert.ok(page.items.length > 0 && page.items.every(({ category }) => category !== 'salaries' && category !== 'commissions'));
    const overview = await ask<{ spend: { total: { now: { value: string } } }; costBasis: string }>('/returns/overview', period, who);
    assert.deepEqual([overview.costBasis, overview.spend.total.now.value], ['programme', String(programme)]);
  }
});

test('after many changes, answers are those of a server that has just started', async () => {
  const change = (statement: string) => company.rows(statement);
  const some = (table: string, of: number, at: number) =>
    `(SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM ${table} WHERE workspace_id = :ws) x WHERE n % ${of} = ${at})`;
  const answers = async (who: Company = company): Promise<unknown[]> => {
    const asked = async (path: string, query: Record<string, unknown>) => ask(path, query, lea, who.database);
    return [
      ...(await Promise.all(['segment', 'origin', 'campaign', 'owner', 'month'].map((by) => asked('/figures', { by, ...period })))),
      await asked('/retention', { by: 'segment', start: '2025-07-01', end: '2026-05-31' }),
      await asked('/cohorts', { ...period, basis: 'terms', measure: 'revenue' }),
      await asked('/cohorts', { ...period, basis: 'activity', every: 'quarter' }),
    ];
  };
  await answers();
  const before = dealsOf(company.database).held().loads + revenueOf(company.database).held().loads;
  for (const statement of [
    `UPDATE deals SET archived_at = now(), changed_xid = pg_current_xact_id() WHERE workspace_id = :ws AND id IN ${some('deals', 9, 1)}`,
    `UPDATE deals SET status = 'won', closed_at = coalesce(closed_at, '2026-06-01'), changed_xid = pg_current_xact_id() WHERE workspace_id = :ws AND id IN ${some('deals', 11, 2)}`,
    `UPDATE leads SET origin = 'moved', segment = 'Moved', changed_xid = pg_current_xact_id() WHERE workspace_id = :ws AND id IN ${some('leads', 7, 3)}`,
    `UPDATE accounts SET segment = 'Changed', changed_xid = pg_current_xact_id() WHERE workspace_id = :ws AND id IN ${some('accounts', 5, 0)}`,
    `UPDATE revenue_entries SET voided_by = id WHERE workspace_id = :ws AND id IN ${some('revenue_entries', 10, 4)}`,
    `INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, kind, amount, currency)
      SELECT workspace_id, accord.new_id(), occurred_on + 40, account_id, 'renewal', amount, currency FROM revenue_entries WHERE workspace_id = :ws AND id IN ${some('revenue_entries', 13, 5)}`,
    `UPDATE deals SET archived_at = NULL, changed_xid = pg_current_xact_id() WHERE workspace_id = :ws AND id IN ${some('deals', 18, 1)}`,
    `UPDATE revenue_entries SET voided_by = NULL WHERE workspace_id = :ws AND voided_by = id AND id IN ${some('revenue_entries', 20, 4)}`,
  ]) {
    await change(statement);
    await answers();
  }
  assert.equal(
    dealsOf(company.database).held().loads + revenueOf(company.database).held().loads,
    before,
    'nothing was read anew as a whole',
  );
  const { appUrl, ownerUrl } = companies.testing;
  const database = openDatabase({ appUrl, ownerUrl });
  try {
    // In which order the accounts were added up shows in the last place of an interval's end.
    const rounded = (answer: unknown): unknown =>
      JSON.parse(JSON.stringify(answer), (_key, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value));
    assert.deepEqual(rounded(await answers()), rounded(await answers({ ...company, database })));
  } finally {
    await database.close();
  }
});
