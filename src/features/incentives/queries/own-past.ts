/** What the company's own past says that templates of plans are filled with: the four quarters before the running one. */

import { sql } from 'kysely';
import { payPeriodBefore } from '../contract/plan-periods.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { ledgerNow } from '#features/returns/queries/ledger-now.ts';

export interface PersonPast {
  readonly id: string;
  readonly name: string;
  readonly side: 'marketing' | 'sales';
  /** Won deals as owner: minor units of the workspace's currency. */
  readonly wonValue: bigint;
  readonly won: number;
  /** SQLs as qualifier, and those of them that became deals. */
  readonly sqls: number;
  readonly sqlsToDeal: number;
  /** Of the campaigns they own: MQLs, their value, those accepted, and SQLs. */
  readonly mqls: number;
  readonly mqlValue: bigint;
  readonly mqlsAccepted: number;
  readonly sourcedSqls: number;
}

export interface OwnPast {
  readonly currency: string;
  readonly today: string;
  readonly start: string;
  readonly end: string;
  readonly quarters: number;
  readonly people: readonly PersonPast[];
  /** Of all deals won, whoever owns them. */
  readonly wonValue: bigint;
  readonly won: number;
  readonly sqls: number;
  /** Commissions on the ledger of sales; null for who may not see them. */
  readonly commissions: bigint | null;
}

const quarters = 4;

export async function readOwnPast(tx: Tx, workspaceId: WorkspaceId, seesSalesPay: boolean): Promise<OwnPast> {
  const { currency, timeZone, today } = await ledgerNow(tx, workspaceId);
  const last = payPeriodBefore(today, 'quarter');
  let first = last;
  for (let back = 1; back < quarters; back++) first = payPeriodBefore(first.start, 'quarter');
  const days = { start: first.start, end: last.end };
  const scope: PastScope = { tx, workspaceId, currency, timeZone, ...days };
  const people = await readPeople(scope);
  const { rows } = await sql<{ wonValue: bigint; won: number; sqls: number; commissions: bigint | null }>`SELECT
      (SELECT coalesce(sum(amount), 0)::bigint FROM deals d WHERE ${isWon(scope)}) AS "wonValue", (SELECT count(*)::int FROM deals d WHERE ${isWon(scope)}) AS won,
      (SELECT count(*)::int FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND ${within(scope, 'l.sql_at')}) AS sqls,
      (SELECT sum(booked)::bigint FROM cost_entries e WHERE e.workspace_id = ${workspaceId}::uuid AND e.voided_by IS NULL AND e.side = 'sales' AND e.category = 'commissions'
        AND e.occurred_on BETWEEN ${days.start}::date AND ${days.end}::date) AS commissions`.execute(tx);
  const { commissions, ...all } = rows[0]!;
  return { currency, today, ...days, quarters, people, ...all, commissions: seesSalesPay ? commissions : null };
}

interface PastScope {
  readonly tx: Tx;
  readonly workspaceId: WorkspaceId;
  readonly currency: string;
  readonly timeZone: string;
  readonly start: string;
  readonly end: string;
}

const within = ({ start, end, timeZone }: PastScope, column: string) =>
  sql`(${sql.ref(column)} >= (${start}::date::timestamp AT TIME ZONE ${timeZone}) AND ${sql.ref(column)} < ((${end}::date + 1)::timestamp AT TIME ZONE ${timeZone}))`;
/** In the workspace's currency: what is in others is not added up here. */
const isWon = (scope: PastScope) =>
  sql`d.workspace_id = ${scope.workspaceId}::uuid AND d.status = 'won' AND d.archived_at IS NULL AND coalesce(d.currency, ${scope.currency}) = ${scope.currency} AND ${within(scope, 'd.closed_at')}`;

async function readPeople(scope: PastScope): Promise<PersonPast[]> {
  const { tx, workspaceId } = scope;
  const { rows } =
    await sql<PersonPast>`WITH won AS (SELECT owner_id AS id, sum(amount)::bigint AS value, count(*)::int AS won FROM deals d WHERE ${isWon(scope)} GROUP BY 1),
    qualified AS (SELECT qualifier_id AS id, count(*)::int AS sqls, count(*) FILTER (WHERE deal_at IS NOT NULL)::int AS deals FROM leads l
      WHERE l.workspace_id = ${workspaceId}::uuid AND ${within(scope, 'l.sql_at')} GROUP BY 1),
    sourced AS (SELECT s.owner_id AS id, count(*) FILTER (WHERE ${within(scope, 'l.mql_at')})::int AS mqls,
        coalesce(sum(l.value) FILTER (WHERE ${within(scope, 'l.mql_at')} AND coalesce(l.currency, ${scope.currency}) = ${scope.currency}), 0)::bigint AS value,
        count(*) FILTER (WHERE ${within(scope, 'l.mql_at')} AND l.sal_at IS NOT NULL)::int AS accepted, count(*) FILTER (WHERE ${within(scope, 'l.sql_at')})::int AS sqls
      FROM leads l JOIN campaigns o ON o.workspace_id = l.workspace_id AND o.id = l.campaign_id
      JOIN campaigns s ON s.workspace_id = o.workspace_id AND s.id = coalesce(o.merged_into, o.id)
      WHERE l.workspace_id = ${workspaceId}::uuid AND (${within(scope, 'l.mql_at')} OR ${within(scope, 'l.sql_at')}) GROUP BY 1)
    SELECT m.id, m.name, m.side, coalesce(w.value, 0) AS "wonValue", coalesce(w.won, 0) AS won, coalesce(q.sqls, 0) AS sqls, coalesce(q.deals, 0) AS "sqlsToDeal",
      coalesce(s.mqls, 0) AS mqls, coalesce(s.value, 0) AS "mqlValue", coalesce(s.accepted, 0) AS "mqlsAccepted", coalesce(s.sqls, 0) AS "sourcedSqls"
    FROM members m LEFT JOIN won w ON w.id = m.id LEFT JOIN qualified q ON q.id = m.id LEFT JOIN sourced s ON s.id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side IN ('marketing', 'sales') ORDER BY m.name, m.id`.execute(tx);
  return rows;
}
