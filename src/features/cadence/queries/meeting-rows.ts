/** Meetings as they are kept, and as lists show them. */

import { sql } from 'kysely';
import type { MeetingState, Purpose } from '#engine/cadence/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { MeetingItem } from '../contract/meetings.ts';

/** Seconds after its last sign for which a live screen counts as open: it gives one every 30. */
export const hereSeconds = 75;

export interface MeetingRow {
  readonly id: string;
  readonly seriesId: string | null;
  readonly ruleDay: string | null;
  readonly title: string;
  readonly startsAt: string;
  readonly minutes: number;
  readonly location: string | null;
  readonly purpose: Purpose;
  readonly status: MeetingState;
  readonly sequence: number;
  readonly changedAt: string;
  readonly gatheredAt: string | null;
  readonly openedAt: string | null;
  readonly openedBy: string | null;
  readonly currentItem: string | null;
  readonly itemSince: string | null;
  readonly closedAt: string | null;
  readonly cancelledBecause: string | null;
  readonly minutesSentAt: string | null;
  readonly madeBy: string | null;
}

export const meetingColumns = sql`m.id, m.series_id AS "seriesId", m.rule_day AS "ruleDay", m.title, m.starts_at AS "startsAt", m.minutes, m.location, m.purpose, m.status, m.sequence,
  m.changed_at AS "changedAt", m.gathered_at AS "gatheredAt", m.opened_at AS "openedAt", m.opened_by AS "openedBy", m.current_item AS "currentItem", m.item_since AS "itemSince",
  m.closed_at AS "closedAt", m.cancelled_because AS "cancelledBecause", m.minutes_sent_at AS "minutesSentAt", m.made_by AS "madeBy"`;

/** @param lock holds it until the transaction ends. @throws Problem not-found */
export async function getMeetingRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<MeetingRow> {
  const { rows } =
    await sql<MeetingRow>`SELECT ${meetingColumns} FROM meetings m WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${id}::uuid
    ${lock ? sql`FOR NO KEY UPDATE OF m` : sql``}`.execute(tx);
  if (!rows[0]) throw notFound('meeting');
  return rows[0];
}

interface Counts {
  readonly id: string;
  readonly series: { id: string; name: string } | null;
  readonly expected: number;
  readonly came: number;
  readonly items: number;
  readonly decisions: number;
  readonly given: number;
  readonly open: number;
  readonly mine: boolean;
}

/** @param memberId whose `mine` it is */
export async function shownMeetings(
  tx: Tx,
  workspaceId: WorkspaceId,
  memberId: string,
  rows: readonly MeetingRow[],
): Promise<MeetingItem[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const { rows: counted } = await sql<Counts>`SELECT m.id,
      (SELECT json_build_object('id', s.id, 'name', s.name) FROM meeting_series s WHERE s.workspace_id = m.workspace_id AND s.id = m.series_id) AS series,
      a.expected, a.came, a.mine,
      (SELECT count(*)::int FROM agenda_items i WHERE i.workspace_id = m.workspace_id AND i.meeting_id = m.id AND NOT i.dropped) AS items,
      (SELECT count(*)::int FROM decisions d WHERE d.workspace_id = m.workspace_id AND d.meeting_id = m.id AND d.withdrawn_at IS NULL) AS decisions,
      x.given, x.open
    FROM meetings m
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE expected)::int AS expected, count(*) FILTER (WHERE came_at IS NOT NULL)::int AS came,
      coalesce(bool_or(expected AND member_id = ${memberId}::uuid), false) AS mine
      FROM meeting_attendees t WHERE t.workspace_id = m.workspace_id AND t.meeting_id = m.id) a
    CROSS JOIN LATERAL (SELECT count(*)::int AS given, count(*) FILTER (WHERE status = 'open')::int AS open
      FROM actions c WHERE c.workspace_id = m.workspace_id AND c.meeting_id = m.id) x
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ANY(${ids}::uuid[])`.execute(tx);
  const byId = new Map(counted.map((row) => [row.id, row]));
  return rows.map((row) => itemOf(row, byId.get(row.id)!));
}

function itemOf(row: MeetingRow, { series, expected, came, items, decisions, given, open, mine }: Counts): MeetingItem {
  const { id, purpose, title, startsAt, minutes, status, openedAt, closedAt, cancelledBecause } = row;
  return {
    ...{ id, series, purpose, title, startsAt, endsAt: endsAt(row), minutes, location: row.location ?? '', status, openedAt, closedAt },
    ...{ cancelledBecause, expected, came, items, decisions, actions: { given, open }, mine },
  };
}

export const endsAt = ({ startsAt, minutes }: Pick<MeetingRow, 'startsAt' | 'minutes'>): string =>
  new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
