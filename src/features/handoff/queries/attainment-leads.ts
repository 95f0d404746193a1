/** Marketing's clauses about each lead it passes: stated fields, context, quality. A lead belongs to the period in which it became an MQL. */

import { sql } from 'kysely';
import type { ClauseScope, LeadMetric, Metric } from '#engine/agreement/clause.ts';
import { columnOf, fieldsOf, leadStages } from '#features/records/contract.ts';
import type { Tx } from '#platform/db/database.ts';
import { excusesOf, leadExcuseSql } from './attainment-excuses.ts';
import { type AttainmentBy, type Counted, filterSql, groupSql } from './attainment-groups.ts';
import { type AttainmentScope, isLeadMetric, isoOf, type OwedClause } from './attainment-scope.ts';
import type { Sources, Sql } from './attainment-sources.ts';
import { type CountedRow, type Tally, type TallyAsk, tallyOf, timeColumns } from './attainment-tallies.ts';

/** A lead that marketing passed; who answers for it is the campaign's owner. */
export const countedLead: Counted = { at: sql`l.mql_at`, member: sql`ca.owner_id`, leadJoin: sql`` };

/** With the campaign under `ca`: its owner is who answers for the lead. */
export const campaignJoin = (scope: AttainmentScope): Sql =>
  sql`LEFT JOIN campaigns ca ON ca.workspace_id = ${scope.workspaceId}::uuid AND ca.id = l.campaign_id`;

/** How a metric is read off a lead. */
export interface LeadMeasure {
  readonly joins: Sql;
  /** Whether it can be judged yet. */
  readonly isDue: Sql;
  readonly isMet: Sql;
  /** Lists only: what was found, as JSON. */
  readonly found: Sql;
}

/** The outcome of a lead under a metric, a text. `excuse`: the id of what excuses it (`leadExcuseSql`). */
export const leadOutcome = ({ isDue, isMet }: LeadMeasure, excuse: Sql): Sql =>
  sql`CASE WHEN NOT (${isDue}) THEN 'open' WHEN ${isMet} THEN 'compliant' WHEN ${excuse} IS NOT NULL THEN 'excused' ELSE 'missed' END`;

/** One question a clause and version, for the leads passed while that version counted. */
export async function tallyLeads(
  tx: Tx,
  scope: AttainmentScope,
  sources: Sources,
  asked: TallyAsk & { owed: readonly OwedClause[] },
): Promise<Tally[]> {
  const tallies: Tally[] = [];
  for (const owed of asked.owed) {
    const { clause } = owed;
    if (!isLeadMetric(clause.metric)) continue;
    const measure = leadMeasure(clause.metric, { scope, sources, from: asked.from, until: asked.until });
    const group = groupSql(asked.by, scope, countedLead, asked.stretches);
    const excuses = excusesOf(scope.excuses, clause);
    const outcome = leadOutcome(measure, leadExcuseSql(scope.workspaceId, excuses));
    const counting = sql<CountedRow>`
      SELECT ${clause.key}::text AS clause, ${group.value} AS grp, ${timeColumns(countedLead.at, asked, scope)}, ${outcome} AS outcome, count(*) AS count
      FROM ${sources.leads} l ${asksPerson(scope, asked.by) || excuses.length > 0 ? campaignJoin(scope) : sql``} ${group.joins} ${measure.joins}
      WHERE ${sql.join(leadConditions(scope, owed, asked), sql` AND `)} GROUP BY 2, 3, 4, 5`;
    const { rows } = await inBulk(tx, clause.metric, () => counting.execute(tx));
    tallies.push(...rows.map((row) => tallyOf(row, asked, group.groupOf)));
  }
  return tallies;
}

/**
 * Context joins every lead of a period with its touches. Where the planner knows nothing of their number yet, as
 * right after an import, it looks through all touches once a lead: 30 s for 645 leads. Hashing takes 40 ms, and is
 * never much worse.
 */
export async function inBulk<T>(tx: Tx, metric: Metric, work: () => Promise<T>): Promise<T> {
  if (metric.kind !== 'context') return work();
  await sql`SET LOCAL enable_nestloop = off`.execute(tx);
  const done = await work();
  await sql`SET LOCAL enable_nestloop = on`.execute(tx);
  return done;
}

const asksPerson = ({ filters: { memberId, teamId } }: AttainmentScope, by: AttainmentBy): boolean =>
  memberId !== undefined || teamId !== undefined || by === 'person' || by === 'team';

/** MQLs of the days asked about, while the version counted, within the clause's scope. */
export function leadConditions(
  scope: AttainmentScope,
  { clause, reign }: OwedClause,
  { from, until }: { from: number; until: number },
): Sql[] {
  const last = Math.min(until, reign.until);
  return [
    sql`l.workspace_id = ${scope.workspaceId}::uuid`,
    sql`l.archived_at IS NULL`,
    sql`l.mql_at >= ${isoOf(Math.max(from, reign.from))}::timestamptz`,
    sql`l.mql_at < ${isoOf(last)}::timestamptz`,
    ...(scope.asOf < last ? [sql`l.mql_at <= ${isoOf(scope.asOf)}::timestamptz`] : []),
    ...inScope(scope, clause.scope),
    ...filterSql(scope, countedLead),
  ];
}

/** Which leads a clause is about; teams are those of whoever has the lead: the rep, and the SDR of one that was never routed here. */
export function inScope({ workspaceId }: AttainmentScope, { segments, channels, origins, teams }: ClauseScope): Sql[] {
  const among = (column: string, values: readonly string[]) =>
    values.length === 0 ? [] : [sql`${sql.ref(`l.${column}`)} = ANY(${values}::text[])`];
  const wasRouted = sql`EXISTS (SELECT FROM routings ro WHERE ro.workspace_id = ${workspaceId}::uuid AND ro.lead_id = l.id)`;
  const holder = sql`CASE WHEN l.qualifier_id IS NULL OR ${wasRouted} THEN l.owner_id ELSE l.qualifier_id END`;
  const ofTeams = sql`${holder} IN (SELECT member_id FROM team_members WHERE workspace_id = ${workspaceId}::uuid AND team_id = ANY(${teams}::uuid[]))`;
  return [
    ...among('segment', segments),
    ...among('channel', channels),
    ...among('origin', origins),
    ...(teams.length === 0 ? [] : [ofTeams]),
  ];
}

/** What a measure is read from, and when the leads were passed. Milliseconds. */
interface Within {
  readonly scope: AttainmentScope;
  readonly sources: Sources;
  readonly from: number;
  readonly until: number;
}

export function leadMeasure(metric: LeadMetric, within: Within): LeadMeasure {
  if (metric.kind === 'completeness') return completeness(metric.fields, within);
  if (metric.kind === 'context') return context(metric, within);
  return quality(within);
}

/** As the lead stands at the moment asked about: a field that sales filled in later counts as stated. */
function completeness(fields: readonly string[], within: Within): LeadMeasure {
  const stated = fields.map((field) => isStated(field, within));
  const missing = fields.map((field, at) => sql`CASE WHEN NOT (${stated[at]}) THEN ${field}::text END`);
  return {
    joins: sql``,
    isDue: sql`true`,
    isMet: sql`(${sql.join(stated, sql` AND `)})`,
    found: sql`jsonb_build_object('missing', to_jsonb(array_remove(ARRAY[${sql.join(missing)}], NULL)))`,
  };
}

const known = new Set(fieldsOf.lead.map(({ name }) => name));
const alsoOfContact = new Set(['phone', 'email']);

function isStated(field: string, within: Within): Sql {
  if (field.startsWith('custom.')) return sql`l.custom->>${field.slice('custom.'.length)} IS NOT NULL`;
  if (!known.has(field)) return sql`false`;
  const column = columnOf(field);
  const onLead = sql`${sql.ref(`l.${column}`)} IS NOT NULL`;
  return alsoOfContact.has(field) ? sql`(${onLead} OR ${isStatedByContact(column, within)})` : onLead;
}

/** Or by the contact into which it was merged; asked only where the lead itself states nothing. */
const isStatedByContact = (column: string, { scope: { workspaceId }, sources: { contacts } }: Within): Sql =>
  sql`EXISTS (SELECT FROM ${contacts} o WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = l.contact_id AND (${sql.ref(`o.${column}`)} IS NOT NULL
    OR EXISTS (SELECT FROM ${contacts} n WHERE n.workspace_id = ${workspaceId}::uuid AND n.id = o.merged_into AND ${sql.ref(`n.${column}`)} IS NOT NULL)))`;

/** What marketing did and the customer did before the lead was passed: the lead's own touches, and its contact's that name no lead. */
function context({ touches, withinDays }: LeadMetric & { kind: 'context' }, { scope, sources, from, until }: Within): LeadMeasure {
  const { workspaceId } = scope;
  const earliest = from - withinDays * 86_400_000;
  const ofPassed = (link: Sql): Sql => sql`
    SELECT p.id FROM passed p JOIN touches t ON t.workspace_id = ${workspaceId}::uuid AND ${link}
      AND t.occurred_at <= p.mql_at AND t.occurred_at >= p.mql_at - make_interval(hours => ${24 * withinDays}::int)
    WHERE t.side IN ('marketing', 'customer') AND ${sources.isTouchKnown}
      AND t.occurred_at >= ${isoOf(earliest)}::timestamptz AND t.occurred_at < ${isoOf(until)}::timestamptz`;
  const seen = sql`coalesce(seen.touches, 0)`;
  return {
    joins: sql`LEFT JOIN (
      WITH passed AS MATERIALIZED (SELECT l.id, l.contact_id, l.mql_at FROM ${sources.leads} l WHERE l.workspace_id = ${workspaceId}::uuid
        AND l.mql_at >= ${isoOf(from)}::timestamptz AND l.mql_at < ${isoOf(until)}::timestamptz)
      SELECT id, count(*) AS touches FROM (${ofPassed(sql`t.lead_id = p.id`)} UNION ALL ${ofPassed(sql`t.contact_id = p.contact_id AND t.lead_id IS NULL`)}) each GROUP BY id
    ) seen ON seen.id = l.id`,
    isDue: sql`true`,
    isMet: sql`${seen} >= ${touches}::bigint`,
    found: sql`jsonb_build_object('touches', ${seen}, 'asked', ${touches}::bigint)`,
  };
}

const decided = leadStages.flatMap(({ stage, field }) => (stage === 'inquiry' || stage === 'mql' ? [] : [sql.ref(`l.${columnOf(field)}`)]));

/**
 * Judged once sales decided. A rejection that marketing mended or both sides overturned is none; one that a
 * source states, without a rejection by clause here, is one.
 */
function quality({ sources }: Within): LeadMeasure {
  const isRejected = sql`CASE WHEN rj.id IS NULL THEN l.rejected_at IS NOT NULL
    WHEN rj.ruling IS NULL THEN rj.answer IS DISTINCT FROM 'mended' ELSE rj.ruling = 'upheld' END`;
  return {
    joins: sql`LEFT JOIN ${sources.lastRejections} rj ON rj.lead_id = l.id`,
    isDue: sql`(rj.id IS NOT NULL OR coalesce(${sql.join(decided)}) IS NOT NULL)`,
    isMet: sql`NOT (${isRejected})`,
    found: sql`jsonb_build_object('rejectedAt', CASE WHEN rj.id IS NULL THEN l.rejected_at ELSE rj.rejected_at END,
      'reason', CASE WHEN rj.id IS NULL THEN l.rejected_reason ELSE rj.comment END, 'answer', rj.answer, 'ruling', rj.ruling)`,
  };
}
