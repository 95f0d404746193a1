import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { NewMessage } from '../contract/deliver.ts';

/**
 * Has a message leave the house after the caller's transaction, and only if it commits. The job `notices:send` sends it,
 * again with growing pauses where that fails, for a day.
 * @returns its id; null where the same message (channel, reader and `onceKey`) was given before
 */
export async function sendLater(tx: Tx, workspaceId: WorkspaceId, message: NewMessage): Promise<string | null> {
  const [memberId, roomId] = message.channel === 'mail' ? [message.memberId, null] : [null, message.roomId];
  const { rows } = await sql<{ id: string; due: boolean }>`
    INSERT INTO messages_out (workspace_id, id, channel, kind, once_key, member_id, room_id, content, next_at)
    VALUES (${workspaceId}::uuid, ${newId()}::uuid, ${message.channel}, ${message.kind}, ${`${memberId ?? roomId} ${message.onceKey}`}, ${memberId}::uuid, ${roomId}::uuid,
      ${JSON.stringify(message.content)}::jsonb, greatest(now(), ${message.notBefore ?? null}::timestamptz))
    ON CONFLICT (workspace_id, channel, once_key) DO NOTHING RETURNING id, next_at <= now() AS due`.execute(tx);
  const written = rows[0];
  // What waits for its time is found by the clock: a job for later would take the place of one for now.
  if (written?.due) await enqueueSending(tx, workspaceId);
  return written?.id ?? null;
}

/** One at a time for a workspace: rooms take a message a second, whoever sends. */
export async function enqueueSending(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await enqueue(tx, workspaceId, {
    name: 'notices:send',
    payload: {},
    key: `notices:send:${workspaceId}`,
    queue: `notices:send:${workspaceId}`,
    maxAttempts: 1,
  });
}
