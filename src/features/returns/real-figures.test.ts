/** Figures of two real companies, against counts made here from their own files. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import type { MappingInput } from '#features/intake/contract.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import { cohortsQuery } from './contract/retention.ts';
import { figureRecordsQuery, type FiguresAnswer, figuresQuery, type FiguresRow } from './contract/figures.ts';
import { answerCohorts, listCohortRecords } from './queries/cohorts.ts';
import { listFigureRecords } from './queries/figure-records.ts';
import { answerFigures } from './queries/figures.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const skip = existsSync(folder) ? false : 'the real data (../shared/data) is not here';
const allPay = { marketing: true, sales: true };

type Row = Record<string, string>;
const rowsOf = (file: string): Row[] =>
  Papa.parse<Row>(readFileSync(`${folder}${file}`, 'utf8'), { header: true, skipEmptyLines: true }).data;
const mapping = (name: string): MappingInput =>
  JSON.parse(readFileSync(new URL(`../../../docs/examples/${name}.mapping.json`, import.meta.url), 'utf8'));
const cents = (text: string): bigint => BigInt(Math.round(Number(text) * 100));
const days = (from: string, until: string): number => Temporal.PlainDate.from(from).until(until, { largestUnit: 'days' }).days;
const median = (values: readonly number[]): number | null => values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? null;
const sum = (values: Iterable<bigint>): bigint => [...values].reduce((total, each) => total + each, 0n);

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const whoIn = ({ workspaceId, memberId }: Company) => ({ workspaceId, memberId, name: 'Lea', side: 'leadership', role: 'owner' }) as const;
const figures = (company: Company, query: Record<string, unknown>): Promise<FiguresAnswer> =>
  answerFigures(company.database, company.workspaceId, allPay, figuresQuery.parse(query));

test('Olist: revenue per lead by origin without fan-out, active share and revenue after the win by segment, and the triangle', {
  skip,
}, async () => {
  const company = await companies.make({ timeZone: 'America/Sao_Paulo', currency: 'BRL' });
  await company.import([`${folder}olist`], { mapping: mapping('olist') });
  const leads = rowsOf('olist/olist_marketing_qualified_leads_dataset.csv');
  const deals = rowsOf('olist/olist_closed_deals_dataset.csv');
  const items = rowsOf('olist/won_seller_order_items.csv');
  const everything = { start: '2017-01-01', end: '2020-12-31', basis: 'activity' };

  // Each seller's revenue once, however many orders and items there are.
  const bySeller = Map.groupBy(items, (row) => row['seller_id']!);
  const revenueOf = (seller: string): bigint => sum((bySeller.get(seller) ?? []).map((row) => cents(row['price']!)));
  const originOf = new Map(leads.map((row) => [row['mql_id']!, row['origin'] || null]));
  const byOrigin = (await figures(company, { ...everything, by: 'origin' })).rows;
  const origins = [...Map.groupBy(leads, (row) => row['origin'] || null)];
  assert.equal(byOrigin.length, origins.length);
  for (const [origin, own] of origins) {
    const won = deals.filter((deal) => originOf.get(deal['mql_id']!) === origin);
    const revenue = sum(won.map((deal) => revenueOf(deal['seller_id']!)));
    const { parts, figures: told } = byOrigin.find(({ group }) => group === origin)!;
    assert.deepEqual(
      [parts.cohort!.count + parts.cohortYoung!.count, parts.won!.count, told.revenueAfterWin.value],
      [own.length, won.length, String(revenue)],
      `origin ${origin}`,
    );
    assert.ok(Math.abs(Number(told.revenuePerLead.value) - Number(revenue) / own.length) <= 0.5, `origin ${origin}`);
  }

  const { total, rows, asOf } = await figures(company, { ...everything, by: 'segment' });
  assert.deepEqual(
    [total.parts.newCustomers!.count, total.parts.activeCustomers!.count, total.figures.revenueAfterWin.value],
    [842, 380, '67685148'],
  );
  const segments = [...Map.groupBy(deals, (deal) => deal['business_segment'] || null)];
  assert.equal(rows.length, segments.length);
  for (const [segment, own] of segments) {
    const revenues = own.map((deal) => revenueOf(deal['seller_id']!));
    const active = revenues.filter((revenue) => revenue > 0n).length;
    const { figures: told } = rows.find(({ group }) => group === segment)!;
    assert.equal(told.activeShare.value, active / own.length, `segment ${segment}`);
    assert.equal(told.activeShare.small, own.length < 30, 'a share of few says that it is');
    assert.equal(told.revenueAfterWin.value, String(sum(revenues)), `segment ${segment}`);
  }

  await checkTriangle(company, deals, bySeller, asOf);
});

/** Sellers by the month in which they were won (or sold first), and in which months they sold. */
async function checkTriangle(
  company: Company,
  deals: readonly Row[],
  bySeller: ReadonlyMap<string, readonly Row[]>,
  asOf: string,
): Promise<void> {
  const query = { every: 'month', basis: 'activity', start: '2017-12-01', end: '2018-11-30' };
  const answer = await answerCohorts(company.database, company.workspaceId, cohortsQuery.parse(query));
  const sellers = deals.map((deal) => {
    const sold = bySeller.get(deal['seller_id']!) ?? [];
    const first = [deal['won_date']!, ...sold.map((row) => row['shipping_limit_date']!)].map((at) => at.slice(0, 10)).sort()[0]!;
    const byMonth = Map.groupBy(sold, (row) => row['shipping_limit_date']!.slice(0, 7));
    return {
      cohort: first.slice(0, 7),
      months: new Map([...byMonth].map(([month, rows]) => [month, sum(rows.map((row) => cents(row['price']!)))])),
    };
  });
  const cohorts = [...Map.groupBy(sellers, ({ cohort }) => cohort)].filter(([cohort]) => cohort >= '2017-12' && cohort <= '2018-11').sort();
  assert.deepEqual(
    answer.cohorts.map(({ cohort, customers }) => [cohort, customers]),
    cohorts.map(([cohort, own]) => [cohort, own.length]),
  );
  for (const { cohort, customers, cells } of answer.cohorts) {
    const own = new Map(cohorts).get(cohort)!;
    for (const cell of cells) {
      const active = own.filter(({ months }) => months.has(cell.period));
      assert.deepEqual(
        [cell.customers, cell.amount],
        [active.length, String(sum(active.map(({ months }) => months.get(cell.period)!)))],
        `${cohort} ${cell.period}`,
      );
      assert.equal(cell.censored, cell.period >= asOf.slice(0, 7), 'the month that is not over is censored');
      assert.equal(cell.value, cell.censored ? null : active.length / customers);
    }
    assert.equal(cells.at(-1)!.period, asOf.slice(0, 7));
  }
  const cell = answer.cohorts.find(({ cohort }) => cohort === '2018-04')!.cells[2]!;
  const page = await listCohortRecords(company.database, company.workspaceId, parsed(cell.recordsUrl));
  assert.deepEqual([page.total, page.sum?.amount], [cell.customers, cell.amount]);
}

const parsed = (url: string) => {
  const { every, basis, start, end, cohort, step } = Object.fromEntries(new URL(url, 'http://x').searchParams);
  return {
    every: every as 'month',
    basis: basis as 'activity',
    start,
    end,
    cohort: cohort!,
    step: Number(step),
    by: 'none' as const,
    limit: 50,
    cursor: undefined,
  };
};

test('Maven: win rate, cycle and value by agent, manager, region, product and quarter are those of its files', { skip }, async () => {
  const company = await companies.make({ currency: 'USD' });
  await company.import([`${folder}maven_crm`], { mapping: mapping('maven') });
  const deals = rowsOf('maven_crm/sales_pipeline.csv');
  const teams = new Map(rowsOf('maven_crm/sales_teams.csv').map((row) => [row['sales_agent']!, row]));
  const everything = { start: '2016-01-01', end: '2017-12-31' };
  const { total } = await figures(company, everything);
  assert.deepEqual(
    [total.parts.won!.count, total.parts.lost!.count, total.figures.wonValue.value, total.figures.cycleMedian.value],
    [4_238, 2_473, '1000553400', 57],
  );
  assert.equal(Math.round(total.figures.winRate.value! * 10_000), 6_315);
  const cycles = wonOf(deals).map(cycleOf);
  assert.equal((cycles.reduce((all, each) => all + each, 0) / cycles.length).toFixed(2), '51.78');

  const quarterOf = (day: string): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
  const groupings: Record<string, (deal: Row) => string | null> = {
    owner: (deal) => deal['sales_agent']!,
    team: (deal) => teams.get(deal['sales_agent']!)!['manager']!,
    region: (deal) => teams.get(deal['sales_agent']!)!['regional_office']!,
    product: (deal) => deal['product']!,
    quarter: (deal) => (deal['close_date'] ? quarterOf(deal['close_date']) : null),
  };
  for (const [by, groupOf] of Object.entries(groupings)) {
    const { rows } = await figures(company, { ...everything, by });
    const groups = [...Map.groupBy(deals, groupOf)].filter(([group]) => group !== null);
    assert.equal(rows.filter(({ parts }) => parts.won!.count + parts.lost!.count > 0).length, groups.length, by);
    for (const [group, own] of groups) checkRow(rows.find(({ label }) => label === group)!, own, `${by} ${group}`);
  }
  const part = total.parts.won!;
  const page = await listFigureRecords(
    company.database,
    whoIn(company),
    figureRecordsQuery.parse({ part: 'won', ...everything, limit: '200' }),
  );
  assert.deepEqual([page.total, page.sum?.amount, page.items.length], [part.count, part.amount, 200]);
});

const wonOf = (deals: readonly Row[]): Row[] => deals.filter((deal) => deal['deal_stage'] === 'Won');
const cycleOf = (deal: Row): number => days(deal['engage_date']!, deal['close_date']!);

function checkRow(row: FiguresRow, deals: readonly Row[], message: string): void {
  const won = wonOf(deals);
  const lost = deals.filter((deal) => deal['deal_stage'] === 'Lost');
  assert.deepEqual(
    [row.parts.won!.count, row.parts.lost!.count, row.figures.winRate.value, row.figures.wonValue.value, row.figures.cycleMedian.value],
    [
      won.length,
      lost.length,
      won.length / (won.length + lost.length),
      String(sum(won.map((deal) => cents(deal['close_value']!)))),
      median(won.map(cycleOf)),
    ],
    message,
  );
}
