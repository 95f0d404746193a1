import { sql } from 'kysely';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface RepOfTeams extends Named {
  readonly teams: Named[];
}

/** Members of sales at work, with their teams of sales. */
export async function listWorkingReps(tx: Tx, workspaceId: WorkspaceId): Promise<RepOfTeams[]> {
  const { rows } = await sql<RepOfTeams>`
    SELECT m.id, m.name, coalesce((SELECT json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name, t.id) FROM team_members tm
      JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id AND t.side = 'sales' WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id), '[]') AS teams
    FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer' ORDER BY m.name, m.id`.execute(
    tx,
  );
  return rows;
}

/** By team, its reps. */
export function teamsOf(reps: readonly RepOfTeams[]): { team: Named; people: Set<string> }[] {
  const teams = new Map<string, { team: Named; people: Set<string> }>();
  for (const { id, teams: own } of reps)
    for (const team of own) {
      const known = teams.get(team.id) ?? { team, people: new Set<string>() };
      known.people.add(id);
      teams.set(team.id, known);
    }
  return [...teams.values()].sort((one, other) => (one.team.name < other.team.name ? -1 : 1));
}
