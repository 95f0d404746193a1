import { sql } from 'kysely';
import { followJourneys } from '#features/records/actions/changed-journeys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { enqueue } from '#platform/jobs/jobs.ts';

/** A rate was recorded: what converts in its currency may have another amount. */
export async function noteJourneysIn(tx: Tx, workspaceId: WorkspaceId, currency: string): Promise<void> {
  const { numAffectedRows } = await sql`INSERT INTO journey_backlog (workspace_id, id, kind, record_id)
    SELECT ${workspaceId}::uuid, accord.new_id(), n.kind, n.id FROM (
      SELECT 'deal' AS kind, id FROM deals WHERE workspace_id = ${workspaceId}::uuid AND currency = ${currency}
      UNION ALL SELECT 'lead', id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND currency = ${currency} AND value IS NOT NULL) n`.execute(
    tx,
  );
  if (Number(numAffectedRows ?? 0) > 0) await enqueue(tx, workspaceId, followJourneys(workspaceId));
}
