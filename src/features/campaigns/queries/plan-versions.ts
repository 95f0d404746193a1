import { sql } from 'kysely';
import type { Named } from '#features/records/queries/names.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { keptPlan, type KeptPlan } from '../contract/plans.ts';

export interface VersionRow {
  readonly id: string;
  readonly number: number;
  readonly content: KeptPlan;
  readonly contentHash: string;
  readonly audienceCount: number | null;
  readonly madeAt: string;
  readonly madeBy: Named | null;
  /** Null: a draft. */
  readonly publishedAt: string | null;
  readonly publishedBy: Named | null;
}

const memberOf = (column: string) =>
  sql`(SELECT json_build_object('id', m.id, 'name', m.name) FROM members m WHERE m.workspace_id = v.workspace_id AND m.id = ${sql.ref(column)})`;
const columns = sql`v.id, v.number, v.content_hash AS "contentHash", v.audience_count AS "audienceCount", v.made_at AS "madeAt",
  ${memberOf('v.made_by')} AS "madeBy", v.published_at AS "publishedAt", ${memberOf('v.published_by')} AS "publishedBy"`;

/** Newest first. */
export async function listVersionRows(tx: Tx, workspaceId: WorkspaceId, campaignId: string): Promise<Omit<VersionRow, 'content'>[]> {
  const { rows } = await sql<Omit<VersionRow, 'content'>>`SELECT ${columns} FROM plan_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.campaign_id = ${campaignId}::uuid ORDER BY v.number DESC`.execute(tx);
  return rows;
}

/** The draft; of the published ones the last, or the last before a number. */
export async function findVersion(
  tx: Tx,
  workspaceId: WorkspaceId,
  campaignId: string,
  which: 'draft' | 'published' | { readonly before: number } | { readonly number: number },
): Promise<VersionRow | null> {
  const condition =
    which === 'draft'
      ? sql`v.published_at IS NULL`
      : which === 'published'
        ? sql`v.published_at IS NOT NULL`
        : 'before' in which
          ? sql`v.published_at IS NOT NULL AND v.number < ${which.before}`
          : sql`v.number = ${which.number}`;
  const { rows } = await sql<VersionRow & { content: unknown }>`SELECT ${columns}, v.content FROM plan_versions v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.campaign_id = ${campaignId}::uuid AND ${condition} ORDER BY v.number DESC LIMIT 1`.execute(
    tx,
  );
  return rows[0] ? { ...rows[0], content: keptPlan.parse(rows[0].content) } : null;
}

/** @throws Problem not-found */
export async function getVersion(tx: Tx, workspaceId: WorkspaceId, campaignId: string, number: number): Promise<VersionRow> {
  const row = await findVersion(tx, workspaceId, campaignId, { number });
  if (!row) throw notFound('version of the plan');
  return row;
}
