/** Sales' clauses: one clock a lead. A clock belongs to the period in which it falls due. */

import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import { type AttainmentBy, type Counted, filterSql, groupSql, joinsFor } from './attainment-groups.ts';
import { type AttainmentScope, isoOf } from './attainment-scope.ts';
import type { Sources, Sql } from './attainment-sources.ts';
import { type CountedRow, type Tally, type TallyAsk, tallyOf, timeColumns } from './attainment-tallies.ts';

export const countedClock = (scope: AttainmentScope, { leads }: Sources): Counted => ({
  at: sql`c.due_at`,
  member: sql`c.member_id`,
  leadJoin: sql`JOIN ${leads} l ON l.workspace_id = ${scope.workspaceId}::uuid AND l.id = c.lead_id`,
});

/**
 * The outcome of a clock, a text. One met before it is due counts once it falls due: else those met early would be
 * in the share before those that will be missed.
 */
export const clockOutcome = (asOf: number): Sql => sql`CASE WHEN c.due_at > ${isoOf(asOf)}::timestamptz THEN 'open'
  WHEN c.excuse IS NOT NULL THEN 'excused' WHEN c.met_at IS NULL THEN 'missed' WHEN c.met_at <= c.due_at THEN 'compliant' ELSE 'late' END`;

/** Clocks of these clauses that fall due in the period and the trend before it. */
export async function tallyClocks(
  tx: Tx,
  scope: AttainmentScope,
  sources: Sources,
  asked: TallyAsk & { clauses: readonly string[] },
): Promise<Tally[]> {
  if (asked.clauses.length === 0) return [];
  const counted = countedClock(scope, sources);
  const group = groupSql(asked.by, scope, counted, asked.stretches);
  const { rows } = await sql<CountedRow>`
    SELECT c.clause_key AS clause, ${group.value} AS grp, ${timeColumns(counted.at, asked, scope)}, ${clockOutcome(scope.asOf)} AS outcome, count(*) AS count
    FROM ${sources.clocks} c ${group.joins}
    WHERE ${sql.join(clockConditions(scope, counted, asked), sql` AND `)} GROUP BY 1, 2, 3, 4, 5`.execute(tx);
  return rows.map((row) => tallyOf(row, asked, group.groupOf));
}

export const clockConditions = (
  scope: AttainmentScope,
  counted: Counted,
  { clauses, from, until }: { clauses: readonly string[]; from: number; until: number },
): Sql[] => [
  sql`c.workspace_id = ${scope.workspaceId}::uuid`,
  sql`c.clause_key = ANY(${clauses}::text[])`,
  sql`c.due_at >= ${isoOf(from)}::timestamptz`,
  sql`c.due_at < ${isoOf(until)}::timestamptz`,
  ...filterSql(scope, counted),
];

/** For lists: with the lead, and with whatever the filters and the grouping need. */
export const clockJoins = (scope: AttainmentScope, counted: Counted, by: AttainmentBy): Sql =>
  sql`${counted.leadJoin} ${joinsFor(scope, { ...counted, leadJoin: sql`` }, [by])}`;
