/**
 * A proposed definition put to past leads, beside the one in force: one statement over all leads of a period, by
 * group, and the leads behind each of its numbers.
 */

import { sql } from 'kysely';
import type { Rule } from '#engine/rules/rule.ts';
import { columnOf, leadStages } from '#features/records/contract.ts';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { attemptMinutes, type BackTestGrouping, daysUntilJudged, type Judging } from '../contract/back-tests.ts';
import { ruleReading } from './rule-reading.ts';
import { passingLeads, type SetScope } from './rule-set.ts';
import { hours } from './rule-touches.ts';

/** Everything that decides its numbers but the records themselves. */
export interface BackTestQuestion {
  readonly rule: Rule;
  /** The rule it is compared with; else a stage that the source states; null compares with nothing. */
  readonly against: { readonly rule: Rule } | { readonly stage: string } | null;
  /** Days in the workspace's zone, both included. */
  readonly start: string;
  readonly end: string;
  readonly by: BackTestGrouping;
  readonly judging: Judging;
  /** When it was run, ISO 8601: nothing later counts. */
  readonly now: string;
}

export interface GroupCounts {
  readonly group: string | null;
  readonly leads: number;
  readonly passedNow: number;
  readonly passedThen: number;
  readonly both: number;
  readonly wonNow: number;
  readonly wonThen: number;
  readonly wonBoth: number;
  /** Minor units of the workspace's currency. */
  readonly valueKept: bigint;
  readonly valueLost: bigint;
  /** Of attempts on record: on all leads passed now, and on those of them that would be dropped. */
  readonly minutesNow: number;
  readonly minutesDropped: number;
}

/** One row a group that has leads, the largest first. */
export async function countBackTest(tx: Tx, workspaceId: WorkspaceId, question: BackTestQuestion): Promise<GroupCounts[]> {
  const { rows } = await sql<Record<keyof GroupCounts, string | bigint | null>>`${await markedLeads(tx, workspaceId, question)},
    counts AS (SELECT g, count(*) AS leads, count(*) FILTER (WHERE is_now) AS "passedNow", count(*) FILTER (WHERE is_then) AS "passedThen",
      count(*) FILTER (WHERE is_now AND is_then) AS both, count(*) FILTER (WHERE won AND is_now) AS "wonNow", count(*) FILTER (WHERE won AND is_then) AS "wonThen",
      count(*) FILTER (WHERE won AND is_now AND is_then) AS "wonBoth", coalesce(sum(value) FILTER (WHERE won AND is_now AND is_then), 0)::text AS "valueKept",
      coalesce(sum(value) FILTER (WHERE won AND is_now AND NOT is_then), 0)::text AS "valueLost" FROM marked GROUP BY g),
    spent AS (${minutesOnRecord(workspaceId, question)})
    SELECT c.g AS "group", c.leads, c."passedNow", c."passedThen", c.both, c."wonNow", c."wonThen", c."wonBoth", c."valueKept", c."valueLost",
      coalesce(s.minutes, 0) AS "minutesNow", coalesce(s.dropped, 0) AS "minutesDropped"
    FROM counts c LEFT JOIN spent s ON s.g IS NOT DISTINCT FROM c.g ORDER BY c.leads DESC, c.g`.execute(tx);
  return rows.map(({ group, valueKept, valueLost, ...numbers }) => ({
    ...(Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)])) as Omit<
      GroupCounts,
      'group' | 'valueKept' | 'valueLost'
    >),
    group: group as string | null,
    valueKept: BigInt(valueKept!),
    valueLost: BigInt(valueLost!),
  }));
}

/**
 * `WITH … marked AS (…)`: each lead of the period once, with its group `g`, whether it was `won`, and by which of the two it passes.
 * FULL JOIN, though no lead is on one side only: it can't be done by a nested loop, which PostgreSQL takes for a million
 * leads that its statistics don't know yet (seen after an import: 17 s for 8,000).
 */
export async function markedLeads(tx: Tx, workspaceId: WorkspaceId, question: BackTestQuestion): Promise<Sql> {
  const { against } = question;
  const presentRule = against && 'rule' in against ? against.rule : null;
  const reading = await ruleReading(tx, workspaceId, presentRule ? [question.rule, presentRule] : [question.rule]);
  const [at, where] = [momentOf(question), inPeriod(question, reading.timeZone)];
  const scope = { workspaceId, reading, at, where, moments: await momentsOf(tx, workspaceId, at, where) };
  const stated = against && 'stage' in against ? sql`${sql.ref(`t.${stageColumn(against.stage)}`)} IS NOT NULL` : sql`false`;
  return sql`WITH marked AS MATERIALIZED (
    SELECT l.id, l.opened_at, l.g, l.won, l.value, ${presentRule ? sql`b.id IS NOT NULL` : sql`l.stated`} AS is_now, p.id IS NOT NULL AS is_then
    FROM (SELECT t.id, t.opened_at, ${groupOf(question.by, reading.timeZone)} AS g, t.won_at <= ${question.now}::timestamptz AS won, ${stated} AS stated,
        CASE WHEN t.currency IS NULL OR t.currency = ${reading.currency} THEN t.value END AS value
      FROM leads t ${question.by === 'campaign' ? sql`LEFT JOIN campaigns g ON g.workspace_id = ${workspaceId}::uuid AND g.id = t.campaign_id` : sql``}
      WHERE t.workspace_id = ${workspaceId}::uuid AND ${scope.where}) l
    FULL JOIN (${passingLeads(question.rule, scope)}) p ON p.id = l.id
    ${presentRule ? sql`FULL JOIN (${passingLeads(presentRule, scope)}) b ON b.id = l.id` : sql``})`;
}

const stageColumn = (stage: string): string => columnOf(leadStages.find((each) => each.stage === stage)!.field);

/** The moment at which a lead is judged: never later than the back-test. */
function momentOf({ judging, now }: BackTestQuestion): Sql {
  const latest = sql`${now}::timestamptz`;
  return judging === 'asItStands'
    ? latest
    : sql`least(CASE WHEN t.mql_at IS NULL THEN t.opened_at + ${hours(daysUntilJudged)} ELSE t.mql_at END, ${latest})`;
}

/** Between the first and the last of them. */
async function momentsOf(tx: Tx, workspaceId: WorkspaceId, at: Sql, where: Sql): Promise<SetScope['moments']> {
  const { rows } = await sql<{ from: string | null; to: string | null }>`
    SELECT min(${at}) AS "from", max(${at}) AS "to" FROM leads t WHERE t.workspace_id = ${workspaceId}::uuid AND ${where}`.execute(tx);
  const { from, to } = rows[0]!;
  return from === null || to === null ? undefined : { from, to };
}

const startOf = (day: string, timeZone: string, daysLater = 0): string =>
  Temporal.PlainDate.from(day).add({ days: daysLater }).toZonedDateTime(timeZone).toInstant().toString();

export const inPeriod = ({ start, end }: Pick<BackTestQuestion, 'start' | 'end'>, timeZone: string): Sql =>
  sql`t.opened_at >= ${startOf(start, timeZone)}::timestamptz AND t.opened_at < ${startOf(end, timeZone, 1)}::timestamptz AND t.archived_at IS NULL`;

function groupOf(by: BackTestGrouping, timeZone: string): Sql {
  if (by === 'month') return sql`to_char(t.opened_at AT TIME ZONE ${timeZone}::text, 'YYYY-MM')`;
  if (by === 'campaign') return sql`(CASE WHEN g.merged_into IS NULL THEN t.campaign_id ELSE g.merged_into END)::text`;
  return sql`${sql.ref(`t.${by}`)}`;
}

/** By group, what attempts on leads that pass now took, and of those what would be dropped. Only attempts since the period began: its leads weren't there before. */
function minutesOnRecord(workspaceId: WorkspaceId, { start, now }: BackTestQuestion): Sql {
  const cases = Object.entries(attemptMinutes).map(([kind, minutes]) => sql`WHEN ${sql.lit(kind)} THEN ${sql.lit(minutes)}`);
  const minutes = sql`CASE x.kind ${sql.join(cases, sql` `)} ELSE 0 END`;
  return sql`SELECT m.g, sum(${minutes}) AS minutes, sum(${minutes}) FILTER (WHERE NOT m.is_then) AS dropped FROM marked m
    JOIN touches x ON x.workspace_id = ${workspaceId}::uuid AND x.lead_id = m.id
    WHERE m.is_now AND x.side = 'sales' AND x.automated IS NOT TRUE AND x.direction IS DISTINCT FROM 'in' AND x.voided_by IS NULL
      AND x.occurred_at >= ${start}::date - 1 AND x.occurred_at <= ${now}::timestamptz GROUP BY m.g`;
}
