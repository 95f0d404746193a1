/** Figures on records made by hand: formulas, groups, what is no number, and that they are as new as the request. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import type { WorkspaceIo } from '#platform/cli/command.ts';
import { type LedgerWorld, openLedger, refused } from '#tests/support/ledger.ts';
import { returnsCommand } from './commands.ts';
import type { ChangesAnswer } from './contract/changes.ts';
import type { CohortsAnswer, RetentionAnswer } from './contract/retention.ts';
import type { FiguresAnswer, FiguresRow, RecordsAnswer } from './contract/figures.ts';
import type { TrendAnswer } from './contract/trend.ts';

let world: LedgerWorld;
before(async () => {
  world = await openLedger();
});
after(() => world.close());

type Fields = Record<string, unknown>;
/** By column name. @returns the ids */
async function add(
  table: 'leads' | 'deals' | 'accounts' | 'campaigns' | 'revenue_entries' | 'teams' | 'team_members',
  rows: readonly Fields[],
): Promise<string[]> {
  const filled = rows.map((row): Fields & { id?: string } => (table === 'team_members' ? row : { id: newId(), ...row }));
  const columns = [...new Set(filled.flatMap((row) => Object.keys(row)))].map((name) => sql.ref(name));
  await world.inside((tx) =>
    sql`INSERT INTO ${sql.table(table)} (workspace_id, ${sql.join(columns)}) SELECT ${world.lea.workspaceId}::uuid, ${sql.join(columns)}
      FROM jsonb_populate_recordset(NULL::${sql.table(table)}, ${JSON.stringify(filled)}::jsonb)`.execute(tx),
  );
  return filled.map((row) => String(row['id']));
}
const account = async (name: string, more: Fields = {}): Promise<string> => (await add('accounts', [{ name, ...more }]))[0]!;
const change = (statement: string): Promise<unknown> => world.inside((tx) => sql.raw(statement).execute(tx));
const won = (closed: string, amount: number, more: Fields = {}): Fields => ({
  ...{ name: 'Deal', status: 'won', opened_at: '2025-01-10T12:00:00Z', closed_at: `${closed}T12:00:00Z`, amount, currency: 'EUR' },
  ...more,
});
const lost = (closed: string, amount: number, more: Fields = {}): Fields => ({ ...won(closed, amount, more), status: 'lost' });

const figures = (query: string): Promise<FiguresAnswer> => world.get(world.lea, `/figures?${query}`);
const rowOf = (answer: FiguresAnswer, group: string | null): FiguresRow => answer.rows.find((row) => row.group === group)!;
/** Each test has a year of its own. */
const year = (number: number): string => `start=${number}-01-01&end=${number}-12-31`;

test('velocity, coverage and forecast are those of the words: 100 × 0.25 × 50,000 ÷ 60 = 20,833 a day', async () => {
  const opened = (day: string): Fields => ({ opened_at: `${day}T12:00:00Z` });
  await add('deals', [
    won('2019-03-02', 5_000_000, opened('2019-01-01')),
    ...Array.from({ length: 3 }, () => lost('2019-03-02', 100, opened('2019-01-01'))),
    ...Array.from({ length: 100 }, () => ({
      name: 'Open',
      status: 'open',
      amount: 1_000,
      currency: 'EUR',
      probability_percent: '12.5',
      ...opened('2019-06-01'),
    })),
  ]);
  const { total } = await figures(`${year(2019)}&target=5050000`);
  assert.deepEqual(
    [total.figures.winRate.value, total.figures.cycleMedian.value, total.parts.open!.count, total.figures.velocity.value],
    [0.25, 60, 100, '2083333'],
  );
  assert.deepEqual([total.figures.pipeline.value, total.figures.forecast.value, total.figures.coverage.value], ['100000', '12500', 2]);
  assert.deepEqual(total.figures.winRate.uncertainty?.n, 4);
  assert.equal(total.figures.winRate.small, true);
  await change(`UPDATE deals SET archived_at = now(), changed_xid = pg_current_xact_id() WHERE status = 'open'`);
  assert.equal((await figures(year(2019))).total.parts.open!.count, 0, 'archived deals are left out');
});

test('what is no number says why', async () => {
  const { total } = await figures(year(2001));
  const whyOf = (name: keyof typeof total.figures): string => `${total.figures[name].value} ${total.figures[name].why}`;
  assert.equal(whyOf('winRate'), 'null not a number: no deal was closed');
  assert.equal(whyOf('closeRate'), 'null not a number: there was no lead');
  assert.equal(whyOf('cacBlended'), 'null not a number: no cost is on record');
  assert.equal(whyOf('romi'), 'null not a number: the gross margin is not known: set it in the settings of figures');
  assert.equal(whyOf('roas'), 'null not a number: nothing was spent');
  assert.equal(whyOf('coverage'), 'null not a number: no target was told');
  assert.equal(total.parts.won!.recordsUrl, null, 'nothing to open');
});

test('blank is a group apart from a value unknown; a deal is grouped by its lead where it is silent', async () => {
  const [campaign, merged] = await add('campaigns', [{ name: 'Fair', channel: 'event' }, { name: 'The fair' }]);
  await change(`UPDATE campaigns SET merged_into = '${campaign}', changed_xid = pg_current_xact_id() WHERE id = '${merged}'`);
  const [lead] = await add('leads', [
    { name: 'L', origin: 'unknown', channel: 'search', segment: 'SMB', opened_at: '2018-01-05T12:00:00Z' },
  ]);
  await add('deals', [won('2018-02-01', 100, { lead_id: lead }), won('2018-02-01', 50), won('2018-02-01', 7, { campaign_id: merged })]);
  const byOrigin = await figures(`${year(2018)}&by=origin`);
  assert.deepEqual([rowOf(byOrigin, 'unknown').figures.wonValue.value, rowOf(byOrigin, null).figures.wonValue.value], ['100', '57']);
  const byChannel = await figures(`${year(2018)}&by=channel`);
  assert.deepEqual(
    byChannel.rows.map(({ group, figures: { wonValue } }) => [group, wonValue.value]),
    [
      ['search', '100'],
      [null, '50'],
      ['event', '7'],
    ],
  );
  const byCampaign = await figures(`${year(2018)}&by=campaign`);
  assert.equal(rowOf(byCampaign, campaign!).label, 'Fair', 'a merged campaign counts as the one it was merged into');

  await change(`UPDATE leads SET channel = 'social', segment = 'Enterprise', changed_xid = pg_current_xact_id() WHERE id = '${lead}'`);
  assert.equal(
    rowOf(await figures(`${year(2018)}&by=channel`), 'social').figures.wonValue.value,
    '100',
    'a changed lead regroups its deal',
  );
  assert.equal(rowOf(await figures(`${year(2018)}&by=segment`), 'Enterprise').parts.won!.count, 1);
});

test('a deal without a word of its segment has its account’s, also after that changed', async () => {
  const acme = await account('Acme', { segment: 'SMB' });
  await add('deals', [won('2017-05-05', 100, { account_id: acme })]);
  assert.equal(rowOf(await figures(`${year(2017)}&by=segment`), 'SMB').parts.won!.count, 1);
  await change(`UPDATE accounts SET segment = 'Mid-market', changed_xid = pg_current_xact_id() WHERE id = '${acme}'`);
  assert.equal(rowOf(await figures(`${year(2017)}&by=segment`), 'Mid-market').parts.won!.count, 1);
});

test('teams and regions are those of the owner', async () => {
  const [north, south] = await add('teams', [
    { name: 'North', side: 'sales', region: 'EMEA' },
    { name: 'South', side: 'sales' },
  ]);
  await add('team_members', [
    { team_id: south, member_id: world.sam.memberId },
    { team_id: north, member_id: world.sam.memberId },
    { team_id: south, member_id: world.sue.memberId },
  ]);
  await add('deals', [
    won('2016-05-05', 30, { owner_id: world.sam.memberId }),
    won('2016-05-05', 20, { owner_id: world.sue.memberId }),
    won('2016-05-05', 10),
  ]);
  await world.post({ occurredOn: '2016-05-01', side: 'sales', category: 'travel', amount: '600', teamId: north });
  const byTeam = (await figures(`${year(2016)}&by=team`)).rows;
  assert.deepEqual(
    byTeam.map(({ label, figures: { wonValue, cost } }) => [label, wonValue.value, cost.value]),
    [
      ['North', '30', '600'],
      ['South', '20', '0'],
      ['(no team)', '10', '0'],
    ],
  );
  const byRegion = (await figures(`${year(2016)}&by=region`)).rows;
  assert.deepEqual(
    byRegion.map(({ label, figures: { wonValue, cost } }) => [label, wonValue.value, cost.value]),
    [
      ['EMEA', '30', '600'],
      ['(no region)', '30', '0'],
    ],
  );
});

test('amounts in another currency count by the rate of the day they closed, and without one they are named', async () => {
  await add('deals', [
    won('2015-02-01', 1_000, { currency: 'CHF' }),
    won('2015-08-01', 1_000, { currency: 'CHF' }),
    won('2015-08-01', 5, { currency: null }),
  ]);
  const before = await figures(year(2015));
  assert.deepEqual([before.total.parts.won!.count, before.total.figures.wonValue.value], [3, '5']);
  assert.ok(before.notes.includes('2 deals in CHF without a rate: in no sum.'));
  assert.ok(before.notes.includes('1 deal without a currency: taken for EUR.'));
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2015-01-01', rate: '0.5' });
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2015-07-01', rate: '0.25' });
  const { total, notes } = await figures(year(2015));
  assert.equal(total.figures.wonValue.value, '755');
  assert.ok(!notes.some((note) => note.includes('CHF')));
});

test('revenue without a rate is in no sum, and named', async () => {
  const one = await account('Zürich');
  await add('revenue_entries', [{ account_id: one, occurred_on: '2008-02-01', kind: 'new', amount: 1_200, currency: 'CHF' }]);
  const asked = 'start=2008-01-01&end=2008-12-31';
  const before = await figures(asked);
  assert.deepEqual([before.total.parts.newCustomers!.count, before.total.parts.customersAtEnd!.count], [0, 0]);
  assert.ok(before.notes.includes('1 entry of revenue in CHF without a rate: in no sum.'));
  await world.send(world.lea, 'POST', '/exchange-rates', { currency: 'CHF', onDay: '2008-01-01', rate: '2' });
  const { total, notes } = await figures(asked);
  assert.deepEqual([total.parts.newCustomers!.count, total.parts.customersAtEnd!.amount], [1, '200']);
  assert.ok(!notes.some((note) => note.includes('CHF')));
});

test('an account is a new customer once: by its first won deal or its first revenue, merged ones together', async () => {
  const [one, twin, old, payer] = [
    await account('One'),
    await account('Twin'),
    await account('Old'),
    await account('Payer', { segment: 'SMB' }),
  ];
  await add('deals', [
    won('2014-03-01', 100, { account_id: one, segment: 'SMB' }),
    won('2014-06-01', 100, { account_id: one, segment: 'Enterprise' }),
    won('2014-04-01', 100, { account_id: twin }),
    won('2014-05-01', 100, { account_id: old }),
    won('2014-05-01', 100),
  ]);
  const bill = (accountId: string, on: string): Fields => ({
    account_id: accountId,
    occurred_on: on,
    kind: 'new',
    amount: 1_200,
    currency: 'EUR',
  });
  const [voided] = await add('revenue_entries', [bill(old, '2013-12-01'), bill(payer, '2014-02-01')]);
  await world.post({ occurredOn: '2014-02-01', amount: '6000' });
  const { total, notes } = await figures(year(2014));
  assert.deepEqual([total.parts.newCustomers!.count, total.figures.cacBlended.value], [3, '2000']);
  assert.ok(notes.includes('1 won deal without an account: no new customer by them.'));
  const bySegment = await figures(`${year(2014)}&by=segment`);
  assert.equal(rowOf(bySegment, 'SMB').parts.newCustomers!.count, 2, 'by the first deal’s segment; without a deal by the account’s own');

  await change(`UPDATE accounts SET merged_into = '${one}', changed_xid = pg_current_xact_id() WHERE id = '${twin}'`);
  assert.equal((await figures(year(2014))).total.parts.newCustomers!.count, 2, 'the twin is One');
  await change(`UPDATE revenue_entries SET voided_by = '${newId()}' WHERE id = '${voided}'`);
  assert.equal((await figures(year(2014))).total.parts.newCustomers!.count, 3, 'Old became a customer this year after all');
});

test('cost can be held against what was won later', async () => {
  const acme = await account('Later');
  await add('deals', [won('2013-03-20', 100, { account_id: acme, opened_at: '2013-02-18T12:00:00Z' })]);
  await world.post({ occurredOn: '2013-02-15', amount: '500' });
  await world.post({ occurredOn: '2013-03-15', amount: '70000' });
  const march = 'start=2013-03-01&end=2013-03-31';
  assert.equal((await figures(march)).total.figures.cacBlended.value, '70000');
  const lagged = await figures(`${march}&lagDays=cycle`);
  assert.deepEqual(
    [lagged.lagDays, lagged.costStart, lagged.costEnd, lagged.total.figures.cacBlended.value],
    [30, '2013-01-30', '2013-03-01', '500'],
  );
  const months = await figures('start=2013-01-01&end=2013-04-30&by=month&lagDays=30');
  assert.deepEqual(
    months.rows.map(({ group, figures: { cost } }) => [group, cost.value]),
    [
      ['2013-01', '0'],
      ['2013-02', '0'],
      ['2013-03', '500'],
      ['2013-04', '70000'],
    ],
  );
});

test('paid CAC asks only for customers of campaigns that were paid for', async () => {
  const [paid, free] = await add('campaigns', [{ name: 'Ads' }, { name: 'Newsletter' }]);
  const [one, other] = [await account('Ada'), await account('Bob')];
  await add('deals', [
    won('2012-03-01', 100, { account_id: one, campaign_id: paid }),
    won('2012-03-01', 100, { account_id: other, campaign_id: free }),
  ]);
  await world.post({ occurredOn: '2012-02-01', amount: '300', campaignId: paid });
  await world.post({ occurredOn: '2012-02-01', category: 'tools', amount: '900' });
  const { total } = await figures(year(2012));
  assert.deepEqual([total.figures.cacBlended.value, total.figures.cacPaid.value, total.parts.paidCustomers!.count], ['600', '300', 1]);
});

test('keys spread shared costs onto groups, and the sum stays', async () => {
  await add('leads', [
    { name: 'A', segment: 'SMB', opened_at: '2025-03-05T12:00:00Z' },
    { name: 'B', segment: 'SMB', opened_at: '2025-03-05T12:00:00Z' },
    { name: 'C', segment: 'Enterprise', opened_at: '2025-03-05T12:00:00Z' },
  ]);
  await world.post({ occurredOn: '2025-03-10', amount: '1000' });
  await world.send(world.lea, 'POST', '/allocation-keys', {
    ...{ name: 'Media by leads', effectiveFrom: '2025-03', content: { applies: { categories: ['media'] }, onto: 'segment', by: 'leads' } },
  });
  const asked = 'start=2025-03-01&end=2025-03-31&by=segment';
  const costs = ({ rows, total }: FiguresAnswer) => [
    rowOf({ rows } as FiguresAnswer, 'SMB')?.figures.cost.value ?? '0',
    total.figures.cost.value,
  ];
  assert.deepEqual(costs(await figures(asked)), ['0', '1000']);
  assert.deepEqual(costs(await figures(`${asked}&allocated=true`)), ['667', '1000']);
});

test('close rate leaves out leads that are too young, and says how many', async () => {
  const opened = (day: string, wonAt: string | null = null): Fields => ({ name: 'Lead', opened_at: `${day}T12:00:00Z`, won_at: wonAt });
  await add('leads', [
    opened('2026-01-10', '2026-02-01T12:00:00Z'),
    opened('2026-01-10', '2026-06-01T12:00:00Z'),
    opened('2026-01-11'),
    opened('2026-10-01'),
    opened('2026-10-20'),
  ]);
  const { total, asOf, notes } = await figures('start=2026-01-01&end=2026-10-31&windowDays=90');
  assert.equal(asOf, '2026-10-20');
  assert.deepEqual([total.parts.cohort!.count, total.parts.cohortWon!.count, total.parts.cohortYoung!.count], [3, 1, 2]);
  assert.equal(total.figures.closeRate.value, 1 / 3);
  assert.ok(notes.some((note) => note.includes('too young for the close rate')));
});

test('settings keep what is not given, say who set them, and change what figures say', async () => {
  assert.equal((await world.get(world.lea, '/figures/settings')).grossMarginPercent, null);
  await world.send(world.lea, 'PUT', '/figures/settings', { grossMarginPercent: '80' });
  const set = await world.send(world.sam, 'PUT', '/figures/settings', { basis: 'activity', horizonMonths: 24 });
  assert.deepEqual([set.grossMarginPercent, set.basis, set.horizonMonths, set.setBy.name], ['80', 'activity', 24, 'Sam']);
  refused(await world.ask(world.sue, 'PUT', '/figures/settings', { grossMarginPercent: '1' }), 403, /.*/);
  refused(await world.ask(world.lea, 'PUT', '/figures/settings', { grossMarginPercent: '101' }), 400, /72.5/);
  const { total, basis } = await figures(year(2014));
  assert.equal(basis, 'activity');
  assert.equal(total.figures.romi.value, (500 * 0.8 - 6000) / 6000);
  const facts = await world.inside((tx) => sql<{ n: bigint }>`SELECT count(*) AS n FROM facts WHERE kind = 'figures.set'`.execute(tx));
  assert.equal(Number(facts.rows[0]!.n), 2);
  await world.send(world.lea, 'PUT', '/figures/settings', { basis: 'terms' });
});

test('retention: new, returned, expanded, contracted and left customers lead from start to end', async () => {
  const names = ['Stays', 'Grows', 'Shrinks', 'Leaves', 'Returns', 'New'];
  const ids = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await account(name)] as const))) as Record<
    string,
    string
  >;
  const bill = (name: string, on: string, amount: number, kind = 'renewal'): Fields => ({
    account_id: ids[name],
    occurred_on: on,
    kind,
    amount,
    currency: 'EUR',
  });
  await add('revenue_entries', [
    ...[bill('Stays', '2009-03-01', 12_000, 'new'), bill('Stays', '2010-03-01', 12_000), bill('Stays', '2011-03-01', 12_000)],
    ...[bill('Grows', '2009-03-01', 12_000, 'new'), bill('Grows', '2010-03-01', 24_000), bill('Grows', '2011-03-01', 24_000)],
    ...[bill('Shrinks', '2009-03-01', 12_000, 'new'), bill('Shrinks', '2010-03-01', 6_000), bill('Shrinks', '2011-03-01', 6_000)],
    bill('Leaves', '2009-03-01', 12_000, 'new'),
    ...[bill('Returns', '2007-03-01', 12_000, 'new'), bill('Returns', '2010-05-01', 12_000, 'new')],
    bill('New', '2010-06-01', 3_600, 'new'),
  ]);
  const { total } = await world.get<RetentionAnswer>(world.lea, `/retention?${year(2010)}&basis=terms`);
  const { bridge, nrr, grr, logoRetention, difference } = total;
  assert.deepEqual(Object.fromEntries(Object.entries(bridge).map(([name, { count, amount }]) => [name, [count, amount]])), {
    start: [4, '4000'],
    new: [1, '300'],
    returned: [1, '1000'],
    expansion: [1, '1000'],
    contraction: [1, '500'],
    churned: [1, '1000'],
    kept: [3, '3500'],
    end: [5, '4800'],
  });
  assert.deepEqual([nrr.value, grr.value, logoRetention.value, difference], [0.875, 0.625, 0.75, '0']);
  const page = await world.get<RecordsAnswer>(world.lea, bridge.expansion.recordsUrl!.replace('/api/v1', ''));
  assert.deepEqual(
    page.items.map(({ name, before, after, amount }) => [name, before, after, amount]),
    [['Grows', '1000', '2000', '1000']],
  );
});

test('cohorts on the same entries, and a month that is not over is censored', async () => {
  const { cohorts } = await world.get<CohortsAnswer>(
    world.lea,
    '/cohorts?every=quarter&basis=terms&start=2009-01-01&end=2010-12-31&measure=revenue',
  );
  const first = cohorts.find(({ cohort }) => cohort === '2009-Q1')!;
  assert.deepEqual([first.customers, first.cells[0]!.amount, first.cells[0]!.value], [4, '4000', 1]);
  assert.deepEqual(
    [first.cells[4]!.period, first.cells[4]!.customers, first.cells[4]!.amount, first.cells[4]!.value],
    ['2010-Q1', 3, '3500', 0.875],
  );
  const last = first.cells.at(-1)!;
  assert.deepEqual([last.period, last.censored, last.value], ['2026-Q4', true, null]);
  assert.match(last.why!, /not wholly on record/);
});

test('the trend marks the versions of the agreement that took effect', async () => {
  const id = newId();
  await world.inside((tx) =>
    sql`INSERT INTO agreement_versions (workspace_id, id, number, status, content, effective_from, content_hash, signed_at)
      VALUES (${world.lea.workspaceId as WorkspaceId}, ${id}, 1, 'signed', '{"clauses":[]}', '2016-03-01', 'x', '2016-02-20T10:00:00Z')`.execute(
      tx,
    ),
  );
  const { marks, points } = await world.get<TrendAnswer>(world.lea, `/figures/trend?${year(2016)}`);
  assert.deepEqual(marks, [{ on: '2016-03-01', versionId: id, number: 1, label: 'Agreement, version 1' }]);
  assert.deepEqual([points.length, points[4]!.period, points[4]!.figures.wonValue.value], [12, '2016-05', '60']);
  assert.deepEqual((await world.get<TrendAnswer>(world.lea, `/figures/trend?${year(2015)}`)).marks, []);
});

test('a change is told in sentences that add up, the greatest first', async () => {
  await add('deals', [
    ...Array.from({ length: 2 }, () => won('2011-02-01', 100, { segment: 'SMB' })),
    ...Array.from({ length: 2 }, () => lost('2011-02-01', 100, { segment: 'SMB' })),
    ...Array.from({ length: 3 }, () => won('2011-03-01', 200, { segment: 'SMB' })),
    lost('2011-03-01', 100, { segment: 'SMB' }),
  ]);
  const answer = await world.get<ChangesAnswer>(world.lea, '/returns/changes?start=2011-03-01&end=2011-03-31');
  assert.deepEqual(
    [answer.beforeStart, answer.beforeEnd, answer.before.value, answer.now.value, answer.change],
    ['2011-02-01', '2011-02-28', '200', '600', '400'],
  );
  assert.deepEqual(answer.effects, { volume: '0', mix: '0', rate: '150', price: '250', apart: '0' });
  assert.deepEqual(
    answer.sentences.map(({ text }) => text),
    [
      'Price within segments: an average deal of €2, before €1: +€2.50.',
      'Rate within segments: in all 75 % were won, before 50 %: +€1.50.',
    ],
  );
  assert.equal(answer.difference, '0');
});

test('the command prints a table with every formula, or one JSON document', async () => {
  const run = async (values: Record<string, string>, json: boolean): Promise<string[]> => {
    const lines: string[] = [];
    const io = { out: (line: string) => void lines.push(line), json, database: world.database, workspaceId: world.lea.workspaceId };
    assert.equal(await returnsCommand.run({ values, positionals: [] }, io as unknown as WorkspaceIo), 0);
    return lines;
  };
  const asked = { by: 'team', start: '2016-01-01', end: '2016-12-31' };
  const lines = await run(asked, false);
  assert.ok(
    lines.some((line) => /^North +1 +0 +100\.0 % .* 0\.30 +6\.00/.test(line)),
    lines.join('\n'),
  );
  assert.ok(lines.some((line) => line.startsWith('Win rate') && line.endsWith('= won ÷ (won + lost), deals by the day they closed')));
  const [document, ...more] = await run(asked, true);
  assert.deepEqual([JSON.parse(document!).total.parts.won.count, more], [3, []]);
  await assert.rejects(run({ by: 'colour' }, true), /--by/);
});

test('contradictions are refused with the parameter’s name', async () => {
  refused(await world.ask(world.lea, 'GET', '/figures?start=2026-02-01&end=2026-01-01'), 400, /the period ends before it starts/);
  refused(await world.ask(world.lea, 'GET', '/figures?by=colour'), 400, /by/);
  refused(await world.ask(world.lea, 'GET', '/figures/records?part=won&cursor=nonsense'), 400, /does not belong to this list/);
  refused(await world.ask(world.lea, 'GET', '/figures/records?part=won&group=SMB&by=segment'), 400, /JSON/);
  refused(await world.ask(world.lea, 'GET', '/returns/changes?by=product&volume=leads'), 400, /Leads tell no product/);
  refused(await world.ask(world.lea, 'GET', '/figures/trend?start=1000-01-01&end=9999-12-31'), 400, /108,000 months/);
  refused(await world.ask(world.lea, 'GET', '/returns/where-next?start=1000-01-01'), 400, /months: ask for a period of up to 600/);
  assert.equal((await figures('start=1000-01-01&end=9999-12-31&lagDays=1000')).total.parts.won!.count > 0, true);
});

test('a list is paged without gaps, newest first', async () => {
  const seen: string[] = [];
  let cursor = '';
  for (;;) {
    const page: RecordsAnswer = await world.get(
      world.lea,
      `/figures/records?part=decided&start=2000-01-01&end=2026-12-31&limit=7${cursor}`,
    );
    seen.push(...page.items.map(({ closedAt, id }) => `${String(closedAt)} ${id}`));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
    assert.ok(page.items.length === 7);
  }
  const count = await world.inside((tx) =>
    sql<{ n: bigint }>`SELECT count(*) AS n FROM deals WHERE status <> 'open' AND archived_at IS NULL`.execute(tx),
  );
  assert.equal(seen.length, Number(count.rows[0]!.n));
  assert.deepEqual(seen, [...new Set(seen)].sort().reverse());
});
