import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { RecordKind } from '../contract.ts';
import type { ListKind } from '../contract/lists.ts';
import type { FilterScope } from './filters.ts';
import type { CustomType } from './values.ts';

/** What reading a filter needs to know of the workspace; asks the database only for what the filter mentions. */
export async function scopeOf(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ask: { q?: string | undefined; filter?: { all: { field: string }[] } | undefined }): Promise<FilterScope> {
  const fields = ask.filter?.all.map((condition) => condition.field) ?? [];
  const custom = fields.some((field) => field.startsWith('custom.')) ? await customTypes(tx, workspaceId, kind) : new Map<string, CustomType>();
  const needsCountry = fields.includes('phone') || /\d{4}/.test(ask.q ?? '');
  return { workspaceId, kind, custom, phoneCountry: needsCountry ? await phoneCountryOf(tx, workspaceId) : null };
}

/** The company's own fields of a kind, by key. */
export async function customTypes(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind): Promise<Map<string, CustomType>> {
  const { rows } = await sql<{ key: string; type: CustomType }>`SELECT key, type FROM custom_fields WHERE workspace_id = ${workspaceId}::uuid AND kind = ${kind}`.execute(tx);
  return new Map(rows.map((row) => [row.key, row.type]));
}

/** The country (ISO 3166) of telephone numbers without a prefix. */
export async function phoneCountryOf(tx: Tx, workspaceId: WorkspaceId): Promise<string | null> {
  const { rows } = await sql<{ country: string | null }>`SELECT country FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0]?.country ?? null;
}
