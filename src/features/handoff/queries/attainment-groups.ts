/** By what attainment is grouped and to whom it is narrowed, as SQL over a clock or a lead, and what the groups are called. */

import { sql } from 'kysely';
import { periodOf, weekLabel } from '#engine/agreement/pace.ts';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import type { attainmentGroupings } from '#features/agreement/contract.ts';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { AttainmentScope } from './attainment-scope.ts';
import { isoOf } from './attainment-scope.ts';
import type { Sql } from './attainment-sources.ts';

export type AttainmentBy = (typeof attainmentGroupings)[number];

/** What is counted, as SQL: a clock, or a lead that was passed. */
export interface Counted {
  /** By whose moment it belongs to a period: due, or passed. */
  readonly at: Sql;
  /** Who is responsible for it. */
  readonly member: Sql;
  /** Joins the lead under the alias `l`; empty where it is there already. */
  readonly leadJoin: Sql;
}

/** A stretch of time with its name: `2026-03`, `2026-W09`. */
export interface Stretch {
  readonly label: string;
  /** Milliseconds; `until` is the first moment after. */
  readonly from: number;
  readonly until: number;
}

export interface GroupSql {
  readonly joins: Sql;
  /** A text; null where it is not stated. */
  readonly value: Sql;
  /** As the answer names it. */
  groupOf(value: string | null): string | null;
}

const leadColumns = { segment: 'segment', channel: 'channel', origin: 'origin' } as const;
const isOfLead = (by: AttainmentBy): by is keyof typeof leadColumns => by in leadColumns;
const nothing = sql``;

/** The team of a member: of several the first by name, so that nothing counts twice. */
export const teamJoin = (workspaceId: WorkspaceId, member: Sql): Sql => sql`LEFT JOIN (
    SELECT DISTINCT ON (tm.member_id) tm.member_id, tm.team_id FROM team_members tm JOIN teams te ON te.workspace_id = tm.workspace_id AND te.id = tm.team_id
    WHERE tm.workspace_id = ${workspaceId}::uuid ORDER BY tm.member_id, te.name COLLATE "C", te.id) tf ON tf.member_id = ${member}`;

/**
 * Groups of what is counted. Months and weeks are numbers of `stretches`, found by halving (some 40 ns a row;
 * asking for the month in a zone takes 2 µs).
 */
export function groupSql(by: AttainmentBy, scope: AttainmentScope, counted: Counted, stretches: readonly Stretch[]): GroupSql {
  const joins = joinsFor(scope, counted, [by]);
  const asIs = (value: string | null) => value;
  if (isOfLead(by)) return { joins, value: sql`${sql.ref(`l.${leadColumns[by]}`)}`, groupOf: asIs };
  if (by === 'person') return { joins, value: sql`${counted.member}::text`, groupOf: asIs };
  if (by === 'team') return { joins, value: sql`tf.team_id::text`, groupOf: asIs };
  if (by === 'month' || by === 'week')
    return {
      joins,
      value: sql`${stretchNumber(counted.at, stretches)}::text`,
      groupOf: (value) => stretches[Number(value) - 1]?.label ?? null,
    };
  return { joins, value: sql`NULL::text`, groupOf: asIs };
}

/** In which of the stretches a moment lies, from 1 on; 0: before them. */
export const stretchNumber = (at: Sql, stretches: readonly Stretch[]): Sql =>
  sql`width_bucket(${at}, ${stretches.map(({ from }) => isoOf(from))}::timestamptz[])`;

/** Every join that the scope's filters and the groupings need, each once. */
export function joinsFor(
  { workspaceId, filters }: AttainmentScope,
  { member, leadJoin }: Counted,
  groupings: readonly AttainmentBy[],
): Sql {
  const needsLead = filters.segment !== undefined || groupings.some(isOfLead);
  const needsTeam = filters.teamId !== undefined || groupings.includes('team');
  return sql`${needsLead ? leadJoin : nothing} ${needsTeam ? teamJoin(workspaceId, member) : nothing}`;
}

/** Narrowed to a person, a team, a segment. */
export function filterSql({ filters }: AttainmentScope, { member }: Counted): Sql[] {
  return [
    ...(filters.memberId === undefined ? [] : [sql`${member} = ${filters.memberId}::uuid`]),
    ...(filters.teamId === undefined ? [] : [sql`tf.team_id = ${filters.teamId}::uuid`]),
    ...(filters.segment === undefined ? [] : [sql`l.segment = ${filters.segment}`]),
  ];
}

/** Narrowed to one group; null: where it is not stated. */
export function inGroupSql(by: AttainmentBy, group: string | null, counted: Counted, stretches: readonly Stretch[]): Sql {
  if (isOfLead(by)) return isSql(sql.ref(`l.${leadColumns[by]}`), group, 'text');
  if (by === 'person') return isSql(counted.member, idOf(group), 'uuid');
  if (by === 'team') return isSql(sql`tf.team_id`, idOf(group), 'uuid');
  if (by !== 'month' && by !== 'week') return sql`true`;
  const stretch = stretches.find(({ label }) => label === group);
  if (!stretch) return sql`false`;
  return sql`${counted.at} >= ${isoOf(stretch.from)}::timestamptz AND ${counted.at} < ${isoOf(stretch.until)}::timestamptz`;
}

const isSql = (column: Sql | ReturnType<typeof sql.ref>, value: string | null, type: 'text' | 'uuid'): Sql =>
  value === null ? sql`${column} IS NULL` : sql`${column} = ${value}::${sql.raw(type)}`;

function idOf(group: string | null): string | null {
  if (group === null || isId(group)) return group;
  throw new Problem('bad-input', 'A person or a team is named by its id.', { fields: [{ at: 'group', reason: 'is no id' }] });
}

/** The months or weeks that the days touch, whole. */
export function stretchesOf(period: 'month' | 'week', start: string, end: string, timeZone: string): Stretch[] {
  const stretches: Stretch[] = [];
  const last = numberOfDay(end);
  for (let day = periodOf(period, numberOfDay(start)).from; day <= last; ) {
    const { from, until } = periodOf(period, day);
    stretches.push({
      label: labelOf(period, from),
      from: startOfDay(dayText(from), timeZone),
      until: startOfDay(dayText(until + 1), timeZone),
    });
    day = until + 1;
  }
  return stretches;
}

export const labelOf = (period: 'month' | 'week', day: number): string =>
  period === 'week' ? weekLabel(periodOf('week', day).from) : dayText(day).slice(0, 7);

export function numberOfDay(text: string): number {
  const [year, month, day] = text.split('-').map(Number);
  return dayNumber(year!, month!, day!);
}

const blankLabels: Partial<Record<AttainmentBy, string>> = {
  segment: '(blank)',
  channel: '(blank)',
  origin: '(blank)',
  person: '(nobody)',
  team: '(no team)',
};

/** What groups are called; one that was deleted goes by its id. */
export async function labelsOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: AttainmentBy,
  groups: Iterable<string | null>,
): Promise<(group: string | null) => string> {
  const names =
    by === 'person' || by === 'team' ? await namesById(tx, workspaceId, by === 'person' ? 'members' : 'teams', groups) : new Map();
  return (group) => (group === null ? (blankLabels[by] ?? 'All') : (names.get(group) ?? group));
}

export async function namesById(
  tx: Tx,
  workspaceId: WorkspaceId,
  table: 'members' | 'teams' | 'campaigns',
  ids: Iterable<string | null>,
): Promise<Map<string, string>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    SELECT id, name FROM ${sql.table(table)} WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${wanted}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
