/** What time alone brings, workspace by workspace. */

import { sql } from 'kysely';
import { groundOf, dayIn } from '#features/campaigns/queries/ground.ts';
import type { Sealing } from '#platform/auth/sealing.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import { closePulses } from './close-pulses.ts';
import { freezePerception } from './freeze-perception.ts';
import { openByRhythm } from './open-by-rhythm.ts';
import { settlePool } from './pool.ts';
import { releaseFeedback } from './release.ts';

/** Every minute: what came into the pool is written anew, so that nothing tells when. */
export const settlePools = (database: Database): Promise<void> =>
  eachWorkspace(database, (workspaceId) => database.inWorkspace(workspaceId, (tx) => settlePool(tx, workspaceId)));

/**
 * Every hour, on the hour: feedback that waited is shown, pulses and months that are over are counted. At set times, so
 * that being shown tells nothing of when the last of a batch was written.
 * @param at epoch milliseconds
 */
export const turnHour = (database: Database, sealing: Sealing, at: number): Promise<void> =>
  eachWorkspace(database, async (workspaceId) => {
    const { timeZone } = await database.inWorkspace(workspaceId, (tx) => groundOf(tx, workspaceId));
    const today = dayIn(timeZone, at);
    await releaseFeedback(database, workspaceId, sealing, at);
    await database.inWorkspace(workspaceId, async (tx) => {
      await closePulses(tx, workspaceId, sealing, today);
      await openByRhythm(tx, workspaceId, today);
    });
    await freezePerception(database, workspaceId, sealing, today);
  });

/** A workspace in which something fails doesn’t keep the others waiting. */
async function eachWorkspace(database: Database, work: (workspaceId: WorkspaceId) => Promise<unknown>): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await work(id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `Feedback of ${failures.length} workspaces could not be looked after.`);
}
