/** A form as visitors meet it. */

import { sql } from 'kysely';
import { customTypes } from '#features/records/queries/scope.ts';
import type { CustomType } from '#features/records/queries/values.ts';
import type { Database, WorkspaceId } from '#platform/db/database.ts';
import type { FormContent } from '../contract/forms.ts';
import { findByKey } from './gate.ts';

export interface OpenForm {
  readonly workspaceId: WorkspaceId;
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly content: FormContent;
  /** Whose pages may embed it and share its visitors. */
  readonly site: { readonly id: string; readonly domains: readonly string[] } | null;
  readonly types: ReadonlyMap<string, CustomType>;
}

/** Null: no such key, or archived. */
export async function findOpenForm(database: Database, key: string): Promise<OpenForm | null> {
  const found = await findByKey(database, 'form', key);
  if (!found) return null;
  const { workspaceId, id } = found;
  return database.inWorkspace(workspaceId, async (tx) => {
    const { rows } = await sql<{ number: number; content: FormContent; siteId: string | null; domains: string[] | null }>`
      SELECT v.number, v.content, s.id AS "siteId", s.domains FROM tracking_forms f
      JOIN tracking_form_versions v ON v.workspace_id = f.workspace_id AND v.form_id = f.id
      LEFT JOIN tracking_sites s ON s.workspace_id = f.workspace_id AND s.id = f.site_id AND s.archived_at IS NULL
      WHERE f.workspace_id = ${workspaceId}::uuid AND f.id = ${id}::uuid AND f.archived_at IS NULL ORDER BY v.number DESC LIMIT 1`.execute(
      tx,
    );
    const form = rows[0];
    if (!form) return null;
    const { number: version, content, siteId, domains } = form;
    const site = siteId === null ? null : { id: siteId, domains: domains ?? [] };
    return { workspaceId, id, key, version, content, site, types: await customTypes(tx, workspaceId, 'lead') };
  });
}
