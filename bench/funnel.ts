/**
 * The funnel at a million leads: load, memory, every grouping, lists, and what a change costs, beside the same
 * answers in plain SQL. One JSON line a scenario: wall time, and processor time of this process alone (what
 * the wall time comes near to on a machine with nothing else to do).
 *
 *   ACCORD_BENCH_URL=postgres://owner@host/empty_database node bench/funnel.ts [leads]
 */

import { sql } from 'kysely';
import pg from 'pg';
import { type FunnelBy, funnelGroupings, funnelQuery, recordsQuery } from '#features/funnel/contract.ts';
import { answerFunnel, answerStages } from '#features/funnel/queries/answers.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { funnelByPlainSql } from '#features/funnel/queries/plain-sql.ts';
import { listFunnelRecords } from '#features/funnel/queries/records.ts';
import { verifyColumns } from '#features/funnel/queries/verify.ts';
import { type Database, openDatabase, type WorkspaceId } from '#platform/db/database.ts';
import { migrate } from '#platform/db/migrate.ts';

const url = process.env['ACCORD_BENCH_URL'];
if (!url) throw new Error('Set ACCORD_BENCH_URL to the address of a database of its owner.');
const leadCount = Number(process.argv[2] ?? 1_000_000);
const timeZone = 'Europe/Berlin';
const asOf = '2026-11-30';
const workspaceId = '01900000-0000-7000-8000-00000000be7c' as WorkspaceId;

await migrate(url);
await fill(url);
const database = openDatabase({ appUrl: url, ownerUrl: url });
try {
  await measure(database);
} finally {
  await database.close();
}

async function measure(database: Database): Promise<void> {
  const memoryBefore = process.memoryUsage().arrayBuffers;
  const cache = columnsCacheOf(database);
  const before = process.cpuUsage();
  const load = await timed(() => cache.fresh(workspaceId));
  const { user, system } = process.cpuUsage(before);
  say({ scenario: 'load', milliseconds: load, processorMilliseconds: round((user + system) / 1000), megabytes: round(cache.held().bytes / 1e6), arrayBuffersMegabytes: round((process.memoryUsage().arrayBuffers - memoryBefore) / 1e6), bytesALead: round(cache.held().bytes / leadCount) });
  await repeat('nothing changed: is it fresh', 100, () => cache.fresh(workspaceId));

  const from = { from: 'mql', to: 'won', asOf } as const;
  let turn = 0;
  /** Another period each time, so that nothing kept from the last answer helps. */
  const scope = () => ({ start: Temporal.PlainDate.from('2020-01-01').add({ days: turn++ % 300 }).toString() });
  for (const by of funnelGroupings) await repeat(`cohort mql → won by ${by}`, 30, () => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, by, ...scope() })));
  await repeat('the same question again, by origin', 30, () => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, by: 'origin' })));
  await repeat('cohort inquiry → mql by owner, 30 days', 30, () => answerFunnel(database, workspaceId, funnelQuery.parse({ from: 'inquiry', to: 'mql', windowDays: '30', by: 'owner', asOf, ...scope() })));
  await repeat('period mql → won by month', 30, () => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, mode: 'period', by: 'month', ...scope() })));
  await repeat('stages', 30, () => answerStages(database, workspaceId, { mode: 'cohort', from: 'inquiry', to: 'won', asOf, ...scope() }));
  await repeat('records: first page of an origin', 30, () => listFunnelRecords(database, workspaceId, recordsQuery.parse({ ...from, by: 'origin', group: '"origin 3"', ...scope() })));
  await repeat('records: first page of all that entered', 30, () => listFunnelRecords(database, workspaceId, recordsQuery.parse({ ...from, ...scope() })));
  await touchLeads(database, 1);
  await repeat('one lead changed, then by origin', 30, async () => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, by: 'origin', ...scope() })), () => touchLeads(database, 1));
  await repeat('10,000 leads changed, then by origin', 5, async () => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, by: 'origin', ...scope() })), () => touchLeads(database, 10_000));
  for (const by of ['none', 'origin', 'owner', 'month', 'team'] satisfies FunnelBy[])
    await repeat(`plain SQL: cohort mql → won by ${by}`, 5, () => database.inWorkspace(workspaceId, (tx) => funnelByPlainSql(tx, workspaceId, timeZone, { by, from: 'mql', to: 'won', mode: 'cohort', asOf, ...scope() }), { statementTimeout: 0 }));
  const { checked, differences } = await verifyColumns(database, workspaceId);
  say({ scenario: 'verify', checked, differences: differences.length });
}

async function repeat(scenario: string, times: number, work: () => Promise<unknown>, prepare: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
  const took: number[] = [];
  const computed: number[] = [];
  for (let run = -2; run < times; run++) {
    await prepare();
    const before = process.cpuUsage();
    const milliseconds = await timed(work);
    const { user, system } = process.cpuUsage(before);
    if (run < 0) continue;
    took.push(milliseconds);
    computed.push(round((user + system) / 1000));
  }
  const at = (numbers: number[], percent: number) => numbers.sort((one, other) => one - other)[Math.ceil((percent * numbers.length) / 100) - 1]!;
  say({ scenario, runs: times, medianMilliseconds: at(took, 50), p95Milliseconds: at(took, 95), processorMedianMilliseconds: at(computed, 50), processorP95Milliseconds: at(computed, 95) });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return round(performance.now() - start);
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function say(line: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify({ leads: leadCount, ...line })}\n`);
}

function touchLeads(database: Database, count: number): Promise<unknown> {
  return database.inWorkspace(workspaceId, (tx) =>
    sql`UPDATE leads SET changed_xid = pg_current_xact_id() WHERE workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid ORDER BY id LIMIT ${count})`.execute(tx),
  );
}

/** Seven years of leads: 12 origins, 5 % blank, 300 owners in 20 teams, 2,000 campaigns, 10 % won, in two currencies. */
async function fill(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c search_path=accord,pg_catalog -c role=accord_app' });
  await client.connect();
  try {
    await client.query(`SELECT set_config('app.workspace', $1, false), set_config('app.gate', 'system', false)`, [workspaceId]);
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM leads WHERE workspace_id = $1', [workspaceId]);
    if (Number(rows[0]!.count) === leadCount) return;
    await client.query('DELETE FROM workspaces WHERE id = $1', [workspaceId]);
    await client.query(`INSERT INTO workspaces (id, name, slug, time_zone, currency) VALUES ($1, 'Bench', 'bench', '${timeZone}', 'EUR')`, [workspaceId]);
    const numbered = (prefix: string, number: string) => `('01900000-0000-7000-${prefix}-' || lpad(to_hex(${number}), 12, '0'))::uuid`;
    await client.query(`INSERT INTO members (workspace_id, id, name, side, role) SELECT $1, ${numbered('8001', 'n')}, 'Rep ' || n, 'sales', 'member' FROM generate_series(1, 300) n`, [workspaceId]);
    await client.query(`INSERT INTO teams (workspace_id, id, name, side) SELECT $1, ${numbered('8002', 'n')}, 'Team ' || n, 'sales' FROM generate_series(1, 20) n`, [workspaceId]);
    await client.query(`INSERT INTO team_members (workspace_id, team_id, member_id) SELECT $1, ${numbered('8002', 'n % 20 + 1')}, ${numbered('8001', 'n')} FROM generate_series(1, 300) n`, [workspaceId]);
    await client.query(`INSERT INTO campaigns (workspace_id, id, name) SELECT $1, ${numbered('8003', 'n')}, 'Campaign ' || n FROM generate_series(1, 2000) n`, [workspaceId]);
    const rebuildIndexes = await dropIndexes(ownerUrl);
    await client.query(
      `INSERT INTO leads (workspace_id, id, name, origin, channel, segment, owner_id, campaign_id, opened_at, mql_at, sal_at, sql_at, deal_at, won_at, lost_at, value, currency)
       SELECT $1, new_id(), 'Lead ' || n, CASE WHEN r1 < .95 THEN 'origin ' || floor(r1 * 12) END, CASE WHEN r2 < .9 THEN 'channel ' || floor(r2 * 8) END, 'segment ' || floor(r3 * 4),
         ${numbered('8001', '1 + floor(r2 * 300)::int')}, CASE WHEN r3 < .7 THEN ${numbered('8003', '1 + floor(r4 * 2000)::int')} END,
         opened, CASE WHEN r4 < .6 THEN opened + r1 * interval '9 days' END, CASE WHEN r4 < .45 THEN opened + interval '10 days' END, CASE WHEN r4 < .3 THEN opened + r2 * interval '30 days' END,
         CASE WHEN r4 < .2 THEN opened + r3 * interval '40 days' END, CASE WHEN r4 < .1 THEN opened + r3 * interval '200 days' END, CASE WHEN r4 BETWEEN .1 AND .2 THEN opened + r3 * interval '150 days' END,
         CASE WHEN r4 < .2 THEN floor(r1 * 10000000)::bigint END, CASE WHEN r4 < .2 THEN CASE WHEN r2 < .1 THEN 'USD' ELSE 'EUR' END END
       FROM (SELECT n, random() AS r1, random() AS r2, random() AS r3, random() AS r4, timestamptz '2020-01-01' + n * (interval '2500 days' / ${leadCount}) AS opened FROM generate_series(1, ${leadCount}) n) l`,
      [workspaceId],
    );
    await rebuildIndexes();
  } finally {
    await client.end();
  }
}

/** Filling a table and then indexing it is several times faster than filling it indexed. */
async function dropIndexes(ownerUrl: string): Promise<() => Promise<void>> {
  const asOwner = async (statements: (owner: pg.Client) => Promise<string[]>) => {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    for (const statement of await statements(owner)) await owner.query(statement);
    await owner.end();
  };
  let definitions: string[] = [];
  await asOwner(async (owner) => {
    const { rows } = await owner.query<{ indexname: string; indexdef: string }>(`SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'accord' AND tablename = 'leads' AND indexname <> 'leads_pkey'`);
    definitions = rows.map(({ indexdef }) => indexdef);
    return rows.map(({ indexname }) => `DROP INDEX accord.${indexname}`);
  });
  return () => asOwner(async () => [...definitions, 'VACUUM ANALYZE accord.leads']);
}
