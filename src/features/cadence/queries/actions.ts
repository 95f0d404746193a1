/** Lists of actions. */

import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { Tx } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { ActionItem, ActionPage, ActionsAsk } from '../contract/actions.ts';
import { getActionRow, readActions, shownActions } from './action-rows.ts';

type Sql = ReturnType<typeof sql>;

/** What is open with the soonest due first, all others with the newest first. */
export async function listActions(tx: Tx, who: Who, asked: ActionsAsk): Promise<ActionPage> {
  const { today } = await groundOf(tx, who.workspaceId);
  const isWork = asked.view === 'open' || asked.view === 'late';
  const conditions = conditionsOf(who, asked, today);
  const rows = await readActions(
    tx,
    who,
    sql.join([...conditions, ...placeOf(asked.cursor, isWork)], sql` AND `),
    sql`ORDER BY ${sql.raw(isWork ? 'a.due_on, a.id' : 'a.made_at DESC, a.id DESC')} LIMIT ${asked.limit + 1}`,
  );
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    items: await shownActions(tx, who, page),
    next: rows.length > page.length && last ? (isWork ? `${last.dueOn}~${last.id}` : writePlace({ at: last.madeAt, id: last.id })) : null,
    total: await countOf(tx, who, sql.join(conditions, sql` AND `)),
    counts: {
      open: await countOf(tx, who, isOpen),
      late: await countOf(tx, who, isLate(today)),
      mine: await countOf(tx, who, sql`${isOpen} AND ${isMine(who)}`),
    },
  };
}

export async function getAction(tx: Tx, who: Who, id: string): Promise<ActionItem> {
  const [shown] = await shownActions(tx, who, [await getActionRow(tx, who, id)]);
  return shown!;
}

export async function actionsOfMeeting(tx: Tx, who: Who, meetingId: string): Promise<ActionItem[]> {
  return shownActions(tx, who, await readActions(tx, who, sql`a.meeting_id = ${meetingId}::uuid`, sql`ORDER BY a.made_at, a.id LIMIT 500`));
}

const mostToday = 20;

export async function myOpenActions(tx: Tx, who: Who): Promise<ActionItem[]> {
  return shownActions(
    tx,
    who,
    await readActions(tx, who, sql`${isOpen} AND ${isMine(who)}`, sql`ORDER BY a.due_on, a.id LIMIT ${mostToday}`),
  );
}

const isOpen = sql`a.status = 'open'`;
const isLate = (today: string): Sql => sql`a.status = 'open' AND a.due_on < ${today}::date`;
const isMine = (who: Who): Sql => sql`a.owner_id = ${who.memberId}::uuid`;

function conditionsOf(who: Who, { view, mine, ownerId, meetingId, seriesId }: ActionsAsk, today: string): Sql[] {
  const views = { open: isOpen, late: isLate(today), closed: sql`a.status <> 'open'`, all: sql`true` };
  return [
    views[view],
    ...(mine ? [isMine(who)] : []),
    ...(ownerId ? [sql`a.owner_id = ${ownerId}::uuid`] : []),
    ...(meetingId ? [sql`a.meeting_id = ${meetingId}::uuid`] : []),
    ...(seriesId
      ? [
          sql`EXISTS (SELECT 1 FROM meetings s WHERE s.workspace_id = a.workspace_id AND s.id = a.meeting_id AND s.series_id = ${seriesId}::uuid)`,
        ]
      : []),
  ];
}

function placeOf(cursor: string | undefined, isWork: boolean): Sql[] {
  if (cursor === undefined || cursor === '') return [];
  if (!isWork) {
    const after = readPlace(cursor)!;
    return [sql`(a.made_at, a.id) < (${after.at}::timestamptz, ${after.id}::uuid)`];
  }
  const [day = '', id = '', ...more] = cursor.split('~');
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)) || !isId(id) || more.length > 0)
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  return [sql`(a.due_on, a.id) > (${day}::date, ${id}::uuid)`];
}

async function countOf(tx: Tx, who: Who, where: Sql): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*)::int AS count FROM actions a WHERE a.workspace_id = ${who.workspaceId}::uuid AND ${where}`.execute(tx);
  return rows[0]!.count;
}
