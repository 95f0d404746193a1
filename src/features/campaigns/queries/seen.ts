import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import { type Seen, seesSide } from '../policy/roles.ts';

/** Whom the asker sees as persons: oneself, members of the teams one manages, and as a head one's own side. */
export async function seenBy(tx: Tx, who: Who): Promise<Seen> {
  const { rows } = await sql<{ id: string }>`
    SELECT m.id FROM members m WHERE m.workspace_id = ${who.workspaceId}::uuid AND (m.id = ${who.memberId}::uuid
      OR (${seesSide(who, who.side)} AND m.side = ${who.side})
      OR EXISTS (SELECT 1 FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
        WHERE tm.workspace_id = m.workspace_id AND tm.member_id = m.id AND t.manager_id = ${who.memberId}::uuid))`.execute(tx);
  const of = new Set(rows.map(({ id }) => id));
  return { of, has: (memberId) => of.has(memberId) };
}
