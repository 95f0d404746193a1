import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { dayOf, parseDay } from '#engine/simulate/days.ts';
import { dayText } from '#engine/values/calendarDay.ts';
import { revenueBetween } from './activity.ts';
import { byAccount, cohortTriangle, firstDayOf, periodOf, type Triangle } from './cohorts.ts';
import type { RevenueEntry } from './revenue.ts';

const month = (year: number, of: number) => year * 12 + of - 1;
const activeOf = ({ cohorts }: Triangle) =>
  cohorts.map(({ cells }) => cells.map(({ active, censored }) => (censored ? `(${active})` : active)));

test('months and quarters are numbers that follow each other', () => {
  assert.equal(periodOf(dayOf(2026, 3, 31), 'month'), month(2026, 3));
  assert.equal(periodOf(dayOf(2026, 4, 1), 'quarter') - periodOf(dayOf(2025, 12, 31), 'quarter'), 2);
  assert.equal(dayText(firstDayOf(periodOf(dayOf(2026, 5, 17), 'quarter'), 'quarter')), '2026-04-01');
  assert.equal(dayText(firstDayOf(month(2026, 12), 'month')), '2026-12-01');
});

test('a month that is not wholly on record is censored: no zero, no fall', () => {
  const starts = new Map([
    ['a', month(2026, 1)],
    ['b', month(2026, 1)],
    ['c', month(2026, 2)],
    ['d', month(2026, 3)],
  ]);
  const amounts = byAccount([
    [
      month(2026, 1),
      new Map([
        ['a', 100n],
        ['b', 50n],
      ]),
    ],
    [
      month(2026, 2),
      new Map([
        ['a', 100n],
        ['c', 10n],
      ]),
    ],
    [month(2026, 3), new Map([['b', 5n]])],
  ]);
  const triangle = cohortTriangle({ step: 'month', asOf: dayOf(2026, 3, 15), starts, amounts });
  assert.deepEqual(activeOf(triangle), [[2, 1, '(1)'], [1, '(0)'], ['(0)']]);
  const [first, , third] = triangle.cohorts;
  assert.deepEqual([first!.customers, first!.growing, first!.cells[0]!.revenue, first!.cells[1]!.share.value], [2, false, 150n, 0.5]);
  assert.deepEqual([third!.growing, third!.cells[0]!.share.value], [true, null]);
  assert.equal(third!.cells[0]!.share.reason, 'not a number: the period is not wholly on record yet');
  assert.deepEqual(
    triangle.together.map(({ value }) => value),
    [1, 0.5, null],
  );
});

test('with its last day a month is wholly on record', () => {
  const starts = new Map([['a', month(2026, 2)]]);
  const cells = (day: number) => cohortTriangle({ step: 'month', asOf: dayOf(2026, 2, day), starts, amounts: new Map() }).cohorts[0]!.cells;
  assert.deepEqual([cells(27)[0]!.censored, cells(28)[0]!.censored, cells(28)[0]!.active], [true, false, 0]);
});

test('who became a customer after the last day on record is there, and censored', () => {
  const { cohorts } = cohortTriangle({
    step: 'month',
    asOf: dayOf(2026, 2, 28),
    starts: new Map([['late', month(2026, 4)]]),
    amounts: new Map(),
  });
  assert.deepEqual([cohorts[0]!.customers, cohorts[0]!.cells.length, cohorts[0]!.cells[0]!.censored], [1, 1, true]);
});

test('a period in which all revenue was taken back is not active', () => {
  const entry = { account: 'a', line: '', dealAmount: null, on: 3 };
  const entries: RevenueEntry[] = [
    { ...entry, kind: 'new', amount: 100n },
    { ...entry, kind: 'refund', amount: 100n },
    { ...entry, account: 'b', kind: 'new', amount: 100n, on: 5 },
    { ...entry, account: 'b', kind: 'contraction', amount: 30n, on: 9 },
  ];
  assert.deepEqual([...revenueBetween(entries, 0, 10)], [['b', 70n]]);
  assert.deepEqual([...revenueBetween(entries, 0, 9)], [['b', 100n]]);
});

const folder = join(import.meta.dirname, '../../../../shared/data/olist');
const skip = existsSync(folder) ? false : 'the Olist files are not here (../shared/data/olist)';
const rowsOf = (file: string) => parse(readFileSync(join(folder, file)), { columns: true }) as Record<string, string>[];

/** Sellers active so many months after the month of their win; counted by another program. The last month has 6 days on record. */
const sellers: [string, number, (number | string)[]][] = [
  ['2017-12', 3, [0, 1, 1, 1, 1, 1, 1, 0, 0, '(0)']],
  ['2018-01', 73, [1, 13, 16, 28, 23, 21, 21, 26, '(0)']],
  ['2018-02', 113, [6, 18, 27, 44, 38, 38, 39, '(3)']],
  ['2018-03', 147, [4, 30, 40, 44, 41, 47, '(1)']],
  ['2018-04', 207, [6, 35, 68, 57, 78, '(0)']],
  ['2018-05', 122, [12, 30, 40, 54, '(0)']],
  ['2018-06', 57, [2, 10, 21, '(1)']],
  ['2018-07', 37, [2, 10, '(0)']],
  ['2018-08', 33, [2, '(0)']],
  ['2018-09', 23, ['(0)']],
  ['2018-10', 21, ['(0)']],
  ['2018-11', 6, ['(0)']],
];

test('Olist’s sellers: the triangle on the basis of activity, late ones censored', { skip }, () => {
  const starts = new Map(
    rowsOf('olist_closed_deals_dataset.csv').map((row) => [row['seller_id']!, periodOf(parseDay(row['won_date']!.slice(0, 10))!, 'month')]),
  );
  const entries = rowsOf('won_seller_order_items.csv').map(
    (row): RevenueEntry => ({
      account: row['seller_id']!,
      line: '',
      kind: 'new',
      on: parseDay(row['shipping_limit_date']!.slice(0, 10))!,
      amount: BigInt(Math.round(Number(row['price']) * 100)),
      dealAmount: null,
    }),
  );
  const months = Array.from({ length: 12 }, (_, at) => month(2017, 12) + at);
  const amounts = byAccount(
    months.map((each) => [each, revenueBetween(entries, firstDayOf(each, 'month'), firstDayOf(each + 1, 'month'))]),
  );
  const triangle = cohortTriangle({ step: 'month', asOf: Math.max(...entries.map(({ on }) => on)), starts, amounts });
  assert.deepEqual(
    triangle.cohorts.map(({ period, customers }, at) => [
      dayText(firstDayOf(period, 'month')).slice(0, 7),
      customers,
      activeOf(triangle)[at],
    ]),
    sellers,
  );
  const revenue = triangle.cohorts.flatMap(({ cells }) => cells).reduce((sum, cell) => sum + cell.revenue, 0n);
  assert.equal(revenue, 67_685_148n - before(entries, starts));
});

/** Of a few sellers an order is older than the win; it stands in no cell. */
const before = (entries: readonly RevenueEntry[], starts: ReadonlyMap<string, number>): bigint =>
  entries.reduce((sum, { account, on, amount }) => sum + (periodOf(on, 'month') < starts.get(account)! ? amount : 0n), 0n);
