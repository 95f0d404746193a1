/** The leads that lead quality and reject accuracy are about, as SQL, and by what they are grouped. */

import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { startOfDay } from '#features/agreement/queries/in-force.ts';
import { namesOf } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { qualityAsk } from '../contract.ts';
import { isoOf, periodAsked, timeZoneOf } from './attainment-scope.ts';

type Sql = RawBuilder<unknown>;
export type QualityBy = z.output<typeof qualityAsk>['by'];

export interface QualityScope {
  readonly workspaceId: WorkspaceId;
  readonly timeZone: string;
  readonly start: string;
  readonly end: string;
  /** Instants: passed from `from` on and before `until`. */
  readonly from: string;
  readonly until: string;
}

export async function qualityScope(
  tx: Tx,
  workspaceId: WorkspaceId,
  asked: { start?: string | undefined; end?: string | undefined },
): Promise<QualityScope> {
  const timeZone = await timeZoneOf(tx, workspaceId);
  const { start, end } = periodAsked(asked, Date.now(), timeZone);
  const beginning = (day: Temporal.PlainDate) => isoOf(startOfDay(day.toString(), timeZone));
  return {
    workspaceId,
    timeZone,
    start: start.toString(),
    end: end.toString(),
    from: beginning(start),
    until: beginning(end.add({ days: 1 })),
  };
}

/** Leads passed in the period, `h` and `l`; of each its rejections together as `r`. */
export const passedLeads = ({ workspaceId, from, until }: QualityScope): Sql => sql`handoffs h
  JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = h.lead_id
  LEFT JOIN (SELECT r.lead_id, count(*) AS made, bool_or(r.answer = 'mended') AS mended, bool_or(r.ruling = 'overturned') AS overturned,
      count(r.ruling) AS judged, count(*) FILTER (WHERE r.ruling = 'upheld') AS upheld,
      count(r.ruling) FILTER (WHERE r.in_sample) AS sampled, count(*) FILTER (WHERE r.in_sample AND r.ruling = 'upheld') AS sampled_upheld,
      (array_agg(r.rejected_by ORDER BY r.rejected_at DESC, r.id DESC))[1] AS rejected_by
    FROM rejections r WHERE r.workspace_id = ${workspaceId}::uuid AND r.rejected_at >= ${from}::timestamptz GROUP BY r.lead_id) r ON r.lead_id = h.lead_id
  WHERE h.workspace_id = ${workspaceId}::uuid AND h.mql_at >= ${from}::timestamptz AND h.mql_at < ${until}::timestamptz`;

/** What of a passed lead is asked for each count; a source's own rejection is one without due process. */
export const leadCounts = {
  passed: sql`true`,
  decided: sql`h.decided_at IS NOT NULL`,
  rejected: sql`(r.made > 0 OR l.rejected_at IS NOT NULL)`,
  mended: sql`coalesce(r.mended, false)`,
  overturned: sql`coalesce(r.overturned, false)`,
  lost: sql`h.state IN ('rejected', 'contested')`,
} as const;

/** Rejections of passed leads, `r`, `h` and `l`: one row each. */
export const passedRejections = ({ workspaceId, from, until }: QualityScope, more: Sql = sql``): Sql => sql`rejections r
  JOIN handoffs h ON h.workspace_id = ${workspaceId}::uuid AND h.lead_id = r.lead_id
  JOIN leads l ON l.workspace_id = ${workspaceId}::uuid AND l.id = r.lead_id ${more}
  WHERE r.workspace_id = ${workspaceId}::uuid AND h.mql_at >= ${from}::timestamptz AND h.mql_at < ${until}::timestamptz`;

/** Of one rejection of a passed lead: those that marketing or the judges took back are not lost. */
export const rejectionCounts = {
  rejected: sql`true`,
  mended: sql`r.answer = 'mended'`,
  overturned: sql`r.ruling = 'overturned'`,
  lost: sql`r.ruling IS DISTINCT FROM 'overturned' AND r.answer IS DISTINCT FROM 'mended' AND h.state IN ('rejected', 'contested')`,
  judged: sql`r.ruling IS NOT NULL`,
  upheld: sql`r.ruling = 'upheld'`,
  sampled: sql`r.in_sample AND r.ruling IS NOT NULL`,
  sampledUpheld: sql`r.in_sample AND r.ruling = 'upheld'`,
} as const;

/**
 * By what is grouped, a text over `h` and `l`. A rep answers for what that rep rejected, else for what lies there.
 * @param rejectedBy who rejected the lead last, as SQL
 */
export function groupOf(by: Exclude<QualityBy, 'clause'>, { timeZone }: QualityScope, rejectedBy: Sql = sql`r.rejected_by`): Sql {
  const of = {
    none: sql`NULL::text`,
    segment: sql`l.segment`,
    channel: sql`l.channel`,
    origin: sql`l.origin`,
    campaign: sql`l.campaign_id::text`,
    person: sql`coalesce(${rejectedBy}, h.owner_id)::text`,
    month: sql`to_char(h.mql_at AT TIME ZONE ${timeZone}, 'YYYY-MM')`,
  };
  return of[by];
}

/** In a list of rejections, see `groupOf`. */
export const lastRejectedBy = ({ workspaceId }: QualityScope): Sql => sql`(SELECT n.rejected_by FROM rejections n
  WHERE n.workspace_id = ${workspaceId}::uuid AND n.lead_id = h.lead_id ORDER BY n.rejected_at DESC, n.id DESC LIMIT 1)`;

/** What groups are called. */
export async function groupLabels(
  tx: Tx,
  workspaceId: WorkspaceId,
  by: QualityBy,
  groups: readonly (string | null)[],
): Promise<Map<string, string>> {
  const kind = by === 'campaign' ? 'campaign' : by === 'person' ? 'member' : null;
  if (!kind) return new Map();
  const ids = groups.filter((group) => group !== null);
  const names = await namesOf(tx, workspaceId, { [kind]: ids });
  return new Map(ids.map((id) => [id, names.get(`${kind} ${id}`)?.name ?? '(unknown)']));
}
