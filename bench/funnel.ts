/** The funnel: load, memory, every grouping, lists behind numbers, and what a change costs, beside the same answers in plain SQL. */

import { sql } from 'kysely';
import { type FunnelBy, funnelGroupings, funnelQuery, recordsQuery } from '#features/funnel/contract.ts';
import { answerFunnel, answerStages } from '#features/funnel/queries/answers.ts';
import { columnsCacheOf } from '#features/funnel/queries/columns.ts';
import { funnelByPlainSql } from '#features/funnel/queries/plain-sql.ts';
import { listFunnelRecords } from '#features/funnel/queries/records.ts';
import { verifyColumns } from '#features/funnel/queries/verify.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { company, filledCompany } from './support/company.ts';
import type { Ground } from './support/ground.ts';
import { repeat, rounded, timed } from './support/measure.ts';
import type { Outcome, Row } from './support/report.ts';

const asOf = company.end;
const from = { from: 'mql', to: 'won', asOf } as const;

export async function measureFunnel(ground: Ground): Promise<Outcome> {
  const { database, workspaceId } = await filledCompany(ground);
  const loading = await measureLoad(database, workspaceId);
  const rows: Row[] = [];
  const measure = async (question: string, runs: number, work: () => Promise<unknown>, prepare?: () => Promise<unknown>) => {
    ground.say(`funnel: ${question}`);
    const { medianMs, p95Ms, cpuMedianMs } = await repeat(runs, work, prepare);
    rows.push({ question, runs, 'p50 ms': medianMs, 'p95 ms': p95Ms, 'processor p50 ms': cpuMedianMs });
    return medianMs;
  };
  const ask = (more: object) => answerFunnel(database, workspaceId, funnelQuery.parse({ ...from, ...more }));
  const ours = new Map<FunnelBy, number>();

  await measure('nothing changed: is it fresh', 100, () => columnsCacheOf(database).fresh(workspaceId));
  for (const by of funnelGroupings) ours.set(by, await measure(`cohort mql → won by ${by}`, 30, () => ask({ by, ...scope() })));
  await measure('the same question again, by origin', 30, () => ask({ by: 'origin' }));
  await measure('cohort inquiry → mql by owner, 30 days', 30, () =>
    ask({ from: 'inquiry', to: 'mql', windowDays: '30', by: 'owner', ...scope() }),
  );
  await measure('period mql → won by month', 30, () => ask({ mode: 'period', by: 'month', ...scope() }));
  await measure('stages', 30, () => answerStages(database, workspaceId, { mode: 'cohort', from: 'inquiry', to: 'won', asOf, ...scope() }));
  const list = (more: object) => listFunnelRecords(database, workspaceId, recordsQuery.parse({ ...from, ...more, ...scope() }));
  const group = JSON.stringify(await commonOrigin(database, workspaceId));
  await measure('records: first page of an origin', 30, () => list({ by: 'origin', group }));
  await measure('records: first page of all that entered', 30, () => list({}));
  await touchLeads(database, workspaceId, 1);
  await measure(
    'one lead changed, then by origin',
    30,
    () => ask({ by: 'origin', ...scope() }),
    () => touchLeads(database, workspaceId, 1),
  );
  await measure(
    '10,000 leads changed, then by origin',
    5,
    () => ask({ by: 'origin', ...scope() }),
    () => touchLeads(database, workspaceId, 10_000),
  );
  const plain = await measurePlainSql(ground, database, workspaceId, ours);
  const { checked, differences } = await verifyColumns(database, workspaceId);
  return {
    measured: `conversions over ${ground.leads.toLocaleString('en')} leads of ${company.months} months, in process, another period for each answer`,
    tables: [
      { title: 'loading', rows: [loading] },
      { title: 'answers', rows },
      { title: 'the same in plain SQL', rows: plain },
    ],
    notes: [`${checked} leads held against the database, ${differences.length} differ.`],
  };
}

let turn = 0;
/** Another period each time, so that nothing kept from the last answer helps. */
const scope = () => ({
  start: Temporal.PlainDate.from(company.start)
    .add({ days: turn++ % 300 })
    .toString(),
});

async function measureLoad(database: Database, workspaceId: WorkspaceId): Promise<Row> {
  const cache = columnsCacheOf(database);
  const before = process.memoryUsage().arrayBuffers;
  const milliseconds = await timed(() => cache.fresh(workspaceId));
  const { bytes } = cache.held();
  return {
    seconds: rounded(milliseconds / 1000, 2),
    'MB held': rounded(bytes / 1e6),
    'MB of buffers more': rounded((process.memoryUsage().arrayBuffers - before) / 1e6),
  };
}

async function measurePlainSql(
  ground: Ground,
  database: Database,
  workspaceId: WorkspaceId,
  ours: ReadonlyMap<FunnelBy, number>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const by of ['none', 'origin', 'owner', 'month', 'team'] satisfies FunnelBy[]) {
    ground.say(`funnel: plain SQL by ${by}`);
    const work = () =>
      database.inWorkspace(
        workspaceId,
        (tx) => funnelByPlainSql(tx, workspaceId, company.timeZone, { by, from: 'mql', to: 'won', mode: 'cohort', asOf, ...scope() }),
        { statementTimeout: 0 },
      );
    const { medianMs } = await repeat(5, work);
    rows.push({
      question: `cohort mql → won by ${by}`,
      'SQL p50 ms': medianMs,
      'ours p50 ms': ours.get(by)!,
      'SQL takes ×': rounded(medianMs / ours.get(by)!),
    });
  }
  return rows;
}

function commonOrigin(database: Database, workspaceId: WorkspaceId): Promise<string | null> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{
      origin: string | null;
    }>`SELECT origin FROM leads WHERE workspace_id = ${workspaceId}::uuid GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`.execute(tx);
    return rows[0]!.origin;
  });
}

function touchLeads(database: Database, workspaceId: WorkspaceId, count: number): Promise<unknown> {
  return database.inWorkspace(workspaceId, (tx) =>
    sql`UPDATE leads SET changed_xid = pg_current_xact_id() WHERE workspace_id = ${workspaceId}::uuid AND id IN (SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid ORDER BY id LIMIT ${count})`.execute(
      tx,
    ),
  );
}
