/** Who took part in campaigns, by evidence alone: touches that name the campaign, and evidence of accepted parts. */

import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { acceptedRoles, partTouches, roleTouches, withoutAutomatic } from './evidence-sql.ts';

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
  return withoutAutomatic(async (written) => {
    const { rows } = await sql<TookPart & { subjects: string[] | null }>`
      WITH reached AS (SELECT t.campaign_id, t.member_id, t.person, t.subject, count(*) AS touches FROM (${touches}) t WHERE ${written} GROUP BY 1, 2, 3, 4)
      SELECT p.campaign_id AS "campaignId", p.member_id AS "memberId", p.touches, p.people, s.subjects FROM (
        SELECT w.campaign_id, w.member_id, sum(w.touches)::int AS touches, count(w.person)::int AS people
        FROM (SELECT campaign_id, member_id, person, sum(touches) AS touches FROM reached GROUP BY 1, 2, 3) w GROUP BY 1, 2) p
      LEFT JOIN (SELECT campaign_id, member_id, array_agg(subject) AS subjects FROM (SELECT campaign_id, member_id, subject FROM reached WHERE subject IS NOT NULL GROUP BY 1, 2, 3) d
        GROUP BY 1, 2) s ON s.campaign_id = p.campaign_id AND s.member_id = p.member_id`.execute(tx);
    return rows;
  });
}

/** All touches that are evidence, by campaign, each once: campaign_id, member_id, touch_id, at, person, subject. */
export function evidenceTouches(workspaceId: WorkspaceId, timeZone: string, campaigns: readonly Family[]): Sql {
  const ids = campaigns.flatMap(({ family }) => family);
  const roles = acceptedRoles(workspaceId, timeZone, sql`r.campaign_id = ANY(${campaigns.map(({ id }) => id)}::uuid[])`);
  const survivors = campaigns.flatMap(({ id, family }) => family.map(() => id));
  // What is evidence of a part and names the campaign is among the first already.
  return sql`
    SELECT f.id AS campaign_id, p.member_id, p.touch_id, p.at, p.person, p.subject
    FROM (${partTouches(workspaceId, sql`x.campaign_id = ANY(${ids}::uuid[])`)}) p
    JOIN unnest(${ids}::uuid[], ${survivors}::uuid[]) f(of, id) ON f.of = p.campaign_id
    UNION ALL SELECT t.campaign_id, t.member_id, t.touch_id, t.at, t.person, t.subject FROM (${roleTouches(workspaceId, roles, { many: true })}) t
    WHERE NOT t.names_it GROUP BY 1, 2, 3, 4, 5, 6`;
}
