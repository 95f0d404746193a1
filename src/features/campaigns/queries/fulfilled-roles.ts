/** Parts that were done, each at the moment its evidence was complete: what pay for taking part rests on. */

import { sql } from 'kysely';
import type { RoleKind } from '#engine/campaigns/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { acceptedRoles, addedContent, addedPeople, automaticSubjects, isWritten, roleTouches } from './evidence-sql.ts';

export interface FulfilledRole {
  readonly id: string;
  readonly campaignId: string;
  readonly campaign: string;
  readonly kind: RoleKind;
  readonly memberId: string;
  readonly wanted: number;
  /** When the last of what was wanted happened, and its day in the workspace's zone. */
  readonly at: string;
  readonly on: string;
  /** When the last of it, or the acceptance, came on record. */
  readonly recordedAt: string;
}

export interface FulfilledAsk {
  readonly timeZone: string;
  readonly members: readonly string[];
  /** Days on which it was complete, both included. */
  readonly from: string;
  readonly until: string;
  /** As was on record at a moment; ISO 8601. Unsaid: now. */
  readonly cutOff?: string | undefined;
}

/** By the day it was complete, then by id. The evidence opens at `/campaign-roles/:id/evidence`. */
export async function listFulfilledRoles(tx: Tx, workspaceId: WorkspaceId, asked: FulfilledAsk): Promise<FulfilledRole[]> {
  const { timeZone, members, from, until, cutOff } = asked;
  const known = (column: string) => (cutOff === undefined ? sql`true` : sql`${sql.ref(column)} <= ${cutOff}::timestamptz`);
  const roles = acceptedRoles(workspaceId, timeZone, sql`r.member_id = ANY(${[...members]}::uuid[]) AND ${known('r.answered_at')}`);
  const each = sql`SELECT * FROM roles`;
  const automatic = await automaticSubjects(tx, roleTouches(workspaceId, roles, { many: true }));
  const { rows } = await sql<FulfilledRole>`
    WITH roles AS MATERIALIZED (${roles}), firsts AS (
      SELECT DISTINCT ON (e.role_id, e.what) e.role_id, e.what, e.at, e.recorded_at FROM (
        SELECT t.role_id, t.person AS what, t.at, t.recorded_at FROM (${roleTouches(workspaceId, each, { many: true })}) t WHERE ${isWritten(automatic)}
        UNION ALL SELECT role_id, person, at, recorded_at FROM (${addedPeople(workspaceId, each)}) p
        UNION ALL SELECT role_id, version_id, at, recorded_at FROM (${addedContent(workspaceId, each)}) v) e
      WHERE e.what IS NOT NULL AND ${known('e.recorded_at')} ORDER BY e.role_id, e.what, e.at, e.recorded_at),
    counted AS (SELECT f.role_id, f.at, row_number() OVER w AS n, max(f.recorded_at) OVER w AS recorded_at FROM firsts f
      WINDOW w AS (PARTITION BY f.role_id ORDER BY f.at, f.what ROWS UNBOUNDED PRECEDING))
    SELECT r.id, r.campaign_id AS "campaignId", c.name AS campaign, r.kind, r.member_id AS "memberId", r.wanted, n.at,
      (n.at AT TIME ZONE ${timeZone})::date AS "on", greatest(n.recorded_at, r.answered_at, r.decided_at) AS "recordedAt"
    FROM counted n JOIN campaign_roles r ON r.workspace_id = ${workspaceId}::uuid AND r.id = n.role_id AND r.wanted = n.n
    JOIN campaigns c ON c.workspace_id = r.workspace_id AND c.id = r.campaign_id
    WHERE (n.at AT TIME ZONE ${timeZone})::date BETWEEN ${from}::date AND ${until}::date ORDER BY n.at, r.id`.execute(tx);
  return rows;
}
