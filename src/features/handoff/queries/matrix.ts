/**
 * Who hands to whom: leads by the SDR who qualified them and the rep who has them, and what became of them.
 * First contact is the MQL, else the day the lead was opened; days are those of the workspace's zone.
 */

import { sql } from 'kysely';
import type { z } from 'zod';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import type { Condition } from '#features/records/contract/lists.ts';
import { shownRecord, type Row as LeadRow } from '#features/records/queries/columns.ts';
import { withNames } from '#features/records/queries/names.ts';
import type { Database, Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { leadsPath, matrixRecordsPath } from '../contract/addresses.ts';
import type { matrixAnswer, matrixAsk, matrixRecords, matrixRecordsAsk } from '../contract.ts';
import { namesById } from './attainment-groups.ts';
import { isoOf, timeZoneOf } from './attainment-scope.ts';
import type { Sql } from './attainment-sources.ts';
import { type Listed, pageOf, totalOf } from './listed.ts';
import { readPlace } from './paging.ts';

type Answer = z.output<typeof matrixAnswer>;
type Cell = Answer['cells'][number];
type Days = z.output<typeof matrixAsk>;

interface CountedRow {
  readonly sdr: string | null;
  readonly rep: string | null;
  /** 3: of all; 1: of the SDR; 2: of the rep; 0: of both together. */
  readonly level: number;
  readonly leads: bigint;
  readonly sql: bigint;
  readonly deals: bigint;
  readonly won: bigint;
  readonly median: number | null;
  readonly negative: bigint;
  readonly values: { amount: string; currency: string | null }[] | null;
}

/** In one pass: each pair, each SDR, each rep. A period is one of MQLs; without one all leads count. */
export const answerMatrix = (database: Database, workspaceId: WorkspaceId, asked: Days): Promise<Answer> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const timeZone = await timeZoneOf(tx, workspaceId);
      const rows = await countMatrix(tx, workspaceId, asked, timeZone);
      const names = await namesById(
        tx,
        workspaceId,
        'members',
        rows.flatMap(({ sdr, rep }) => [sdr, rep]),
      );
      const member = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '(unknown)' });
      const at = (level: number) => rows.filter((row) => row.level === level).sort(mostFirst);
      return {
        sdrs: at(1).map((row) => ({ member: member(row.sdr), ...countsOf(row, asked, { sdr: row.sdr }) })),
        reps: at(2).map((row) => ({ member: member(row.rep), ...countsOf(row, asked, { rep: row.rep }) })),
        cells: at(0).map((row) => ({
          sdr: member(row.sdr),
          rep: member(row.rep),
          ...countsOf(row, asked, { sdr: row.sdr, rep: row.rep }),
        })),
        notes: notesOf(asked),
      };
    },
    { snapshot: true, statementTimeout: 60_000 },
  );

const mostFirst = (one: CountedRow, other: CountedRow): number =>
  Number(other.won - one.won) || Number(other.leads - one.leads) || (`${one.sdr} ${one.rep}` < `${other.sdr} ${other.rep}` ? -1 : 1);

/** The values stand apart: a lead's currency is one more thing to group by. */
async function countMatrix(tx: Tx, workspaceId: WorkspaceId, asked: Days, timeZone: string): Promise<CountedRow[]> {
  const where = sql.join(matrixConditions(workspaceId, asked, timeZone), sql` AND `);
  const dayOf = (instant: Sql) => sql`(${instant} AT TIME ZONE ${timeZone}::text)::date`;
  const days = sql`${dayOf(sql`l.won_at`)} - ${dayOf(firstContact)}`;
  const levels = sql`GROUPING SETS ((sdr, rep), (sdr), (rep))`;
  const { rows } = await sql<CountedRow>`
    WITH picked AS MATERIALIZED (
      SELECT l.qualifier_id AS sdr, l.owner_id AS rep, l.sql_at, l.deal_at, l.won_at, l.value, l.currency, ${days} AS days FROM leads l WHERE ${where}
    ), counted AS (
      SELECT sdr, rep, grouping(sdr, rep) AS level, count(*) AS leads, count(sql_at) AS sql, count(deal_at) AS deals, count(won_at) AS won,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY days) AS median, count(*) FILTER (WHERE days < 0) AS negative
      FROM picked GROUP BY ${levels}
    ), valued AS (
      SELECT sdr, rep, level, jsonb_agg(jsonb_build_object('amount', amount::text, 'currency', currency) ORDER BY amount DESC) AS values FROM (
        SELECT sdr, rep, currency, grouping(sdr, rep) AS level, sum(value) AS amount FROM picked WHERE won_at IS NOT NULL AND value IS NOT NULL
        GROUP BY GROUPING SETS ((sdr, rep, currency), (sdr, currency), (rep, currency))
      ) sums GROUP BY sdr, rep, level
    )
    SELECT c.*, v.values FROM counted c LEFT JOIN valued v ON v.level = c.level AND v.sdr IS NOT DISTINCT FROM c.sdr AND v.rep IS NOT DISTINCT FROM c.rep`.execute(
    tx,
  );
  return rows;
}

const firstContact = sql`CASE WHEN l.mql_at IS NULL THEN l.opened_at ELSE l.mql_at END`;

function matrixConditions(workspaceId: WorkspaceId, { start, end }: Days, timeZone: string): Sql[] {
  if (start !== undefined && end !== undefined && start > end)
    throw new Problem('bad-input', `The period ends on ${end}, before it starts on ${start}.`, {
      fields: [{ at: 'end', reason: 'is before the start' }],
    });
  const next = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString();
  return [
    sql`l.workspace_id = ${workspaceId}::uuid`,
    sql`l.archived_at IS NULL`,
    ...(start === undefined ? [] : [sql`l.mql_at >= ${isoOf(startOfDay(start, timeZone))}::timestamptz`]),
    ...(end === undefined ? [] : [sql`l.mql_at < ${isoOf(startOfDay(next(end), timeZone))}::timestamptz`]),
  ];
}

/** Undefined: whoever it is; null: nobody. */
interface Pair {
  readonly sdr?: string | null;
  readonly rep?: string | null;
}

function countsOf(row: CountedRow, asked: Days, pair: Pair): Omit<Cell, 'sdr' | 'rep'> {
  const filter = [...among('qualifierId', pair.sdr), ...among('ownerId', pair.rep), ...during(asked)];
  const stated = (field: string) => leadsPath([...filter, { field, is: 'notBlank' }]);
  return {
    leads: Number(row.leads),
    sql: Number(row.sql),
    deals: Number(row.deals),
    won: Number(row.won),
    medianDaysToWon: row.median,
    negativeCycles: Number(row.negative),
    values: row.values ?? [],
    recordsUrl: leadsPath(filter),
    sqlUrl: stated('sqlAt'),
    dealsUrl: stated('dealAt'),
    wonUrl: stated('wonAt'),
    negativeUrl: matrixRecordsPath({ ...asked, sdr: jsonOf(pair.sdr), rep: jsonOf(pair.rep), which: 'negative' }),
  };
}

const jsonOf = (id: string | null | undefined): string | undefined => (id === undefined ? undefined : JSON.stringify(id));

const among = (field: string, id: string | null | undefined): Condition[] =>
  id === undefined ? [] : id === null ? [{ field, is: 'blank' }] : [{ field, is: 'eq', value: id }];

const during = ({ start, end }: Days): Condition[] => [
  ...(start === undefined ? [] : [{ field: 'mqlAt', is: 'gte', value: start } as const]),
  ...(end === undefined ? [] : [{ field: 'mqlAt', is: 'lte', value: end } as const]),
];

const notesOf = ({ start, end }: Days): string[] => [
  start === undefined && end === undefined ? 'All leads, whenever they came.' : 'Leads that became MQLs in the period.',
  'Days are calendar days from first contact (MQL, else creation) to won, the middle one by nearest rank. A negative cycle was won on an earlier day than its first contact: a date in the source is wrong.',
  'Values are those of the leads won, by currency, never added up across currencies.',
];

// ── the leads whose number no filter of the list can say ────────────────────

/** Newest first contact first; as in the list of leads. */
export const listMatrixRecords = (
  database: Database,
  workspaceId: WorkspaceId,
  asked: z.output<typeof matrixRecordsAsk>,
): Promise<z.output<typeof matrixRecords>> =>
  database.inWorkspace(
    workspaceId,
    async (tx) => {
      const timeZone = await timeZoneOf(tx, workspaceId);
      const listed = listedPair(workspaceId, asked, timeZone);
      const { rows, next } = await pageOf<LeadRow & { leadId: string }>(
        tx,
        listed,
        sql`l.*, l.id AS "leadId"`,
        asked.limit,
        readPlace(asked.cursor),
      );
      const records = rows.map((row) => shownRecord('lead', row));
      return { items: await withNames(tx, workspaceId, 'lead', records), next, total: await totalOf(tx, listed) };
    },
    { snapshot: true },
  );

function listedPair(workspaceId: WorkspaceId, asked: z.output<typeof matrixRecordsAsk>, timeZone: string): Listed {
  const is = (column: 'qualifier_id' | 'owner_id', id: string | null | undefined): Sql[] => {
    if (id === undefined) return [];
    return id === null ? [sql`${sql.ref(`l.${column}`)} IS NULL`] : [sql`${sql.ref(`l.${column}`)} = ${id}::uuid`];
  };
  const day = (instant: Sql) => sql`(${instant} AT TIME ZONE ${timeZone}::text)::date`;
  const which = {
    leads: sql`${firstContact} IS NOT NULL`,
    won: sql`l.won_at IS NOT NULL AND ${firstContact} IS NOT NULL`,
    negative: sql`${day(sql`l.won_at`)} < ${day(firstContact)}`,
  };
  return {
    from: sql`leads l`,
    conditions: [
      ...matrixConditions(workspaceId, asked, timeZone),
      ...is('qualifier_id', asked.sdr),
      ...is('owner_id', asked.rep),
      which[asked.which],
    ],
    at: firstContact,
    lead: sql`l.id`,
  };
}
