import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { FeedbackEntry } from '../contract/feedback.ts';

/** Everything said about one feedback, every step among it, in order. */
export async function listThread(tx: Tx, workspaceId: WorkspaceId, feedbackId: string): Promise<FeedbackEntry[]> {
  const { rows } = await sql<FeedbackEntry>`SELECT e.id, e.kind,
      CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name, 'side', m.side) END AS by, e.text, e.said_on AS "on", e.said_at AS at
    FROM feedback_entries e LEFT JOIN members m ON m.workspace_id = e.workspace_id AND m.id = e.member_id
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.feedback_id = ${feedbackId}::uuid ORDER BY e.place LIMIT 1000`.execute(tx);
  return rows;
}
