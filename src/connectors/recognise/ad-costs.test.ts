/** Exports of advertising platforms as they come: encodings, lines above, sums, days, currencies. All rows are made up. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeftOut, ParsedRecord, Recognition } from '#features/intake/contract.ts';
import { bufferSource } from '../bytes.ts';
import { openCsv } from '../csv/table.ts';
import { compileMapping } from '../mapping/compile.ts';
import { recognise } from './recognise.ts';

type Coding = 'utf8' | 'utf16le';
interface Read {
  recognition: Recognition;
  records: ParsedRecord[];
  problems: string[];
  leftOut: LeftOut[];
}

async function read(lines: readonly string[], { coding = 'utf8' as Coding, name = 'report.csv', ends = '\r\n' } = {}): Promise<Read> {
  const text = lines.map((line) => line + ends).join('');
  const content = coding === 'utf8' ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le');
  const table = await openCsv(bufferSource(name, name, content));
  const recognition = recognise([table]);
  const compiled = await compileMapping(recognition.mapping, [table], { timeZone: 'Europe/Berlin', currency: 'EUR' });
  const all: Read = { recognition, records: [], problems: [], leftOut: [] };
  for (const each of compiled.tables)
    for await (const batch of each.read()) {
      all.records.push(...batch.records);
      all.problems.push(...batch.problems.map(({ line, column, reason }) => `${line} ${column}: ${reason}`));
    }
  return { ...all, leftOut: compiled.leftOut() };
}

const briefly = ({ externalId, values, refs }: ParsedRecord) =>
  [externalId, values.occurredOn, values.amount, values.currency, values.channel, refs.campaignId?.value].join(' | ');

const google = [
  'Campaign report',
  '"January 1, 2026 - January 31, 2026"',
  'Day,Campaign,Campaign ID,Campaign type,Currency code,Cost,Impr.,Clicks',
  '2026-01-01,Brand,11,Search,EUR,"1,204.50","12,001",310',
  '2026-01-01,Everywhere,12,Performance Max,EUR,87.10,900,12',
  '2026-01-02,Brand,11,Search,EUR,0.00,0,0',
  '2026-01-02,Shop window,13,Display,EUR,5.00,100,1',
  '2026-01-02,Clip,14,Video,EUR,6.00,100,1',
  '2026-01-02,Shelf,15,Shopping,EUR,7.00,100,1',
  'Total: Campaigns, --, --, --,EUR,"1,309.60","13,101",325',
  'Total: Account, --, --, --,EUR,"1,309.60","13,101",325',
];
const googleCosts = [
  'google-ads/11/2026-01-01 | 2026-01-01 | 120450 | EUR | Paid Search | Brand',
  'google-ads/12/2026-01-01 | 2026-01-01 | 8710 | EUR | Cross-network | Everywhere',
  'google-ads/11/2026-01-02 | 2026-01-02 | 0 | EUR | Paid Search | Brand',
  'google-ads/13/2026-01-02 | 2026-01-02 | 500 | EUR | Display | Shop window',
  'google-ads/14/2026-01-02 | 2026-01-02 | 600 | EUR | Paid Video | Clip',
  'google-ads/15/2026-01-02 | 2026-01-02 | 700 | EUR | Paid Shopping | Shelf',
];

test('a Google Ads report of campaigns: title and range above, sums below, one cost a campaign and day', async () => {
  const { recognition, records, problems, leftOut } = await read(google);
  assert.deepEqual(
    [recognition.dialect, recognition.mapping.source, recognition.tables[0]?.kind, problems],
    ['google-ads', 'ads', 'cost', []],
  );
  assert.deepEqual(records.map(briefly), googleCosts);
  assert.deepEqual(
    records
      .map(({ values, refs }) => [values.side, values.category, values.supplier, refs.campaignId?.by, refs.campaignId?.missing])
      .slice(0, 1),
    [['marketing', 'media', 'Google Ads', 'name', 'create']],
  );
  assert.deepEqual(leftOut, [{ table: 'report.csv', because: 'sums over other rows', rows: 2 }]);
  assert.match(
    recognition.notes.join('\n'),
    /passed over above the names of the columns: “Campaign report”, “January 1, 2026 - January 31, 2026”/,
  );
  assert.match(recognition.notes.join('\n'), /a campaign that isn’t here yet is made/);
});

test('the same as Google downloads it for Excel: UTF-16, tabs', async () => {
  const tabbed = google.map((line) =>
    line.startsWith('"') ? line.slice(1, -1) : line.replace(/"([^"]*)"|,/g, (all, quoted?: string) => quoted ?? (all === ',' ? '\t' : all)),
  );
  const { recognition, records, problems } = await read(tabbed, { coding: 'utf16le' });
  assert.deepEqual([recognition.dialect, problems], ['google-ads', []]);
  assert.deepEqual(records.map(briefly), googleCosts);
});

test('a German Google Ads report: decimal commas, days with dots, “Gesamt”', async () => {
  const { recognition, records, problems, leftOut } = await read([
    'Kampagnenbericht',
    '1. Januar 2026 - 31. Januar 2026',
    'Kampagne\tTag\tKampagnentyp\tWährungscode\tKosten\tImpr.\tKlicks',
    'Marke\t05.01.2026\tSuchnetzwerk\tEUR\t1.204,50\t900\t20',
    'Marke\t06.01.2026\tSuchnetzwerk\tEUR\t3,20\t10\t1',
    'Gesamt: Kampagnen\t--\t--\tEUR\t1.207,70\t910\t21',
  ]);
  assert.deepEqual([recognition.dialect, problems, leftOut[0]?.rows], ['google-ads', [], 1]);
  assert.deepEqual(records.map(briefly), [
    'google-ads/Marke/2026-01-05 | 2026-01-05 | 120450 | EUR | Paid Search | Marke',
    'google-ads/Marke/2026-01-06 | 2026-01-06 | 320 | EUR | Paid Search | Marke',
  ]);
});

test('a Google Ads report without days is dated at the end of the range above it, and says so', async () => {
  const { recognition, records } = await read([
    'Campaign report',
    '2026-01-01 - 2026-01-31',
    'Campaign,Campaign status,Currency code,Cost,Impr.',
    'Brand,Enabled,EUR,120.00,10',
    'Total: Account,,EUR,120.00,10',
  ]);
  assert.deepEqual(records.map(briefly), ['google-ads/Brand/2026-01-31 | 2026-01-31 | 12000 | EUR | Paid Search | Brand']);
  assert.match(recognition.notes.join('\n'), /each stands for 2026-01-01 to 2026-01-31 and is dated at the last day/);
  const nowhere = await read(['Campaign,Campaign status,Currency code,Cost,Impr.', 'Brand,Enabled,EUR,120.00,10']);
  assert.match(nowhere.recognition.tables[0]?.setAside ?? '', /no day.*add the segment “Day”/);
});

test('weeks and months of Google Ads are dated at their last day', async () => {
  const months = await read(['Month,Campaign,Currency code,Cost,Impr.', '2026-02,Brand,EUR,1.00,10', '2026-03,Brand,EUR,2.00,10']);
  assert.deepEqual(
    months.records.map(({ values }) => values.occurredOn),
    ['2026-02-28', '2026-03-31'],
  );
  assert.match(months.recognition.notes.join('\n'), /its rows are months/);
  const weeks = await read(['Week,Campaign,Currency code,Cost,Impr.', '2026-02-02,Brand,EUR,1.00,10']);
  assert.equal(weeks.records[0]?.values.occurredOn, '2026-02-08');
});

test('a report of search terms is left out: it lacks the spend on rare ones', async () => {
  const { recognition } = await read(['Search term,Campaign,Day,Currency code,Cost,Impr.', 'shoes,Brand,2026-01-01,EUR,1.00,10']);
  assert.match(recognition.tables[0]?.setAside ?? '', /search terms/);
});

test('a table of one’s own with campaigns and costs is not taken for Google’s', async () => {
  const { recognition } = await read(['Date,Campaign,Category,Impressions,Clicks,Cost', '2026-01-01,Brand,media,10,1,1.00']);
  assert.deepEqual([recognition.dialect, recognition.tables[0]?.kind], ['plain', 'cost']);
});

test('Meta by day: the currency of the header, sums without a campaign or a day left out', async () => {
  const { recognition, records, problems, leftOut } = await read([
    'Campaign name,Day,Reach,Amount spent (EUR),Link clicks,Reporting starts,Reporting ends',
    ',,5000,42.18,86,2026-01-01,2026-01-31',
    'Spring,,5000,42.18,86,2026-01-01,2026-01-31',
    'Spring,2026-01-03,4210,40.00,80,2026-01-01,2026-01-31',
    'Spring,2026-01-04,790,2.18,6,2026-01-01,2026-01-31',
    'Spring,2026-01-05,0,,0,2026-01-01,2026-01-31',
  ]);
  assert.deepEqual([recognition.dialect, recognition.mapping.source, problems, leftOut[0]?.rows], ['meta-ads', 'ads', [], 2]);
  assert.deepEqual(records.map(briefly), [
    'meta-ads/Spring/2026-01-03 | 2026-01-03 | 4000 | EUR | Paid Social | Spring',
    'meta-ads/Spring/2026-01-04 | 2026-01-04 | 218 | EUR | Paid Social | Spring',
    'meta-ads/Spring/2026-01-05 | 2026-01-05 | 0 | EUR | Paid Social | Spring',
  ]);
});

test('Meta without a breakdown by day is dated at the last day of each row’s range', async () => {
  const { recognition, records } = await read(
    [
      'Reporting starts,Reporting ends,Campaign name,Campaign ID,Amount spent (USD),Impressions',
      '2026-01-01,2026-01-31,Spring,120200,"1,010.00",3100',
    ],
    { coding: 'utf16le' },
  );
  assert.deepEqual(records.map(briefly), ['meta-ads/120200/2026-01-31 | 2026-01-31 | 101000 | USD | Paid Social | Spring']);
  assert.match(recognition.notes.join('\n'), /2026-01-01 to 2026-01-31 and is dated at the last day/);
  const days = await read([
    'Reporting starts,Reporting ends,Campaign name,Amount spent (EUR)',
    '2026-01-01,2026-01-01,Spring,1.00',
    '2026-01-02,2026-01-02,Spring,2.00',
  ]);
  assert.doesNotMatch(days.recognition.notes.join('\n'), /last day/, 'rows of one day each need no note');
});

test('parts of a Meta day keep one id, and a blank part is their sum', async () => {
  const { recognition, records, leftOut } = await read([
    'Campaign name,Age,Day,Amount spent (EUR)',
    'Spring,,2026-01-03,30.00',
    'Spring,25-34,2026-01-03,10.00',
    'Spring,35-44,2026-01-03,20.00',
  ]);
  assert.deepEqual(
    records.map(({ externalId, values }) => [externalId, values.amount]),
    [
      ['meta-ads/Spring/2026-01-03', '1000'],
      ['meta-ads/Spring/2026-01-03', '2000'],
    ],
  );
  assert.equal(leftOut[0]?.rows, 1);
  assert.match(recognition.notes.join('\n'), /added up over “Age”/);
});

const linkedin = (...rows: string[]) => [
  'Campaign Performance Report (in UTC)',
  'Report Start: January 1, 2026, 12:00 AM',
  'Report End: January 31, 2026, 11:59 PM',
  'Date Generated: February 2, 2026, 9:12 AM',
  '',
  'Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group Name\tCampaign Name\tTotal Spent\tImpressions\tClicks',
  ...rows,
];

test('LinkedIn by day: UTF-16, five lines above, days with the month first', async () => {
  const { recognition, records, problems } = await read(
    linkedin(
      '1/2/2026\tNorthwind\tEUR\tQ1\tDecision makers\t1,033.33\t1000\t4',
      '1/3/2026\tNorthwind\tEUR\tQ1\tDecision makers\t33.34\t1100\t5',
    ),
    { coding: 'utf16le' },
  );
  assert.deepEqual([recognition.dialect, problems, recognition.questions], ['linkedin-ads', [], []]);
  assert.deepEqual(records.map(briefly), [
    'linkedin-ads/Northwind %2F Decision makers/2026-01-02 | 2026-01-02 | 103333 | EUR | Paid Social | Decision makers',
    'linkedin-ads/Northwind %2F Decision makers/2026-01-03 | 2026-01-03 | 3334 | EUR | Paid Social | Decision makers',
  ]);
});

test('LinkedIn without a breakdown: all rows on the first day of the report stand for its whole range', async () => {
  const { recognition, records } = await read(
    linkedin('1/1/2026\tNorthwind\tUSD\tQ1\tDecision makers\t400.00\t1000\t4', '1/1/2026\tNorthwind\tUSD\tQ1\tRetargeting\t50.00\t100\t1'),
    { ends: '\n' },
  );
  assert.deepEqual(
    records.map(({ values }) => [values.occurredOn, values.amount, values.currency]),
    [
      ['2026-01-31', '40000', 'USD'],
      ['2026-01-31', '5000', 'USD'],
    ],
  );
  assert.match(recognition.notes.join('\n'), /stands for 2026-01-01 to 2026-01-31/);
});

test('LinkedIn by month, and with a column of last days', async () => {
  const months = await read(['Start Date (in UTC),Campaign Name,Total Spent,Currency', '1/1/2026,A,1.00,EUR', '2/1/2026,A,2.00,EUR']);
  assert.deepEqual(
    months.records.map(({ values }) => values.occurredOn),
    ['2026-01-31', '2026-02-28'],
  );
  const ranges = await read(['Start Date (in UTC),End Date (in UTC),Campaign Name,Total Spent', '1/1/2026,1/15/2026,A,1.00']);
  assert.equal(ranges.records[0]?.values.occurredOn, '2026-01-15');
  assert.match(ranges.recognition.notes.join('\n'), /states no currency/);
});

test('exports of all three together keep one name for their ids', async () => {
  const open = (name: string, lines: string[]) => openCsv(bufferSource(name, name, Buffer.from(lines.join('\n'))));
  const { mapping, tables } = recognise([
    await open('g.csv', google),
    await open('m.csv', ['Campaign name,Day,Amount spent (EUR)', 'Spring,2026-01-03,40.00']),
    await open('l.csv', linkedin('1/2/2026\tNorthwind\tEUR\tQ1\tDecision makers\t33.33\t1000\t4')),
  ]);
  assert.deepEqual([mapping.source, ...tables.map(({ dialect }) => dialect)], ['ads', 'google-ads', 'meta-ads', 'linkedin-ads']);
});

test('lines above any other table are passed over as well; what only looks like them is not', async () => {
  const open = (...lines: string[]) => openCsv(bufferSource('x.csv', 'x.csv', Buffer.from(lines.join('\n'))));
  const table = await open('Exported leads', '', 'Lead ID;Name;City', '1;Ann;Berlin', '2;Bob;Rome');
  assert.deepEqual([table.header, table.sample.length, table.delimiter], [['Lead ID', 'Name', 'City'], 2, ';']);
  const list = await open('Name', 'Ann', 'Bob');
  assert.deepEqual(list.header, ['Name']);
  const ragged = await open('Name', 'Ann,Berlin,x', 'Bob', 'Cem');
  assert.deepEqual(ragged.header, ['Name']);
});
