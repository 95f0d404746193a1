/** The meetings of a series, made six weeks ahead by its rule, its zone and the holidays of its calendar. */

import { sql } from 'kysely';
import { dayIn } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { occurrencesOf } from '../queries/occurrences.ts';
import { peopleOf } from '../queries/people.ts';
import type { SeriesRow } from '../queries/series.ts';
import { recordMeetingFact } from './record-meeting.ts';

const daysAhead = 42;

/**
 * Makes what is missing and brings what is planned to the series as it is now: time, length, place, people. A meeting
 * whose day the rule no longer names is cancelled; one that somebody moved or cancelled by hand stays so, unless the
 * series changed since.
 * @param by who changed the series; null: the days have gone on
 */
export async function planAhead(tx: Tx, workspaceId: WorkspaceId, series: SeriesRow, by: string | null): Promise<void> {
  if (series.endedAt !== null) return;
  const { content } = series;
  const now = Date.now();
  const today = dayIn(content.timeZone, now);
  const range = { from: today, to: Temporal.PlainDate.from(today).add({ days: daysAhead }).toString() };
  // A meeting that is moved off a holiday may take place later than its rule day; one of today may be over already.
  const wanted = (await occurrencesOf(tx, workspaceId, content, range)).filter(({ startsAt }) => startsAt > now);
  const people = await peopleOf(tx, workspaceId, content.attendees);
  const { rows: kept } = await sql<{ id: string; ruleDay: string; status: string }>`SELECT id, rule_day AS "ruleDay", status FROM meetings
    WHERE workspace_id = ${workspaceId}::uuid AND series_id = ${series.id}::uuid AND rule_day >= ${today}::date FOR UPDATE`.execute(tx);
  const known = new Map(kept.map((row) => [row.ruleDay, row]));
  let invited = (await hasMeetings(tx, workspaceId, series.id)) && by === null;
  for (const occurrence of wanted) {
    const meeting = known.get(occurrence.ruleDay);
    if (meeting) {
      if (by !== null && ['planned', 'cancelled'].includes(meeting.status))
        await bring(tx, workspaceId, series, { ...occurrence, id: meeting.id }, people, by);
      continue;
    }
    const id = await make(tx, workspaceId, series, occurrence, people, by);
    // One invitation a series, by its next meeting: six at once would say nothing more.
    await recordMeetingFact(tx, workspaceId, by, id, invited ? 'planned' : 'invited', { seriesId: series.id, memberIds: people });
    invited = true;
  }
  if (by === null) return;
  const days = new Set(wanted.map(({ ruleDay }) => ruleDay));
  for (const { id, ruleDay, status } of kept)
    if (status === 'planned' && !days.has(ruleDay)) await cancel(tx, workspaceId, by, id, 'The series no longer meets on this day.');
  await announceChange(tx, workspaceId, 'meeting');
}

type Taking = { readonly ruleDay: string; readonly startsAt: number };

async function make(
  tx: Tx,
  workspaceId: WorkspaceId,
  series: SeriesRow,
  at: Taking,
  people: readonly string[],
  by: string | null,
): Promise<string> {
  const id = newId();
  await sql`INSERT INTO meetings (workspace_id, id, series_id, rule_day, title, starts_at, minutes, location, purpose, made_by)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${series.id}::uuid, ${at.ruleDay}::date, ${series.name}, ${iso(at.startsAt)}::timestamptz, ${series.content.minutes},
      ${series.content.location}, ${series.purpose}, ${by}::uuid)`.execute(tx);
  await addPeople(tx, workspaceId, id, people);
  return id;
}

export async function addPeople(tx: Tx, workspaceId: WorkspaceId, meetingId: string, people: readonly string[]): Promise<void> {
  await sql`INSERT INTO meeting_attendees (workspace_id, meeting_id, member_id) SELECT ${workspaceId}::uuid, ${meetingId}::uuid, m
    FROM unnest(${[...people]}::uuid[]) m ON CONFLICT (workspace_id, meeting_id, member_id) DO UPDATE SET expected = true`.execute(tx);
}

/** One that is planned, as the series says now. Told as moved only where its time or length is another. */
async function bring(
  tx: Tx,
  workspaceId: WorkspaceId,
  series: SeriesRow,
  at: Taking & { id: string },
  people: readonly string[],
  by: string,
): Promise<void> {
  const { rows } = await sql<{
    before: string;
    moved: boolean;
  }>`UPDATE meetings m SET title = ${series.name}, starts_at = ${iso(at.startsAt)}::timestamptz,
      minutes = ${series.content.minutes}, location = ${series.content.location}, purpose = ${series.purpose}, status = 'planned', cancelled_because = NULL, cancelled_at = NULL,
      sequence = m.sequence + 1, changed_at = now()
    FROM (SELECT starts_at, minutes, status FROM meetings WHERE workspace_id = ${workspaceId}::uuid AND id = ${at.id}::uuid) o
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.id = ${at.id}::uuid
    RETURNING o.starts_at AS before, (o.starts_at, o.minutes, o.status) IS DISTINCT FROM (m.starts_at, m.minutes, 'planned'::text) AS moved`.execute(
    tx,
  );
  await sql`DELETE FROM meeting_attendees WHERE workspace_id = ${workspaceId}::uuid AND meeting_id = ${at.id}::uuid AND NOT member_id = ANY(${[...people]}::uuid[])`.execute(
    tx,
  );
  await addPeople(tx, workspaceId, at.id, people);
  const { before, moved } = rows[0]!;
  if (moved) await recordMeetingFact(tx, workspaceId, by, at.id, 'moved', { before, startsAt: iso(at.startsAt), memberIds: people });
}

export async function dropPlanned(tx: Tx, who: Who, seriesId: string, because: string): Promise<void> {
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM meetings WHERE workspace_id = ${who.workspaceId}::uuid AND series_id = ${seriesId}::uuid
    AND status = 'planned' AND starts_at > now() ORDER BY starts_at FOR UPDATE`.execute(tx);
  for (const { id } of rows) await cancel(tx, who.workspaceId, who.memberId, id, because);
}

export async function cancel(tx: Tx, workspaceId: WorkspaceId, by: string, id: string, because: string): Promise<void> {
  await sql`UPDATE meetings SET status = 'cancelled', cancelled_because = ${because}, cancelled_at = now(), sequence = sequence + 1, changed_at = now()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await recordMeetingFact(tx, workspaceId, by, id, 'cancelled', { because });
}

async function hasMeetings(tx: Tx, workspaceId: WorkspaceId, seriesId: string): Promise<boolean> {
  const { rows } =
    await sql`SELECT 1 FROM meetings WHERE workspace_id = ${workspaceId}::uuid AND series_id = ${seriesId}::uuid LIMIT 1`.execute(tx);
  return rows.length > 0;
}

const iso = (at: number): string => new Date(at).toISOString();
