/** What people make of an agenda: items of their own, another place, other minutes, out. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { ItemChange, NewItem } from '../contract/meetings.ts';
import { inOrder, type ItemRow, readItems } from '../queries/agenda-rows.ts';
import type { MeetingRow } from '../queries/meeting-rows.ts';
import { refuseStranger, takeMeeting } from './take-meeting.ts';

const mostItems = 200;

/** @returns its id */
export async function addItem(tx: Tx, who: Who, meetingId: string, { sentence, minutes, ownerId, opens }: NewItem): Promise<string> {
  await takeMeeting(tx, who, 'arrange', meetingId);
  if (ownerId !== null) await refuseStranger(tx, who.workspaceId, ownerId);
  if ((await readItems(tx, who.workspaceId, meetingId)).length >= mostItems)
    throw new Problem('conflict', `There are ${mostItems} items on this agenda already: drop some, or hold two meetings.`);
  const id = newId();
  const content = {
    sentence,
    why: null,
    figures: [],
    opens,
    records: [],
    stake: null,
    currency: null,
    weight: 0.5,
    daysLate: 0,
    minutes,
    ownerId: null,
  };
  await sql`INSERT INTO agenda_items (workspace_id, id, meeting_id, item_key, kind, content, owner_id, minutes, added_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${meetingId}::uuid, ${`own:${id}`}, 'own', ${JSON.stringify(content)}::jsonb, ${ownerId}::uuid, ${minutes}, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await announceChange(tx, who.workspaceId, 'meeting');
  return id;
}

/** @throws Problem not-found, bad-input (another’s words), conflict (talked about before the meeting runs) */
export async function changeItem(tx: Tx, who: Who, meetingId: string, itemId: string, change: ItemChange): Promise<void> {
  const meeting = await takeMeeting(tx, who, 'arrange', meetingId);
  const items = await readItems(tx, who.workspaceId, meetingId);
  const item = items.find(({ id }) => id === itemId);
  if (!item) throw notFound('item on this agenda');
  refuseWording(item, change);
  if (change.ownerId) await refuseStranger(tx, who.workspaceId, change.ownerId);
  if (change.status !== undefined && meeting.status !== 'live')
    throw new Problem('conflict', 'An item is talked about while the meeting runs.', { extra: { state: meeting.status } });
  const sets = [
    ...(change.sentence === undefined ? [] : [sql`content = jsonb_set(content, '{sentence}', to_jsonb(${change.sentence}::text))`]),
    ...(change.minutes === undefined ? [] : [sql`minutes = ${change.minutes}`]),
    ...(change.ownerId === undefined ? [] : [sql`owner_id = ${change.ownerId}::uuid`]),
    ...(change.dropped === undefined ? [] : [sql`dropped = ${change.dropped}`]),
    ...(change.status === undefined ? [] : [sql`status = ${change.status}`]),
    ...(change.place === null ? [sql`place = NULL`] : []),
  ];
  if (sets.length > 0)
    await sql`UPDATE agenda_items SET ${sql.join(sets)} WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${itemId}::uuid`.execute(tx);
  if (typeof change.place === 'number') await place(tx, who, meeting, items, item, change.place);
  await announceChange(tx, who.workspaceId, 'meeting');
}

function refuseWording({ addedBy }: ItemRow, { sentence }: ItemChange): void {
  if (sentence === undefined || addedBy !== null) return;
  const reason = 'What the data says is not reworded: add an item in your own words.';
  throw new Problem('bad-input', reason, { fields: [{ at: 'sentence', reason }] });
}

/** The list as everybody sees it decides: all that somebody has placed keep the places at which they stand now. */
async function place(tx: Tx, who: Who, meeting: MeetingRow, items: readonly ItemRow[], moved: ItemRow, to: number): Promise<void> {
  const others = inOrder(
    items.filter(({ id, dropped }) => id !== moved.id && !dropped),
    meeting.minutes,
  ).map(({ row }) => row);
  const order = others.toSpliced(Math.min(to, others.length), 0, moved);
  const places = order.flatMap(({ id, place: had }, at) => (had !== null || id === moved.id ? [{ id, at }] : []));
  await sql`UPDATE agenda_items i SET place = (p->>'at')::int FROM jsonb_array_elements(${JSON.stringify(places)}::jsonb) p
    WHERE i.workspace_id = ${who.workspaceId}::uuid AND i.meeting_id = ${meeting.id}::uuid AND i.id = (p->>'id')::uuid`.execute(tx);
}
