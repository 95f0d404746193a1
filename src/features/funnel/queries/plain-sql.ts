/** The funnel's conversion in plain SQL, written apart from the product's: tests and benchmarks compare with it. */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { columnOf, leadStages, type LeadStage } from '#features/records/contract.ts';
import type { FunnelBy } from '#features/funnel/contract.ts';

export interface OracleAsk {
  by: FunnelBy;
  from: LeadStage;
  to: LeadStage;
  mode: 'cohort' | 'period';
  start?: string | undefined;
  end?: string | undefined;
  windowDays?: number | undefined;
  asOf: string;
}
export interface OracleRow {
  group: string | null;
  entered: number;
  reached: number;
  negative: number;
  without: number;
  censored: number;
  median: number | null;
  p90: number | null;
  /** By currency, `''` for none. */
  values: Record<string, string>;
}

const column = (stage: LeadStage) => sql.ref(columnOf(leadStages.find((one) => one.stage === stage)!.field));

export async function funnelByPlainSql(tx: Tx, workspaceId: WorkspaceId, timeZone: string, ask: OracleAsk): Promise<OracleRow[]> {
  const day = (stage: LeadStage) =>
    sql`nullif(least((${column(stage)} AT TIME ZONE ${timeZone})::date, ${ask.asOf}::date + 1), ${ask.asOf}::date + 1)`;
  const inPeriod = (name: string) =>
    sql`(${sql.ref(name)} >= coalesce(${ask.start ?? null}::date, '-infinity') AND ${sql.ref(name)} <= coalesce(${ask.end ?? null}::date, 'infinity'))`;
  const window = ask.windowDays ?? null;
  const reached =
    ask.mode === 'period'
      ? sql`(b IS NOT NULL AND ${inPeriod('b')})`
      : sql`(a IS NOT NULL AND ${inPeriod('a')} AND b IS NOT NULL AND (${window}::int IS NULL OR b - a <= ${window}::int))`;
  const isMonth = ask.by === 'month';
  const month = (name: string) => sql`to_char(${sql.ref(name)}, 'YYYY-MM')`;
  const groupOfEntered = isMonth ? month('a') : sql`g`;
  const groupOfReached = isMonth ? month(ask.mode === 'period' ? 'b' : 'a') : sql`g`;
  const { rows } = await sql<Record<string, unknown>>`
    WITH lead AS (SELECT ${day(ask.from)} AS a, ${day(ask.to)} AS b, value, currency, ${groupColumn(ask.by)} AS g FROM leads l
        WHERE workspace_id = ${workspaceId}::uuid AND archived_at IS NULL),
      judged AS (SELECT *, (a IS NOT NULL AND ${inPeriod('a')}) AS entered, ${reached} AS reached, (a IS NULL AND b IS NOT NULL AND ${inPeriod('b')}) AS without FROM lead),
      spread AS (
        SELECT ${groupOfEntered} AS g, 1 AS entered, 0 AS reached, 0 AS negative, 0 AS without, (a + ${window}::int > ${ask.asOf}::date)::int AS censored, NULL::int AS days, NULL::bigint AS value, NULL::text AS currency FROM judged WHERE entered
        UNION ALL SELECT ${groupOfReached}, 0, 1, (b < a)::int, 0, 0, b - a, value, currency FROM judged WHERE reached
        UNION ALL SELECT ${groupOfReached}, 0, 0, 0, 1, 0, NULL, NULL, NULL FROM judged WHERE without),
      money AS MATERIALIZED (SELECT g, jsonb_object_agg(currency, amount) AS amounts FROM
        (SELECT g, coalesce(currency, '') AS currency, sum(value)::text AS amount FROM spread WHERE value IS NOT NULL GROUP BY 1, 2 HAVING sum(value) <> 0) m GROUP BY g)
    SELECT s.g AS "group", sum(entered) AS entered, sum(reached) AS reached, coalesce(sum(negative), 0) AS negative, sum(without) AS without, coalesce(sum(censored), 0) AS censored,
      percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median, percentile_disc(0.9) WITHIN GROUP (ORDER BY days) AS p90,
      (SELECT amounts FROM money m WHERE m.g IS NOT DISTINCT FROM s.g) AS values
    FROM spread s GROUP BY s.g ORDER BY s.g`.execute(tx);
  return rows.map((row) => ({
    group: row.group as string | null,
    entered: Number(row.entered),
    reached: Number(row.reached),
    negative: Number(row.negative),
    without: Number(row.without),
    censored: Number(row.censored),
    median: row.median as number | null,
    p90: row.p90 as number | null,
    values: (row.values ?? {}) as Record<string, string>,
  }));
}

function groupColumn(by: FunnelBy) {
  if (by === 'none' || by === 'month') return sql`NULL::text`;
  if (by === 'owner') return sql`owner_id::text`;
  if (by === 'qualifier') return sql`qualifier_id::text`;
  if (by === 'campaign')
    return sql`(SELECT coalesce(c.merged_into, c.id)::text FROM campaigns c WHERE c.workspace_id = l.workspace_id AND c.id = l.campaign_id UNION ALL SELECT l.campaign_id::text LIMIT 1)`;
  if (by === 'team')
    return sql`(SELECT t.id::text FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
      WHERE tm.workspace_id = l.workspace_id AND tm.member_id = l.owner_id ORDER BY t.name COLLATE "C", t.id LIMIT 1)`;
  return sql.ref(by);
}
