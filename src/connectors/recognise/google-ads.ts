/** Reports of Google Ads by campaign: lines with title and range of days above, sums below, “--” for no value. */

import type { FieldSource } from '#features/intake/contract.ts';
import type { PeriodUnit } from '#engine/values/lastDay.ts';
import type { SourceTable } from '../tables.ts';
import { adTable, columnsOfAds, dayOfCoverage, periodNote, type AdDay, type AdTable } from './ad-costs.ts';
import type { ColumnResolver } from './template.ts';

const aliases = {
  Campaign: ['Kampagne'],
  'Campaign ID': ['Kampagnen-ID'],
  'Campaign type': ['Kampagnentyp', 'Advertising channel type'],
  'Campaign status': ['Campaign state', 'Kampagnenstatus'],
  'Customer ID': ['Kunden-ID'],
  Account: ['Account name', 'Kontoname'],
  Cost: ['Kosten'],
  'Currency code': ['Währungscode', 'Currency'],
  'Impr.': ['Impressions', 'Impressionen'],
  Clicks: ['Klicks', 'Interactions', 'Interaktionen'],
  'Avg. CPC': ['Durchschn. CPC'],
  Day: ['Tag'],
  Week: ['Woche'],
  Month: ['Monat'],
  Quarter: ['Quartal'],
  Year: ['Jahr'],
  'Search term': ['Suchbegriff'],
};
/** Two of these beside campaign and cost, one of them in Google's own spelling, tell its report from somebody's table. */
const marks = ['Currency code', 'Impr.', 'Clicks', 'Campaign status', 'Campaign type', 'Avg. CPC'];
const ownSpelling = new Set(['impr.', 'currency code', 'währungscode', 'campaign state']);
const partColumns = [
  'Ad group',
  'Anzeigengruppe',
  'Device',
  'Gerät',
  'Network',
  'Network (with search partners)',
  'Keyword',
  'Hour of the day',
  'Click type',
  'Conversion action',
];

export function recogniseGoogleAds(table: SourceTable): AdTable | null {
  const find = columnsOfAds(table, aliases);
  const [campaign, cost] = [find('Campaign'), find('Cost')];
  const isGoogles =
    marks.filter((mark) => find(mark) !== null).length > 1 && table.header.some((name) => ownSpelling.has(name.toLowerCase()));
  if (campaign === null || cost === null || !isGoogles) return null;
  const title = 'Google Ads';
  const aside = (setAside: string): AdTable => ({ title, mapping: null, setAside, notes: [] });
  if (find('Search term') !== null)
    return aside('a report of search terms leaves out the spend on rare ones: download the report of campaigns');
  const day = dayOf(table, find);
  if (day === null)
    return aside('its rows have no day, and no line above the table says which days they cover: add the segment “Day” to the report');
  return adTable(table, {
    platform: 'google-ads',
    title,
    campaign,
    cost,
    campaignId: find('Campaign ID'),
    account: find('Customer ID') ?? find('Account'),
    currency: find('Currency code'),
    channel: channelOf(find('Campaign type')),
    day,
    parts: partColumns.map(find).filter((column) => column !== null),
  });
}

const units: readonly (readonly [column: string, unit: PeriodUnit])[] = [
  ['Day', 'day'],
  ['Week', 'week'],
  ['Month', 'month'],
  ['Quarter', 'quarter'],
  ['Year', 'year'],
];

function dayOf(table: SourceTable, find: ColumnResolver): AdDay | null {
  for (const [name, unit] of units) {
    const column = find(name);
    if (column !== null) return { reading: { column, lastDayOf: unit }, notes: unit === 'day' ? [] : [periodNote(unit)] };
  }
  return dayOfCoverage(table);
}

/** By Google's types of campaign; those that run everywhere at once have no channel of their own. */
function channelOf(type: string | null): FieldSource {
  const other = { constant: 'Paid Search' };
  if (type === null) return other;
  const is = (channel: string, ...words: string[]) => ({ constant: channel, when: { column: type, contains: words } });
  return [
    is('Cross-network', 'performance max', 'performance_max', 'demand gen', 'demand_gen', 'discovery', 'app', 'multi_channel'),
    is('Paid Shopping', 'shopping'),
    is('Paid Video', 'video', 'youtube'),
    is('Display', 'display'),
    other,
  ];
}
