import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { ChoicesChange } from '../contract/choices.ts';

/** Keeps what somebody chose; what the change leaves out stays, and what others keep there too. */
export async function setChoices(tx: Tx, who: Who, { kinds, quietHours }: ChoicesChange): Promise<void> {
  const change = JSON.stringify({ ...(quietHours !== undefined && { quietHours }) });
  await sql`INSERT INTO notification_choices AS c (workspace_id, member_id, content)
    VALUES (${who.workspaceId}::uuid, ${who.memberId}::uuid, ${change}::jsonb || jsonb_build_object('kinds', ${JSON.stringify(kinds ?? {})}::jsonb))
    ON CONFLICT (workspace_id, member_id) DO UPDATE SET changed_at = now(), content = c.content || ${change}::jsonb
      || jsonb_build_object('kinds', coalesce(c.content -> 'kinds', '{}') || ${JSON.stringify(kinds ?? {})}::jsonb)`.execute(tx);
}
