/** What the company's own past tells about leads, for suggestions and for capacity: each question one pass over its leads. */

import { sql } from 'kysely';
import type { SegmentPast } from '#engine/agreement/lead-value.ts';
import type { BuyingRate } from '#engine/agreement/who-buys.ts';
import { monthNumber, monthText } from '#engine/time/months.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { attemptMinutes } from '../contract/back-tests.ts';

export interface MonthsOfLeads {
  /** Leads passed in each of up to six full months, oldest first; empty when none ever was. */
  readonly counts: readonly number[];
  /** First and last of these months, `YYYY-MM`. */
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The last six full months: before the present one, or, where nothing was passed for long, those that end with
 * the last in which something was. Months before the very first lead aren't counted as empty ones.
 */
export async function monthsOfLeads(tx: Tx, workspaceId: WorkspaceId): Promise<MonthsOfLeads> {
  const { rows } = await sql<{ month: string; leads: number; present: string }>`
    SELECT to_char(l.mql_at AT TIME ZONE w.time_zone, 'YYYY-MM') AS month, count(*)::int AS leads,
      to_char(now() AT TIME ZONE w.time_zone, 'YYYY-MM') AS present
    FROM leads l JOIN workspaces w ON w.id = l.workspace_id
    WHERE l.workspace_id = ${workspaceId}::uuid AND l.mql_at IS NOT NULL AND l.mql_at < now() AND l.archived_at IS NULL
    GROUP BY 1, 3 ORDER BY 1`.execute(tx);
  const full = rows.filter(({ month, present }) => month < present);
  const last = full.at(-1);
  if (!last) return { counts: [], from: null, to: null };
  const to = monthNumber(last.month)!;
  const from = Math.max(to - 5, monthNumber(full[0]!.month)!);
  const byMonth = new Map(full.map(({ month, leads }) => [month, leads]));
  const counts = Array.from({ length: to - from + 1 }, (_, at) => byMonth.get(monthText(from + at)) ?? 0);
  return { counts, from: monthText(from), to: monthText(to) };
}

/** Leads passed long enough ago to have been decided. */
export interface Cohort {
  /** Days (workspace's zone) between which they were passed, both included; null without any. */
  readonly from: string | null;
  readonly to: string | null;
  /** Within so many days nine in ten of those won were won. */
  readonly settleDays: number;
  readonly bySegment: readonly SegmentPast[];
  /** Industry of the account. */
  readonly byIndustry: readonly BuyingRate[];
}
/** The year of leads that ended so long ago that nine in ten of what is ever won was won. */
export async function decidedCohort(tx: Tx, workspaceId: WorkspaceId): Promise<Cohort> {
  const span = await cohortSpan(tx, workspaceId);
  if (!span) return { from: null, to: null, settleDays: 0, bySegment: [], byIndustry: [] };
  const { rows } = await sql<{ segment: string | null; leads: number; won: number; priced: number; value: string }>`
    SELECT l.segment, count(*)::int AS leads, count(l.won_at)::int AS won, count(*) FILTER (WHERE ${hasPrice})::int AS priced,
      coalesce(sum(l.value) FILTER (WHERE ${hasPrice}), 0)::text AS value
    FROM leads l JOIN workspaces w ON w.id = l.workspace_id WHERE ${inCohort(workspaceId, span)}
    GROUP BY l.segment ORDER BY count(*) DESC, l.segment LIMIT 100`.execute(tx);
  const { rows: byIndustry } = await sql<BuyingRate>`
    SELECT a.industry AS name, count(*)::int AS leads, count(l.won_at)::int AS won
    FROM leads l JOIN workspaces w ON w.id = l.workspace_id JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = l.account_id
    WHERE ${inCohort(workspaceId, span)} AND a.industry IS NOT NULL GROUP BY a.industry ORDER BY count(*) DESC, a.industry LIMIT 100`.execute(
    tx,
  );
  return { ...span, bySegment: rows.map((row) => ({ ...row, value: BigInt(row.value) })), byIndustry };
}

/** What it was sold for, where that is in the currency in which the workspace counts. */
const hasPrice = sql`l.won_at IS NOT NULL AND l.value > 0 AND coalesce(l.currency, w.currency) = w.currency`;

interface Span {
  readonly from: string;
  readonly to: string;
  readonly settleDays: number;
}

const inCohort = (workspaceId: WorkspaceId, { from, to }: Span) => sql`l.workspace_id = ${workspaceId}::uuid AND l.archived_at IS NULL
  AND l.mql_at >= ${from}::date::timestamp AT TIME ZONE w.time_zone AND l.mql_at < (${to}::date + 1)::timestamp AT TIME ZONE w.time_zone`;

async function cohortSpan(tx: Tx, workspaceId: WorkspaceId): Promise<Span | undefined> {
  const { rows } = await sql<Span>`
    WITH past AS (
      SELECT max(l.mql_at) AS last, ceil(extract(epoch FROM percentile_disc(0.9) WITHIN GROUP (ORDER BY l.won_at - l.mql_at) FILTER (WHERE l.won_at >= l.mql_at)) / 86400)::int AS settle
      FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.mql_at IS NOT NULL AND l.mql_at < now() AND l.archived_at IS NULL)
    SELECT (ends - 364)::text AS "from", ends::text AS "to", settle AS "settleDays"
    FROM past JOIN workspaces w ON w.id = ${workspaceId}::uuid
    CROSS JOIN LATERAL (SELECT (least(now(), past.last) AT TIME ZONE w.time_zone)::date - past.settle AS ends) span
    WHERE past.settle IS NOT NULL`.execute(tx);
  return rows[0];
}

export interface TouchesOnRecord {
  readonly customer: boolean;
  readonly meetingsOrCalls: boolean;
  /** Outcomes as they are written, the most frequent first. */
  readonly outcomes: readonly string[];
  /** In the mix of calls, mails and messages that reps send; null where there are none. */
  readonly minutesPerAttempt: number | null;
}

interface KindOfTouch {
  readonly side: string;
  readonly kind: string;
  readonly outcome: string | null;
  /** Sent by a person of sales to the lead. */
  readonly sent: boolean;
  readonly times: number;
}

/** What kinds of touches there are: told from the latest 20,000, which costs the same at any size. */
export async function touchesOnRecord(tx: Tx, workspaceId: WorkspaceId): Promise<TouchesOnRecord> {
  const { rows } = await sql<KindOfTouch>`
    SELECT side, kind, outcome, side = 'sales' AND direction IS DISTINCT FROM 'in' AND automated IS NOT TRUE AS sent, count(*)::int AS times FROM (
      SELECT side, kind, outcome, direction, automated FROM touches
      WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL ORDER BY occurred_at DESC LIMIT 20000) latest
    GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, outcome`.execute(tx);
  return {
    customer: rows.some(({ side }) => side === 'customer'),
    meetingsOrCalls: rows.some(({ side, kind }) => side === 'sales' && ['call', 'meeting', 'chat'].includes(kind)),
    outcomes: [...new Set(rows.flatMap(({ outcome }) => outcome ?? []))],
    minutesPerAttempt: meanMinutes(rows.filter(({ sent, kind }) => sent && tried.includes(kind))),
  };
}

/** By these a rep tries to reach a lead; a meeting is what comes of it. */
const tried: readonly string[] = ['call', 'email', 'message', 'chat', 'social'];

/** To the tenth of a minute. */
function meanMinutes(kinds: readonly KindOfTouch[]): number | null {
  const times = kinds.reduce((sum, each) => sum + each.times, 0);
  const minutes = kinds.reduce((sum, each) => sum + each.times * (attemptMinutes[each.kind] ?? 0), 0);
  return times === 0 ? null : Math.round((minutes / times) * 10) / 10;
}

/** Origins of leads, the most frequent first. */
export async function originsOnRecord(tx: Tx, workspaceId: WorkspaceId): Promise<string[]> {
  const { rows } = await sql<{ origin: string }>`SELECT origin FROM (
      SELECT origin FROM leads WHERE workspace_id = ${workspaceId}::uuid AND opened_at IS NOT NULL ORDER BY opened_at DESC LIMIT 20000) latest
    WHERE origin IS NOT NULL GROUP BY origin ORDER BY count(*) DESC, origin LIMIT 200`.execute(tx);
  return rows.map(({ origin }) => origin);
}

export async function hasRevenue(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql`SELECT 1 FROM revenue_entries WHERE workspace_id = ${workspaceId}::uuid AND voided_by IS NULL LIMIT 1`.execute(
    tx,
  );
  return rows.length > 0;
}

/**
 * The reps who work leads: active people of sales who qualify or own one passed in the last ninety days on record;
 * without any such lead all of sales.
 */
export async function repsWithLeads(tx: Tx, workspaceId: WorkspaceId): Promise<{ ids: string[]; assumed: boolean }> {
  const { rows } = await sql<{ id: string; works: boolean }>`
    WITH last AS (SELECT max(mql_at) AS at FROM leads WHERE workspace_id = ${workspaceId}::uuid AND mql_at < now()),
      workers AS (SELECT DISTINCT coalesce(l.qualifier_id, l.owner_id) AS id FROM leads l, last
        WHERE l.workspace_id = ${workspaceId}::uuid AND l.mql_at > last.at - interval '90 days' AND l.archived_at IS NULL)
    SELECT m.id, workers.id IS NOT NULL AS works FROM members m LEFT JOIN workers ON workers.id = m.id
    WHERE m.workspace_id = ${workspaceId}::uuid AND m.active AND m.side = 'sales' AND m.role <> 'viewer' ORDER BY m.id`.execute(tx);
  const working = rows.filter(({ works }) => works);
  return { ids: (working.length > 0 ? working : rows).map(({ id }) => id), assumed: working.length === 0 };
}
