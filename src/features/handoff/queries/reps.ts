import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface Rep {
  readonly id: string;
  readonly name: string;
}

/** A member of sales at work, who can be given leads; null for anybody else. */
export async function findRep(tx: Tx, workspaceId: WorkspaceId, memberId: string | null): Promise<Rep | null> {
  if (memberId === null) return null;
  const { rows } = await sql<Rep>`SELECT m.id, m.name FROM members m
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${memberId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer'`.execute(
    tx,
  );
  return rows[0] ?? null;
}
