/** What keeps those expected from a meeting that is still to come: leave on record, and other meetings at the same time. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Hindrance } from '../contract/meetings.ts';
import type { MeetingRow } from './meeting-rows.ts';

/** By member; of nobody once it runs, when who is there is seen. */
export async function hindrancesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  { id, status, startsAt, minutes }: MeetingRow,
): Promise<Map<string, Hindrance>> {
  if (status !== 'planned') return new Map();
  const [from, until] = [sql`${startsAt}::timestamptz`, sql`${startsAt}::timestamptz + make_interval(mins => ${minutes})`];
  // No meeting lasts longer than eight hours: those that began before that are over.
  const { rows } = await sql<Hindrance & { memberId: string }>`SELECT t.member_id AS "memberId",
      (SELECT max(a.ends_at) FROM absences a WHERE a.workspace_id = t.workspace_id AND a.member_id = t.member_id
        AND a.removed_at IS NULL AND a.starts_at < ${until} AND a.ends_at > ${from}) AS "awayUntil",
      (SELECT json_build_object('id', o.id, 'title', o.title) FROM meeting_attendees e
        JOIN meetings o ON o.workspace_id = e.workspace_id AND o.id = e.meeting_id
        WHERE e.workspace_id = t.workspace_id AND e.member_id = t.member_id AND e.expected AND o.id <> t.meeting_id
          AND o.status IN ('planned', 'live') AND o.starts_at < ${until} AND o.starts_at > ${from} - interval '8 hours'
          AND o.starts_at + make_interval(mins => o.minutes) > ${from}
        ORDER BY o.starts_at, o.id LIMIT 1) AS "alsoIn"
    FROM meeting_attendees t WHERE t.workspace_id = ${workspaceId}::uuid AND t.meeting_id = ${id}::uuid AND t.expected`.execute(tx);
  return new Map(
    rows.flatMap(({ memberId, ...hindrance }) => (hindrance.awayUntil || hindrance.alsoIn ? [[memberId, hindrance] as const] : [])),
  );
}
