import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

/**
 * Who has a meeting in their calendar by a mail of ours, and is told by one when it changes. Of a series that is only the
 * meeting it was begun with: of the others people are told as of all else, many in one mail.
 */
export async function invitedByMail(tx: Tx, workspaceId: WorkspaceId, meetingId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`SELECT t.member_id AS id FROM meeting_attendees t
      JOIN meetings m ON m.workspace_id = t.workspace_id AND m.id = t.meeting_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.meeting_id = ${meetingId}::uuid AND t.expected
      AND (m.series_id IS NULL OR EXISTS (SELECT FROM messages_out o WHERE o.workspace_id = t.workspace_id AND o.member_id = t.member_id
        AND o.kind = 'invitation' AND o.content->>'thread' = ${meetingThread(meetingId)}))`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Mails of one meeting stand together. */
export const meetingThread = (meetingId: string): string => `meeting.${meetingId}`;
