/** A definition written over a real company's origins and landing pages, back-tested over its 8,000 leads; figures counted here from its files. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import { newId } from '#platform/db/ids.ts';
import { type Company, openCompanies } from '#tests/reliability/company.ts';
import { runBackTest } from './actions/run-back-test.ts';
import { listBackTestRecords } from './queries/kept-back-tests.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/olist');
const skip = existsSync(folder) ? false : 'the Olist files are not here (../shared/data/olist)';

interface Lead {
  readonly origin: string | null;
  readonly page: string;
  readonly month: string;
  readonly isWon: boolean;
}

function readLeads(): Lead[] {
  const read = (name: string) => parse(readFileSync(join(folder, name)), { columns: true, bom: true }) as Record<string, string>[];
  const won = new Set(read('olist_closed_deals_dataset.csv').map((deal) => deal['mql_id']!));
  return read('olist_marketing_qualified_leads_dataset.csv').map((lead) => ({
    origin: lead['origin'] || null,
    page: lead['landing_page_id']!,
    month: lead['first_contact_date']!.slice(0, 7),
    isWon: won.has(lead['mql_id']!),
  }));
}

const origins = ['organic_search', 'paid_search', 'unknown'];
let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
let leads: Lead[];
before(async () => {
  if (skip) return;
  leads = readLeads();
  companies = await openCompanies();
  company = await companies.make({ timeZone: 'America/Sao_Paulo', currency: 'BRL' });
  const mapping = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/examples/olist.mapping.json'), 'utf8'));
  await company.import([folder], { mapping });
});
after(() => companies?.close());

/** The three landing pages that bring most leads. */
const largestPages = (): string[] =>
  [...Map.groupBy(leads, ({ page }) => page)]
    .toSorted((one, other) => other[1].length - one[1].length)
    .slice(0, 3)
    .map(([page]) => page);

/** From these origins, or by one of the pages that bring most. */
const definition = (pages: readonly string[]): Rule => ({
  any: [
    { of: 'lead', field: 'origin', is: 'in', value: origins },
    {
      all: [
        { of: 'lead', field: 'landingPage', is: 'in', value: pages },
        { of: 'lead', field: 'origin', is: 'ne', value: 'social' },
      ],
    },
  ],
});

function counted(by: (lead: Lead) => string | null, passes: (lead: Lead) => boolean) {
  return [...Map.groupBy(leads, by)]
    .map(([group, of]) => {
      const passed = of.filter(passes);
      const won = of.filter(({ isWon }) => isWon).length;
      const kept = passed.filter(({ isWon }) => isWon).length;
      return [group, of.length, passed.length, of.length - passed.length, kept, won - kept];
    })
    .toSorted((one, other) => String(one[0]).localeCompare(String(other[0])));
}

async function propose(rule: Rule): Promise<string> {
  const id = newId();
  await company.inside((tx) =>
    sql`INSERT INTO definition_versions (workspace_id, id, term, number, status, text, rule)
      SELECT ${company.workspaceId}::uuid, ${id}::uuid, 'mql', count(*) + 1, 'proposed', 'Found us by search, or by a page that works.', ${JSON.stringify(rule)}::jsonb
      FROM definition_versions WHERE workspace_id = ${company.workspaceId}::uuid`.execute(tx),
  );
  return id;
}

test('Olist: a stricter MQL over origin and landing page, by origin and by month, as counted from the files', { skip }, async () => {
  const pages = largestPages();
  const passes = ({ origin, page }: Lead) => (origin !== null && origins.includes(origin)) || (pages.includes(page) && origin !== 'social');
  const versionId = await propose(definition(pages));
  const who = { workspaceId: company.workspaceId, memberId: company.memberId, name: 'Mara', side: 'marketing', role: 'owner' } as const;
  for (const [by, groupOf] of [
    ['origin', (lead: Lead) => lead.origin],
    ['month', (lead: Lead) => lead.month],
  ] as const) {
    const found = await company.inside((tx) => runBackTest(tx, who, versionId, { start: '2017-01-01', end: '2018-12-31', by }));
    const rows = found.rows.map((row) => [row.group, row.leads, row.passedThen, row.dropped, row.customersKept, row.customersLost]);
    assert.deepEqual(
      rows.toSorted((one, other) => String(one[0]).localeCompare(String(other[0]))),
      counted(groupOf, passes),
    );
    const passed = leads.filter(passes);
    assert.deepEqual(
      [found.total.leads, found.total.passedNow, found.total.passedThen, found.total.added],
      [8_000, 8_000, passed.length, 0],
    );
    assert.equal(found.total.closeRateNow, 842 / 8_000);
    assert.equal(found.total.closeRateThen, passed.filter(({ isWon }) => isWon).length / passed.length);
    assert.equal(found.against, null);
  }
});

test('Olist: the customers a definition would have lost are there to be looked at', { skip }, async () => {
  const versionId = await propose({ of: 'lead', field: 'origin', is: 'in', value: origins });
  const asked = { start: '2017-01-01', end: '2018-12-31', which: 'customersLost', limit: 200 } as const;
  const page = await company.inside((tx) => listBackTestRecords(tx, company.workspaceId, versionId, asked));
  assert.equal(page.total, 842 - 271 - 195 - 179);
  const blank = await company.inside((tx) =>
    listBackTestRecords(tx, company.workspaceId, versionId, { ...asked, by: 'origin', group: 'null' }),
  );
  assert.deepEqual([blank.total, blank.items.length], [14, 14], 'blank is not “unknown”');
  assert.ok(blank.items.every(({ origin, wonAt }) => origin === null && wonAt !== null));
});

test('Olist: a field that is filled in only when a lead is won is pointed out', { skip }, async () => {
  const versionId = await propose({ of: 'lead', field: 'segment', is: 'notBlank' });
  const who = { workspaceId: company.workspaceId, memberId: company.memberId, name: 'Mara', side: 'marketing', role: 'owner' } as const;
  const found = await company.inside((tx) => runBackTest(tx, who, versionId, { start: '2017-01-01', end: '2018-12-31', by: 'origin' }));
  assert.ok(
    found.notes.some((note) => note.startsWith('“Segment” is stated of 100 % of won leads and of 0 % of the others')),
    found.notes.join('\n'),
  );
});
