import { sql } from 'kysely';
import type { Database, Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { whyNotFetched } from '#platform/http/guarded-fetch.ts';
import type { Who } from '#platform/http/route.ts';
import {
  mostRooms,
  type NewRoom,
  type RoomChange,
  type RoomKind,
  roomKindNames,
  type RoomSends,
  type TrialResult,
} from '../contract/rooms.ts';
import { aboutRoom, handOverToRoom, openAddress, type SendGround, unreadableAddress } from './hand-over.ts';

/** What rooms are kept with. `allowed`: addresses inside the network that an operator lets users reach. */
export interface RoomGround extends Pick<SendGround, 'sealing' | 'fetch' | 'publicUrl'> {
  readonly allowed: readonly string[];
}

/** A room of the company. @returns its id */
export async function addRoom(tx: Tx, who: Who, ground: RoomGround, given: NewRoom): Promise<string> {
  await refuseTooMany(tx, who);
  const id = await writeRoom(tx, who, ground, { ...given, ofMember: null });
  await noteRoom(tx, who, id, 'room.added', { kind: given.kind, name: given.name, sends: given.sends });
  return id;
}

const ownSends: RoomSends = { digest: 'never', minutes: false, announcements: false, breaches: false };

/** The asker’s own room, in place of the one before. Nobody else sees it, and nothing but their notifications goes there. */
export async function setOwnRoom(tx: Tx, who: Who, ground: RoomGround, given: Pick<NewRoom, 'kind' | 'address'>): Promise<string> {
  await endOwnRoom(tx, who);
  return writeRoom(tx, who, ground, { ...given, name: roomKindNames[given.kind], sends: ownSends, ofMember: who.memberId });
}

export async function endOwnRoom(tx: Tx, who: Who): Promise<void> {
  await sql`UPDATE chat_rooms SET ended_at = now(), address_sealed = NULL
    WHERE workspace_id = ${who.workspaceId}::uuid AND of_member = ${who.memberId}::uuid AND ended_at IS NULL`.execute(tx);
}

export async function changeRoom(tx: Tx, who: Who, ground: RoomGround, id: string, given: RoomChange): Promise<void> {
  if (given.address !== undefined) checkAddress(given.address, ground);
  const sealed = given.address === undefined ? null : ground.sealing.seal(given.address, aboutRoom(id));
  const { rows } = await sql`UPDATE chat_rooms SET name = coalesce(${given.name ?? null}, name),
      sends = coalesce(${given.sends ? JSON.stringify(given.sends) : null}::jsonb, sends), address_sealed = coalesce(${sealed}, address_sealed)
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid AND of_member IS NULL AND ended_at IS NULL RETURNING 1`.execute(tx);
  if (rows.length === 0) throw notFound('room');
  const { address, ...told } = given;
  await noteRoom(tx, who, id, 'room.changed', { ...told, ...(address === undefined ? {} : { addressChanged: true }) });
}

/** Nothing goes there any more, and its address is forgotten. */
export async function removeRoom(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows } = await sql`UPDATE chat_rooms SET ended_at = now(), address_sealed = NULL
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid AND of_member IS NULL AND ended_at IS NULL RETURNING 1`.execute(tx);
  if (rows.length === 0) throw notFound('room');
  await noteRoom(tx, who, id, 'room.removed', {});
}

/** Sends a message at once, so that somebody sees whether it arrives; nothing is tried again. */
export async function tryRoom(database: Database, who: Who, ground: RoomGround, id: string): Promise<TrialResult> {
  const { rows } = await database.inWorkspace(who.workspaceId, (tx) =>
    sql<{ kind: RoomKind; address: Buffer }>`SELECT kind, address_sealed AS address FROM chat_rooms
      WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid AND (of_member IS NULL OR of_member = ${who.memberId}::uuid) AND ended_at IS NULL`.execute(
      tx,
    ),
  );
  const found = rows[0];
  if (!found) throw notFound('room');
  const address = openAddress(ground, id, found.address);
  if (address === null) return { arrived: false, because: unreadableAddress };
  const outcome = await handOverToRoom(ground, { kind: found.kind, address }, trialMessage(who.name));
  return outcome.kind === 'sent' ? { arrived: true, because: null } : { arrived: false, because: outcome.because };
}

const trialMessage = (name: string) => ({
  title: 'Accord reaches this room',
  lead: `${name} tried whether messages arrive here. They do.`,
  sections: [],
  opens: '/settings/channels',
  opensLabel: 'What goes to this room',
});

async function writeRoom(
  tx: Tx,
  who: Who,
  ground: RoomGround,
  { kind, name, address, sends, ofMember }: NewRoom & { ofMember: string | null },
): Promise<string> {
  checkAddress(address, ground);
  const id = newId();
  await sql`INSERT INTO chat_rooms (workspace_id, id, kind, name, address_sealed, sends, of_member, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${kind}, ${name}, ${ground.sealing.seal(address, aboutRoom(id))}, ${JSON.stringify(sends)}::jsonb, ${ofMember}::uuid,
      ${who.memberId}::uuid)`.execute(tx);
  return id;
}

function checkAddress(address: string, { allowed }: RoomGround): void {
  const why = whyNotFetched(address, allowed);
  if (why !== null) throw new Problem('bad-input', `address: ${why}`, { fields: [{ at: 'address', reason: why }] });
}

async function refuseTooMany(tx: Tx, { workspaceId }: Who): Promise<void> {
  const { rows } = await sql<{ rooms: number }>`SELECT count(*)::int AS rooms FROM chat_rooms
    WHERE workspace_id = ${workspaceId}::uuid AND of_member IS NULL AND ended_at IS NULL`.execute(tx);
  if (rows[0]!.rooms >= mostRooms) throw new Problem('conflict', `There are ${mostRooms} rooms. Remove one that is no longer used first.`);
}

const noteRoom = (tx: Tx, who: Who, id: string, kind: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind, subjectKind: 'room', subjectId: id, memberId: who.memberId, body });
