/**
 * What the planner knows of the tables, renewed after much was written at once. Until then it takes a workspace just
 * brought in for empty, and looks through all touches once a lead. `migrations/0019_statistics.sql` does it as the owner.
 */

import { sql } from 'kysely';
import type pg from 'pg';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import type { Database, Tx, WorkspaceId } from './database.ts';

/** The tables that an import fills, and what follows from it. The migration has the same list: any other is refused. */
export const tablesWithStatistics = [
  ...['accounts', 'contacts', 'campaigns', 'leads', 'deals', 'campaign_members', 'touches', 'revenue_entries', 'deal_stages'],
  ...['cost_entries', 'facts', 'external_ids', 'handoffs', 'clocks', 'journeys', 'attribution_credits'],
] as const;

const renewing = 'statistics:renew';

export const statisticsJobs = (database: Database): JobHandlers => ({
  [renewing]: (payload) => renewStatistics(database, payload.workspaceId as WorkspaceId, String(payload.table)),
  'daily:statistics': () => renewWholes(database),
});

export const statisticsRecurring: readonly Recurring[] = [{ name: 'daily:statistics', at: '30 1 * * *' }];

/** The tables kept by month: autovacuum looks at their months, never at the whole, which joins are planned by. */
const keptByMonth = ['touches', 'facts'];

/** Milliseconds until it is tried again where somebody holds the table: an import that makes a month does until it commits. */
const againAfter = 60_000;

/** On commit, one job a table: imports that end together share it. */
export async function renewStatisticsLater(tx: Tx, workspaceId: WorkspaceId, tables: readonly string[], runAt?: string): Promise<void> {
  for (const table of tables)
    await enqueue(tx, workspaceId, { ...jobOf(table), payload: { table }, ...(runAt === undefined ? {} : { runAt }) });
}

/** The same on a bare connection, within its transaction. */
export async function renewStatisticsAfter(client: pg.ClientBase, workspaceId: WorkspaceId, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const { name, key, queue } = jobOf(table);
    await client.query('SELECT accord.enqueue($1, $2, $3, NULL, 5, $4)', [name, JSON.stringify({ workspaceId, table }), key, queue]);
  }
}

/** One after the other, so that only one worker reads samples. */
const jobOf = (table: string) => ({ name: renewing, key: `${renewing}:${table}`, queue: renewing });

/** Where the table is held it comes back later. */
async function renewStatistics(database: Database, workspaceId: WorkspaceId, table: string): Promise<void> {
  if (await renewNow(database, table)) return;
  const later = new Date(Date.now() + againAfter).toISOString();
  await database.inWorkspace(workspaceId, (tx) => renewStatisticsLater(tx, workspaceId, [table], later));
}

/** Whatever was written. One that is held has its turn tomorrow. */
async function renewWholes(database: Database): Promise<void> {
  for (const table of keptByMonth) await renewNow(database, table);
}

/** Where no worker may be running. Never fails: without it answers are only slower. @returns the tables that were held */
export async function renewStatisticsNow(database: Database, tables: readonly string[]): Promise<string[]> {
  const held: string[] = [];
  for (const table of tables) if (!(await renewNow(database, table).catch(() => false))) held.push(table);
  return held;
}

/** @returns false where somebody held it for longer than two seconds */
async function renewNow(database: Database, table: string): Promise<boolean> {
  try {
    await database.atGate('system', async (tx) => {
      await sql`SET LOCAL statement_timeout = 0`.execute(tx);
      await sql`SELECT accord.renew_statistics(${table})`.execute(tx);
    });
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false; // lock_not_available
    throw error;
  }
}
