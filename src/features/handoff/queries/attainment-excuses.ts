/**
 * Excuses that sales granted to marketing. As with clocks, only what was not met needs one, and only the kinds the
 * clause allows are one: for one lead, or for what was passed within a stretch of time.
 */

import { sql } from 'kysely';
import type { Clause } from '#engine/agreement/clause.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { milliseconds } from './moments.ts';
import type { Sql } from './attainment-sources.ts';

export interface MarketingExcuse {
  readonly id: string;
  readonly kind: Clause['excuses'][number];
  /** Null: every clause. */
  readonly clauseKey: string | null;
  readonly leadId: string | null;
  readonly memberId: string | null;
  /** Milliseconds; `until` is the first moment after. Null: without an end. */
  readonly from: number | null;
  readonly until: number | null;
  readonly reason: string;
}

/** Those granted by a moment (milliseconds), the ones for a lead first. */
export async function grantedToMarketing(tx: Tx, workspaceId: WorkspaceId, asOf: number): Promise<MarketingExcuse[]> {
  const { rows } =
    await sql<MarketingExcuse>`SELECT x.id, x.kind, x.clause_key AS "clauseKey", x.lead_id AS "leadId", x.member_id AS "memberId",
      ${milliseconds('x.starts_at')} AS "from", ${milliseconds('x.ends_at')} AS "until", x.reason
    FROM excuses x WHERE x.workspace_id = ${workspaceId}::uuid AND x.side = 'marketing' AND x.decision = 'granted'
      AND x.decided_at <= ${new Date(asOf).toISOString()}::timestamptz ORDER BY x.lead_id IS NULL, x.id`.execute(tx);
  return rows;
}

const isFor = ({ kind, clauseKey }: MarketingExcuse, clause: Clause): boolean =>
  clause.excuses.includes(kind) && (clauseKey === null || clauseKey === clause.key);

export const excusesOf = (granted: readonly MarketingExcuse[], clause: Clause): MarketingExcuse[] =>
  granted.filter((excuse) => isFor(excuse, clause));

/** What excuses a working day of a pace: an excuse for a time that touches the day. A pace is owed by all of marketing, for no single lead. */
export const excuseOfDay = (
  granted: readonly MarketingExcuse[],
  clause: Clause,
  day: { from: number; until: number },
): MarketingExcuse | null =>
  excusesOf(granted, clause).find(
    ({ leadId, memberId, from, until }) =>
      leadId === null && memberId === null && (from ?? -Infinity) < day.until && (until ?? Infinity) > day.from,
  ) ?? null;

/** The id of what excuses the lead `l` of the campaign `ca` under a clause; null where nothing does. */
export function leadExcuseSql(workspaceId: WorkspaceId, excuses: readonly MarketingExcuse[]): Sql {
  if (excuses.length === 0) return sql`NULL::uuid`;
  return sql`(SELECT x.id FROM excuses x WHERE x.workspace_id = ${workspaceId}::uuid AND x.id = ANY(${excuses.map(({ id }) => id)}::uuid[])
    AND (x.lead_id IS NULL OR x.lead_id = l.id) AND (x.member_id IS NULL OR x.member_id = ca.owner_id)
    AND (x.starts_at IS NULL OR x.starts_at <= l.mql_at) AND (x.ends_at IS NULL OR x.ends_at > l.mql_at) ORDER BY x.lead_id IS NULL, x.id LIMIT 1)`;
}
