/** The accepted parts in campaigns with their windows, and what is evidence of them beside touches. */

import { sql } from 'kysely';
import type { RoleKind } from '#engine/campaigns/states.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { acceptedRoles, addedContent, addedPeople } from './evidence-sql.ts';
import type { Family } from './took-part.ts';

export interface PassRole {
  readonly id: string;
  readonly memberId: string;
  readonly campaignId: string;
  readonly kind: RoleKind;
  readonly from: string;
  readonly to: string | null;
  /** The same, microseconds since 1970; Infinity: open. */
  readonly fromAt: number;
  readonly untilAt: number;
}

export interface PassRoles {
  readonly roles: readonly PassRole[];
  /** By part, ids of whom and what its member added by hand. */
  readonly added: ReadonlyMap<string, readonly string[]>;
}

/** @param campaigns by their ids; merged ones count with their survivor */
export async function readPassRoles(tx: Tx, workspaceId: WorkspaceId, timeZone: string, campaigns: readonly Family[]): Promise<PassRoles> {
  const accepted = acceptedRoles(workspaceId, timeZone, sql`r.campaign_id = ANY(${campaigns.map(({ id }) => id)}::uuid[])`);
  const { rows } = await sql<Omit<PassRole, 'fromAt' | 'untilAt'> & { fromAt: bigint; untilAt: bigint | null }>`
    SELECT r.role_id AS id, r.member_id AS "memberId", r.campaign_id AS "campaignId", r.kind, r.from_at AS "from", r.until_at AS "to",
      (extract(epoch FROM r.from_at) * 1000000)::bigint AS "fromAt", (extract(epoch FROM r.until_at) * 1000000)::bigint AS "untilAt" FROM (${accepted}) r`.execute(
    tx,
  );
  const { rows: beside } = await sql<{ id: string; what: string }>`
    SELECT DISTINCT p.role_id AS id, p.person AS what FROM (${addedPeople(workspaceId, accepted)}) p WHERE p.person IS NOT NULL
    UNION SELECT v.role_id, v.version_id FROM (${addedContent(workspaceId, accepted)}) v`.execute(tx);
  const byRole = Map.groupBy(beside, ({ id }) => id);
  return {
    roles: rows.map((row) => ({ ...row, fromAt: Number(row.fromAt), untilAt: row.untilAt === null ? Infinity : Number(row.untilAt) })),
    added: new Map([...byRole].map(([id, own]) => [id, own.map(({ what }) => what)])),
  };
}
