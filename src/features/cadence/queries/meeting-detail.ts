/** One meeting with everything its page shows. */

import { sql } from 'kysely';
import { meetingVerbs } from '#engine/cadence/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { Attendee, Live, MeetingDetail } from '../contract/meetings.ts';
import { whyNotMeet } from '../policy/meetings.ts';
import { actionsOfMeeting } from './actions.ts';
import { shownAgenda } from './agenda-shown.ts';
import { decisionsOfMeeting } from './decisions.ts';
import { hindrancesOf } from './hindrances.ts';
import { getMeetingRow, hereSeconds, type MeetingRow, shownMeetings } from './meeting-rows.ts';

/** @throws Problem not-found */
export async function getMeeting(tx: Tx, who: Who, id: string): Promise<MeetingDetail> {
  const row = await getMeetingRow(tx, who.workspaceId, id);
  const [item] = await shownMeetings(tx, who.workspaceId, who.memberId, [row]);
  const { timeZone } = await groundOf(tx, who.workspaceId);
  const attendees = await listAttendees(tx, who, row);
  const agenda = await shownAgenda(tx, who, row, row.status === 'live' || row.status === 'planned');
  return {
    ...item!,
    ...{ timeZone, ruleDay: row.ruleDay, sequence: row.sequence, gatheredAt: row.gatheredAt, minutesSentAt: row.minutesSentAt },
    openedBy: await nameOf(tx, who, row.openedBy),
    attendees,
    agenda,
    plannedMinutes: agenda.reduce((sum, { dropped, minutes }) => (dropped ? sum : sum + minutes), 0),
    live: row.status === 'live' ? liveOf(row, attendees) : null,
    decisionsMade: await decisionsOfMeeting(tx, who, id),
    actionsGiven: await actionsOfMeeting(tx, who, id),
    previous: await beside(tx, who, row, 'before'),
    next: await beside(tx, who, row, 'after'),
    can: Object.fromEntries(meetingVerbs.map((verb) => [verb, whyNotMeet(verb, who, row)])) as MeetingDetail['can'],
  };
}

/** What everybody in a running meeting sees. */
export async function getLive(tx: Tx, who: Who, row: MeetingRow): Promise<Live> {
  return liveOf(row, await listAttendees(tx, who, row));
}

const liveOf = ({ currentItem, itemSince, openedAt, startsAt }: MeetingRow, attendees: readonly Attendee[]): Live => ({
  currentItemId: currentItem,
  itemSince,
  openedAt: openedAt ?? startsAt,
  now: new Date().toISOString(),
  here: attendees.filter(({ here }) => here).map(({ member: { id, name } }) => ({ id, name })),
});

async function listAttendees(tx: Tx, { workspaceId }: Who, meeting: MeetingRow): Promise<Attendee[]> {
  const { id, status } = meeting;
  const { rows } = await sql<
    Omit<Attendee, 'hindrance'>
  >`SELECT json_build_object('id', p.id, 'name', p.name, 'side', p.side) AS member, t.expected, t.came_at AS "cameAt",
      (SELECT json_build_object('id', n.id, 'name', n.name) FROM members n WHERE n.workspace_id = t.workspace_id AND n.id = t.noted_by) AS "notedBy",
      (${status === 'live'} AND t.seen_at > now() - make_interval(secs => ${hereSeconds})) IS TRUE AS here
    FROM meeting_attendees t JOIN members p ON p.workspace_id = t.workspace_id AND p.id = t.member_id
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.meeting_id = ${id}::uuid AND (t.expected OR t.came_at IS NOT NULL)
    ORDER BY p.side, lower(p.name COLLATE "default"), p.id LIMIT 1000`.execute(tx);
  const hindrances = await hindrancesOf(tx, workspaceId, meeting);
  return rows.map((row) => ({ ...row, hindrance: hindrances.get(row.member.id) ?? null }));
}

async function nameOf(tx: Tx, { workspaceId }: Who, id: string | null): Promise<{ id: string; name: string } | null> {
  if (id === null) return null;
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`SELECT id, name FROM members WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  return rows[0] ?? null;
}

/** In its series, cancelled ones left out. */
async function beside(
  tx: Tx,
  { workspaceId }: Who,
  { id, seriesId, startsAt }: MeetingRow,
  side: 'before' | 'after',
): Promise<MeetingDetail['next']> {
  if (seriesId === null) return null;
  const [sign, order] = side === 'before' ? ['<', 'DESC'] : ['>', 'ASC'];
  const { rows } = await sql<{ id: string; startsAt: string }>`SELECT id, starts_at AS "startsAt" FROM meetings
    WHERE workspace_id = ${workspaceId}::uuid AND series_id = ${seriesId}::uuid AND status <> 'cancelled'
      AND (starts_at, id) ${sql.raw(sign!)} (${startsAt}::timestamptz, ${id}::uuid) ORDER BY starts_at ${sql.raw(order!)}, id ${sql.raw(order!)} LIMIT 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}
