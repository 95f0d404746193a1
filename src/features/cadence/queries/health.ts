/** Whether meetings are held, attended, deciding and acted upon: over a period, by series and by week. */

import { type RawBuilder, sql } from 'kysely';
import { healthOf } from '#engine/cadence/health.ts';
import { groundOf } from '#features/campaigns/queries/ground.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { type HealthCount, healthCounts, type HealthRow, type MeetingHealthAnswer, type MeetingHealthAsk } from '../contract/health.ts';
import { conditionOf, countedAs, type Counted, type HealthGround } from './health-conditions.ts';

type Sql = RawBuilder<unknown>;
type Counts = Record<HealthCount, number>;

/** Thirteen weeks, unless said. */
const usualDays = 91;

export interface HealthScope extends HealthGround {
  readonly workspaceId: WorkspaceId;
  readonly start: string;
  readonly end: string;
  /** ISO instants of the first moment, and of the one after the last. */
  readonly from: string;
  readonly until: string;
}

/** @throws Problem bad-input for a period that ends before it begins */
export async function healthScope(tx: Tx, workspaceId: WorkspaceId, asked: Pick<MeetingHealthAsk, 'start' | 'end'>): Promise<HealthScope> {
  const { today, timeZone } = await groundOf(tx, workspaceId);
  const end = asked.end ?? today;
  const start =
    asked.start ??
    Temporal.PlainDate.from(end)
      .subtract({ days: usualDays - 1 })
      .toString();
  if (end < start)
    throw new Problem('bad-input', 'The period ends before it begins.', { fields: [{ at: 'end', reason: `Not before ${start}.` }] });
  const after = Temporal.PlainDate.from(end).add({ days: 1 }).toString();
  return {
    ...{ workspaceId, today, timeZone, start, end },
    from: new Date(startOfDay(start, timeZone)).toISOString(),
    until: new Date(startOfDay(after, timeZone)).toISOString(),
  };
}

/** Meetings and seats by when the meeting was to be, actions by the day they were due. */
export const sourceOf = (of: Counted, { workspaceId, from, until, start, end }: HealthScope): Sql => {
  const meetings = sql`m.workspace_id = ${workspaceId}::uuid AND m.starts_at >= ${from}::timestamptz AND m.starts_at < ${until}::timestamptz`;
  if (of === 'meeting') return sql`meetings m WHERE ${meetings}`;
  if (of === 'seat')
    return sql`meetings m JOIN meeting_attendees t ON t.workspace_id = m.workspace_id AND t.meeting_id = m.id WHERE ${meetings}`;
  return sql`actions a JOIN meetings m ON m.workspace_id = a.workspace_id AND m.id = a.meeting_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.due_on BETWEEN ${start}::date AND ${end}::date`;
};

export async function readHealth(tx: Tx, workspaceId: WorkspaceId, asked: MeetingHealthAsk): Promise<MeetingHealthAnswer> {
  const scope = await healthScope(tx, workspaceId, asked);
  const only = asked.seriesId === undefined ? sql`true` : sql`m.series_id = ${asked.seriesId}::uuid`;
  const bySeries = await countBy(tx, scope, sql`m.series_id::text`, only);
  const names = await seriesNames(
    tx,
    workspaceId,
    [...bySeries.keys()].filter((id) => id !== null),
  );
  return {
    ...{ start: scope.start, end: scope.end },
    overall: rowOf(scope, sumOf([...bySeries.values()]), null, asked.seriesId),
    series: names.map((named) => rowOf(scope, bySeries.get(named.id)!, named, named.id)),
    weeks: await weeksOf(tx, scope, only),
    notes: notesOf([...bySeries.values()]),
  };
}

async function countBy(tx: Tx, scope: HealthScope, group: Sql, only: Sql, actionGroup: Sql = group): Promise<Map<string | null, Counts>> {
  const counts = new Map<string | null, Counts>();
  for (const kind of ['meeting', 'seat', 'action'] as const) {
    const counted = healthCounts.filter((which) => countedAs[which] === kind);
    const columns = counted.map((which) => sql`count(*) FILTER (WHERE ${conditionOf(which, scope)})::int AS ${sql.ref(which)}`);
    const { rows } = await sql<
      Partial<Counts> & { grp: string | null }
    >`SELECT ${kind === 'action' ? actionGroup : group} AS grp, ${sql.join(columns)}
      FROM ${sourceOf(kind, scope)} AND ${only} GROUP BY 1`.execute(tx);
    for (const { grp, ...found } of rows) counts.set(grp, { ...(counts.get(grp) ?? nothing), ...found });
  }
  return counts;
}

const nothing = Object.fromEntries(healthCounts.map((which) => [which, 0])) as Counts;
const sumOf = (all: readonly Counts[]): Counts =>
  Object.fromEntries(healthCounts.map((which) => [which, all.reduce((sum, counts) => sum + counts[which], 0)])) as Counts;

function rowOf({ start, end }: HealthScope, counts: Counts, series: HealthRow['series'], seriesId: string | undefined): HealthRow {
  const shares = healthOf({ ...counts, closedInTime: counts.closedInTime, closedLate: counts.closed - counts.closedInTime });
  const ask = { start, end, ...(seriesId === undefined ? {} : { seriesId }) };
  return {
    series,
    ...counts,
    heldPercent: shares.heldPercent,
    inTimePercent: counts.held === 0 ? null : Math.round((counts.inTime * 1000) / counts.held) / 10,
    attendedPercent: shares.attendedPercent,
    decidingPercent: shares.decidingPercent,
    closedPercent: shares.actedOnPercent,
    closedInTimePercent: shares.actedInTimePercent,
    records: Object.fromEntries(
      healthCounts.map((which) => [which, `/api/v1/meetings/health/records?${new URLSearchParams({ which, ...ask })}`]),
    ) as HealthRow['records'],
  };
}

async function seriesNames(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`SELECT id, name FROM meeting_series
    WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${[...ids]}::uuid[]) ORDER BY lower(name COLLATE "default"), id`.execute(tx);
  return rows;
}

/** Every week of the period, also those in which nothing was to be. */
async function weeksOf(tx: Tx, scope: HealthScope, only: Sql): Promise<MeetingHealthAnswer['weeks']> {
  const byMeeting = sql`date_trunc('week', m.starts_at AT TIME ZONE ${scope.timeZone})::date::text`;
  const found = await countBy(tx, scope, byMeeting, only, sql`date_trunc('week', a.due_on)::date::text`);
  const weeks: MeetingHealthAnswer['weeks'] = [];
  const first = Temporal.PlainDate.from(scope.start);
  for (let day = first.subtract({ days: first.dayOfWeek - 1 }); day.toString() <= scope.end; day = day.add({ days: 7 })) {
    const { due, held, expected, came, actionsDue, closed } = found.get(day.toString()) ?? nothing;
    weeks.push({ week: day.toString(), due, held, expected, came, actionsDue, closed });
  }
  return weeks;
}

const notesOf = (counts: readonly Counts[]): string[] => [
  'Meetings count by when they were to be, actions by the day they were due; cancelled meetings and dropped actions are left out.',
  ...(sumOf(counts).due === 0 ? ['No meeting was due in this period.'] : []),
];
