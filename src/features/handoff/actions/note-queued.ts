import { sql } from 'kysely';
import { noteChangedLeads } from '#features/records/actions/changed-leads.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/** A longer queue is worked off in steps, the oldest first. */
const mostAtOnce = 5_000;

/**
 * Leads that wait are routed anew: those in a team's queue when a rep is back, and every now and then (a limit that
 * was reached is not any more). Those passed before routing was on, or left to whoever claims them, wait on.
 * @param which `all`: the open queue too, because other rules hold now
 */
export async function noteQueuedLeads(tx: Tx, workspaceId: WorkspaceId, which: 'teams' | 'all' = 'teams'): Promise<void> {
  const { rows } = await sql<{ id: string }>`SELECT h.lead_id AS id FROM handoffs h
    WHERE h.workspace_id = ${workspaceId}::uuid AND h.state = 'unrouted' ${which === 'teams' ? sql`AND h.team_id IS NOT NULL` : sql``}
      AND h.mql_at >= (SELECT min(v.effective_at) FROM routing_versions v
        WHERE v.workspace_id = ${workspaceId}::uuid AND (v.content -> 'on') IS DISTINCT FROM 'false'::jsonb)
    ORDER BY h.mql_at, h.lead_id LIMIT ${mostAtOnce}`.execute(tx);
  await noteChangedLeads(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  );
}
