/** Meetings that were held before they were kept here: what a company brings along, and what the sample company begins with. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import { peopleOf } from '../queries/people.ts';
import { occurrencesOf } from '../queries/occurrences.ts';
import { getSeriesRow } from '../queries/series.ts';
import { addPeople } from './plan-ahead.ts';
import { recordMeetingFact } from './record-meeting.ts';

export interface PastAction {
  readonly title: string;
  readonly owner: Who;
  /** Days after the meeting on which it was due, and was done; done null: it is open. */
  readonly dueAfter: number;
  readonly doneAfter: number | null;
}
export interface PastItem {
  readonly sentence: string;
  readonly minutes: number;
  readonly notes: string;
  readonly decisions: readonly string[];
  readonly actions: readonly PastAction[];
}
/** `items` null: it was not held. */
export interface PastMeeting {
  readonly items: readonly PastItem[] | null;
  readonly missing: readonly string[];
  readonly startedLateMinutes: number;
}

/**
 * The last meetings of a series before today, the oldest first, in the name of whoever led them. Nobody is told of
 * anything: it is long past.
 */
export async function keepPast(tx: Tx, who: Who, seriesId: string, meetings: readonly PastMeeting[]): Promise<void> {
  const series = await getSeriesRow(tx, who.workspaceId, seriesId);
  const people = await peopleOf(tx, who.workspaceId, series.content.attendees);
  const today = Temporal.Now.zonedDateTimeISO(series.content.timeZone).toPlainDate();
  const range = { from: series.content.times.startsOn, to: today.subtract({ days: 1 }).toString() };
  const occurrences = (await occurrencesOf(tx, who.workspaceId, series.content, range)).filter(({ startsAt }) => startsAt < Date.now());
  const last = occurrences.slice(-meetings.length);
  for (const [at, { ruleDay, startsAt }] of last.entries()) {
    const past = meetings[meetings.length - last.length + at]!;
    const id = newId();
    const held = past.items !== null;
    const opened = startsAt + past.startedLateMinutes * 60_000;
    const closed = opened + series.content.minutes * 60_000;
    await sql`INSERT INTO meetings (workspace_id, id, series_id, rule_day, title, starts_at, minutes, location, purpose, status, gathered_at, opened_at, opened_by, closed_at, closed_by,
        minutes_sent_at, made_by, made_at, changed_at)
      VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${seriesId}::uuid, ${ruleDay}::date, ${series.name}, ${iso(startsAt)}::timestamptz, ${series.content.minutes}, ${series.content.location},
        ${series.purpose}, ${held ? 'held' : 'notHeld'}, ${iso(startsAt)}::timestamptz, ${held ? iso(opened) : null}::timestamptz, ${held ? who.memberId : null}::uuid,
        ${held ? iso(closed) : null}::timestamptz, ${held ? who.memberId : null}::uuid, ${held ? iso(closed) : null}::timestamptz, ${who.memberId}::uuid, ${iso(startsAt)}::timestamptz,
        ${iso(closed)}::timestamptz)`.execute(tx);
    await addPeople(tx, who.workspaceId, id, people);
    if (past.items === null) {
      await recordMeetingFact(tx, who.workspaceId, null, id, 'missed', {}, iso(closed));
      continue;
    }
    await sql`UPDATE meeting_attendees SET came_at = ${iso(opened)}::timestamptz, seen_at = ${iso(closed)}::timestamptz
      WHERE workspace_id = ${who.workspaceId}::uuid AND meeting_id = ${id}::uuid AND NOT member_id = ANY(${[...past.missing]}::uuid[])`.execute(
      tx,
    );
    await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'opened', {}, iso(opened));
    for (const [place, item] of past.items.entries()) await keepItem(tx, who, id, item, { place, at: opened + place * 60_000 });
    await recordMeetingFact(tx, who.workspaceId, who.memberId, id, 'closed', {}, iso(closed));
  }
}

async function keepItem(tx: Tx, who: Who, meetingId: string, item: PastItem, { place, at }: { place: number; at: number }): Promise<void> {
  const { workspaceId, memberId } = who;
  const id = newId();
  const { sentence, minutes, notes } = item;
  const content = {
    sentence,
    why: null,
    figures: [],
    opens: null,
    records: [],
    stake: null,
    currency: null,
    weight: 0.5,
    daysLate: 0,
    minutes,
    ownerId: null,
  };
  await sql`INSERT INTO agenda_items (workspace_id, id, meeting_id, item_key, kind, content, place, minutes, status, seconds_spent, added_by, added_at)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${meetingId}::uuid, ${`own:${id}`}, 'own', ${JSON.stringify(content)}::jsonb, ${place}, ${minutes}, 'discussed', ${minutes * 60}, ${memberId}::uuid,
      ${iso(at)}::timestamptz)`.execute(tx);
  if (notes !== '')
    await sql`INSERT INTO item_notes (workspace_id, item_id, version, text, written_by, written_at)
      VALUES (${workspaceId}::uuid, ${id}::uuid, 1, ${notes}, ${memberId}::uuid, ${iso(at)}::timestamptz)`.execute(tx);
  for (const text of item.decisions) {
    const decisionId = newId();
    await sql`INSERT INTO decisions (workspace_id, id, meeting_id, item_id, kind, text, decided_by, decided_at)
      VALUES (${workspaceId}::uuid, ${decisionId}::uuid, ${meetingId}::uuid, ${id}::uuid, 'logged', ${text}, ${memberId}::uuid, ${iso(at)}::timestamptz)`.execute(
      tx,
    );
    await recordFact(tx, workspaceId, {
      ...{ kind: 'decision.logged', subjectKind: 'decision', subjectId: decisionId, memberId, occurredAt: iso(at) },
      body: { meetingId, kind: 'logged', text },
    });
  }
  for (const action of item.actions) await keepAction(tx, who, { meetingId, itemId: id, at }, action);
}

async function keepAction(
  tx: Tx,
  { workspaceId, memberId }: Who,
  { meetingId, itemId, at }: { meetingId: string; itemId: string; at: number },
  { title, owner, dueAfter, doneAfter }: PastAction,
): Promise<void> {
  const id = newId();
  const dueOn = iso(at + dueAfter * dayMilliseconds).slice(0, 10);
  // What would be done tomorrow is open today.
  const isDone = doneAfter !== null && at + doneAfter * dayMilliseconds <= Date.now();
  const doneAt = isDone ? iso(at + doneAfter * dayMilliseconds) : null;
  await sql`INSERT INTO actions (workspace_id, id, title, owner_id, due_on, first_due_on, status, meeting_id, item_id, made_by, made_at, closed_by, closed_at, closing)
    VALUES (${workspaceId}::uuid, ${id}::uuid, ${title}, ${owner.memberId}::uuid, ${dueOn}::date, ${dueOn}::date, ${doneAt === null ? 'open' : 'done'}, ${meetingId}::uuid, ${itemId}::uuid,
      ${memberId}::uuid, ${iso(at)}::timestamptz, ${doneAt === null ? null : owner.memberId}::uuid, ${doneAt}::timestamptz, ${doneAt === null ? null : ''})`.execute(
    tx,
  );
  const fact = { subjectKind: 'action', subjectId: id };
  await recordFact(tx, workspaceId, {
    ...fact,
    kind: 'action.given',
    memberId,
    occurredAt: iso(at),
    body: { title, ownerId: owner.memberId, dueOn, meetingId },
  });
  if (doneAt !== null)
    await recordFact(tx, workspaceId, {
      ...{ ...fact, kind: 'action.closed', memberId: owner.memberId, occurredAt: doneAt },
      body: { title, status: 'done', closing: '', ownerId: owner.memberId, givenBy: memberId },
    });
}

const dayMilliseconds = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();
