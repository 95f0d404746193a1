import { sql } from 'kysely';
import { noteChangedLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * Leads that wait in a team's queue are routed anew, the oldest first: when the routing changed, when a rep is back,
 * and every now and then (a limit that was reached is not any more). Those in the open queue wait for a claim.
 * @param most notes at most so many, so that a long queue is worked off in steps
 */
export async function noteQueuedLeads(tx: Tx, workspaceId: WorkspaceId, most = 1_000): Promise<void> {
  const { rows } = await sql<{ id: string }>`SELECT h.lead_id AS id FROM handoffs h
    WHERE h.workspace_id = ${workspaceId}::uuid AND h.state = 'unrouted' AND h.team_id IS NOT NULL ORDER BY h.mql_at, h.lead_id LIMIT ${most}`.execute(tx);
  await noteChangedLeads(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  );
}
