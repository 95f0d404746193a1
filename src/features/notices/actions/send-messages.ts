import { sql } from 'kysely';
import { nextTry } from '#engine/notices/pauses.ts';
import type { WorkspaceId } from '#platform/db/database.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Channel, MessageKind, OutContent } from '../contract/deliver.ts';
import type { RoomKind } from '../contract/rooms.ts';
import { handOverMail, handOverToRoom, openAddress, type Outcome, type SendGround, unreadableAddress } from './hand-over.ts';
import { enqueueSending } from './send-later.ts';

/**
 * Sends what is due, one after another, until nothing is. A row is claimed in one transaction and what came of it is
 * written in another: killed in between, it comes up again after `claimedFor` and is marked as perhaps sent twice.
 * Several may work at once; each row is one’s at a time.
 */
export async function sendMessages(ground: SendGround, workspaceId: WorkspaceId): Promise<void> {
  if (!ground.mailer.configured) await giveUpMails(ground, workspaceId);
  for (;;) {
    const taken = await take(ground, workspaceId);
    if (taken) await settle(ground, workspaceId, taken, await handOver(ground, workspaceId, taken));
    else if (!(await waitForRooms(ground, workspaceId))) return;
  }
}

/** For the clock: what waits for its time or its next try. */
export async function enqueueDue(ground: Pick<SendGround, 'database'>): Promise<void> {
  const { rows } = await ground.database.atGate('system', (tx) =>
    sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx),
  );
  for (const { id } of rows)
    await ground.database.inWorkspace(id, async (tx) => {
      const due = await sql`SELECT FROM messages_out WHERE workspace_id = ${id}::uuid AND ${waiting} AND next_at <= now() LIMIT 1`.execute(
        tx,
      );
      if (due.rows.length > 0) await enqueueSending(tx, id);
    });
}

const waiting = sql`sent_at IS NULL AND given_up_at IS NULL`;
/** Longer than any handing over takes (platform/mail, platform/http/guarded-fetch). */
const claimedFor = '5 minutes';
/** Rooms take a message a second. */
const roomPause = '1100 milliseconds';

interface Taken {
  id: string;
  channel: Channel;
  kind: MessageKind;
  content: OutContent;
  tries: number;
  firstTriedAt: string;
  sendingSince: string;
  memberId: string | null;
  name: string | null;
  email: string | null;
  roomId: string | null;
  address: Buffer | null;
}

async function take({ database, mailer }: SendGround, workspaceId: WorkspaceId): Promise<Taken | undefined> {
  const channels = mailer.configured ? sql`` : sql`AND channel <> 'mail'`;
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<Taken>`UPDATE messages_out o SET tries = tries + 1, first_tried_at = coalesce(first_tried_at, now()), maybe_twice = maybe_twice OR sending_since IS NOT NULL,
        sending_since = now(), next_at = now() + ${claimedFor}::interval
      WHERE workspace_id = ${workspaceId}::uuid AND id = (
        SELECT id FROM messages_out WHERE workspace_id = ${workspaceId}::uuid AND ${waiting} AND next_at <= now() ${channels}
        ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, channel, kind, content, tries, first_tried_at AS "firstTriedAt", sending_since AS "sendingSince", member_id AS "memberId", room_id AS "roomId",
        (SELECT m.name FROM members m WHERE m.workspace_id = o.workspace_id AND m.id = o.member_id) AS name,
        (SELECT m.email FROM members m WHERE m.workspace_id = o.workspace_id AND m.id = o.member_id AND m.active) AS email,
        (SELECT r.address_sealed FROM chat_rooms r WHERE r.workspace_id = o.workspace_id AND r.id = o.room_id AND r.ended_at IS NULL) AS address`.execute(
      tx,
    ),
  );
  return rows[0];
}

/** Whatever goes wrong with one message is its own matter: the others go on. */
async function handOver(
  ground: SendGround,
  workspaceId: WorkspaceId,
  { id, channel, content, memberId, name, email, roomId, address }: Taken,
): Promise<Outcome> {
  try {
    if (channel !== 'mail')
      return address === null ? gone('The room was removed.') : await toRoom(ground, channel, roomId!, address, content);
    if (email === null) return gone('This person is no longer here, or has no address.');
    return await handOverMail(ground, { id, workspaceId, memberId: memberId!, name: name ?? '', email }, content);
  } catch (error) {
    return { kind: 'later', because: `It could not be made ready (${error instanceof Error ? error.name : 'unknown error'}).` };
  }
}
const gone = (because: string): Outcome => ({ kind: 'never', because });

async function toRoom(ground: SendGround, kind: RoomKind, roomId: string, sealed: Buffer, { message }: OutContent): Promise<Outcome> {
  const address = openAddress(ground, roomId, sealed);
  return address === null ? gone(unreadableAddress) : handOverToRoom(ground, { kind, address }, message);
}

async function settle({ database }: SendGround, workspaceId: WorkspaceId, taken: Taken, outcome: Outcome): Promise<void> {
  await database.inWorkspace(workspaceId, async (tx) => {
    const row = sql`workspace_id = ${workspaceId}::uuid AND id = ${taken.id}::uuid AND ${waiting}`;
    // Somebody slower than the claim leaves a failure to whoever took it since; that it arrived counts in any case.
    const claimed = sql`sending_since = ${taken.sendingSince}::timestamptz`;
    if (outcome.kind === 'sent') {
      await sql`UPDATE messages_out SET sent_at = now(), sending_since = NULL, failed_because = NULL WHERE ${row}`.execute(tx);
    } else {
      const next = whenNext(taken, outcome);
      const { rows } = await sql`UPDATE messages_out SET sending_since = NULL, failed_because = ${outcome.because},
          next_at = coalesce(${next}::timestamptz, next_at), given_up_at = CASE WHEN ${next}::timestamptz IS NULL THEN now() END
        WHERE ${row} AND ${claimed} RETURNING 1`.execute(tx);
      if (next === null && rows.length > 0) await tellGivenUp(tx, workspaceId, taken, outcome.because);
    }
    if (taken.roomId !== null)
      await sql`UPDATE messages_out SET next_at = greatest(next_at, now() + ${roomPause}::interval)
        WHERE workspace_id = ${workspaceId}::uuid AND room_id = ${taken.roomId}::uuid AND ${waiting}`.execute(tx);
  });
}

/** ISO instant of the next try; null: none. */
function whenNext({ tries, firstTriedAt }: Taken, outcome: Exclude<Outcome, { kind: 'sent' }>): string | null {
  if (outcome.kind === 'never') return null;
  const asked = (outcome.afterSeconds ?? 0) * 1_000;
  const next = nextTry({ tries, firstTriedAt: Date.parse(firstTriedAt), now: Date.now(), asked });
  return next === null ? null : new Date(next).toISOString();
}

/** Those who keep the workspace are told of it as of everything else that happens. */
async function tellGivenUp(
  tx: Parameters<typeof recordFact>[0],
  workspaceId: WorkspaceId,
  { id, channel, kind, roomId, memberId }: Taken,
  because: string,
): Promise<void> {
  await recordFact(tx, workspaceId, {
    kind: 'message.givenUp',
    subjectKind: 'message',
    subjectId: id,
    body: { channel, kind, roomId, memberId, because },
  });
}

/** Without a mail server nothing waits: a server that is set up later would send what is long past. */
async function giveUpMails({ database }: SendGround, workspaceId: WorkspaceId): Promise<void> {
  await database.inWorkspace(workspaceId, (tx) =>
    sql`UPDATE messages_out SET given_up_at = now(), failed_because = 'No mail server is set (SMTP_URL).'
      WHERE workspace_id = ${workspaceId}::uuid AND channel = 'mail' AND ${waiting}`.execute(tx),
  );
}

/** @returns whether a room’s next message is due within moments, after waiting for it */
async function waitForRooms({ database }: SendGround, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{ wait: number | null }>`SELECT (extract(epoch FROM min(next_at) - now()) * 1000)::int AS wait FROM messages_out
      WHERE workspace_id = ${workspaceId}::uuid AND room_id IS NOT NULL AND sending_since IS NULL AND ${waiting} AND next_at < now() + interval '2 seconds'`.execute(
      tx,
    ),
  );
  const wait = rows[0]?.wait ?? null;
  if (wait === null) return false;
  await new Promise((resolve) => setTimeout(resolve, Math.max(wait, 0) + 5));
  return true;
}

/** What was sent or given up is forgotten after a month. */
export async function forgetOldMessages({ database }: Pick<SendGround, 'database'>): Promise<void> {
  const { rows } = await database.atGate('system', (tx) => sql<{ id: WorkspaceId }>`SELECT id FROM workspaces ORDER BY id`.execute(tx));
  for (const { id } of rows)
    await database.inWorkspace(id, (tx) =>
      sql`DELETE FROM messages_out WHERE workspace_id = ${id}::uuid AND coalesce(sent_at, given_up_at) < now() - interval '30 days'`.execute(
        tx,
      ),
    );
}
