import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Site } from '../contract/sites.ts';

type SiteRow = Omit<Site, 'snippet'>;

/** @param publicUrl where visitors reach this server */
export async function listSites(tx: Tx, workspaceId: WorkspaceId, publicUrl: string): Promise<Site[]> {
  return (await rowsOf(tx, workspaceId, null)).map((row) => ({ ...row, snippet: snippetOf(row, publicUrl) }));
}

export async function getSite(tx: Tx, workspaceId: WorkspaceId, publicUrl: string, id: string): Promise<Site> {
  const [row] = await rowsOf(tx, workspaceId, id);
  if (!row) throw notFound('site');
  return { ...row, snippet: snippetOf(row, publicUrl) };
}

async function rowsOf(tx: Tx, workspaceId: WorkspaceId, id: string | null): Promise<SiteRow[]> {
  const week = (outcomes: readonly string[]) =>
    sql`coalesce((SELECT sum(c.count) FROM tracking_counts c WHERE c.workspace_id = s.workspace_id AND c.source_id = s.id AND c.outcome = ANY(${outcomes}::text[])
      AND c.day > (now() AT TIME ZONE 'UTC')::date - 7), 0)::int`;
  const { rows } =
    await sql<SiteRow>`SELECT s.id, s.name, s.domains, s.consent, s.key, s.identity_secret IS NOT NULL AS "canIdentify", s.made_at AS "madeAt",
      s.archived_at AS "archivedAt", (SELECT max(c.last_at) FROM tracking_counts c WHERE c.workspace_id = s.workspace_id AND c.source_id = s.id AND c.outcome <> 'refused') AS "lastEventAt",
      ${week(['seen', 'private'])} AS events, ${week(['refused'])} AS refused
    FROM tracking_sites s WHERE s.workspace_id = ${workspaceId}::uuid ${id === null ? sql`` : sql`AND s.id = ${id}::uuid`}
    ORDER BY s.archived_at IS NOT NULL, s.name, s.id LIMIT 500`.execute(tx);
  return rows;
}

/** Calls made before the script has loaded are kept for it. */
function snippetOf({ key, consent }: Pick<SiteRow, 'key' | 'consent'>, publicUrl: string): string {
  const mode = consent === 'mode' ? ' data-consent="mode"' : '';
  return `<script>window.accord=window.accord||function(){(accord.q=accord.q||[]).push(arguments)}</script>
<script async src="${publicUrl}/t/accord.js" data-site="${key}"${mode}></script>`;
}
