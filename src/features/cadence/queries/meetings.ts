/** Lists of meetings. */

import { sql } from 'kysely';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { readPlace, writePlace } from '#features/handoff/queries/paging.ts';
import { instantsOf } from '#features/handoff/queries/days.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { MeetingPage, MeetingsAsk } from '../contract/meetings.ts';
import { mayPlanMeetings } from '../policy.ts';
import { meetingColumns, type MeetingRow, shownMeetings } from './meeting-rows.ts';

type Sql = ReturnType<typeof sql>;

/** Meetings to come with the next first, all others with the newest first. */
export async function listMeetings(tx: Tx, who: Who, asked: MeetingsAsk): Promise<MeetingPage> {
  const ascending = asked.view === 'upcoming';
  const after = readPlace(asked.cursor);
  const place = after ? [sql`(m.starts_at, m.id) ${sql.raw(ascending ? '>' : '<')} (${after.at}::timestamptz, ${after.id}::uuid)`] : [];
  const conditions = [...(await conditionsOf(tx, who, asked)), ...place];
  const { rows } = await sql<MeetingRow>`SELECT ${meetingColumns} FROM meetings m WHERE ${sql.join(conditions, sql` AND `)}
    ORDER BY ${sql.raw(ascending ? 'm.starts_at, m.id' : 'm.starts_at DESC, m.id DESC')} LIMIT ${asked.limit + 1}`.execute(tx);
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  return {
    items: await shownMeetings(tx, who.workspaceId, who.memberId, shown),
    next: rows.length > shown.length && last ? writePlace({ at: last.startsAt, id: last.id }) : null,
    whyNotMake: mayPlanMeetings.may(who) ? null : 'Those who look on don’t call meetings.',
  };
}

async function conditionsOf(tx: Tx, who: Who, { view, mine, seriesId, purpose, start, end }: MeetingsAsk): Promise<Sql[]> {
  const { from, until } = await instantsOf(tx, who.workspaceId, { start, end });
  return [
    sql`m.workspace_id = ${who.workspaceId}::uuid`,
    ...(view === 'upcoming' ? [sql`m.status IN ('planned', 'live')`] : view === 'past' ? [sql`m.status IN ('held', 'notHeld')`] : []),
    ...(mine ? [isMine(who)] : []),
    ...(seriesId ? [sql`m.series_id = ${seriesId}::uuid`] : []),
    ...(purpose ? [sql`m.purpose = ${purpose}`] : []),
    ...(from ? [sql`m.starts_at >= ${from}::timestamptz`] : []),
    ...(until ? [sql`m.starts_at < ${until}::timestamptz`] : []),
  ];
}

export const isMine = (
  who: Who,
): Sql => sql`EXISTS (SELECT 1 FROM meeting_attendees t WHERE t.workspace_id = m.workspace_id AND t.meeting_id = m.id
  AND t.member_id = ${who.memberId}::uuid AND t.expected)`;

const [daysAhead, most] = [7, 10];

/** Running, or of the next seven days, that the asker is expected at. */
export async function meetingsAhead(tx: Tx, who: Who): Promise<MeetingPage['items']> {
  const { now } = await groundOf(tx, who.workspaceId);
  const until = new Date(now + daysAhead * 86_400_000).toISOString();
  const { rows } = await sql<MeetingRow>`SELECT ${meetingColumns} FROM meetings m WHERE m.workspace_id = ${who.workspaceId}::uuid
    AND m.status IN ('planned', 'live') AND m.starts_at < ${until}::timestamptz AND m.starts_at > now() - interval '12 hours' AND ${isMine(who)}
    ORDER BY m.starts_at, m.id LIMIT ${most}`.execute(tx);
  return shownMeetings(tx, who.workspaceId, who.memberId, rows);
}
