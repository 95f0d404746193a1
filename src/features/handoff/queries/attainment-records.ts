/** The leads behind every number of attainment, a page at a time: each with its clock, evidence and excuse, or what was missing. */

import { sql } from 'kysely';
import type { z } from 'zod';
import type { attainmentRecordsAsk, clauseRecords } from '#features/agreement/contract.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { clockConditions, clockJoins, clockOutcome, countedClock } from './attainment-clocks.ts';
import { excusesOf, leadExcuseSql } from './attainment-excuses.ts';
import { type AttainmentBy, type Counted, inGroupSql, joinsFor, type Stretch, stretchesOf } from './attainment-groups.ts';
import { countedLead, inBulk, leadConditions, campaignJoin, leadMeasure, leadOutcome } from './attainment-leads.ts';
import { clockRecords, leadRecords, type ClockRow, type LeadRow } from './attainment-shown.ts';
import { withSources } from './attainment-recomputed.ts';
import { type Listed, pageOf, readGroup, totalOf } from './listed.ts';
import { type Place, readPlace, writePlace } from './paging.ts';
import {
  type AttainmentScope,
  attainmentScope,
  clausesByKey,
  clausesOwed,
  isClock,
  isLeadMetric,
  isPace,
  type OwedClause,
} from './attainment-scope.ts';
import type { Sources, Sql } from './attainment-sources.ts';

type Asked = z.output<typeof attainmentRecordsAsk>;
type Page = z.output<typeof clauseRecords>;

/**
 * Newest first. `total` is the very number of the answer.
 * @throws Problem not-found for a clause that no signed version has; bad-input for a cursor that was made up
 */
export const listAttainmentRecords = (database: Database, workspaceId: WorkspaceId, asked: Asked): Promise<Page> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const scope = await attainmentScope(tx, workspaceId, asked);
      const owed = clausesOwed(scope, -Infinity, scope.until);
      const youngest = clausesByKey(owed).get(asked.clause);
      if (!youngest) throw notFound('clause in any signed version of the agreement');
      const sources = await withSources(tx, scope, scope);
      const narrowed = narrowing(scope, asked);
      if (isClock(youngest.clause.metric)) return clockPage(tx, scope, sources, asked, narrowed);
      return leadPage(tx, scope, sources, asked, clausesOwed(scope, scope.from, scope.until), narrowed);
    },
    { snapshot: true, statementTimeout: 60_000 },
  );

interface Narrowing {
  readonly by: AttainmentBy;
  readonly inGroup: (counted: Counted) => Sql[];
  readonly after: Place | null;
}

function narrowing(scope: AttainmentScope, { by = 'none', group, cursor }: Asked): Narrowing {
  const value = readGroup(group);
  const stretches: Stretch[] = by === 'month' || by === 'week' ? stretchesOf(by, scope.start, scope.end, scope.timeZone) : [];
  return {
    by,
    inGroup: (counted) => (value === undefined ? [] : [inGroupSql(by, value, counted, stretches)]),
    after: readPlace(cursor),
  };
}

async function clockPage(tx: Tx, scope: AttainmentScope, sources: Sources, asked: Asked, narrowed: Narrowing): Promise<Page> {
  const counted = countedClock(scope, sources);
  const listed = listedClocks(scope, sources, asked.clause, narrowed.by, [
    ...narrowed.inGroup(counted),
    whichSql(asked.which, clockOutcome(scope.asOf)),
  ]);
  const { rows, next } = await pageOf<ClockRow>(tx, listed, clockColumns, asked.limit, narrowed.after);
  return { items: await clockRecords(tx, scope, rows), next, total: await totalOf(tx, listed) };
}

export const clockColumns = sql`c.lead_id AS "leadId", l.name, l.company, l.email, l.phone, l.segment, c.member_id AS "memberId", c.version_id AS "versionId",
  c.started_at AS "startedAt", c.due_at AS "dueAt", c.met_at AS "metAt", c.working_ms AS "workingMs", c.wall_ms AS "wallMs",
  c.evidence_kind AS "evidenceKind", c.evidence_id AS "evidenceId", c.excuse, c.excuse_id AS "excuseId"`;

export function listedClocks(scope: AttainmentScope, sources: Sources, clause: string, by: AttainmentBy, more: readonly Sql[]): Listed {
  const counted = countedClock(scope, sources);
  return {
    from: sql`${sources.clocks} c ${clockJoins(scope, counted, by)}`,
    conditions: [...clockConditions(scope, counted, { clauses: [clause], from: scope.from, until: scope.until }), ...more],
    at: sql`c.due_at`,
    lead: sql`c.lead_id`,
  };
}

/** Under each version that had the clause in the period; together they are read as one list. */
async function leadPage(
  tx: Tx,
  scope: AttainmentScope,
  sources: Sources,
  asked: Asked,
  owed: readonly OwedClause[],
  narrowed: Narrowing,
): Promise<Page> {
  const found: { row: LeadRow; owed: OwedClause }[] = [];
  let total = 0;
  let isMore = false;
  // The later versions first: they follow each other in time, as the leads do.
  for (const each of owed.filter(({ clause }) => clause.key === asked.clause).toReversed()) {
    const listed = listedLeads(scope, sources, each, narrowed.by, asked.which, narrowed.inGroup(countedLead));
    if (!listed) continue;
    const { rows, next } = await inBulk(tx, each.clause.metric, () =>
      pageOf<LeadRow>(tx, listed.list, listed.columns, asked.limit, narrowed.after),
    );
    isMore ||= next !== null;
    found.push(...rows.map((row) => ({ row, owed: each })));
    total += await inBulk(tx, each.clause.metric, () => totalOf(tx, listed.list));
  }
  const page = found.slice(0, asked.limit);
  const items = await leadRecords(tx, scope, page);
  return {
    items,
    next: isMore || found.length > page.length ? writePlace({ at: page.at(-1)!.row.at, id: page.at(-1)!.row.leadId }) : null,
    total,
  };
}

/** Null where nothing can be listed: of a pace only those that counted, all of them. */
export function listedLeads(
  scope: AttainmentScope,
  sources: Sources,
  owed: OwedClause,
  by: AttainmentBy,
  which: Asked['which'],
  more: readonly Sql[],
): { list: Listed; columns: Sql } | null {
  const { metric } = owed.clause;
  const joins = sql`${campaignJoin(scope)} ${joinsFor(scope, countedLead, [by])}`;
  const conditions = [...leadConditions(scope, owed, scope), ...more];
  const list = (from: Sql, is: readonly Sql[]): Listed => ({
    from: sql`${sources.leads} l ${joins} ${from}`,
    conditions: [...conditions, ...is],
    at: sql`l.mql_at`,
    lead: sql`l.id`,
  });
  if (isPace(metric))
    return which === 'all' || which === 'due'
      ? { list: list(sql``, []), columns: leadColumns(sql`'{}'::jsonb`, sql`'compliant'`, sql`NULL::uuid`) }
      : null;
  if (!isLeadMetric(metric)) return null;
  const measure = leadMeasure(metric, { scope, sources, from: scope.from, until: scope.until });
  const excuse = leadExcuseSql(scope.workspaceId, excusesOf(scope.excuses, owed.clause));
  const outcome = leadOutcome(measure, excuse);
  return { list: list(measure.joins, [whichSql(which, outcome)]), columns: leadColumns(measure.found, outcome, excuse) };
}

const leadColumns = (
  found: Sql,
  outcome: Sql,
  excuse: Sql,
): Sql => sql`l.id AS "leadId", l.name, l.company, l.email, l.phone, l.segment, l.mql_at AS at,
  ca.owner_id AS "memberId", ${found} AS found, ${outcome} AS outcome,
  CASE WHEN ${outcome} = 'excused' THEN ${excuse} END AS "excuseId"`;

function whichSql(which: Asked['which'], outcome: Sql): Sql {
  if (which === 'all') return sql`true`;
  return which === 'due' ? sql`${outcome} IN ('compliant', 'late', 'missed')` : sql`${outcome} = ${which}`;
}
