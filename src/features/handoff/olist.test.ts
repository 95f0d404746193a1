/** Who hands to whom in a real company: Olist's SDRs and SRs against counts made here from its own files. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { funnelQuery } from '#features/funnel/contract.ts';
import { answerFunnel } from '#features/funnel/queries/answers.ts';
import { listRecords } from '#features/records/queries/lists.ts';
import { openCompanies, type Company } from '#tests/reliability/company.ts';
import { matrixAsk, matrixRecordsAsk } from './contract.ts';
import { answerMatrix, listMatrixRecords } from './queries/matrix.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/olist', import.meta.url));
const skip = existsSync(folder) ? false : 'the real data (../shared/data/olist) is not here';

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

type Row = Record<string, string>;
const rowsOf = (file: string): Row[] =>
  Papa.parse<Row>(readFileSync(`${folder}/${file}`, 'utf8'), { header: true, skipEmptyLines: true }).data;

interface Won {
  sdr: string;
  sr: string;
  days: number;
}

/** Closed deals with the day of first contact of their lead. */
function wonInFiles(): Won[] {
  const firstContact = new Map(
    rowsOf('olist_marketing_qualified_leads_dataset.csv').map((row) => [row['mql_id'], row['first_contact_date']!]),
  );
  return rowsOf('olist_closed_deals_dataset.csv').map((row) => ({
    sdr: row['sdr_id']!,
    sr: row['sr_id']!,
    days: Temporal.PlainDate.from(firstContact.get(row['mql_id'])!).until(row['won_date']!.slice(0, 10), { largestUnit: 'days' }).days,
  }));
}

const median = (days: number[]): number => days.sort((one, other) => one - other)[Math.ceil(days.length / 2) - 1]!;
const summary = (won: readonly Won[]) => ({
  won: won.length,
  median: median(won.map(({ days }) => days)),
  negative: won.filter(({ days }) => days < 0).length,
});

/** The source's own ids of members, by ours. */
async function sourceIds(company: Company): Promise<Map<string, string>> {
  const rows = await company.rows<{ record_id: string; external_id: string }>(
    `SELECT record_id, external_id FROM external_ids WHERE workspace_id = :ws AND kind = 'member'`,
  );
  return new Map(rows.map(({ record_id, external_id }) => [record_id, external_id]));
}

/** How many leads the list at an address holds, read to its end. */
async function opened(company: Company, url: string): Promise<number> {
  const filter = JSON.parse(new URL(url, 'http://x').searchParams.get('filter') ?? '{"all":[]}');
  let count = 0;
  for (let cursor: string | undefined; ; ) {
    const page = await company.inside((tx) => listRecords(tx, company.workspaceId, 'lead', { filter, limit: 200, cursor }));
    count += page.items.length;
    if (page.next === null) return count;
    cursor = page.next;
  }
}

test('Olist: leads won, median days and negative cycles by SDR and by SR, every number opening', { skip }, async () => {
  const company = await companies.make({ timeZone: 'America/Sao_Paulo', currency: 'BRL' });
  const mapping = JSON.parse(readFileSync(new URL('../../../docs/examples/olist.mapping.json', import.meta.url), 'utf8'));
  await company.import([folder], { mapping });
  const ids = await sourceIds(company);
  const answer = await answerMatrix(company.database, company.workspaceId, matrixAsk.parse({}));
  const won = wonInFiles();
  assert.equal(won.length, 842);

  for (const [rows, key] of [
    [answer.sdrs, 'sdr'],
    [answer.reps, 'sr'],
  ] as const) {
    const expected = new Map([...Map.groupBy(won, (each) => each[key])].map(([id, each]) => [id, summary(each)]));
    const found = rows.filter(({ member }) => member !== null);
    assert.deepEqual(
      new Map(found.map((row) => [ids.get(row.member!.id)!, { won: row.won, median: row.medianDaysToWon!, negative: row.negativeCycles }])),
      expected,
    );
    for (const row of rows) {
      assert.equal(await opened(company, row.recordsUrl), row.leads);
      assert.equal(await opened(company, row.wonUrl), row.won);
    }
  }
  assert.equal(
    answer.cells.reduce((sum, { leads }) => sum + leads, 0),
    8_000,
  );
  const pairs = new Map([...Map.groupBy(won, ({ sdr, sr }) => `${sdr} ${sr}`)].map(([pair, each]) => [pair, each.length]));
  const handed = answer.cells.filter(({ sdr, rep }) => sdr !== null || rep !== null);
  assert.deepEqual(new Map(handed.map(({ sdr, rep, won: count }) => [`${ids.get(sdr!.id)} ${ids.get(rep!.id)}`, count])), pairs);

  const [negative, ...more] = answer.cells.filter(({ negativeCycles }) => negativeCycles > 0);
  assert.equal(more.length, 0);
  const leads = await listMatrixRecords(
    company.database,
    company.workspaceId,
    matrixRecordsAsk.parse(Object.fromEntries(new URL(negative!.negativeUrl, 'http://x').searchParams)),
  );
  assert.equal(leads.total, 1, 'the one lead won before its first contact');

  const funnel = await answerFunnel(company.database, company.workspaceId, funnelQuery.parse({ by: 'qualifier', from: 'mql', to: 'won' }));
  assert.deepEqual(
    new Map(funnel.rows.map(({ group, reached }) => [group, reached])),
    new Map(answer.sdrs.map(({ member, won: count }) => [member?.id ?? null, count])),
    'the funnel by SDR says the same',
  );
});
