import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { keepDueIndex, keepPastIndex } from './actions/keep-index.ts';

export const alignmentJobs = (database: Database): JobHandlers => ({
  'alignment:index': () => keepAll(database),
  'alignment:past': (payload) => keepPastIndex(database, payload.workspaceId as WorkspaceId),
});

/** Every hour: a day ends at another hour in every zone. */
export const alignmentRecurring: readonly Recurring[] = [{ name: 'alignment:index', at: '47 * * * *' }];

/** A workspace in which something fails doesn't keep the others waiting. */
async function keepAll(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await keepOne(database, id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The alignment index of ${failures.length} workspaces could not be kept.`);
}

async function keepOne(database: Database, workspaceId: WorkspaceId): Promise<void> {
  await keepPastIndex(database, workspaceId);
  await keepDueIndex(database, workspaceId);
}
