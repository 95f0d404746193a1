import { sql } from 'kysely';
import type { Sql } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { acceptedRoles, addedContent, addedPeople, automaticSubjects, isWritten, roleTouches } from './evidence-sql.ts';

export interface RoleEvidence {
  readonly evidenced: number;
  readonly from: string | null;
  readonly to: string | null;
}

/** How much of what was wanted is evidenced, by accepted part. @param where a condition over `r` */
export async function countEvidence(tx: Tx, workspaceId: WorkspaceId, timeZone: string, where: Sql): Promise<Map<string, RoleEvidence>> {
  const roles = acceptedRoles(workspaceId, timeZone, where);
  const touches = roleTouches(workspaceId, sql`SELECT * FROM roles`);
  const automatic = await automaticSubjects(tx, roleTouches(workspaceId, roles));
  const { rows } = await sql<RoleEvidence & { roleId: string }>`
    WITH roles AS MATERIALIZED (${roles})
    SELECT r.role_id AS "roleId", r.from_at AS "from", r.until_at AS "to", coalesce(e.count, 0)::int AS evidenced FROM roles r
    LEFT JOIN (SELECT e.role_id, count(DISTINCT e.what) AS count FROM (
      SELECT t.role_id, t.person AS what FROM (${touches}) t WHERE ${isWritten(automatic)}
      UNION ALL SELECT role_id, person FROM (${addedPeople(workspaceId, sql`SELECT * FROM roles`)}) p
      UNION ALL SELECT role_id, version_id FROM (${addedContent(workspaceId, sql`SELECT * FROM roles`)}) v) e GROUP BY e.role_id) e ON e.role_id = r.role_id`.execute(
    tx,
  );
  return new Map(rows.map(({ roleId, ...evidence }) => [roleId, evidence]));
}
