/** Who comes to a meeting. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { SeriesDraft } from '../contract/series.ts';

export type Attendees = SeriesDraft['attendees'];

/** Whoever is of one of the sides or teams at this moment, or named; people who look on come only when named. @returns their ids */
export async function peopleOf(tx: Tx, workspaceId: WorkspaceId, { sides, teamIds, memberIds }: Attendees): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT m.id FROM members m WHERE m.workspace_id = ${workspaceId}::uuid AND m.active
    AND (m.id = ANY(${memberIds}::uuid[]) OR (m.role <> 'viewer' AND (m.side = ANY(${sides}::text[]) OR EXISTS (SELECT 1 FROM team_members tm
      WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id AND tm.team_id = ANY(${teamIds}::uuid[])))))
    ORDER BY m.id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** @throws Problem not-found for a team or member that isn't here, bad-input where nobody would come */
export async function refuseStrangers(
  tx: Tx,
  workspaceId: WorkspaceId,
  { teamIds, memberIds }: Pick<Attendees, 'teamIds' | 'memberIds'>,
): Promise<void> {
  const { rows } = await sql<{ teams: number; members: number }>`SELECT
    (SELECT count(*)::int FROM teams WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${teamIds}::uuid[])) AS teams,
    (SELECT count(*)::int FROM members WHERE workspace_id = ${workspaceId}::uuid AND active AND id = ANY(${memberIds}::uuid[])) AS members`.execute(
    tx,
  );
  const { teams, members } = rows[0]!;
  if (teams < new Set(teamIds).size) throw new Problem('not-found', 'There is no such team here.');
  if (members < new Set(memberIds).size) throw new Problem('not-found', 'There is no such member here, or they have left.');
}
