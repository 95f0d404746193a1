import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { DigestChoice } from '../contract/digest.ts';

/** Beside what else the person chose. */
export async function chooseDigest(tx: Tx, who: Who, choice: DigestChoice): Promise<void> {
  const content = JSON.stringify({ digest: choice });
  await sql`INSERT INTO notification_choices (workspace_id, member_id, content) VALUES (${who.workspaceId}::uuid, ${who.memberId}::uuid, ${content}::jsonb)
    ON CONFLICT (workspace_id, member_id) DO UPDATE SET content = notification_choices.content || EXCLUDED.content, changed_at = now()`.execute(
    tx,
  );
}
