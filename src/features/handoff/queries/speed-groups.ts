/** By what speed is grouped, and what the groups are called. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { isId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import type { speedAsk } from '../contract.ts';
import { namesById, teamJoin } from './attainment-groups.ts';
import type { Sql } from './attainment-sources.ts';
import type { SpeedScope } from './speed-scope.ts';

export type SpeedBy = z.output<typeof speedAsk>['by'];

export interface SpeedGroup {
  readonly joins: Sql;
  /** A text; null where it is not stated. */
  readonly value: Sql;
}

const named = { person: 'members', team: 'teams', campaign: 'campaigns' } as const;
const hasNames = (by: SpeedBy): by is keyof typeof named => by in named;
const none = sql``;

/** Hours and weekdays are those of the clock's start on the workspace's wall. */
export function speedGroup(by: SpeedBy, { workspaceId, timeZone }: SpeedScope): SpeedGroup {
  const wall = sql`h.started_at AT TIME ZONE ${timeZone}::text`;
  switch (by) {
    case 'none':
      return { joins: none, value: sql`NULL::text` };
    case 'origin':
    case 'channel':
    case 'segment':
      return { joins: none, value: sql`${sql.ref(`l.${by}`)}` };
    case 'campaign':
      return {
        joins: sql`LEFT JOIN campaigns ca ON ca.workspace_id = ${workspaceId}::uuid AND ca.id = l.campaign_id`,
        value: sql`(CASE WHEN ca.merged_into IS NULL THEN l.campaign_id ELSE ca.merged_into END)::text`,
      };
    case 'person':
      return { joins: none, value: sql`h.owner_id::text` };
    case 'team':
      return { joins: teamJoin(workspaceId, sql`h.owner_id`), value: sql`tf.team_id::text` };
    case 'hour':
      return { joins: none, value: sql`to_char(${wall}, 'HH24')` };
    case 'weekday':
      return { joins: none, value: sql`to_char(${wall}, 'ID')` };
    case 'month':
      return { joins: none, value: sql`to_char(${wall}, 'YYYY-MM')` };
  }
}

export function inSpeedGroup(by: SpeedBy, group: string | null, { value }: SpeedGroup): Sql {
  if (by === 'none') return sql`true`;
  if (group !== null && hasNames(by) && !isId(group))
    throw new Problem('bad-input', 'A person, a team or a campaign is named by its id.', { fields: [{ at: 'group', reason: 'is no id' }] });
  return group === null ? sql`${value} IS NULL` : sql`${value} = ${group}`;
}

const blanks: Partial<Record<SpeedBy, string>> = { person: '(nobody)', team: '(no team)', campaign: '(no campaign)' };
export const blankOf = (by: SpeedBy): string => blanks[by] ?? '(blank)';

const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Names by group, where a group has another name than its own text. */
export async function namesOfGroups(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: SpeedBy,
  groups: readonly (string | null)[],
): Promise<Map<string, string>> {
  if (hasNames(by)) return namesById(tx, workspaceId, named[by], groups);
  if (by === 'weekday') return new Map(weekdayNames.map((name, at) => [String(at + 1), name]));
  if (by === 'hour') return new Map(groups.flatMap((group) => (group === null ? [] : [[group, `${group}:00`]])));
  return new Map();
}

/** Times in their order; else the most leads first, what is not stated last. */
export function inOrderOf<Row extends { group: string | null; leads: number; label: string }>(by: SpeedBy, rows: Row[]): Row[] {
  const isTime = by === 'hour' || by === 'weekday' || by === 'month';
  return rows.sort((one, other) => {
    if (one.group === null || other.group === null) return Number(one.group === null) - Number(other.group === null);
    if (isTime) return one.group < other.group ? -1 : 1;
    return other.leads - one.leads || (one.label < other.label ? -1 : 1);
  });
}
