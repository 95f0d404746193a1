import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { digestDue } from '#engine/notices/digest-days.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { type RoomKind, type RoomSends, roomDigestTimes } from '../contract/rooms.ts';
import { readChoices } from '../queries/choices.ts';
import { type Boards, composeBreaches, composeDigest, composeRoomDigest, keepBoards } from '../queries/digest/digest.ts';
import { companyDays, type DigestReader, digestReaders } from '../queries/digest/readers.ts';
import { waitsForDigest } from '../queries/digest/unread.ts';
import { sendLater } from './send-later.ts';
import type { SendGround } from './hand-over.ts';

type Ground = Pick<SendGround, 'database' | 'sealing' | 'mailer'>;

/** For the clock: each workspace’s digests that are due. What fails in one keeps no other waiting. */
export async function writeDigests(ground: Ground, now: number): Promise<void> {
  const { rows } = await ground.database.atGate('system', (tx) =>
    sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx),
  );
  const failures: unknown[] = [];
  for (const { id } of rows) await writeDigestsOf(ground, id, now).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, `The digests of ${failures.length} workspaces could not be written.`);
}

/** @param now epoch milliseconds */
export async function writeDigestsOf(ground: Ground, workspaceId: WorkspaceId, now: number): Promise<void> {
  const boards = keepBoards(ground.database);
  // Without a mail server none is written: later it would tell of days long past.
  if (ground.mailer.configured)
    for (const { reader, day } of await dueReaders(ground, workspaceId, now)) await writeOne(ground, boards, reader, day, now);
  await writeToRooms(ground, workspaceId, boards, now);
}

interface Due {
  readonly reader: DigestReader;
  readonly day: string;
}

/** Those whose digest of the day has not been written. */
async function dueReaders({ database }: Ground, workspaceId: WorkspaceId, now: number): Promise<Due[]> {
  return database.inWorkspace(workspaceId, async (tx) => {
    const due: Due[] = [];
    for (const reader of await digestReaders(tx, workspaceId)) {
      const day = reader.hasMail ? digestDue(reader.choice, reader.days, now) : null;
      if (day !== null && !(await isWritten(tx, workspaceId, 'mail', `${reader.who.memberId} ${keyOf(day)}`))) due.push({ reader, day });
    }
    return due;
  });
}

const keyOf = (day: string): string => `digest ${day}`;

async function isWritten(tx: Tx, workspaceId: WorkspaceId, channel: string, onceKey: string): Promise<boolean> {
  const { rows } =
    await sql`SELECT FROM messages_out WHERE workspace_id = ${workspaceId}::uuid AND channel = ${channel} AND once_key = ${onceKey}`.execute(
      tx,
    );
  return rows.length > 0;
}

async function writeOne(
  { database, sealing }: Ground,
  boards: Boards,
  { who, choice, days: { timeZone } }: DigestReader,
  day: string,
  now: number,
): Promise<void> {
  if (choice.rhythm === 'never') return;
  const message = await composeDigest(database, sealing, boards, { who, timeZone, rhythm: choice.rhythm, now });
  if (message === null) return;
  await database.inWorkspace(who.workspaceId, async (tx) => {
    const chosen = (await readChoices(tx, who.workspaceId, [who.memberId], now)).get(who.memberId);
    const notBefore = chosen?.quietUntil ?? null;
    const sent = await sendLater(tx, who.workspaceId, {
      ...{ channel: 'mail', kind: 'digest', memberId: who.memberId, onceKey: keyOf(day) },
      content: { message, ends: 'digest' },
      ...(notBefore === null ? {} : { notBefore }),
    });
    if (sent !== null)
      await sql`UPDATE notifications SET mailed_at = clock_timestamp()
        WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid AND ${waitsForDigest}`.execute(tx);
  });
}

async function writeToRooms({ database }: Ground, workspaceId: WorkspaceId, boards: Boards, now: number): Promise<void> {
  const { rooms, days } = await database.inWorkspace(workspaceId, async (tx) => ({
    rooms: await roomsOf(tx, workspaceId),
    days: await companyDays(tx, workspaceId),
  }));
  for (const { id, kind, sends } of rooms) {
    const day = digestDue({ ...roomDigestTimes, rhythm: sends.digest }, days, now);
    const isNew =
      day !== null && !(await database.inWorkspace(workspaceId, (tx) => isWritten(tx, workspaceId, kind, `${id} ${keyOf(day)}`)));
    const message = sends.digest === 'never' || !isNew ? null : await composeRoomDigest(boards, workspaceId, sends.digest, day);
    if (message !== null && day !== null)
      await database.inWorkspace(workspaceId, (tx) =>
        sendLater(tx, workspaceId, { channel: kind, kind: 'digest', roomId: id, onceKey: keyOf(day), content: { message } }),
      );
    if (sends.breaches && digestDue({ ...roomDigestTimes, rhythm: 'daily' }, days, now) !== null)
      await writeBreaches({ database }, workspaceId, boards, { id, kind }, now);
  }
}

/** Which clauses are not kept is told once a week, and anew as soon as they are others. */
async function writeBreaches(
  { database }: Pick<Ground, 'database'>,
  workspaceId: WorkspaceId,
  boards: Boards,
  room: { id: string; kind: RoomKind },
  now: number,
): Promise<void> {
  const found = await composeBreaches(boards, workspaceId);
  if (found === null) return;
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC').toPlainDate();
  const week = today.subtract({ days: today.dayOfWeek - 1 }).toString();
  await database.inWorkspace(workspaceId, (tx) =>
    sendLater(tx, workspaceId, {
      ...{
        channel: room.kind,
        kind: 'breach',
        roomId: room.id,
        onceKey: `breaches ${week} ${createHash('sha256').update(found.names.join('\n')).digest('hex')}`,
      },
      content: { message: found.message },
    }),
  );
}

async function roomsOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ id: string; kind: RoomKind; sends: RoomSends }[]> {
  const { rows } = await sql<{ id: string; kind: RoomKind; sends: RoomSends }>`SELECT id, kind, sends FROM chat_rooms
    WHERE workspace_id = ${workspaceId}::uuid AND of_member IS NULL AND ended_at IS NULL AND (sends->>'digest' <> 'never' OR sends->>'breaches' = 'true') ORDER BY id`.execute(
    tx,
  );
  return rows;
}
