import { sql } from 'kysely';
import { type MeetingVerb, meetingCan, whyNotFrom } from '#engine/cadence/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound, Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import { whyMayNotMeet } from '../policy/meetings.ts';
import { getMeetingRow, type MeetingRow } from '../queries/meeting-rows.ts';

/**
 * A meeting taken into hand for a verb: locked, in a state that allows it, by somebody who may.
 * @throws Problem not-found; forbidden and conflict say who may, or from where
 */
export async function takeMeeting(tx: Tx, who: Who, verb: MeetingVerb, id: string): Promise<MeetingRow> {
  const row = await getMeetingRow(tx, who.workspaceId, id, true);
  const forbidden = whyMayNotMeet(verb, who, row);
  if (forbidden !== null) throw new Problem('forbidden', forbidden);
  const wrongState = whyNotFrom(meetingCan[verb], row.status);
  if (wrongState !== null) throw new Problem('conflict', wrongState, { extra: { state: row.status } });
  return row;
}

/** @throws Problem not-found where the item isn't one of the meeting's */
export async function refuseStrangeItem(tx: Tx, workspaceId: WorkspaceId, meetingId: string, itemId: string): Promise<void> {
  const { rows } =
    await sql`SELECT 1 FROM agenda_items WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${meetingId}::uuid AND id = ${itemId}::uuid`.execute(
      tx,
    );
  if (rows.length === 0) throw notFound('item on this agenda');
}

/** @throws Problem not-found for somebody who isn't here, or has left */
export async function refuseStranger(tx: Tx, workspaceId: WorkspaceId, memberId: string): Promise<void> {
  const { rows } = await sql`SELECT 1 FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${memberId}::uuid AND active`.execute(
    tx,
  );
  if (rows.length === 0) throw new Problem('not-found', 'There is no such member here, or they have left.');
}
