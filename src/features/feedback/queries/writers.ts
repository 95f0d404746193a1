/** Who could have written something anonymous: the people among whom its giver hides. */

import { sql } from 'kysely';
import { fewestWriters } from '#engine/candour/batch.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';

/** Logins of members at work who may write. */
export async function writersOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ memberId: string; loginId: string }[]> {
  const { rows } = await sql<{ memberId: string; loginId: string }>`SELECT id AS "memberId", login_id AS "loginId" FROM members
    WHERE workspace_id = ${workspaceId}::uuid AND active AND login_id IS NOT NULL AND role <> 'viewer'`.execute(tx);
  return rows;
}

/** Why nothing can be written anonymously; null: it can. @param toMember whom it is to, who did not write it */
export async function whyNotAnonymous(
  tx: Tx,
  workspaceId: WorkspaceId,
  agreed: { anonymous: boolean },
  toMember: string | null,
): Promise<string | null> {
  if (!agreed.anonymous) return 'This workspace has agreed that feedback carries a name.';
  const writers = (await writersOf(tx, workspaceId)).filter(({ memberId }) => memberId !== toMember).length;
  return writers >= fewestWriters
    ? null
    : `Anonymous feedback needs at least ${fewestWriters} people who could have written it; here there ${writers === 1 ? 'is' : 'are'} ${writers}.`;
}

/** How many of these used this workspace since a moment, by their sessions. */
export async function countAbout(
  database: Database,
  workspaceId: WorkspaceId,
  loginIds: readonly string[],
  since: string,
): Promise<number> {
  const { rows } = await database.atGate('system', (tx) =>
    sql<{ count: number }>`SELECT count(DISTINCT login_id)::int AS count FROM sessions
      WHERE workspace_id = ${workspaceId}::uuid AND login_id = ANY(${loginIds}::uuid[]) AND last_seen_at >= ${since}::timestamptz`.execute(
      tx,
    ),
  );
  return rows[0]!.count;
}
