import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Room, RoomKind, RoomList, RoomSends } from '../contract/rooms.ts';
import { mayKeepRooms } from '../policy/delivery.ts';

/** The company’s rooms, by name. */
export async function listRooms(tx: Tx, who: Who): Promise<RoomList> {
  const add = mayKeepRooms.may(who) ? null : 'Owners and administrators add rooms.';
  return { items: await roomRows(tx, who.workspaceId, null), can: { add } };
}

export async function getRoom(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<Room> {
  const [found] = await roomRows(tx, workspaceId, id);
  if (!found) throw notFound('room');
  return found;
}

/** Rooms that a sort of message goes to. */
export async function roomsFor(
  tx: Tx,
  workspaceId: WorkspaceId,
  sort: Exclude<keyof RoomSends, 'digest'>,
): Promise<{ id: string; kind: RoomKind }[]> {
  const { rows } = await sql<{ id: string; kind: RoomKind }>`SELECT id, kind FROM chat_rooms
    WHERE workspace_id = ${workspaceId}::uuid AND of_member IS NULL AND ended_at IS NULL AND sends->>${sort} = 'true' ORDER BY id`.execute(
    tx,
  );
  return rows;
}

async function roomRows(tx: Tx, workspaceId: WorkspaceId, id: string | null): Promise<Room[]> {
  const { rows } =
    await sql<Room>`SELECT r.id, r.kind, r.name, r.sends, jsonb_build_object('id', m.id, 'name', m.name) AS "madeBy", r.made_at AS "madeAt",
      (SELECT max(o.sent_at) FROM messages_out o WHERE o.workspace_id = r.workspace_id AND o.room_id = r.id) AS "lastSentAt",
      CASE WHEN n.failed_because IS NOT NULL THEN jsonb_build_object('at', to_char(n.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'because', n.failed_because, 'givenUp', n.given_up_at IS NOT NULL) END AS failing
    FROM chat_rooms r JOIN members m ON m.workspace_id = r.workspace_id AND m.id = r.made_by
    LEFT JOIN LATERAL (SELECT at, failed_because, given_up_at FROM messages_out o WHERE o.workspace_id = r.workspace_id AND o.room_id = r.id AND o.tries > 0
      ORDER BY o.at DESC, o.id DESC LIMIT 1) n ON true
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.of_member IS NULL AND r.ended_at IS NULL ${id === null ? sql`` : sql`AND r.id = ${id}::uuid`}
    ORDER BY lower(r.name), r.id`.execute(tx);
  return rows;
}
