import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * Whom a lead's lateness is told to, by its owner: who leads one of the owner's teams; where nobody does, the heads of
 * sales; where there are none, those of leadership. Nobody is told of their own lateness. `null` asks for a lead that
 * is nobody's.
 */
export async function headsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  ownerIds: readonly (string | null)[],
): Promise<(ownerId: string | null) => string[]> {
  const { rows: leading } = await sql<{ of: string; id: string }>`SELECT DISTINCT tm.member_id AS "of", m.id FROM team_members tm
    JOIN teams t ON t.workspace_id = ${workspaceId}::uuid AND t.id = tm.team_id
    JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = t.manager_id AND m.active
    WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = ANY(${ownerIds.filter((id) => id !== null)}::uuid[]) AND t.manager_id <> tm.member_id
    ORDER BY m.id`.execute(tx);
  const ofTeams = Map.groupBy(leading, ({ of }) => of);
  const { rows: heads } = await sql<{
    id: string;
    side: string;
  }>`SELECT id, side FROM members WHERE workspace_id = ${workspaceId}::uuid AND active
    AND role IN ('owner', 'admin', 'manager') AND side IN ('sales', 'leadership') ORDER BY side DESC, id`.execute(tx);
  return (ownerId) => {
    const ofTeam = (ownerId !== null && ofTeams.get(ownerId)) || [];
    const others = heads.filter(({ id }) => id !== ownerId);
    const ofSales = others.filter(({ side }) => side === 'sales');
    return (ofTeam.length > 0 ? ofTeam : ofSales.length > 0 ? ofSales : others).map(({ id }) => id);
  };
}
