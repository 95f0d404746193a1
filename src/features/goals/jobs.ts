import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { noteMisses } from './actions/note-misses.ts';

export const goalJobs = (database: Database): JobHandlers => ({ 'goals:tick': () => tickGoals(database) });

/** Daily is enough: a goal is noted once a week, and some day of it lies in every zone's week. */
export const goalRecurring: readonly Recurring[] = [{ name: 'goals:tick', at: '23 5 * * *' }];

/** A workspace in which something fails doesn't keep the others waiting. */
async function tickGoals(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await noteMisses(database, id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The goals of ${failures.length} workspaces could not be looked at.`);
}
