/**
 * Returns: every page of figures, ledger and attribution through the whole server (session, checks, query, answer)
 * without the network; the first answer after a start and after one change; what the columns hold.
 */

import { sql } from 'kysely';
import { drainJourneys } from '#features/returns/actions/follow-journeys.ts';
import { changeGroupings } from '#features/returns/contract/changes.ts';
import { figureGroupings } from '#features/returns/contract/figure-table.ts';
import { dealsOf } from '#features/returns/queries/deal-columns.ts';
import { revenueOf } from '#features/returns/queries/revenue-columns.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { newId } from '#platform/db/ids.ts';
import { company, type Company, companyFiles, filledCompany, importFiles, settle } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { openServer } from './support/http.ts';
import { repeat, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const runs = 30;
const months = { start: '2024-07-01', end: '2025-06-30' };
const search = (query: Record<string, string> = {}): string => String(new URLSearchParams({ ...months, ...query }));

export async function measureReturns(ground: Ground): Promise<Outcome> {
  const filled = await filledCompany(ground);
  await bringMoney(ground, filled);
  ground.say('returns: building journeys');
  const journeySeconds = (await timed(() => drainJourneys(filled.database, filled.workspaceId))) / 1000;
  await settle(filled);
  const { get, close } = await openServer(filled);
  try {
    const loads = await measureLoads(filled, get);
    const pages: Row[] = [];
    for (const path of pathsOf()) {
      ground.say(`returns: ${path}`);
      pages.push({ page: path, ...shown(await repeat(runs, () => get(path))) });
    }
    return {
      measured: `${ground.leads.toLocaleString('en')} leads of ${company.months} months, ${await countsOf(filled)}; ${runs} requests each, one after the other`,
      tables: [
        { title: 'loading', rows: loads },
        { title: 'pages', rows: pages },
        { title: 'records behind numbers', rows: await measureRecords(get) },
        { title: 'the first answer after one change', rows: await measureChanges(filled, get) },
        { title: 'of all pages', rows: [worst(pages)] },
      ],
      notes: [`Journeys were built in ${rounded(journeySeconds)} s.`],
    };
  } finally {
    await close();
  }
}

/** Revenue and costs of the simulated company, and as many monthly invoices more as make one for every lead. */
async function bringMoney(ground: Ground, filled: Company): Promise<void> {
  const { all } = await companyFiles(ground);
  const folder = all[0]!.replace(/[^/]+$/, '');
  ground.say('returns: importing revenue and costs');
  await importFiles(ground, filled, [`${folder}revenue.csv`, `${folder}costs.csv`]);
  await filled.database.inWorkspace(
    filled.workspaceId,
    (tx) =>
      sql`INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, kind, amount, currency, product)
        SELECT ${filled.workspaceId}::uuid, accord.new_id(), (first.on_day + make_interval(months => m))::date, first.account_id, 'renewal', 5000, 'EUR', 'Support'
        FROM (SELECT account_id, min(occurred_on) AS on_day FROM revenue_entries WHERE workspace_id = ${filled.workspaceId}::uuid GROUP BY 1) first,
          generate_series(0, 59) m
        WHERE first.on_day + make_interval(months => m) <= ${company.end}::date
        LIMIT greatest(0, ${ground.leads} - (SELECT count(*)::int FROM revenue_entries WHERE workspace_id = ${filled.workspaceId}::uuid))`.execute(
        tx,
      ),
    { statementTimeout: 0 },
  );
  await settle(filled);
}

type Get = <T>(path: string) => Promise<T>;

/** Of a process that has just started: each kind of columns is read once. */
async function measureLoads({ database, workspaceId }: Company, get: Get): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, cache] of [
    ['leads', columnsCacheOf(database)],
    ['deals', dealsOf(database)],
    ['revenue, with what each account pays', revenueOf(database)],
  ] as const) {
    const milliseconds = await timed(() => cache.fresh(workspaceId));
    rows.push({ columns: what, seconds: rounded(milliseconds / 1000, 2), 'MB held': rounded(cache.held().bytes / 1e6) });
  }
  for (const path of [`/figures?${search()}`, `/cohorts?${search()}`, `/returns/overview?${search()}`])
    rows.push({
      columns: `then the first ${path.split('?')[0]}`,
      seconds: rounded((await timed(() => get(path))) / 1000, 2),
      'MB held': null,
    });
  return rows;
}

function pathsOf(): string[] {
  return [
    ...figureGroupings.map((by) => `/figures?${search({ by })}`),
    `/figures?${search({ by: 'campaign', allocated: 'true' })}`,
    `/figures?${search({ lagDays: 'cycle', basis: 'activity' })}`,
    `/figures/trend?${search()}`,
    `/figures/trend?${search({ start: company.start, end: company.end })}`,
    `/figures/waterfall?${search()}`,
    `/figures/waterfall?${search({ revenue: 'billed' })}`,
    '/figures/settings',
    ...['none', 'segment', 'owner'].map((by) => `/retention?${search({ by })}`),
    `/retention?${search({ basis: 'activity' })}`,
    `/cohorts?${search({ start: company.start })}`,
    `/cohorts?${search({ start: company.start, basis: 'activity', measure: 'revenue', every: 'quarter' })}`,
    ...changeGroupings.map((by) => `/returns/changes?${search({ by })}`),
    `/returns/changes?${search({ by: 'channel', volume: 'leads' })}`,
    ...['channel', 'campaign', 'segment'].map((by) => `/returns/where-next?${search({ by, start: company.start })}`),
    '/returns/overview',
    `/returns/overview?${search()}`,
    `/costs?${search()}`,
    ...['none', 'month', 'category', 'campaign', 'channel'].map((by) => `/costs/summary?${search({ by })}`),
    '/periods',
    '/budgets',
    '/budgets/variance?start=2024-07&end=2025-06',
    '/costs/recurring',
    '/exchange-rates',
    '/allocation-keys',
    ...['channel', 'campaign', 'month'].map((by) => `/attribution?${search({ by })}`),
    `/attribution/paths?${search()}`,
    '/attribution/groups',
    '/attribution/settings',
  ];
}

async function measureRecords(get: Get): Promise<Row[]> {
  const paths = [
    ...['won', 'open', 'cohort', 'newCustomers', 'customersAtEnd', 'costMarketing', 'billed'].map(
      (part) => `/figures/records?${search({ part })}`,
    ),
    `/retention/records?${search({ part: 'kept' })}`,
    `/cohorts/records?${search({ cohort: '2024-09', step: '3' })}`,
    `/attribution/credits?${search({ by: 'channel' })}`,
  ];
  const rows: Row[] = [];
  for (const path of paths) rows.push({ records: path, ...shown(await repeat(runs, () => get(path))) });
  return rows;
}

async function measureChanges({ database, workspaceId }: Company, get: Get): Promise<Row[]> {
  const write = (statement: ReturnType<typeof sql>) => () => database.inWorkspace(workspaceId, (tx) => statement.execute(tx));
  const oneOf = (table: string) => sql`(SELECT id FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid ORDER BY id LIMIT 1)`;
  const touch = (table: string) =>
    write(
      sql`UPDATE ${sql.table(table)} SET changed_xid = pg_current_xact_id() WHERE workspace_id = ${workspaceId}::uuid AND id = ${oneOf(table)}`,
    );
  const bill = () =>
    write(sql`INSERT INTO revenue_entries (workspace_id, id, occurred_on, account_id, kind, amount, currency)
      SELECT workspace_id, ${newId()}::uuid, '2025-03-03', account_id, 'new', 100, 'EUR' FROM revenue_entries WHERE workspace_id = ${workspaceId}::uuid LIMIT 1`)();
  const rows: Row[] = [];
  for (const [change, prepare] of [
    ['a deal', touch('deals')],
    ['a lead', touch('leads')],
    ['an account', touch('accounts')],
    ['an entry of revenue', bill],
  ] as const)
    for (const path of [`/figures?${search()}`, `/cohorts?${search()}`])
      rows.push({ change, page: path.split('?')[0]!, ...shown(await repeat(10, () => get(path), prepare)) });
  return rows;
}

const shown = ({ medianMs, p95Ms }: { medianMs: number; p95Ms: number }) => ({ 'p50 ms': medianMs, 'p95 ms': p95Ms });

function worst(pages: readonly Row[]): Row {
  const slowest = pages.toSorted((one, other) => Number(other['p95 ms']) - Number(one['p95 ms']));
  return {
    pages: pages.length,
    'median of p95 ms': slowest[Math.floor(slowest.length / 2)]!['p95 ms']!,
    'greatest p95 ms': slowest[0]!['p95 ms']!,
    'which page': slowest[0]!['page']!,
  };
}

async function countsOf({ database, workspaceId }: Company): Promise<string> {
  const counts = await database.inWorkspace(workspaceId, async (tx) => {
    const count = (table: string, where = sql`true`) =>
      sql`(SELECT count(*) FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND ${where})`;
    const { rows } = await sql<Record<string, bigint>>`SELECT ${count('deals')} AS deals, ${count('deals', sql`status = 'won'`)} AS won,
      ${count('revenue_entries')} AS "entries of revenue", ${count('cost_entries')} AS costs, ${count('touches')} AS touches`.execute(tx);
    return rows[0]!;
  });
  return Object.entries(counts)
    .map(([what, count]) => `${Number(count).toLocaleString('en')} ${what}`)
    .join(', ');
}
