import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import type { Form, FormContent } from '../contract/forms.ts';

type FormRow = Omit<Form, 'url' | 'embed'>;

/** @param publicUrl where visitors reach this server */
export async function listForms(tx: Tx, workspaceId: WorkspaceId, publicUrl: string): Promise<Form[]> {
  return (await rowsOf(tx, workspaceId, null)).map((row) => addressed(row, publicUrl));
}

export async function getForm(tx: Tx, workspaceId: WorkspaceId, publicUrl: string, id: string): Promise<Form> {
  const [row] = await rowsOf(tx, workspaceId, id);
  if (!row) throw notFound('form');
  return addressed(row, publicUrl);
}

function addressed(row: FormRow, publicUrl: string): Form {
  const url = `${publicUrl}/f/${row.key}`;
  const title = row.content.title.replaceAll(/[&<>"]/g, ' ');
  const embed = row.site
    ? `<iframe src="${url}" title="${title}" style="width:100%;min-height:40rem;border:0" loading="lazy"></iframe>`
    : null;
  return { ...row, url, embed };
}

async function rowsOf(tx: Tx, workspaceId: WorkspaceId, id: string | null): Promise<FormRow[]> {
  const { rows } =
    await sql<FormRow>`SELECT f.id, f.name, f.key, v.number AS version, v.content, f.made_at AS "madeAt", f.archived_at AS "archivedAt",
      CASE WHEN s.id IS NOT NULL THEN jsonb_build_object('id', s.id, 'name', s.name) END AS site,
      (SELECT jsonb_build_object('id', c.id, 'name', c.name) FROM campaigns c WHERE c.workspace_id = f.workspace_id AND c.id = (v.content ->> 'campaignId')::uuid) AS campaign,
      t.submissions, t.failed, t.last AS "lastAt"
    FROM tracking_forms f
    JOIN LATERAL (SELECT number, content FROM tracking_form_versions v WHERE v.workspace_id = f.workspace_id AND v.form_id = f.id ORDER BY number DESC LIMIT 1) v ON true
    LEFT JOIN tracking_sites s ON s.workspace_id = f.workspace_id AND s.id = f.site_id
    CROSS JOIN LATERAL (SELECT count(*)::int AS submissions, (count(*) FILTER (WHERE state = 'failed'))::int AS failed, max(received_at) AS last
      FROM tracking_submissions u WHERE u.workspace_id = f.workspace_id AND u.source_id = f.id) t
    WHERE f.workspace_id = ${workspaceId}::uuid ${id === null ? sql`` : sql`AND f.id = ${id}::uuid`}
    ORDER BY f.archived_at IS NOT NULL, f.name, f.id LIMIT 500`.execute(tx);
  return rows;
}

export async function listFormVersions(tx: Tx, workspaceId: WorkspaceId, id: string) {
  const { rows } = await sql<{ number: number; content: FormContent; madeBy: { id: string; name: string } | null; madeAt: string }>`
    SELECT v.number, v.content, v.made_at AS "madeAt", CASE WHEN m.id IS NOT NULL THEN jsonb_build_object('id', m.id, 'name', m.name) END AS "madeBy"
    FROM tracking_form_versions v LEFT JOIN members m ON m.workspace_id = v.workspace_id AND m.id = v.made_by
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.form_id = ${id}::uuid ORDER BY v.number DESC LIMIT 200`.execute(tx);
  if (rows.length === 0) throw notFound('form');
  return { items: rows };
}
