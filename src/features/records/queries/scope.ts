import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { RecordKind } from '../contract.ts';
import type { Filter, ListKind } from '../contract/lists.ts';
import type { FilterScope } from './filters.ts';
import type { CustomType } from './values.ts';

/** What reading a filter needs to know of the workspace; asks the database only for what the filter mentions. */
export async function scopeOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  ask: { q?: string | undefined; filter?: Filter | undefined },
): Promise<FilterScope> {
  const fields = ask.filter?.all.map((condition) => condition.field) ?? [];
  const custom = fields.some((field) => field.startsWith('custom.'))
    ? await customTypes(tx, workspaceId, kind)
    : new Map<string, CustomType>();
  const needsPlace = fields.includes('phone') || /\d{4}/.test(ask.q ?? '') || fields.some((field) => field.endsWith('At'));
  const place = needsPlace ? await placeOf(tx, workspaceId) : null;
  const teams = fields.includes('teamId') ? await teamMembers(tx, workspaceId) : new Map<string, string[]>();
  return { workspaceId, kind, custom, teams, phoneCountry: place?.country ?? null, timeZone: place?.time_zone ?? 'UTC' };
}

/** Members by team. */
async function teamMembers(tx: Tx, workspaceId: WorkspaceId): Promise<Map<string, string[]>> {
  const { rows } = await sql<{
    team_id: string;
    members: string[];
  }>`SELECT team_id, array_agg(member_id) AS members FROM team_members WHERE workspace_id = ${workspaceId}::uuid GROUP BY team_id`.execute(
    tx,
  );
  return new Map(rows.map((row) => [row.team_id, row.members]));
}

/** The company's own fields of a kind, by key. */
export async function customTypes(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind): Promise<Map<string, CustomType>> {
  const { rows } = await sql<{
    key: string;
    type: CustomType;
  }>`SELECT key, type FROM custom_fields WHERE workspace_id = ${workspaceId}::uuid AND kind = ${kind}`.execute(tx);
  return new Map(rows.map((row) => [row.key, row.type]));
}

/** The country (ISO 3166) of telephone numbers without a prefix. */
export async function phoneCountryOf(tx: Tx, workspaceId: WorkspaceId): Promise<string | null> {
  return (await placeOf(tx, workspaceId)).country;
}

async function placeOf(tx: Tx, workspaceId: WorkspaceId): Promise<{ country: string | null; time_zone: string }> {
  const { rows } = await sql<{
    country: string | null;
    time_zone: string;
  }>`SELECT country, time_zone FROM workspaces WHERE id = ${workspaceId}::uuid`.execute(tx);
  return rows[0] ?? { country: null, time_zone: 'UTC' };
}
