/** Actions as they are kept and shown. */

import { sql } from 'kysely';
import { actionVerbs, type ActionState } from '#engine/cadence/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { dayIn } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Side, Who } from '#platform/http/route.ts';
import type { ActionItem } from '../contract/actions.ts';
import { whyNotAct } from '../policy/meetings.ts';
import { daysBetween } from './agenda/offered.ts';

type Sql = ReturnType<typeof sql>;
interface Named {
  readonly id: string;
  readonly name: string;
}

export interface ActionRow {
  readonly id: string;
  readonly title: string;
  readonly status: ActionState;
  readonly ownerId: string;
  readonly owner: Named & { readonly side: Side };
  readonly dueOn: string;
  readonly firstDueOn: string;
  readonly moves: number;
  readonly meeting: { readonly id: string; readonly title: string; readonly startsAt: string } | null;
  readonly item: string | null;
  readonly opens: string | null;
  readonly carried: number;
  readonly madeById: string;
  readonly madeBy: Named;
  readonly madeAt: string;
  readonly closedBy: Named | null;
  readonly closedAt: string | null;
  readonly closing: string | null;
}

const member = (column: string) =>
  sql`(SELECT json_build_object('id', p.id, 'name', p.name, 'side', p.side) FROM members p WHERE p.workspace_id = a.workspace_id AND p.id = ${sql.ref(column)})`;
/** An action stands on a later agenda under its own key. */
const actionColumns = sql`a.id, a.title, a.status, a.owner_id AS "ownerId", ${member('a.owner_id')} AS owner, a.due_on AS "dueOn", a.first_due_on AS "firstDueOn", a.moves,
  (SELECT json_build_object('id', m.id, 'title', m.title, 'startsAt', to_char(m.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) FROM meetings m
    WHERE m.workspace_id = a.workspace_id AND m.id = a.meeting_id) AS meeting,
  (SELECT i.content->>'sentence' FROM agenda_items i WHERE i.workspace_id = a.workspace_id AND i.id = a.item_id) AS item, a.opens,
  (SELECT count(*)::int FROM agenda_items i JOIN meetings m ON m.workspace_id = i.workspace_id AND m.id = i.meeting_id AND m.status IN ('live', 'held')
    WHERE i.workspace_id = a.workspace_id AND i.item_key = 'action:' || a.id) AS carried,
  a.made_by AS "madeById", ${member('a.made_by')} AS "madeBy", a.made_at AS "madeAt", ${member('a.closed_by')} AS "closedBy", a.closed_at AS "closedAt", a.closing`;

/** @param tail order and limit, and a lock where it is taken into hand */
export async function readActions(tx: Tx, who: Pick<Who, 'workspaceId'>, where: Sql, tail: Sql): Promise<ActionRow[]> {
  const { rows } =
    await sql<ActionRow>`SELECT ${actionColumns} FROM actions a WHERE a.workspace_id = ${who.workspaceId}::uuid AND ${where} ${tail}`.execute(
      tx,
    );
  return rows;
}

/** @throws Problem not-found */
export async function getActionRow(tx: Tx, who: Who, id: string, lock = false): Promise<ActionRow> {
  const [row] = await readActions(tx, who, sql`a.id = ${id}::uuid`, lock ? sql`FOR NO KEY UPDATE OF a` : sql``);
  if (!row) throw notFound('action');
  return row;
}

export async function shownActions(tx: Tx, who: Who, rows: readonly ActionRow[]): Promise<ActionItem[]> {
  const { today, timeZone } = await groundOf(tx, who.workspaceId);
  return rows.map((row) => {
    const { ownerId, madeById, closedBy, madeBy, ...shown } = row;
    const isOpen = row.status === 'open';
    const daysLate = isOpen ? Math.max(0, daysBetween(row.dueOn, today)) : 0;
    return {
      ...shown,
      madeBy: { id: madeBy.id, name: madeBy.name },
      closedBy: closedBy && { id: closedBy.id, name: closedBy.name },
      late: daysLate > 0,
      daysLate,
      closedInTime: row.status === 'done' && row.closedAt !== null ? dayIn(timeZone, Date.parse(row.closedAt)) <= row.dueOn : null,
      can: Object.fromEntries(
        actionVerbs.map((verb) => [verb, whyNotAct(verb, who, { status: row.status, ownerId, madeBy: madeById })]),
      ) as ActionItem['can'],
    };
  });
}
