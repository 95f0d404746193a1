/** A meeting by itself; and any planned one moved, cancelled, held after all. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { MeetingChange, NewMeeting } from '../contract/meetings.ts';
import { peopleOf, refuseStrangers } from '../queries/people.ts';
import type { MeetingRow } from '../queries/meeting-rows.ts';
import { addPeople, cancel } from './plan-ahead.ts';
import { recordMeetingFact } from './record-meeting.ts';
import { takeMeeting } from './take-meeting.ts';

/** @returns its id. @throws Problem not-found (team, member), bad-input (past, or nobody would come) */
export async function callMeeting(tx: Tx, who: Who, given: NewMeeting): Promise<string> {
  refusePast(given.startsAt);
  await refuseStrangers(tx, who.workspaceId, given.attendees);
  const people = await peopleOf(tx, who.workspaceId, given.attendees);
  if (people.length === 0)
    throw new Problem('bad-input', 'Nobody would come: name a side with people in it, a team or members.', {
      fields: [{ at: 'attendees', reason: 'Nobody would come.' }],
    });
  const id = newId();
  await sql`INSERT INTO meetings (workspace_id, id, title, starts_at, minutes, location, purpose, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${given.title}, ${given.startsAt}::timestamptz, ${given.minutes}, ${given.location}, ${given.purpose},
      ${who.memberId}::uuid)`.execute(tx);
  await addPeople(tx, who.workspaceId, id, people);
  await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'invited', {
    title: given.title,
    startsAt: given.startsAt,
    memberIds: people,
  });
  return id;
}

/** @throws Problem conflict where somebody changed it since it was looked at */
export async function moveMeeting(tx: Tx, who: Who, id: string, change: MeetingChange): Promise<void> {
  const row = await takeMeeting(tx, who, 'move', id);
  if (change.sequence !== undefined && change.sequence !== row.sequence)
    throw new Problem('conflict', 'Somebody else has changed it meanwhile: look at it again.', { extra: { sequence: row.sequence } });
  const { title = row.title, startsAt = row.startsAt, minutes = row.minutes, location = row.location ?? '' } = change;
  if (Date.parse(startsAt) !== Date.parse(row.startsAt)) refusePast(startsAt);
  await refuseStrangers(tx, who.workspaceId, { teamIds: [], memberIds: [...change.add, ...change.remove] });
  await sql`UPDATE meetings SET title = ${title}, starts_at = ${startsAt}::timestamptz, minutes = ${minutes}, location = ${location}, sequence = sequence + 1, changed_at = now()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await addPeople(tx, who.workspaceId, id, change.add);
  await sql`DELETE FROM meeting_attendees WHERE workspace_id = ${who.workspaceId}::uuid AND meeting_id = ${id}::uuid AND member_id = ANY(${change.remove}::uuid[])`.execute(
    tx,
  );
  await tell(tx, who, row, { ...change, title, startsAt, minutes, location });
}

async function tell(
  tx: Tx,
  who: Who,
  row: MeetingRow,
  now: { title: string; startsAt: string; minutes: number; location: string; add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  const { workspaceId, memberId } = who;
  const moved =
    Date.parse(now.startsAt) !== Date.parse(row.startsAt) || now.minutes !== row.minutes || now.location !== (row.location ?? '');
  const at = { before: row.startsAt, startsAt: now.startsAt, minutes: now.minutes, location: now.location };
  if (moved) await recordMeetingFact(tx, workspaceId, memberId, row.id, 'moved', at);
  if (now.title !== row.title || now.remove.length > 0)
    await recordMeetingFact(tx, workspaceId, memberId, row.id, 'changed', { title: now.title, removed: now.remove });
  if (now.add.length > 0) await recordMeetingFact(tx, workspaceId, memberId, row.id, 'invited', { ...at, memberIds: now.add });
}

export async function cancelMeeting(tx: Tx, who: Who, id: string, because: string): Promise<void> {
  await takeMeeting(tx, who, 'cancel', id);
  await cancel(tx, who.workspaceId, who.memberId, id, because);
}

/** @throws Problem conflict where its time has passed */
export async function restoreMeeting(tx: Tx, who: Who, id: string): Promise<void> {
  const row = await takeMeeting(tx, who, 'restore', id);
  if (Date.parse(row.startsAt) < Date.now()) throw new Problem('conflict', 'Its time has passed: call a new one.');
  await sql`UPDATE meetings SET status = 'planned', cancelled_because = NULL, cancelled_at = NULL, sequence = sequence + 1, changed_at = now()
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'restored', { startsAt: row.startsAt });
}

/** Somebody who calls people together on the spot is a few minutes late at once. */
const graceMilliseconds = 15 * 60_000;

function refusePast(startsAt: string): void {
  if (Date.parse(startsAt) >= Date.now() - graceMilliseconds) return;
  throw new Problem('bad-input', 'startsAt: this moment is past; a meeting is called for a time to come.', {
    fields: [{ at: 'startsAt', reason: 'is past' }],
  });
}
