/** Who took part in campaigns, by evidence alone: touches that name the campaign, and evidence of accepted parts. */

import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { acceptedRoles, automaticSubjects, isWritten, partTouches, roleTouches } from './evidence-sql.ts';
import { countEvidence } from './role-counts.ts';

export interface TookPart {
  readonly campaignId: string;
  readonly memberId: string;
  /** Different touches, and the people they are with. */
  readonly touches: number;
  readonly people: number;
}

/** A campaign and the campaigns merged into it. */
export interface Family {
  readonly id: string;
  readonly family: readonly string[];
}

/** By campaign and member; who has none is not there. Evidence without a touch (content, people added) is `countEvidence`’s. */
export async function listTookPart(tx: Tx, workspaceId: WorkspaceId, timeZone: string, campaigns: readonly Family[]): Promise<TookPart[]> {
  if (campaigns.length === 0) return [];
  const touches = evidenceTouches(workspaceId, timeZone, campaigns);
  const automatic = await automaticSubjects(tx, touches);
  const { rows } = await sql<TookPart>`
    SELECT t.campaign_id AS "campaignId", t.member_id AS "memberId", count(DISTINCT t.touch_id)::int AS touches, count(DISTINCT t.person)::int AS people
    FROM (${touches}) t WHERE ${isWritten(automatic)} GROUP BY t.campaign_id, t.member_id`.execute(tx);
  return rows;
}

/** All touches that are evidence, by campaign: campaign_id, member_id, touch_id, at, person, subject. A touch can stand twice. */
export function evidenceTouches(workspaceId: WorkspaceId, timeZone: string, campaigns: readonly Family[]): Sql {
  const ids = campaigns.flatMap(({ family }) => family);
  const roles = acceptedRoles(workspaceId, timeZone, sql`r.campaign_id = ANY(${campaigns.map(({ id }) => id)}::uuid[])`);
  const survivors = campaigns.flatMap(({ id, family }) => family.map(() => id));
  return sql`
    SELECT f.id AS campaign_id, p.member_id, p.touch_id, p.at, p.person, p.subject
    FROM (${partTouches(workspaceId, sql`x.campaign_id = ANY(${ids}::uuid[])`)}) p
    JOIN unnest(${ids}::uuid[], ${survivors}::uuid[]) f(of, id) ON f.of = p.campaign_id
    UNION ALL SELECT t.campaign_id, t.member_id, t.touch_id, t.at, t.person, t.subject FROM (${roleTouches(workspaceId, roles)}) t`;
}

/** Members with any evidence of having taken part, by campaign. */
export async function membersWhoTookPart(
  tx: Tx,
  workspaceId: WorkspaceId,
  timeZone: string,
  campaigns: readonly Family[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>(campaigns.map(({ id }) => [id, new Set()]));
  for (const { campaignId, memberId } of await listTookPart(tx, workspaceId, timeZone, campaigns)) found.get(campaignId)?.add(memberId);
  const others = await evidencedRoles(tx, workspaceId, timeZone, campaigns);
  for (const { campaignId, memberId } of others) found.get(campaignId)?.add(memberId);
  return found;
}

async function evidencedRoles(tx: Tx, workspaceId: WorkspaceId, timeZone: string, campaigns: readonly Family[]) {
  const where = sql`r.campaign_id = ANY(${campaigns.map(({ id }) => id)}::uuid[]) AND r.kind IN ('inviteList', 'content')`;
  const evidence = await countEvidence(tx, workspaceId, timeZone, where);
  const ids = [...evidence].flatMap(([id, { evidenced }]) => (evidenced > 0 ? [id] : []));
  if (ids.length === 0) return [];
  const { rows } = await sql<{
    campaignId: string;
    memberId: string;
  }>`SELECT r.campaign_id AS "campaignId", r.member_id AS "memberId" FROM campaign_roles r
    WHERE r.workspace_id = ${workspaceId}::uuid AND r.id = ANY(${ids}::uuid[])`.execute(tx);
  return rows;
}
