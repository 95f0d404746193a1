/** What no change tells of: work whose worker was killed, a workspace that has records and no setting yet, another currency. */

import { sql } from 'kysely';
import { noteAllJourneys } from '#features/records/actions/changed-journeys.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { findLiveSettings } from '../queries/attribution-setting.ts';
import { ensureFirstSetting } from './attribution-settings.ts';
import { answerEstimates, hasForgottenEstimate } from './estimate.ts';
import { drainJourneys, hasJourneyWork } from './follow-journeys.ts';

/** Once a minute; a workspace in which something fails doesn't keep the others waiting. */
export async function tickJourneys(database: Database): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  const failures: unknown[] = [];
  for (const { id } of rows) await tickWorkspace(database, id).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The journeys of ${failures.length} workspaces could not be followed.`);
}

async function tickWorkspace(database: Database, workspaceId: WorkspaceId): Promise<void> {
  const waits = await database.inWorkspace(workspaceId, async (tx) => {
    await noteNewGround(tx, workspaceId);
    return { journeys: await hasJourneyWork(tx, workspaceId), estimate: await hasForgottenEstimate(tx, workspaceId) };
  });
  if (waits.journeys) await drainJourneys(database, workspaceId);
  if (waits.estimate) await answerEstimates(database, workspaceId);
}

async function noteNewGround(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { current, building, currentProgress } = await findLiveSettings(tx, workspaceId);
  if (!current && !building) await ensureFirstSetting(tx, workspaceId);
  else if (current && currentProgress.currency !== undefined && currentProgress.currency !== current.currency)
    await noteAllOnce(tx, workspaceId);
}

async function noteAllOnce(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  const { rows } = await sql`SELECT FROM journey_backlog WHERE workspace_id = ${workspaceId}::uuid AND everything LIMIT 1`.execute(tx);
  if (rows.length === 0) await noteAllJourneys(tx, workspaceId);
}
