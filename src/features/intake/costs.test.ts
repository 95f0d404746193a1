/** Costs that come in by files: whose side, which team, at what rate; corrected, closed, taken back. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { categoriesOf, costCategories, payCategories as ledgersPay } from '#features/returns/contract/ledger.ts';
import { convert } from '#engine/returns/convert.ts';
import { costCategoriesOf, fieldsOf, payCategories } from '#features/records/contract.ts';
import { newId } from '#platform/db/ids.ts';
import { csv, openCompanies, type Company, type Files } from '#tests/reliability/company.ts';
import { halfEven } from './actions/apply-costs.ts';

let companies: Awaited<ReturnType<typeof openCompanies>>;
let company: Company;
before(async () => {
  companies = await openCompanies();
});
after(() => companies.close());

const start = async (settings?: { currency?: string }) => (company = await companies.make(settings));
const header = ['Cost ID', 'Day', 'Side', 'Category', 'Team', 'Campaign ID', 'Amount', 'Currency', 'Description'];
type Row = Partial<Record<'id' | 'day' | 'side' | 'category' | 'team' | 'campaign' | 'amount' | 'currency' | 'description', string>>;
const costs = (...rows: Row[]): Files => ({
  'costs.csv': csv(
    header,
    ...rows.map((row) => [
      row.id ?? 'E-1',
      row.day ?? '2026-01-15',
      row.side ?? '',
      row.category ?? 'media',
      row.team ?? '',
      row.campaign ?? '',
      row.amount ?? '100.00',
      row.currency ?? 'EUR',
      row.description ?? '',
    ]),
  ),
});
const inCrm = { source: 'crm' };
/** Entries that count, oldest first, one line each. */
const ledger = async () =>
  (
    await company.rows<{ line: string }>(
      `SELECT concat_ws(' ', occurred_on, side, category, amount, currency, booked, rate, rate_on, team, reason, CASE WHEN reverses_id IS NOT NULL THEN 'reverses' END, CASE WHEN reversed_by IS NOT NULL THEN 'reversed' END) AS line
       FROM cost_entries WHERE workspace_id = :ws AND voided_by IS NULL ORDER BY occurred_on, recorded_at, reverses_id IS NULL, amount`,
    )
  ).map(({ line }) => line);
const sum = () => company.value('SELECT coalesce(sum(amount), 0) FROM cost_entries WHERE workspace_id = :ws AND voided_by IS NULL');
const counts = ({ result }: { result: { kinds: Record<string, unknown> } }) => {
  const { created, updated, unchanged, skipped, rejected } = result.kinds.cost as Record<string, number>;
  return { created, updated, unchanged, skipped, rejected };
};
const close = (month: string) =>
  company.rows(`INSERT INTO period_closings (workspace_id, id, month, closed) VALUES (:ws, '${newId()}', '${month}-01', '{}')`);
const reopen = (month: string) =>
  company.rows(
    `UPDATE period_closings SET reopened_at = now(), reopened_because = 'a bill came late' WHERE workspace_id = :ws AND month = '${month}-01' AND reopened_at IS NULL`,
  );
const rate = (currency: string, day: string, value: string) =>
  company.rows(
    `INSERT INTO exchange_rates (workspace_id, id, currency, into_currency, on_day, rate) VALUES (:ws, '${newId()}', '${currency}', 'EUR', '${day}', ${value})`,
  );
const reverseByHand = async (amount: string, day: string) => {
  const id = newId();
  await company.rows(
    `INSERT INTO cost_entries (workspace_id, id, occurred_on, side, category, amount, currency, reverses_id, reason)
     SELECT :ws, '${id}', '${day}', side, category, -amount, currency, id, 'billed twice' FROM cost_entries WHERE workspace_id = :ws AND amount = ${amount} AND reversed_by IS NULL`,
  );
  await company.rows(
    `UPDATE cost_entries SET reversed_by = '${id}' WHERE workspace_id = :ws AND id = (SELECT reverses_id FROM cost_entries WHERE workspace_id = :ws AND id = '${id}')`,
  );
};
const clean = async () => assert.deepEqual(await company.differences(), []);

test('the record and the ledger know the same sides, categories and pay', () => {
  assert.deepEqual(costCategoriesOf, categoriesOf);
  assert.deepEqual(fieldsOf.cost.find(({ name }) => name === 'category')?.choices, costCategories);
  assert.deepEqual(payCategories, ledgersPay);
});

test('a file of costs is recognised, posted and booked in the workspace’s currency', async () => {
  await start();
  const run = await company.import(
    {
      'campaigns.csv': csv(['Campaign ID', 'Name', 'Channel'], ['K-1', 'Spring', 'Paid Search']),
      ...costs(
        { id: 'E-1', side: 'marketing', campaign: 'K-1', amount: '1200.50' },
        { id: 'E-2', side: 'sales', category: 'travel', day: '2026-02-03', amount: '80.00' },
      ),
    },
    inCrm,
  );
  assert.deepEqual(counts(run), { created: 2, updated: 0, unchanged: 0, skipped: 0, rejected: 0 });
  assert.deepEqual(await ledger(), ['2026-01-15 marketing media 120050 EUR 120050 1', '2026-02-03 sales travel 8000 EUR 8000 1']);
  assert.equal(
    await company.value(
      'SELECT c.name FROM cost_entries e JOIN campaigns c ON c.workspace_id = :ws AND c.id = e.campaign_id WHERE e.workspace_id = :ws',
    ),
    'Spring',
  );
  await clean();
});

test('the same file twice changes nothing; a row twice in a file counts once', async () => {
  await start();
  const file = costs({ id: 'E-1' }, { id: 'E-2', amount: '7.00' }, { id: 'E-2', amount: '7.00' });
  assert.deepEqual(counts(await company.import(file, inCrm)), { created: 2, updated: 0, unchanged: 1, skipped: 0, rejected: 0 });
  const before = await ledger();
  assert.deepEqual(counts(await company.import(file, inCrm)), { created: 0, updated: 0, unchanged: 3, skipped: 0, rejected: 0 });
  assert.deepEqual(await ledger(), before);
  await clean();
});

test('spellings of a category are understood, and a word that is none comes back', async () => {
  await start();
  const words = {
    Ads: 'media',
    Events: 'event',
    wages: 'salaries',
    'Travel expenses': 'travel',
    Commission: 'commissions',
    SaaS: 'tools',
    'Trade fair': 'event',
  };
  const run = await company.import(
    costs(
      ...Object.keys(words).map((category, at) => ({
        id: `E-${at}`,
        side: category === 'wages' || category === 'SaaS' ? 'Sales' : '',
        category,
      })),
      { id: 'E-x', category: 'yachts' },
    ),
    inCrm,
  );
  assert.deepEqual(
    (await company.rows<{ category: string }>('SELECT category FROM cost_entries WHERE workspace_id = :ws ORDER BY recorded_at, id')).map(
      ({ category }) => category,
    ),
    Object.values(words),
  );
  assert.match(run.problems.map(({ reason }) => reason).join(), /“yachts” is none of media, agency/);
});

test('the side may be left out where category, team, campaign or person tell it; where nothing does the row comes back', async () => {
  await start();
  await company.rows(
    `INSERT INTO teams (workspace_id, id, name, side) VALUES (:ws, '${newId()}', 'AE North', 'sales'), (:ws, '${newId()}', 'Board', 'leadership')`,
  );
  const { problems } = await company.import(
    {
      'campaigns.csv': csv(['Campaign ID', 'Name'], ['K-1', 'Spring']),
      ...costs(
        { id: 'category', category: 'commissions', amount: '1' },
        { id: 'team', category: 'tools', team: 'ae  north', amount: '2' },
        { id: 'campaign', category: 'misc', campaign: 'K-1', amount: '3' },
        { id: 'nothing', category: 'salaries', amount: '4' },
        { id: 'leaders', category: 'salaries', team: 'Board', amount: '5' },
        { id: 'wrong', side: 'marketing', category: 'travel', amount: '6' },
      ),
    },
    inCrm,
  );
  assert.deepEqual(
    (
      await company.rows<{ is: string }>(
        `SELECT amount / 100 || ' ' || side AS is FROM cost_entries WHERE workspace_id = :ws ORDER BY amount`,
      )
    ).map((row) => row.is),
    ['1 sales', '2 sales', '3 marketing'],
  );
  assert.deepEqual(
    problems.map(({ line, column, reason }) => `${line} ${column} ${reason.slice(0, 42).trim()}`),
    [
      '5 side nothing tells the side of this cost: write',
      '6 side nothing tells the side of this cost: write',
      '7 category marketing has no category “travel”; it has',
    ],
  );
});

test('whose it is tells the side of a person that is known, not of one only named here', async () => {
  await start();
  const files = (person: string) => ({
    'costs.csv': csv(['Cost ID', 'Day', 'Category', 'Whose', 'Amount', 'People'], ['E-1', '2026-01-31', 'salary', person, '4000.00', '1']),
  });
  const known = await company.import(files('Mara'), inCrm);
  assert.equal(await company.value('SELECT side FROM cost_entries WHERE workspace_id = :ws'), 'marketing', JSON.stringify(known.problems));
  const { problems } = await company.import(files('Nobody Known'), { source: 'other' });
  assert.match(problems[0]?.reason ?? '', /nothing tells the side/);
});

test('a team is found by its name; a word that is none stays, and is told once', async () => {
  await start();
  await company.rows(`INSERT INTO teams (workspace_id, id, name, side) VALUES (:ws, '${newId()}', 'Demand Generation', 'marketing')`);
  const { problems } = await company.import(
    costs({ id: '1', team: 'demand generation' }, { id: '2', team: 'Ghosts' }, { id: '3', team: 'Ghosts' }, { id: '4' }),
    inCrm,
  );
  assert.deepEqual(
    await company.rows(
      'SELECT e.team, t.name FROM cost_entries e LEFT JOIN teams t ON t.workspace_id = :ws AND t.id = e.team_id WHERE e.workspace_id = :ws ORDER BY e.id',
    ),
    [
      { team: 'demand generation', name: 'Demand Generation' },
      { team: 'Ghosts', name: null },
      { team: 'Ghosts', name: null },
      { team: null, name: null },
    ],
  );
  assert.deepEqual(
    problems.map(({ line, column, severity, value }) => [line, column, severity, value]),
    [[3, 'team', 'warning', 'Ghosts']],
  );
});

test('how many people’s pay it is belongs to pay: left out elsewhere, and told once', async () => {
  await start();
  const { problems } = await company.import(
    {
      'costs.csv': csv(
        ['Cost ID', 'Day', 'Side', 'Category', 'Amount', 'People'],
        ['1', '2026-01-31', 'sales', 'salaries', '20000', '4'],
        ['2', '2026-01-31', 'sales', 'travel', '300', '4'],
        ['3', '2026-01-31', 'sales', 'tools', '300', '4'],
        ['4', '2026-01-31', 'sales', 'salaries', '20000', '0'],
      ),
    },
    inCrm,
  );
  assert.deepEqual(
    (await company.rows<{ people: bigint | null }>('SELECT people FROM cost_entries WHERE workspace_id = :ws ORDER BY id')).map(
      ({ people }) => people?.toString() ?? null,
    ),
    ['4', null, null],
  );
  assert.deepEqual(
    problems.map(({ line, column, severity }) => [line, column, severity]),
    [
      [5, 'people', 'error'],
      [3, 'people', 'warning'],
    ],
  );
});

test('another currency is booked by the rate in force on its day; without one it waits, and that is told', async () => {
  await start();
  await rate('CHF', '2026-01-01', '1.05');
  await rate('CHF', '2026-02-01', '1.10');
  await rate('CHF', '2026-02-01', '1.11'); // recorded later on the same day: it counts
  await rate('JPY', '2026-01-01', '0.00625');
  const run = await company.import(
    costs(
      { id: '1', day: '2026-01-31', amount: '10.00', currency: 'CHF' },
      { id: '2', day: '2026-02-01', amount: '10.00', currency: 'CHF' },
      { id: '3', day: '2026-02-02', amount: '1000', currency: 'JPY' },
      { id: '4', day: '2025-12-31', amount: '10.00', currency: 'CHF' },
      { id: '5', day: '2026-02-02', amount: '10.00', currency: 'USD' },
    ),
    inCrm,
  );
  assert.deepEqual(await ledger(), [
    '2025-12-31 marketing media 1000 CHF',
    '2026-01-31 marketing media 1000 CHF 1050 1.05 2026-01-01',
    '2026-02-01 marketing media 1000 CHF 1110 1.11 2026-02-01',
    '2026-02-02 marketing media 1000 JPY 625 0.00625 2026-01-01',
    '2026-02-02 marketing media 1000 USD',
  ]);
  assert.deepEqual(run.result.notes, [
    'Costs in CHF that wait for an exchange rate of their day or before: 1. They are in no sum until there is one.',
    'Costs in USD that wait for an exchange rate of their day or before: 1. They are in no sum until there is one.',
  ]);
});

test('booked to the minor unit as the engine converts: halves to the even one', async () => {
  await start();
  const rates = ['0.5', '1.5', '2.5', '0.125', '1.0837', '0.00625', '0.333333333333', '99999.999999', '0.000001'];
  const amounts = [1n, 3n, 5n, 25n, -1n, -3n, -5n, 15n, 1_000_001n, 123_456_789_012_345n];
  const asked = rates.flatMap((each) => amounts.flatMap((amount) => ['USD', 'JPY', 'BHD'].map((from) => ({ rate: each, amount, from }))));
  const factor = { USD: '1', JPY: '100', BHD: '0.1' } as Record<string, string>;
  const rows = await company.rows<{ at: number; booked: string }>(
    `SELECT at::int, ${halfEven('amount * rate * factor')}::text AS booked FROM unnest(ARRAY[${asked.map(({ amount }) => amount).join(',')}]::bigint[],
       ARRAY[${asked.map((each) => each.rate).join(',')}]::numeric[], ARRAY[${asked.map(({ from }) => factor[from]).join(',')}]::numeric[]) WITH ORDINALITY u (amount, rate, factor, at) ORDER BY at`,
  );
  assert.deepEqual(
    rows.map(({ booked }) => BigInt(booked)),
    asked.map(({ rate: each, amount, from }) => convert(amount, { from, to: 'EUR', rate: each })),
  );
});

test('a corrected row takes the old entry back and posts anew; undone, the old one counts again', async () => {
  await start();
  const first = await company.import(costs({ id: 'E-1', amount: '100.00' }, { id: 'E-2', amount: '9.00' }), inCrm);
  const second = await company.import(
    costs({ id: 'E-1', amount: '120.00', description: 'with the fee' }, { id: 'E-2', amount: '9.00' }),
    inCrm,
  );
  assert.deepEqual(counts(second), { created: 0, updated: 1, unchanged: 1, skipped: 0, rejected: 0 });
  assert.deepEqual(await ledger(), [
    '2026-01-15 marketing media 900 EUR 900 1',
    '2026-01-15 marketing media 10000 EUR 10000 1 reversed',
    `2026-01-15 marketing media -10000 EUR -10000 1 corrected by import #${second.number} reverses`,
    '2026-01-15 marketing media 12000 EUR 12000 1',
  ]);
  const third = await company.import(costs({ id: 'E-1', amount: '130.00' }), inCrm);
  assert.deepEqual(counts(third), { created: 0, updated: 1, unchanged: 0, skipped: 0, rejected: 0 });
  assert.equal(await sum(), '13900');
  await clean();
  await assert.rejects(company.undo(first.id), /Others have built on what this import made: import #2 \(1\)/);
  await company.undo(third.id);
  assert.equal(await sum(), '12900');
  await company.undo(second.id);
  assert.equal(await sum(), '10900');
  assert.deepEqual(await ledger(), ['2026-01-15 marketing media 900 EUR 900 1', '2026-01-15 marketing media 10000 EUR 10000 1']);
  await clean();
  await company.undo(first.id);
  assert.deepEqual(await ledger(), []);
  await clean();
});

test('a correction keeps the booking of what it takes back, whatever the rate has become', async () => {
  await start();
  await rate('CHF', '2026-01-01', '1.05');
  await company.import(costs({ currency: 'CHF', amount: '10.00' }), inCrm);
  await rate('CHF', '2026-01-01', '2');
  await company.import(costs({ currency: 'CHF', amount: '11.00' }), inCrm);
  assert.deepEqual(
    (
      await company.rows<{ booked: bigint }>(
        'SELECT booked FROM cost_entries WHERE workspace_id = :ws ORDER BY recorded_at, reverses_id IS NULL',
      )
    ).map(({ booked }) => booked),
    [1050n, -1050n, 2200n],
  );
});

test('an entry that a person took back stays out, corrected or not', async () => {
  await start();
  await company.import(costs({ amount: '100.00' }), inCrm);
  await reverseByHand('10000', '2026-01-20');
  for (const amount of ['100.00', '120.00'])
    assert.deepEqual(counts(await company.import(costs({ amount }), inCrm)), {
      created: 0,
      updated: 0,
      unchanged: 1,
      skipped: 0,
      rejected: 0,
    });
  assert.equal(await sum(), '0');
  await clean();
});

test('an import whose entry a person took back can be undone: the reversal goes with it', async () => {
  await start();
  const { id } = await company.import(costs({ amount: '100.00' }), inCrm);
  await reverseByHand('10000', '2026-01-20');
  await company.undo(id);
  assert.deepEqual(await ledger(), []);
  await clean();
});

test('rows of a closed month come back with what would be fine; the rest goes on', async () => {
  await start();
  await company.import(costs({ id: 'E-0', day: '2026-01-05' }), inCrm);
  await close('2026-01');
  await close('2026-02');
  const { problems, ...run } = await company.import(
    costs(
      { id: 'E-0', day: '2026-01-05' },
      { id: 'E-1', day: '2026-01-15' },
      { id: 'E-2', day: '2026-02-28' },
      { id: 'E-3', day: '2026-03-01' },
    ),
    inCrm,
  );
  assert.deepEqual(
    counts(run),
    { created: 1, updated: 0, unchanged: 1, skipped: 0, rejected: 2 },
    'what is here already may lie in a closed month',
  );
  assert.deepEqual(
    problems.map(({ line, column, value, reason, severity }) => [line, column, value, reason, severity]),
    [
      [3, 'occurredOn', '2026-01-15', 'the month 2026-01 is closed: reopen it, or date the row from 2026-03-01 on', 'error'],
      [4, 'occurredOn', '2026-02-28', 'the month 2026-02 is closed: reopen it, or date the row from 2026-03-01 on', 'error'],
    ],
  );
  await reopen('2026-02');
  const again = await company.import(costs({ id: 'E-1', day: '2026-01-15' }, { id: 'E-2', day: '2026-02-28' }), inCrm);
  assert.deepEqual(counts(again), { created: 1, updated: 0, unchanged: 0, skipped: 0, rejected: 1 });
  assert.match(again.problems[0]?.reason ?? '', /2026-01 is closed: reopen it, or date the row from 2026-02-01 on/);
  await clean();
});

test('a correction reaches into a closed month only by reversing on the first open day, and only if its own day is open', async () => {
  await start();
  const first = await company.import(costs({ day: '2026-01-15', amount: '100.00' }), inCrm);
  await close('2026-01');
  const same = await company.import(costs({ day: '2026-01-15', amount: '120.00' }), inCrm);
  assert.deepEqual(counts(same), { created: 0, updated: 0, unchanged: 0, skipped: 0, rejected: 1 });
  assert.match(
    same.problems[0]?.reason ?? '',
    /is closed, and this row would correct what it was closed with: reopen it, or date the row from 2026-02-01 on/,
  );
  const moved = await company.import(costs({ day: '2026-02-10', amount: '120.00' }), inCrm);
  assert.deepEqual(counts(moved), { created: 0, updated: 1, unchanged: 0, skipped: 0, rejected: 0 });
  assert.deepEqual(await ledger(), [
    '2026-01-15 marketing media 10000 EUR 10000 1 reversed',
    `2026-02-01 marketing media -10000 EUR -10000 1 corrected by import #${moved.number} reverses`,
    '2026-02-10 marketing media 12000 EUR 12000 1',
  ]);
  await clean();
  await close('2026-02');
  await assert.rejects(company.undo(moved.id), /Costs of this import stand in a month that is closed: 2026-02\. Reopen it first/);
  await reopen('2026-02');
  await company.undo(moved.id);
  assert.deepEqual(await ledger(), ['2026-01-15 marketing media 10000 EUR 10000 1']);
  await assert.rejects(company.undo(first.id), /2026-01\. Reopen it first/);
  await clean();
});

test('a month closed while the import runs fails the run as a whole, and says so', async () => {
  await start();
  // Closes the month at the last moment, after the import has looked.
  await company.damage(`CREATE FUNCTION accord.close_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO accord.period_closings (workspace_id, id, month, closed) VALUES (:ws, accord.new_id(), '2026-01-01', '{}') ON CONFLICT DO NOTHING; RETURN NULL; END $$`);
  await company.damage(
    'CREATE TRIGGER close_now BEFORE INSERT ON accord.cost_entries FOR EACH STATEMENT EXECUTE FUNCTION accord.close_now()',
  );
  try {
    const run = await company.upload(costs({ day: '2026-01-15' }), inCrm);
    assert.equal(run.status, 'failed');
    assert.match(run.error ?? '', /The month 2026-01 was closed meanwhile, so nothing was kept/);
    assert.deepEqual(await ledger(), []);
  } finally {
    await company.damage('DROP TRIGGER close_now ON accord.cost_entries');
  }
});

test('a row of 0 is left out; one that corrects an entry takes it back', async () => {
  await start();
  const first = await company.import(costs({ id: 'E-1', amount: '0' }, { id: 'E-2', amount: '5.00' }), inCrm);
  assert.deepEqual(counts(first), { created: 1, updated: 0, unchanged: 0, skipped: 1, rejected: 0 });
  assert.deepEqual(first.result.notes, ['Rows of 0 that correct nothing were left out: 1.']);
  const second = await company.import(costs({ id: 'E-1', amount: '0' }, { id: 'E-2', amount: '0.00' }), inCrm);
  assert.deepEqual(counts(second), { created: 0, updated: 1, unchanged: 0, skipped: 1, rejected: 0 });
  assert.equal(await sum(), '0');
  await clean();
});

test('a dry run shows the costs and keeps none', async () => {
  await start();
  const { result } = await company.upload(costs({ id: 'E-1' }, { id: 'E-2', category: 'yachts' }), { ...inCrm, dryRun: true });
  assert.deepEqual([result?.kinds.cost?.created, result?.kinds.cost?.rejected], [1, 1]);
  assert.deepEqual(await ledger(), []);
});

const google = (...rows: string[]) => ({
  'report.csv': Buffer.from(
    `\ufeff${['Campaign report', '2026-01-01 - 2026-01-31', 'Day\tCampaign\tCampaign type\tCurrency code\tCost\tImpr.', ...rows].join('\r\n')}\r\n`,
    'utf16le',
  ),
});

test('an ad platform’s report makes its campaigns and costs; overlapping days correct instead of doubling', async () => {
  await start();
  await company.import({ 'campaigns.csv': csv(['Campaign ID', 'Name', 'Channel'], ['K-1', 'Brand', 'Google']) }, inCrm);
  const first = await company.import(
    google(
      '2026-01-01\tbrand\tSearch\tEUR\t10.00\t1',
      '2026-01-01\tClips\tVideo\tEUR\t3.00\t1',
      '2026-01-01\tSleeping\tSearch\tEUR\t0.00\t0',
      'Total: Account\t--\t--\tEUR\t13.00\t2',
    ),
  );
  assert.deepEqual(first.result.leftOut, [{ table: 'report.csv', because: 'sums over other rows', rows: 1 }]);
  assert.deepEqual(
    await company.rows('SELECT name, channel FROM campaigns WHERE workspace_id = :ws ORDER BY name'),
    [
      { name: 'Brand', channel: 'Google' },
      { name: 'Clips', channel: 'Paid Video' },
    ],
    'one that is here stays as it is, a campaign without spend makes none',
  );
  assert.match(first.result.notes.join(), /Campaigns that costs name and that weren’t here: 1\./);
  assert.equal(first.result.kinds.campaign?.created, 1);
  const second = await company.import(
    google('2026-01-01\tBrand\tSearch\tEUR\t11.00\t1', '2026-01-01\tClips\tVideo\tEUR\t3.00\t1', '2026-01-02\tBrand\tSearch\tEUR\t4.00\t1'),
    { source: 'another' },
  );
  assert.deepEqual(
    counts(second),
    { created: 2, updated: 0, unchanged: 1, skipped: 0, rejected: 0 },
    '“brand” and “Brand” are two to the platform',
  );
  assert.equal(
    await company.value(`SELECT count(DISTINCT campaign_id) FROM cost_entries WHERE workspace_id = :ws AND voided_by IS NULL`),
    '2',
    'and one campaign here',
  );
  await clean();
  await company.undo(second.id);
  await company.undo(first.id);
  assert.equal(await company.value('SELECT count(*) FROM campaigns WHERE workspace_id = :ws'), '1');
  await clean();
});

test('parts of a day add up to one cost, in whatever parts it comes the next time', async () => {
  await start();
  const meta = (...rows: string[]) => ({ 'meta.csv': ['Campaign name,Age,Day,Amount spent (EUR)', ...rows].join('\n') });
  const first = await company.import(
    meta('Spring,25-34,2026-01-03,10.00', 'Spring,35-44,2026-01-03,20.00', 'Spring,25-34,2026-01-04,1.00'),
  );
  assert.deepEqual(counts(first), { created: 2, updated: 0, unchanged: 0, skipped: 0, rejected: 0 });
  assert.match(first.result.notes.join(), /parts of one campaign’s day were added up: 1 went into others/);
  const whole = await company.import({
    'meta.csv': 'Campaign name,Day,Amount spent (EUR)\nSpring,2026-01-03,30.00\nSpring,2026-01-04,1.50\n',
  });
  assert.deepEqual(counts(whole), { created: 0, updated: 1, unchanged: 1, skipped: 0, rejected: 0 });
  assert.equal(await sum(), '3150');
  await clean();
});

test('of two files that hold the same day of a campaign the last counts', async () => {
  await start();
  const day = (amount: string) => `Campaign name,Day,Amount spent (EUR)\nSpring,2026-01-03,${amount}\n`;
  const run = await company.import({ 'a.csv': day('30.00'), 'b.csv': day('31.00') });
  assert.deepEqual(counts(run), { created: 1, updated: 0, unchanged: 1, skipped: 0, rejected: 0 });
  assert.equal(await sum(), '3100');
});
