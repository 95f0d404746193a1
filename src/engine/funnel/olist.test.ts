/** The funnel of a real company, against figures counted independently (see ../shared/data/README.md beside the project). */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { dayNumber } from '#engine/values/calendarDay.ts';
import { columnsOf, type FunnelColumns } from './columns.ts';
import { convert } from './conversion.ts';
import { byCodes, byNothing } from './grouping.ts';
import type { FunnelQuestion } from './question.ts';
import { pageOfRecords } from './records.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/olist');
const skip = existsSync(folder) ? false : 'the Olist files are not here (../shared/data/olist)';

const expected: [origin: string | null, mqls: number, won: number, closeRate: string][] = [
  ['organic_search', 2296, 271, '.1180'],
  ['paid_search', 1586, 195, '.1230'],
  ['social', 1350, 75, '.0556'],
  ['unknown', 1099, 179, '.1629'],
  ['direct_traffic', 499, 56, '.1122'],
  ['email', 493, 15, '.0304'],
  ['referral', 284, 24, '.0845'],
  ['other', 150, 4, '.0267'],
  ['display', 118, 6, '.0508'],
  ['other_publicities', 65, 3, '.0462'],
  [null, 60, 14, '.2333'],
];
const question: FunnelQuestion = {
  mode: 'cohort',
  from: 0,
  to: 1,
  startDay: -0x7fffffff,
  endDay: 0x7fffffff,
  windowDays: null,
  asOfDay: dayNumber(2018, 12, 31),
};

function readOlist(): FunnelColumns {
  const read = (name: string) => parse(readFileSync(join(folder, name)), { columns: true, bom: true }) as Record<string, string>[];
  const day = (text: string) => dayNumber(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));
  const wonOn = new Map(read('olist_closed_deals_dataset.csv').map((deal) => [deal['mql_id']!, day(deal['won_date']!)]));
  const leads = read('olist_marketing_qualified_leads_dataset.csv').map((lead) => ({
    id: lead['mql_id']!.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    days: [day(lead['first_contact_date']!), wonOn.get(lead['mql_id']!) ?? null],
    origin: lead['origin'] || null,
  }));
  return columnsOf(leads, 2);
}

test('Olist: leads, customers and close rate by origin, blank apart from unknown', { skip }, () => {
  const columns = readOlist();
  const { groups, total } = convert(columns, question, byCodes(columns.codes.origin, columns.dictionaries.origin.texts.length));
  const rows = groups.map((row) => [columns.dictionaries.origin.texts[row.group], row.entered, row.reached, row.rate!.toFixed(4).slice(1)]);
  assert.deepEqual(
    rows.sort((one, other) => Number(other[1]) - Number(one[1])),
    expected,
  );
  assert.deepEqual([total.entered, total.reached, total.rate], [8000, 842, 0.10525]);
});

test('Olist: median 14 days, 33 on day 0, one negative cycle of −2 days that opens', { skip }, () => {
  const columns = readOlist();
  const { total } = convert(columns, question, byNothing(columns));
  assert.deepEqual([total.medianDays, total.negativeCycles], [14, 1]);
  const onDayZero = (windowDays: number) => convert(columns, { ...question, windowDays }, byNothing(columns)).total.reached;
  assert.equal(onDayZero(0) - total.negativeCycles, 33, 'within 0 days, less the negative one');
  const page = pageOfRecords(columns, { question, which: 'negative', grouping: byNothing(columns), group: null, limit: 10, after: null });
  assert.equal(page.total, 1);
  const row = Array.from({ length: columns.count }, (_, at) => at).find((at) => columns.days[1]![at]! - columns.days[0]![at]! === -2);
  assert.ok(row !== undefined);
});
