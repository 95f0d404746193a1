/** Series as they are kept and shown. */

import { sql } from 'kysely';
import { seriesCan, seriesVerbs, type Purpose, whyNotFrom } from '#engine/cadence/states.ts';
import { timesSentence } from '#engine/cadence/wording.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Who } from '#platform/http/route.ts';
import type { Series, SeriesDraft, SeriesList, SeriesPreview } from '../contract/series.ts';
import { whyNotPlanSeries } from '../policy/meetings.ts';
import { occurrencesOf } from './occurrences.ts';
import { peopleOf } from './people.ts';

/** What a series keeps beside its name and purpose; the zone is settled when it is made. */
export type SeriesContent = Omit<SeriesDraft, 'name' | 'purpose' | 'timeZone'> & { readonly timeZone: string };
type Place = { readonly id: string; readonly startsAt: string } | null;

export interface SeriesRow {
  readonly id: string;
  readonly purpose: Purpose;
  readonly name: string;
  readonly content: SeriesContent;
  readonly number: number;
  readonly madeBy: { readonly id: string; readonly name: string } | null;
  readonly madeAt: string;
  readonly endedAt: string | null;
  readonly next: Place;
  readonly last: Place;
  readonly held: number;
}

const place = (
  condition: ReturnType<typeof sql>,
) => sql`(SELECT json_build_object('id', x.id, 'startsAt', to_char(x.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
  FROM meetings x WHERE x.workspace_id = s.workspace_id AND x.series_id = s.id AND ${condition} LIMIT 1)`;
const seriesColumns = sql`s.id, s.purpose, s.name, s.content, s.number, s.made_at AS "madeAt", s.ended_at AS "endedAt",
  (SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = s.workspace_id AND m.id = s.made_by) AS "madeBy",
  ${place(sql`x.status IN ('planned', 'live') AND x.starts_at > now() - interval '12 hours' ORDER BY x.starts_at, x.id`)} AS next,
  ${place(sql`x.status = 'held' ORDER BY x.starts_at DESC, x.id`)} AS last,
  (SELECT count(*)::int FROM meetings x WHERE x.workspace_id = s.workspace_id AND x.series_id = s.id AND x.status = 'held') AS held`;

/** @param lock holds it until the transaction ends. @throws Problem not-found */
export async function getSeriesRow(tx: Tx, workspaceId: WorkspaceId, id: string, lock = false): Promise<SeriesRow> {
  const { rows } =
    await sql<SeriesRow>`SELECT ${seriesColumns} FROM meeting_series s WHERE s.workspace_id = ${workspaceId}::uuid AND s.id = ${id}::uuid
    ${lock ? sql`FOR NO KEY UPDATE OF s` : sql``}`.execute(tx);
  if (!rows[0]) throw notFound('series');
  return rows[0];
}

export async function listSeries(tx: Tx, who: Who): Promise<SeriesList> {
  const { rows } = await sql<SeriesRow>`SELECT ${seriesColumns} FROM meeting_series s WHERE s.workspace_id = ${who.workspaceId}::uuid
    ORDER BY s.ended_at IS NOT NULL, lower(s.name COLLATE "default"), s.id LIMIT 500`.execute(tx);
  const items: Series[] = [];
  for (const row of rows) items.push(await shown(tx, who, row));
  return { items, whyNotMake: whyNotPlanSeries(who) };
}

export const getSeries = async (tx: Tx, who: Who, id: string): Promise<Series> =>
  shown(tx, who, await getSeriesRow(tx, who.workspaceId, id));

async function shown(tx: Tx, who: Who, row: SeriesRow): Promise<Series> {
  const { times, timeZone, calendarId, minutes, location, attendees, kinds } = row.content;
  const names = await namesIn(tx, who.workspaceId, row.content);
  const state = row.endedAt === null ? 'running' : 'ended';
  return {
    ...{ id: row.id, number: row.number, name: row.name, purpose: row.purpose, times, timeZone, minutes, location, kinds },
    calendar: calendarId === null ? null : (names.get(calendarId) ?? null),
    attendees: {
      sides: attendees.sides,
      teams: attendees.teamIds.flatMap((id) => names.get(id) ?? []),
      members: attendees.memberIds.flatMap((id) => names.get(id) ?? []),
    },
    says: timesSentence(times, timeZone, minutes),
    people: (await peopleOf(tx, who.workspaceId, attendees)).length,
    ...{ next: row.next, last: row.last, held: row.held, madeBy: row.madeBy, madeAt: row.madeAt, endedAt: row.endedAt },
    can: Object.fromEntries(
      seriesVerbs.map((verb) => [verb, whyNotFrom(seriesCan[verb], state) ?? whyNotPlanSeries(who)]),
    ) as Series['can'],
  };
}

async function namesIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  { calendarId, attendees }: SeriesContent,
): Promise<Map<string, { id: string; name: string }>> {
  const named = (table: 'teams' | 'members' | 'calendars', ids: readonly string[]) =>
    sql`SELECT id, name FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[])`;
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`${named('teams', attendees.teamIds)} UNION ALL ${named('members', attendees.memberIds)}
    UNION ALL ${named('calendars', calendarId === null ? [] : [calendarId])}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

const [previewDays, mostPreviewed] = [400, 12];

/** The next days on which a draft would meet, from today on. */
export async function previewSeries(tx: Tx, who: Who, draft: SeriesDraft): Promise<SeriesPreview> {
  const ground = await groundOf(tx, who.workspaceId);
  const timeZone = draft.timeZone ?? ground.timeZone;
  const to = Temporal.PlainDate.from(ground.today > draft.times.startsOn ? ground.today : draft.times.startsOn).add({ days: previewDays });
  const found = await occurrencesOf(tx, who.workspaceId, { ...draft, timeZone }, { from: ground.today, to: to.toString() });
  return {
    says: timesSentence(draft.times, timeZone, draft.minutes),
    people: (await peopleOf(tx, who.workspaceId, draft.attendees)).length,
    items: found.slice(0, mostPreviewed).map(({ ruleDay, day, startsAt }) => ({
      ...{ ruleDay, startsAt: new Date(startsAt).toISOString(), moved: day !== ruleDay },
    })),
  };
}
