import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { notePassages } from './actions/note-passages.ts';

export const rolloutJobs = (database: Database): JobHandlers => ({ 'rollout:note': () => noteAll(database) });

/** What people do on the way itself is noted with it; what follows from records, meetings and clocks, within the quarter of an hour. */
export const rolloutRecurring: readonly Recurring[] = [{ name: 'rollout:note', at: '7,22,37,52 * * * *' }];

/** A workspace in which something fails doesn't keep the others waiting. */
async function noteAll(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await database.inWorkspace(id, (tx) => notePassages(tx, id)).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The way in of ${failures.length} workspaces could not be looked at.`);
}
