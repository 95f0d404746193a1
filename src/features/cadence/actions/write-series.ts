/** Series: made, changed, ended, gone on with. Each leaves the planned meetings as its rule says. */

import { sql } from 'kysely';
import { seriesCan, type SeriesVerb, whyNotFrom } from '#engine/cadence/states.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import type { Who } from '#platform/http/route.ts';
import type { SeriesChange, SeriesDraft } from '../contract/series.ts';
import { peopleOf, refuseStrangers } from '../queries/people.ts';
import { getSeriesRow, type SeriesContent, type SeriesRow } from '../queries/series.ts';
import { dropPlanned, planAhead } from './plan-ahead.ts';

/** @returns its id. @throws Problem not-found (team, member, calendar), bad-input (nobody would come) */
export async function makeSeries(tx: Tx, who: Who, draft: SeriesDraft): Promise<string> {
  const content = await settled(tx, who.workspaceId, draft);
  const id = newId();
  await sql`INSERT INTO meeting_series (workspace_id, id, purpose, name, content, made_by)
    VALUES (${who.workspaceId}::uuid, ${id}::uuid, ${draft.purpose}, ${draft.name}, ${JSON.stringify(content)}::jsonb, ${who.memberId}::uuid)`.execute(
    tx,
  );
  await record(tx, who, id, 'made', { name: draft.name, purpose: draft.purpose, content });
  await planAhead(tx, who.workspaceId, await getSeriesRow(tx, who.workspaceId, id), who.memberId);
  return id;
}

/** Meetings still planned are made anew; those that somebody moved or called off by hand go with them. @throws Problem conflict */
export async function changeSeries(tx: Tx, who: Who, id: string, { after, ...draft }: SeriesChange): Promise<void> {
  const row = await take(tx, who, id, 'change');
  if (after !== undefined && after !== row.number)
    throw new Problem('conflict', 'Somebody else has changed it meanwhile: look at it again.', { extra: { number: row.number } });
  const content = await settled(tx, who.workspaceId, draft);
  await sql`UPDATE meeting_series SET name = ${draft.name}, purpose = ${draft.purpose}, content = ${JSON.stringify(content)}::jsonb, number = number + 1
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await record(tx, who, id, 'changed', { name: draft.name, purpose: draft.purpose, content });
  await planAhead(tx, who.workspaceId, await getSeriesRow(tx, who.workspaceId, id), who.memberId);
}

export async function endSeries(tx: Tx, who: Who, id: string, { cancelPlanned }: { cancelPlanned: boolean }): Promise<void> {
  await take(tx, who, id, 'end');
  await sql`UPDATE meeting_series SET ended_at = now(), ended_by = ${who.memberId}::uuid, number = number + 1
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  if (cancelPlanned) await dropPlanned(tx, who, id, 'The series has ended.');
  await record(tx, who, id, 'ended', { cancelPlanned });
}

export async function resumeSeries(tx: Tx, who: Who, id: string): Promise<void> {
  await take(tx, who, id, 'resume');
  await sql`UPDATE meeting_series SET ended_at = NULL, ended_by = NULL, number = number + 1
    WHERE workspace_id = ${who.workspaceId}::uuid AND id = ${id}::uuid`.execute(tx);
  await record(tx, who, id, 'resumed', {});
  await planAhead(tx, who.workspaceId, await getSeriesRow(tx, who.workspaceId, id), who.memberId);
}

async function take(tx: Tx, who: Who, id: string, verb: SeriesVerb): Promise<SeriesRow> {
  const row = await getSeriesRow(tx, who.workspaceId, id, true);
  const whyNot = whyNotFrom(seriesCan[verb], row.endedAt === null ? 'running' : 'ended');
  if (whyNot !== null) throw new Problem('conflict', whyNot);
  return row;
}

async function settled(
  tx: Tx,
  workspaceId: WorkspaceId,
  { name: _, purpose: __, timeZone, ...content }: SeriesDraft,
): Promise<SeriesContent> {
  await refuseStrangers(tx, workspaceId, content.attendees);
  if (content.calendarId !== null) {
    const { rows } =
      await sql`SELECT 1 FROM calendars WHERE workspace_id = ${workspaceId}::uuid AND id = ${content.calendarId}::uuid AND archived_at IS NULL`.execute(
        tx,
      );
    if (rows.length === 0) throw notFound('calendar');
  }
  const { endsOn, startsOn } = content.times;
  if (endsOn !== null && endsOn < startsOn)
    throw new Problem('bad-input', 'The series ends before it begins.', {
      fields: [{ at: 'times.endsOn', reason: `Not before ${startsOn}.` }],
    });
  if ((await peopleOf(tx, workspaceId, content.attendees)).length === 0)
    throw new Problem('bad-input', 'Nobody would come: name a side with people in it, a team or members.', {
      fields: [{ at: 'attendees', reason: 'Nobody would come.' }],
    });
  return { ...content, timeZone: timeZone ?? (await groundOf(tx, workspaceId)).timeZone };
}

const record = (tx: Tx, who: Who, id: string, verb: string, body: Record<string, unknown>): Promise<string> =>
  recordFact(tx, who.workspaceId, {
    kind: `meetingSeries.${verb}`,
    subjectKind: 'meetingSeries',
    subjectId: id,
    memberId: who.memberId,
    body,
  });
