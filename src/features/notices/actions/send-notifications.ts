/** Notifications that leave the house: by mail, and into one's own room of Slack or Teams. */

import { sql } from 'kysely';
import type { Message } from '#engine/notices/message.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { kinds, type NoticeKind } from '../contract/kinds.ts';
import type { RoomKind } from '../contract/rooms.ts';
import { sendLater } from './send-later.ts';

interface Due {
  readonly id: string;
  readonly memberId: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly opens: string;
}

/**
 * Hands over what is due and was not read meanwhile: all of a kind that wait for somebody as one message.
 * @param at epoch milliseconds of now
 */
export async function sendNotifications(tx: Tx, workspaceId: WorkspaceId, at: number): Promise<void> {
  for (const due of bundles(await take(tx, workspaceId, at, 'mail')))
    await sendLater(tx, workspaceId, {
      ...{ channel: 'mail', kind: 'notification', memberId: due[0]!.memberId, onceKey: `notification ${due[0]!.id}` },
      content: { message: messageOf(due), ends: due[0]!.kind },
    });
  for (const due of bundles(await take(tx, workspaceId, at, 'chat'))) {
    const room = await ownRoom(tx, workspaceId, due[0]!.memberId);
    if (room)
      await sendLater(tx, workspaceId, {
        ...{ channel: room.kind, kind: 'notification', roomId: room.id, onceKey: `notification ${due[0]!.id}` },
        content: { message: messageOf(due) },
      });
  }
}

export async function hasDue(tx: Tx, workspaceId: WorkspaceId, at: number): Promise<boolean> {
  const { rows } = await sql<{
    waits: boolean;
  }>`SELECT EXISTS (SELECT FROM notifications WHERE workspace_id = ${workspaceId}::uuid AND read_at IS NULL
    AND (by_mail = 'atOnce' AND mailed_at IS NULL OR by_chat AND chatted_at IS NULL) AND due_at <= to_timestamp(${at}::float8 / 1000)) AS waits`.execute(
    tx,
  );
  return rows[0]!.waits;
}

const waitsFor = {
  mail: { mark: sql`mailed_at`, waits: sql`by_mail = 'atOnce' AND mailed_at IS NULL` },
  chat: { mark: sql`chatted_at`, waits: sql`by_chat AND chatted_at IS NULL` },
};

/** In the transaction that writes the messages: who is killed leaves them for the next. */
async function take(tx: Tx, workspaceId: WorkspaceId, at: number, channel: keyof typeof waitsFor): Promise<Due[]> {
  const { mark, waits } = waitsFor[channel];
  const { rows } = await sql<Due>`WITH taken AS (UPDATE notifications SET ${mark} = clock_timestamp()
      WHERE workspace_id = ${workspaceId}::uuid AND read_at IS NULL AND ${waits} AND due_at <= to_timestamp(${at}::float8 / 1000)
      RETURNING id, member_id AS "memberId", kind, title, opens, at)
    SELECT id, "memberId", kind, title, opens FROM taken ORDER BY at, id`.execute(tx);
  return rows;
}

const bundles = (due: readonly Due[]): Due[][] => [...Map.groupBy(due, ({ memberId, kind }) => `${memberId} ${kind}`).values()];

/** Lines of one message. */
const mostLines = 30;

function messageOf(due: readonly Due[]): Message {
  const [first] = due;
  const { name } = kinds[first!.kind];
  const why = `You chose to be told of “${name}” at once.`;
  if (due.length === 1) return { title: first!.title, lead: first!.title, sections: [], opens: first!.opens, opensLabel: 'Open', why };
  const items = due.slice(0, mostLines).map(({ title, opens }) => ({ text: title, opens }));
  const more = due.length - items.length;
  return {
    ...{
      title: `${name}: ${due.length}`,
      lead: `${due.length} things happened that you want to be told of.`,
      opens: `/notices?kind=${first!.kind}`,
      opensLabel: 'See all',
      why,
    },
    sections: [
      { heading: name, parts: [{ kind: 'points', items }, ...(more > 0 ? [{ kind: 'text' as const, text: `And ${more} more.` }] : [])] },
    ],
  };
}

async function ownRoom(tx: Tx, workspaceId: WorkspaceId, memberId: string): Promise<{ id: string; kind: RoomKind } | undefined> {
  const { rows } = await sql<{ id: string; kind: RoomKind }>`SELECT id, kind FROM chat_rooms
    WHERE workspace_id = ${workspaceId}::uuid AND of_member = ${memberId}::uuid AND ended_at IS NULL`.execute(tx);
  return rows[0];
}
