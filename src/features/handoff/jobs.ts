import { sql } from 'kysely';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { JobHandlers, Recurring } from '#platform/jobs/worker.ts';
import { climbLadders } from './actions/climb-ladders.ts';
import { drainBacklog, hasBacklog } from './actions/drain-backlog.ts';
import { noteQueuedLeads } from './actions/note-queued.ts';

export const handoffJobs = (database: Database): JobHandlers => ({
  'handoff:follow': async (payload) => void (await drainBacklog(database, payload.workspaceId as WorkspaceId)),
  'handoff:tick': () => tick(database, Date.now()),
});

export const handoffRecurring: readonly Recurring[] = [{ name: 'handoff:tick', at: '* * * * *' }];

/**
 * What time alone brings: steps of ladders, and backlogs whose worker was killed (the queue itself would give such a
 * job out again only after hours). A workspace in which something fails doesn't keep the others waiting.
 * @param at epoch milliseconds
 */
export async function tick(database: Database, at: number): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await tickWorkspace(database, id, at).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The hand-off of ${failures.length} workspaces could not be followed.`);
}

/** Every so many minutes leads that wait in a team's queue are routed anew: a limit that was reached may not be any more. */
const queueEveryMinutes = 15;

async function tickWorkspace(database: Database, workspaceId: WorkspaceId, at: number): Promise<void> {
  await climbLadders(database, workspaceId, at);
  if (Math.floor(at / 60_000) % queueEveryMinutes === 0) await database.inWorkspace(workspaceId, (tx) => noteQueuedLeads(tx, workspaceId));
  if (await database.inWorkspace(workspaceId, (tx) => hasBacklog(tx, workspaceId))) await drainBacklog(database, workspaceId);
}
