/** The files of real companies, through the whole import. Figures are counted here by plain SQL. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { funnelQuery } from '#features/funnel/contract.ts';
import { answerFunnel } from '#features/funnel/queries/answers.ts';
import { openCompanies, type Company, type Imported } from '#tests/reliability/company.ts';
import type { MappingInput } from './contract.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const skip = existsSync(folder) ? false : 'the real data (../shared/data) is not here';
const mapping = (name: string): MappingInput =>
  JSON.parse(readFileSync(new URL(`../../../docs/examples/${name}.mapping.json`, import.meta.url), 'utf8'));

let companies: Awaited<ReturnType<typeof openCompanies>>;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const changed = ({ result }: Imported) =>
  Object.entries(result.kinds).flatMap(([kind, counts]) =>
    (['created', 'updated', 'rejected', 'merged'] as const)
      .filter((what) => counts[what] > 0)
      .map((what) => `${kind}: ${counts[what]} ${what}`),
  );
const facts = (company: Company) => company.value('SELECT count(*) FROM facts WHERE workspace_id = :ws AND run_id IS NOT NULL');

async function importsAgainWithoutChange(company: Company, again: () => Promise<Imported>): Promise<void> {
  const [state, recorded] = [await company.state(), await facts(company)];
  assert.deepEqual(changed(await again()), []);
  assert.deepEqual(await company.state(), state);
  assert.equal(await facts(company), recorded);
  assert.deepEqual(await company.differences(), []);
}

test('Olist: every origin as counted independently, blank apart from unknown, revenue to the cent, the negative cycle seen', {
  skip,
}, async () => {
  const company = await companies.make({ timeZone: 'America/Sao_Paulo', currency: 'BRL' });
  const bringIn = () => company.import([`${folder}olist`], { mapping: mapping('olist') });
  const { result, problems } = await bringIn();
  assert.deepEqual([result.errors, problems], [0, []]);

  const expected = [
    ['organic_search', 2_296, 271],
    ['paid_search', 1_586, 195],
    ['social', 1_350, 75],
    ['unknown', 1_099, 179],
    ['direct_traffic', 499, 56],
    ['email', 493, 15],
    ['referral', 284, 24],
    ['other', 150, 4],
    ['display', 118, 6],
    ['other_publicities', 65, 3],
    [null, 60, 14],
  ];
  const counted = await company.rows<{ origin: string | null; mqls: bigint; won: bigint }>(
    'SELECT origin, count(mql_at) AS mqls, count(won_at) AS won FROM leads WHERE workspace_id = :ws GROUP BY 1 ORDER BY 2 DESC',
  );
  assert.deepEqual(
    counted.map(({ origin, mqls, won }) => [origin, Number(mqls), Number(won)]),
    expected,
  );
  const funnel = await answerFunnel(company.database, company.workspaceId, funnelQuery.parse({ by: 'origin', from: 'mql', to: 'won' }));
  assert.deepEqual(
    funnel.rows.map((row) => [row.origin, row.entered, row.reached]).sort((a, b) => Number(b[1]) - Number(a[1])),
    expected,
  );
  assert.deepEqual([funnel.total.entered, funnel.total.reached, funnel.total.rate], [8_000, 842, 0.10525]);
  assert.deepEqual([funnel.total.medianDays, funnel.total.negativeCycles], [14, 1]);

  assert.equal(
    await company.value(
      `SELECT count(DISTINCT d.lead_id) FROM deals d JOIN leads l ON l.workspace_id = d.workspace_id AND l.id = d.lead_id WHERE d.workspace_id = :ws AND d.status = 'won'`,
    ),
    '842',
  );
  const [money] = await company.rows(
    `SELECT count(DISTINCT account_id)::int AS accounts, count(*)::int AS items, sum(amount)::text AS cents, sum((custom->>'freight')::bigint)::text AS freight, min(currency) AS currency FROM revenue_entries WHERE workspace_id = :ws`,
  );
  assert.deepEqual(money, { accounts: 380, items: 5_044, cents: '67685148', freight: '9896415', currency: 'BRL' });
  const [cycle] =
    await company.rows(`SELECT min(days) AS least, percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median, count(*) FILTER (WHERE days = 0)::int AS same_day FROM
    (SELECT (won_at AT TIME ZONE 'America/Sao_Paulo')::date - (opened_at AT TIME ZONE 'America/Sao_Paulo')::date AS days FROM leads WHERE workspace_id = :ws AND won_at IS NOT NULL) cycles`);
  assert.deepEqual(cycle, { least: -2, median: 14, same_day: 33 });
  await importsAgainWithoutChange(company, bringIn);
});

test('Maven: wins and losses to the cent; GTXPro is reported with a rule, and the rule mends 1,480 deals', { skip }, async () => {
  const company = await companies.make({ currency: 'USD' });
  const bringIn = (rules: NonNullable<MappingInput['rules']>) =>
    company.import([`${folder}maven_crm`], { mapping: { ...mapping('maven'), rules } });
  const { result } = await bringIn([]);
  const [counted] =
    await company.rows(`SELECT count(*) FILTER (WHERE status = 'won')::int AS won, count(*) FILTER (WHERE status = 'lost')::int AS lost, count(*) FILTER (WHERE stage = 'Engaging')::int AS engaging,
    count(*) FILTER (WHERE stage = 'Prospecting')::int AS prospecting, sum(amount) FILTER (WHERE status = 'won')::text AS value FROM deals WHERE workspace_id = :ws`);
  assert.deepEqual(counted, { won: 4_238, lost: 2_473, engaging: 1_589, prospecting: 500, value: '1000553400' });
  assert.deepEqual(
    await company.rows(
      `SELECT count(*)::int AS accounts, (SELECT count(*)::int FROM members WHERE workspace_id = :ws AND run_id IS NOT NULL) AS members, (SELECT count(*)::int FROM teams t JOIN members m ON m.workspace_id = t.workspace_id AND m.id = t.manager_id AND m.name = t.name WHERE t.workspace_id = :ws) AS teams, (SELECT count(DISTINCT region)::int FROM teams WHERE workspace_id = :ws) AS regions FROM accounts WHERE workspace_id = :ws`,
    ),
    [{ accounts: 85, members: 41, teams: 6, regions: 3 }],
  );

  const rule = { table: 'sales_pipeline', column: 'product', replace: { GTXPro: 'GTX Pro' } };
  assert.deepEqual(result.unmatched, [{ table: 'sales_pipeline', column: 'product', value: 'GTXPro', rows: 1_480, suggestion: rule }]);
  const product = (name: string) => company.value(`SELECT count(*) FROM deals WHERE workspace_id = :ws AND product = '${name}'`);
  assert.deepEqual([await product('GTXPro'), await product('GTX Pro')], ['1480', '0']);
  const recorded = Number(await facts(company));
  await bringIn([rule]);
  assert.deepEqual([await product('GTXPro'), await product('GTX Pro'), Number(await facts(company)) - recorded], ['0', '1480', 1_480]);
  assert.equal(
    await company.value(`SELECT count(*) FROM facts WHERE workspace_id = :ws AND sets->>'product' = 'GTX Pro' AND sets ? 'amount'`),
    '0',
    'those facts set what changed and nothing else',
  );
  await importsAgainWithoutChange(company, () => bringIn([rule]));
});

test('Salesforce is recognised as it comes, and every figure is the one counted independently', { skip }, async () => {
  const company = await companies.make({ currency: 'USD' });
  const bringIn = () => company.import([`${folder}salesforce`]);
  const { result } = await bringIn();
  assert.equal(result.errors, 0);
  const [counted] =
    await company.rows(`SELECT (SELECT count(*)::int FROM leads WHERE workspace_id = :ws) AS leads, (SELECT count(*)::int FROM contacts WHERE workspace_id = :ws) AS contacts,
    (SELECT count(*)::int FROM campaigns WHERE workspace_id = :ws) AS campaigns, (SELECT count(*)::int FROM campaign_members WHERE workspace_id = :ws) AS members,
    (SELECT count(lead_id)::int FROM campaign_members WHERE workspace_id = :ws) AS members_leads, (SELECT count(contact_id)::int FROM campaign_members WHERE workspace_id = :ws) AS members_contacts,
    (SELECT count(*)::int FROM touches WHERE workspace_id = :ws) AS tasks, count(*)::int AS deals, sum(amount)::text AS value,
    count(*) FILTER (WHERE status = 'won')::int AS won, count(*) FILTER (WHERE status = 'lost')::int AS lost FROM deals WHERE workspace_id = :ws`);
  assert.deepEqual(counted, {
    leads: 60,
    contacts: 102,
    campaigns: 8,
    members: 68,
    members_leads: 34,
    members_contacts: 34,
    tasks: 75,
    deals: 50,
    value: '4360354598',
    won: 12,
    lost: 3,
  });
  await importsAgainWithoutChange(company, bringIn);
});
