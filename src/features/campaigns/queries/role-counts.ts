import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { keptWhenSlow } from './kept-when-slow.ts';
import { acceptedRoles, addedContent, addedPeople, roleTouches, withoutAutomatic } from './evidence-sql.ts';

export interface RoleEvidence {
  readonly evidenced: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** How much of what was wanted is evidenced, by part. Of a few it is always counted anew, of many kept where that takes long. */
export function countEvidence(
  tx: Tx,
  workspaceId: WorkspaceId,
  timeZone: string,
  roleIds: readonly string[],
): Promise<Map<string, RoleEvidence>> {
  if (roleIds.length === 0) return Promise.resolve(new Map());
  const many = roleIds.length > fewRoles;
  const count = () => countWhere(tx, workspaceId, timeZone, sql`r.id = ANY(${[...roleIds]}::uuid[])`, { many });
  return many ? keptWhenSlow(`evidence ${workspaceId} ${roleIds.join(' ')}`, count) : count();
}
const fewRoles = 5;

async function countWhere(
  tx: Tx,
  workspaceId: WorkspaceId,
  timeZone: string,
  where: Sql,
  size: { readonly many: boolean },
): Promise<Map<string, RoleEvidence>> {
  const roles = acceptedRoles(workspaceId, timeZone, where);
  const each = sql`SELECT * FROM roles`;
  // Person by person first: counting different ones any other way sorts all the touches.
  const rows = await withoutAutomatic(async (written) => {
    const { rows: found } = await sql<RoleEvidence & { roleId: string; subjects: string[] | null }>`
      WITH roles AS MATERIALIZED (${roles}), reached AS (
        SELECT t.role_id, t.person AS what, t.subject FROM (${roleTouches(workspaceId, each, size)}) t WHERE t.person IS NOT NULL AND ${written} GROUP BY 1, 2, 3
        UNION ALL SELECT role_id, person, NULL FROM (${addedPeople(workspaceId, each)}) p
        UNION ALL SELECT role_id, version_id, NULL FROM (${addedContent(workspaceId, each)}) v)
      SELECT r.role_id AS "roleId", r.from_at AS "from", r.until_at AS "to", coalesce(e.evidenced, 0) AS evidenced, s.subjects FROM roles r
      LEFT JOIN (SELECT role_id, count(*)::int AS evidenced FROM (SELECT role_id, what FROM reached GROUP BY 1, 2) w GROUP BY 1) e ON e.role_id = r.role_id
      LEFT JOIN (SELECT role_id, array_agg(subject) AS subjects FROM (SELECT role_id, subject FROM reached WHERE subject IS NOT NULL GROUP BY 1, 2) d GROUP BY 1) s
        ON s.role_id = r.role_id`.execute(tx);
    return found;
  });
  return new Map(rows.map(({ roleId, evidenced, from, to }) => [roleId, { evidenced, from, to }]));
}
