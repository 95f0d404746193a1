/** What somebody is told, line by line: of one sort a day’s many are one line. */

import { type RawBuilder, sql } from 'kysely';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import type { z } from 'zod';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { NoticeKind } from '../contract/kinds.ts';
import { isMatter, matterNames, matters } from '../contract/matters.ts';
import {
  countedUpTo,
  most,
  type Notification,
  type NotificationPage,
  type NotificationsAsk,
  type unread,
} from '../contract/notifications.ts';

interface Line {
  readonly kind: NoticeKind;
  readonly matter: string;
  readonly read: boolean;
  readonly count: number;
  readonly id: string;
  readonly at: string;
  readonly each: Notification['each'];
  readonly ids: string[];
}

/** Ids a line names at most; of a line of more the rest is marked by its kind. */
const mostIds = 1_000;

/** Newest first. */
export async function listNotifications(tx: Tx, who: Who, { view, kind, limit, cursor }: NotificationsAsk): Promise<NotificationPage> {
  const after = readPlace(cursor);
  const { rows } =
    await sql<Line>`${linesOf(who, sql`${view === 'unread' ? sql`n.read_at IS NULL` : sql`true`} AND (${kind ?? null}::text IS NULL OR n.kind = ${kind ?? null})`)}
    SELECT * FROM lines ${after ? sql`WHERE (at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    ORDER BY at DESC, id DESC LIMIT ${limit + 1}`.execute(tx);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(shownLine), next: rows.length > shown.length && last ? writePlace({ at: last.at, id: last.id }) : null };
}

export async function countUnread(tx: Tx, who: Who): Promise<z.output<typeof unread>> {
  const { rows } = await sql<{ kind: NoticeKind; count: number }>`${linesOf(who, sql`n.read_at IS NULL`)}
    SELECT kind, count(*)::int AS count FROM lines GROUP BY kind ORDER BY kind`.execute(tx);
  return {
    count: Math.min(
      countedUpTo,
      rows.reduce((sum, { count }) => sum + count, 0),
    ),
    byKind: rows,
  };
}

/** Matters of which many are one line. */
const grouped = matterNames.filter((name) => matters[name].many !== undefined);

/** A day is the workspace’s; what was read doesn’t hide what wasn’t. */
function linesOf({ workspaceId, memberId }: Who, where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`WITH mine AS (
      SELECT n.id, n.kind, n.matter, n.title, n.opens, n.at, n.read_at IS NOT NULL AS read, CASE WHEN n.matter = ANY(${grouped}::text[])
        THEN n.matter || (n.at AT TIME ZONE w.time_zone)::date || (n.read_at IS NOT NULL) ELSE n.id::text END AS line
      FROM notifications n JOIN workspaces w ON w.id = n.workspace_id
      WHERE n.workspace_id = ${workspaceId}::uuid AND n.member_id = ${memberId}::uuid AND n.in_app AND ${where}
    ), lines AS (
      SELECT min(kind) AS kind, min(matter) AS matter, bool_and(read) AS read, count(*)::int AS count, max(at) AS at,
        (array_agg(id ORDER BY at DESC, id DESC))[1] AS id,
        to_json((array_agg(json_build_object('id', id, 'title', title, 'opens', opens,
          'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY at DESC, id DESC))[1:${sql.lit(most)}]) AS each,
        (array_agg(id::text ORDER BY at DESC, id DESC))[1:${sql.lit(mostIds)}] AS ids
      FROM mine GROUP BY line)`;
}

function shownLine({ kind, matter, read, count, id, at, each, ids }: Line): Notification {
  const [newest] = each;
  const many = isMatter(matter) ? matters[matter].many : undefined;
  const isMany = count > 1 && many !== undefined;
  return {
    ...{ id, kind, at, read, count, ids },
    title: isMany ? many.says(count) : newest!.title,
    opens: isMany ? many.opens : newest!.opens,
    each: isMany ? each : [],
  };
}
