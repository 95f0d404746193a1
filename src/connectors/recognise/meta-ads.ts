/** Exports of Meta's Ads Manager: the currency stands in the name of the column of amounts, days as a range or a breakdown. */

import type { FieldSource } from '#features/intake/contract.ts';
import { currencyCodeOf } from '#engine/values/currency.ts';
import type { SourceTable } from '../tables.ts';
import { adTable, columnsOfAds, rangeNote, type AdDay, type AdTable } from './ad-costs.ts';
import type { ColumnResolver } from './template.ts';

const aliases = {
  'Campaign name': ['Kampagnenname', 'Name der Kampagne'],
  'Campaign ID': ['Kampagnen-ID'],
  'Account ID': ['Account name', 'Konto-ID', 'Kontoname'],
  'Reporting starts': ['Berichtsstart', 'Beginn der Berichterstattung'],
  'Reporting ends': ['Berichtsende', 'Ende der Berichterstattung'],
  Day: ['Tag'],
  Currency: ['Währung'],
};
const amount = /^(?:amount spent|ausgegebener betrag)(?: \((\p{L}{3}|\p{Sc})\))?$/iu;
/** Breakdowns: a blank in one is the sum over all of its values. */
const partColumns = [
  'Age',
  'Gender',
  'Country',
  'Region',
  'Platform',
  'Placement',
  'Device platform',
  'Impression device',
  'Alter',
  'Geschlecht',
  'Land',
  'Plattform',
  'Platzierung',
];
/** Levels below the campaign: their rows are parts of it, and blank they are its sum. */
const levels = ['Ad set name', 'Ad name', 'Anzeigengruppenname', 'Name der Anzeige'];

export function recogniseMetaAds(table: SourceTable): AdTable | null {
  const find = columnsOfAds(table, aliases);
  const campaign = find('Campaign name');
  const cost = table.header.find((name) => amount.test(name));
  const day = dayOf(table, find);
  if (campaign === null || cost === undefined || day === null) return null;
  return adTable(table, {
    platform: 'meta-ads',
    title: 'Meta Ads',
    campaign,
    cost,
    campaignId: find('Campaign ID'),
    account: find('Account ID'),
    currency: currencyOf(cost, find),
    channel: { constant: 'Paid Social' },
    day,
    parts: [...levels, ...partColumns].map(find).filter((column) => column !== null),
    blankIsSum: true,
  });
}

function currencyOf(cost: string, find: ColumnResolver): FieldSource | null {
  const code = currencyCodeOf(amount.exec(cost)?.[1] ?? '');
  return code === null ? find('Currency') : { constant: code };
}

function dayOf(table: SourceTable, find: ColumnResolver): AdDay | null {
  const day = find('Day');
  if (day !== null) return { reading: { column: day, lastDayOf: 'day' }, notes: [] };
  const [starts, ends] = [find('Reporting starts'), find('Reporting ends')];
  if (ends === null) return null;
  const from = table.header.indexOf(starts ?? ends);
  const to = table.header.indexOf(ends);
  const range = table.sample.find((row) => row[from] !== row[to]);
  return { reading: { column: ends, lastDayOf: 'day' }, notes: range === undefined ? [] : [rangeNote(range[from] ?? '', range[to] ?? '')] };
}
