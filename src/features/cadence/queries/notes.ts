import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Note } from '../contract/meetings.ts';

const most = 500;

/** Every version of an item's notes, newest first. @throws Problem not-found */
export async function listNotes(tx: Tx, workspaceId: WorkspaceId, meetingId: string, itemId: string): Promise<Note[]> {
  const { rows: items } =
    await sql`SELECT 1 FROM agenda_items WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND id = ${itemId}::uuid`.execute(
      tx,
    );
  if (items.length === 0) throw notFound('item on this agenda');
  const { rows } =
    await sql<Note>`SELECT n.version, n.text, json_build_object('id', p.id, 'name', p.name) AS "writtenBy", n.written_at AS "writtenAt"
    FROM item_notes n JOIN members p ON p.workspace_id = n.workspace_id AND p.id = n.written_by
    WHERE n.workspace_id = ${workspaceId}::uuid AND n.item_id = ${itemId}::uuid ORDER BY n.version DESC LIMIT ${most}`.execute(tx);
  return rows;
}
