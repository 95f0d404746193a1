import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { markRead } from '../contract/notifications.ts';

/** Marks the asker’s own. @returns how many were unread */
export async function markNotificationsRead(tx: Tx, who: Who, { ids, kind, until }: z.output<typeof markRead>): Promise<number> {
  const { rows } = await sql`UPDATE notifications SET read_at = clock_timestamp()
    WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid AND read_at IS NULL
      ${ids ? sql`AND id = ANY(${ids}::uuid[])` : sql``} ${kind ? sql`AND kind = ${kind}` : sql``} ${until ? sql`AND at <= ${until}::timestamptz` : sql``}
    RETURNING 1`.execute(tx);
  if (rows.length > 0) await announceChange(tx, who.workspaceId, 'notification');
  return rows.length;
}
