/** Reports of LinkedIn's Campaign Manager: several lines above, days with the month first, amounts in the account's currency. */

import type { DateStyle, FieldSource } from '#features/intake/contract.ts';
import { currencyCodeOf } from '#engine/values/currency.ts';
import { readDay } from '#engine/values/dates.ts';
import { Refused } from '#engine/values/outcome.ts';
import { zoneNamed } from '#engine/values/zone.ts';
import { coverage } from '../preamble.ts';
import type { SourceTable } from '../tables.ts';
import { adTable, columnsOfAds, periodNote, rangeNote, rangeOf, type AdDay, type AdTable } from './ad-costs.ts';
import type { ColumnResolver } from './template.ts';

const aliases = {
  'Start Date (in UTC)': ['Start Date'],
  'End Date (in UTC)': ['End Date'],
  'Account ID': ['Account Name'],
};
const amount = /^total spent(?: \((\p{L}{3}|\p{Sc})\))?$/iu;
const partColumns = [
  'Creative Name',
  'Creative ID',
  'Ad Name',
  'Ad ID',
  'Ad Headline',
  'Country/Region',
  'Job Title',
  'Job Function',
  'Company',
  'Company Size',
  'Industry',
  'Seniority',
];

export function recogniseLinkedinAds(table: SourceTable): AdTable | null {
  const find = columnsOfAds(table, aliases);
  const [campaign, start] = [find('Campaign Name'), find('Start Date (in UTC)')];
  const cost = table.header.find((name) => amount.test(name));
  if (campaign === null || start === null || cost === undefined) return null;
  return adTable(table, {
    platform: 'linkedin-ads',
    title: 'LinkedIn Ads',
    campaign,
    cost,
    campaignId: find('Campaign ID'),
    account: find('Account ID'),
    currency: currencyOf(cost, find),
    channel: { constant: 'Paid Social' },
    day: dayOf(table, start, find),
    parts: partColumns.map(find).filter((column) => column !== null),
  });
}

function currencyOf(cost: string, find: ColumnResolver): FieldSource | null {
  const code = currencyCodeOf(amount.exec(cost)?.[1] ?? '');
  return code === null ? find('Currency') : { constant: code };
}

/** LinkedIn writes the month first; only days that show otherwise are read otherwise. */
function styleOf(table: SourceTable, column: string): DateStyle {
  const shown = table.columns.find(({ name }) => name === column)?.dateStyle;
  return shown === 'dmy' || shown === 'iso' ? shown : 'mdy';
}

/**
 * The column names the first day of what a row covers. Without one of the last day, the rows themselves tell: all of
 * them on the report's first day cover its whole range, all of them on firsts of months are months.
 */
function dayOf(table: SourceTable, start: string, find: ColumnResolver): AdDay {
  const end = find('End Date (in UTC)');
  const days = daysOf(table, start);
  const reading = { column: end ?? start, dateStyle: styleOf(table, end ?? start), lastDayOf: 'day' } as const;
  if (end !== null) {
    const last = daysOf(table, end);
    const at = days.findIndex((day, row) => day !== null && last[row] !== null && day !== last[row]);
    return { reading, notes: at < 0 ? [] : [rangeNote(days[at] ?? '', last[at] ?? '')] };
  }
  const range = rangeOf(table);
  const different = [...new Set(days)].filter((day) => day !== null);
  if (range !== null && range.days > 1 && different.length === 1 && different[0] === range.start)
    return { reading: { column: coverage.end, lastDayOf: 'day' }, notes: [rangeNote(range.start, range.end)] };
  const isMonths = different.length > 1 && different.every((day) => day.endsWith('-01'));
  return isMonths ? { reading: { ...reading, lastDayOf: 'month' }, notes: [periodNote('month')] } : { reading, notes: [] };
}

/** The days of the first rows; null where a cell holds none. */
function daysOf(table: SourceTable, column: string): (string | null)[] {
  const at = table.header.indexOf(column);
  const reading = { style: styleOf(table, column), zone: zoneNamed('UTC') };
  return table.sample.map((row) => readDay((row[at] ?? '').trim(), reading)).map((day) => (day instanceof Refused ? null : day));
}
