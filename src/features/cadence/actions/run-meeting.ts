/** A meeting as it runs: opened, led from item to item for everybody, and ended. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { Step } from '../contract/meetings.ts';
import { inOrder, readItems } from '../queries/agenda-rows.ts';
import { hereSeconds, type MeetingRow } from '../queries/meeting-rows.ts';
import { recordMeetingFact } from './record-meeting.ts';
import { refuseStranger, refuseStrangeItem, takeMeeting } from './take-meeting.ts';

/** Begins with the first item. Whoever opens it is there. */
export async function openMeeting(tx: Tx, who: Who, meeting: MeetingRow): Promise<void> {
  const items = inOrder(await readItems(tx, who.workspaceId, meeting.id), meeting.minutes);
  const first = items.find(({ row }) => !row.dropped)?.row.id ?? null;
  await sql`UPDATE meetings SET status = 'live', opened_at = now(), opened_by = ${who.memberId}::uuid, current_item = ${first}::uuid, item_since = now(), changed_at = now()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${meeting.id}::uuid`.execute(tx);
  await recordMeetingFact(tx, who.workspaceId, who.memberId, meeting.id, 'opened');
  await markPresent(tx, who, meeting.id);
}

/** @throws Problem conflict, with `currentItemId`, where somebody else has gone on meanwhile */
export async function stepTo(tx: Tx, who: Who, id: string, { itemId, seen }: Step): Promise<void> {
  const row = await takeMeeting(tx, who, 'step', id);
  if (row.currentItem !== seen)
    throw new Problem('conflict', 'Somebody else has gone to another item meanwhile.', { extra: { currentItemId: row.currentItem } });
  if (itemId !== null) await refuseStrangeItem(tx, who.workspaceId, id, itemId);
  await leaveItem(tx, who.workspaceId, row);
  await sql`UPDATE meetings SET current_item = ${itemId}::uuid, item_since = now() WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await announceChange(tx, who.workspaceId, 'meeting');
}

/** The time since it became the current one is its own, and it was talked about. */
async function leaveItem(tx: Tx, workspaceId: WorkspaceId, { id, currentItem }: MeetingRow): Promise<void> {
  if (currentItem === null) return;
  await sql`UPDATE agenda_items i SET status = 'discussed', seconds_spent = i.seconds_spent + greatest(0, round(extract(epoch FROM now() - m.item_since)))::int
    FROM meetings m WHERE m.workspace_id = i.workspace_id AND m.id = ${id}::uuid AND i.workspace_id = ${workspaceId}::uuid AND i.id = ${currentItem}::uuid`.execute(
    tx,
  );
}

/**
 * What nobody came to is carried on; the minutes are closed and sent to all who were expected or came.
 * @param by null: nobody ended it, and its time is long over
 */
export async function closeMeeting(tx: Tx, workspaceId: WorkspaceId, by: string | null, row: MeetingRow): Promise<void> {
  await leaveItem(tx, workspaceId, row);
  await sql`UPDATE agenda_items SET status = CASE WHEN dropped THEN 'dropped' ELSE 'carried' END
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${row.id}::uuid AND (dropped OR status = 'open')`.execute(tx);
  await sql`UPDATE meetings SET status = 'held', closed_at = now(), closed_by = ${by}::uuid, current_item = NULL, item_since = NULL, minutes_sent_at = now(), changed_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${row.id}::uuid`.execute(tx);
  const { rows } = await sql<{ id: string }>`SELECT member_id AS id FROM meeting_attendees
    WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${row.id}::uuid AND (expected OR came_at IS NOT NULL) ORDER BY member_id`.execute(
    tx,
  );
  const memberIds = rows.map(({ id }) => id);
  await recordMeetingFact(tx, workspaceId, by, row.id, 'closed');
  await recordMeetingFact(tx, workspaceId, by, row.id, 'minutesSent', { title: row.title, memberIds });
}

/** A sign of the live screen: the evidence that somebody is there. Told to others only where it is their first, or they had been away. */
export async function markPresent(tx: Tx, who: Who, id: string): Promise<void> {
  const { rows: before } = await sql<{ came: boolean; here: boolean }>`SELECT came_at IS NOT NULL AS came,
      (seen_at > now() - make_interval(secs => ${hereSeconds})) IS TRUE AS here FROM meeting_attendees
    WHERE workspace_id = ${who.workspaceId}::uuid AND meeting_id = ${id}::uuid AND member_id = ${who.memberId}::uuid`.execute(tx);
  await sql`INSERT INTO meeting_attendees AS t (workspace_id, meeting_id, member_id, expected, came_at, seen_at)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${who.memberId}::uuid, false, now(), now())
    ON CONFLICT (workspace_id, meeting_id, member_id) DO UPDATE SET came_at = coalesce(t.came_at, now()), seen_at = now()`.execute(tx);
  if (!before[0]?.came) await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'attended', { memberId: who.memberId, came: true });
  else if (!before[0].here) await announceChange(tx, who.workspaceId, 'meeting');
}

/** By hand: for a room with one screen, or somebody on the telephone. */
export async function noteAttendance(tx: Tx, who: Who, id: string, memberId: string, came: boolean): Promise<void> {
  await takeMeeting(tx, who, 'attend', id);
  await refuseStranger(tx, who.workspaceId, memberId);
  await sql`INSERT INTO meeting_attendees AS t (workspace_id, meeting_id, member_id, expected, came_at, noted_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${memberId}::uuid, false, ${came ? sql`now()` : sql`NULL`}, ${came ? who.memberId : null}::uuid)
    ON CONFLICT (workspace_id, meeting_id, member_id) DO UPDATE SET came_at = ${came ? sql`coalesce(t.came_at, now())` : sql`NULL`},
      noted_by = ${came ? sql`CASE WHEN t.came_at IS NULL THEN ${who.memberId}::uuid ELSE t.noted_by END` : sql`NULL`}, seen_at = ${came ? sql`t.seen_at` : sql`NULL`}`.execute(
    tx,
  );
  await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'attended', { memberId, came });
}
