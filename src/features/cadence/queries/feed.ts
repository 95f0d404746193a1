/** The calendar that other programs read: a member's own meetings, at an address only they know. */

import { sql } from 'kysely';
import { type CalendarEvent, writeCalendar } from '#engine/cadence/calendar-file.ts';
import { hashToken } from '#platform/auth/tokens.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { CalendarFeed } from '../contract/health.ts';
import { inOrder, readItems } from './agenda-rows.ts';
import { endsAt, meetingColumns, type MeetingRow } from './meeting-rows.ts';

export async function getFeed(tx: Tx, who: Who): Promise<CalendarFeed> {
  const { rows } = await sql<CalendarFeed>`SELECT made_at AS "madeAt", read_at AS "readAt" FROM calendar_feeds
    WHERE workspace_id = ${who.workspaceId}::uuid AND member_id = ${who.memberId}::uuid AND revoked_at IS NULL`.execute(tx);
  return rows[0] ?? { madeAt: null, readAt: null };
}

/** @returns the calendar file; null where the secret opens nothing: never made, revoked, its member gone */
export async function readFeed(database: Database, secret: string, publicUrl: string): Promise<string | null> {
  const { rows } = await database.atGate('sign-in', (tx) =>
    sql<{ workspaceId: WorkspaceId; feedId: string }>`SELECT workspace_id AS "workspaceId", record_id AS "feedId" FROM gate_tokens
      WHERE token_hash = ${hashToken(secret)} AND purpose = 'calendar'`.execute(tx),
  );
  if (!rows[0]) return null;
  const { workspaceId, feedId } = rows[0];
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows: members } = await sql<{
      memberId: string;
      name: string;
    }>`UPDATE calendar_feeds f SET read_at = now() FROM members m, workspaces w
      WHERE f.workspace_id = ${workspaceId}::uuid AND f.id = ${feedId}::uuid AND f.revoked_at IS NULL AND m.workspace_id = f.workspace_id AND m.id = f.member_id AND m.active
        AND w.id = f.workspace_id RETURNING m.id AS "memberId", w.name`.execute(tx);
    if (!members[0]) return null;
    return writeCalendar(`${members[0].name}: meetings`, await eventsOf(tx, workspaceId, members[0].memberId, publicUrl));
  });
}

const [daysBack, most, mostItems] = [60, 500, 12];

/** Cancelled ones too: programs take a meeting out of the calendar because of them. */
async function eventsOf(tx: Tx, workspaceId: WorkspaceId, memberId: string, publicUrl: string): Promise<CalendarEvent[]> {
  const { rows } =
    await sql<MeetingRow>`SELECT ${meetingColumns} FROM meetings m JOIN meeting_attendees t ON t.workspace_id = m.workspace_id AND t.meeting_id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND t.member_id = ${memberId}::uuid AND t.expected AND m.starts_at > now() - make_interval(days => ${daysBack})
    ORDER BY m.starts_at, m.id LIMIT ${most}`.execute(tx);
  const events: CalendarEvent[] = [];
  for (const row of rows) events.push(await eventOf(tx, workspaceId, row, publicUrl));
  return events;
}

async function eventOf(tx: Tx, workspaceId: WorkspaceId, row: MeetingRow, publicUrl: string): Promise<CalendarEvent> {
  const url = new URL(`/meetings/${row.id}`, publicUrl).href;
  const agenda = row.status === 'planned' || row.status === 'live' ? await agendaText(tx, workspaceId, row) : '';
  return {
    ...{ uid: `${row.id}@accord`, sequence: row.sequence, title: row.title, url, location: row.location || null },
    startsAt: Date.parse(row.startsAt),
    endsAt: Date.parse(endsAt(row)),
    changedAt: Date.parse(row.changedAt),
    description: [agenda, url].filter((part) => part !== '').join('\n\n'),
    cancelled: row.status === 'cancelled',
  };
}

async function agendaText(tx: Tx, workspaceId: WorkspaceId, { id, minutes }: MeetingRow): Promise<string> {
  const items = inOrder(await readItems(tx, workspaceId, id), minutes).filter(({ row }) => !row.dropped);
  return items
    .slice(0, mostItems)
    .map(({ row, minutes: each }, at) => `${at + 1}. ${row.content.sentence} (${each} min)`)
    .join('\n');
}
