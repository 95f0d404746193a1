/** Actions: given, changed, closed, opened again. */

import { sql } from 'kysely';
import { actionCan, type ActionVerb, whyNotFrom } from '#engine/cadence/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { ActionChange, NewAction } from '../contract/actions.ts';
import { whyMayNotAct } from '../policy/meetings.ts';
import { type ActionRow, getActionRow } from '../queries/action-rows.ts';
import { readItems } from '../queries/agenda-rows.ts';
import { refuseStrangeItem, refuseStranger, takeMeeting } from './take-meeting.ts';

/**
 * @param meetingId of the meeting that runs; null: outside of any
 * @returns its id. @throws Problem not-found (owner, item), bad-input (a day that is past)
 */
export async function giveAction(
  tx: Tx,
  who: Who,
  meetingId: string | null,
  { title, ownerId, dueOn, itemId }: NewAction,
): Promise<string> {
  if (meetingId !== null) await takeMeeting(tx, who, 'give', meetingId);
  if (itemId !== null && meetingId === null)
    throw new Problem('bad-input', 'An item belongs to a meeting: give the action in its meeting.', {
      fields: [{ at: 'itemId', reason: 'only within a meeting' }],
    });
  if (itemId !== null) await refuseStrangeItem(tx, who.workspaceId, meetingId!, itemId);
  await refuseStranger(tx, who.workspaceId, ownerId);
  await refusePast(tx, who, dueOn);
  const id = newId();
  const opens =
    itemId === null ? null : ((await readItems(tx, who.workspaceId, meetingId!)).find((item) => item.id === itemId)?.content.opens ?? null);
  await sql`INSERT INTO actions (workspace_id, id, title, owner_id, due_on, first_due_on, meeting_id, item_id, opens, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${title}, ${ownerId}::uuid, ${dueOn}::date, ${dueOn}::date, ${meetingId}::uuid, ${itemId}::uuid, ${opens}, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await record(tx, who, id, 'given', { title, ownerId, dueOn, meetingId });
  return id;
}

/** A later day is counted; somebody else who gets it is told. */
export async function changeAction(tx: Tx, who: Who, id: string, change: ActionChange): Promise<void> {
  const row = await take(tx, who, 'change', id);
  const { title = row.title, ownerId = row.ownerId, dueOn = row.dueOn } = change;
  if (ownerId !== row.ownerId) await refuseStranger(tx, who.workspaceId, ownerId);
  if (dueOn !== row.dueOn) await refusePast(tx, who, dueOn);
  await sql`UPDATE actions SET title = ${title}, owner_id = ${ownerId}::uuid, due_on = ${dueOn}::date, moves = moves + ${dueOn > row.dueOn ? 1 : 0}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  if (title !== row.title) await record(tx, who, id, 'reworded', { title, before: row.title });
  if (dueOn !== row.dueOn) await record(tx, who, id, 'moved', { title, ownerId, dueOn, before: row.dueOn });
  if (ownerId !== row.ownerId) await record(tx, who, id, 'reassigned', { title, ownerId, before: row.ownerId, dueOn });
}

export const finishAction = (tx: Tx, who: Who, id: string, { text }: { text: string }): Promise<void> => close(tx, who, 'finish', id, text);
export const dropAction = (tx: Tx, who: Who, id: string, { because }: { because: string }): Promise<void> =>
  close(tx, who, 'drop', id, because);

async function close(tx: Tx, who: Who, verb: 'finish' | 'drop', id: string, closing: string): Promise<void> {
  const { title, ownerId, madeById } = await take(tx, who, verb, id);
  const status = verb === 'finish' ? 'done' : 'dropped';
  await sql`UPDATE actions SET status = ${status}, closed_by = ${who.memberId}::uuid, closed_at = now(), closing = ${closing}
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await record(tx, who, id, 'closed', { title, status, closing, ownerId, givenBy: madeById });
}

export async function reopenAction(tx: Tx, who: Who, id: string): Promise<void> {
  const { title, ownerId } = await take(tx, who, 'reopen', id);
  await sql`UPDATE actions SET status = 'open', closed_by = NULL, closed_at = NULL, closing = NULL WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
  await record(tx, who, id, 'reopened', { title, ownerId });
}

async function take(tx: Tx, who: Who, verb: ActionVerb, id: string): Promise<ActionRow> {
  const row = await getActionRow(tx, who, id, true);
  const forbidden = whyMayNotAct(who, { ownerId: row.ownerId, madeBy: row.madeById });
  if (forbidden !== null) throw new Problem('forbidden', forbidden);
  const wrongState = whyNotFrom(actionCan[verb], row.status);
  if (wrongState !== null) throw new Problem('conflict', wrongState, { extra: { state: row.status } });
  return row;
}

async function refusePast(tx: Tx, who: Who, dueOn: string): Promise<void> {
  const { today } = await groundOf(tx, who.workspaceId);
  if (dueOn >= today) return;
  const reason = `${dueOn} is past; ${today} or a later day would do`;
  throw new Problem('bad-input', `dueOn: ${reason}.`, { fields: [{ at: 'dueOn', reason }] });
}

const record = (tx: Tx, who: Who, id: string, deed: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, { kind: `action.${deed}`, subjectKind: 'action', subjectId: id, memberId: who.memberId, body });
