/** Members as those who read, are told and are mentioned. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';

/** Somebody as the policies know them, whoever asks. */
export type Reader = Who & { readonly hasLogin: boolean };

/** Of these those who are at work. */
export async function readersById(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Reader>> {
  const { rows } = await sql<Reader>`SELECT ${readerColumns} FROM members m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.id = ANY(${[...new Set(ids)]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.memberId, row]));
}

export const readerColumns = sql`m.workspace_id AS "workspaceId", m.id AS "memberId", m.name, m.side, m.role, m.login_id IS NOT NULL AS "hasLogin"`;

/** Managers, admins and owners of these sides. */
export async function headsOfSides(tx: Tx, workspaceId: WorkspaceId, sides: readonly Who['side'][]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT id FROM members WHERE workspace_id = ${workspaceId}::uuid AND active
    AND side = ANY(${sides}::text[]) AND role IN ('manager', 'admin', 'owner') ORDER BY id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Whom the managers of their teams are. */
export async function managersOf(tx: Tx, workspaceId: WorkspaceId, memberId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT t.manager_id AS id FROM team_members tm
      JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
    WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = ${memberId}::uuid AND t.manager_id IS NOT NULL`.execute(tx);
  return rows.map(({ id }) => id);
}
