/** The leads of a pilot: which week and group each belongs to, and whether it counts by a measure. */

import { sql } from 'kysely';
import { type MeasureName, measures } from '#engine/rollout/measures.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { belongs, ownerOf, type PilotRow } from './pilots.ts';

const within = (column: Sql, measure: MeasureName): Sql =>
  sql`coalesce(${column} <= l.mql_at + make_interval(days => ${measures[measure].days}::int), false)`;

const counts: Readonly<Record<MeasureName, Sql>> = {
  touched: sql`EXISTS (SELECT 1 FROM touches t WHERE t.workspace_id = l.workspace_id AND t.lead_id = l.id AND t.side = 'sales' AND t.member_id IS NOT NULL
    AND t.automated IS NOT TRUE AND t.voided_by IS NULL AND t.occurred_at >= l.mql_at AND t.occurred_at <= l.mql_at + make_interval(days => ${measures.touched.days}::int))`,
  accepted: within(sql`l.sal_at`, 'accepted'),
  rejected: within(sql`l.rejected_at`, 'rejected'),
  sql: within(sql`l.sql_at`, 'sql'),
};

/** Up to so many weeks before the start are looked at. */
const weeksBefore = 52;

/**
 * id, name, company, mql_at, owner_id, week (0 is the first of the pilot), part, counted. Leads of people who are in
 * both groups are in none.
 * @param until the first day that no longer counts
 */
export function pilotLeads(workspaceId: WorkspaceId, timeZone: string, pilot: PilotRow, measure: MeasureName, until: string): Sql {
  const { split, groups, startsOn } = pilot;
  const [one, other] = [belongs(split, groups.pilot), belongs(split, groups.comparison)];
  const day = (on: Sql): Sql => sql`(${on}::timestamp AT TIME ZONE ${timeZone})`;
  return sql`SELECT * FROM (SELECT l.id, l.name, l.company, l.mql_at, ${ownerOf} AS owner_id,
      floor(((l.mql_at AT TIME ZONE ${timeZone})::date - ${startsOn}::date) / 7.0)::int AS week,
      CASE WHEN ${one} AND NOT ${other} THEN 'pilot' WHEN ${other} AND NOT ${one} THEN 'comparison' END AS part, ${counts[measure]} AS counted
    FROM leads l LEFT JOIN handoffs h ON h.workspace_id = l.workspace_id AND h.lead_id = l.id
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL AND l.mql_at >= ${day(sql`(${startsOn}::date - ${weeksBefore * 7}::int)`)}
      AND l.mql_at < ${day(sql`${until}::date`)}) p WHERE p.part IS NOT NULL`;
}

/** The last day of which anything is known, today at most: an import that ends in March says nothing of April. */
export async function lastOnRecord(tx: Tx, workspaceId: WorkspaceId, timeZone: string): Promise<string> {
  const { rows } = await sql<{ day: string }>`SELECT (coalesce(greatest(
      (SELECT max(opened_at) FROM leads WHERE workspace_id = ${workspaceId}::uuid AND opened_at <= now()),
      (SELECT max(mql_at) FROM leads WHERE workspace_id = ${workspaceId}::uuid AND mql_at <= now())), now()) AT TIME ZONE ${timeZone})::date AS day`.execute(
    tx,
  );
  return rows[0]!.day;
}
