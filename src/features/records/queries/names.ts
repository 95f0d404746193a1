import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { fieldsOf, type RecordKind } from '../contract.ts';
import type { ShownRecord } from './columns.ts';

const referenced = ['member', 'account', 'contact', 'campaign', 'lead', 'deal'] as const;
export type Referenced = (typeof referenced)[number];

/** A reference as it is shown: merged accounts, contacts and campaigns through their survivor. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Reference fields of a kind: `ownerId` → member. */
const referencesOf = (kind: RecordKind): { field: string; of: Referenced }[] =>
  fieldsOf[kind].flatMap((field) => {
    const of = referenced.find((one) => one === field.type);
    return of ? [{ field: field.name, of }] : [];
  });

/**
 * Puts beside every reference the name of what it refers to (`ownerId` → `ownerName`) and, beside an
 * owner, the names of the teams. One query for all the page's references.
 */
export async function withNames(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, records: ShownRecord[]): Promise<ShownRecord[]> {
  const references = referencesOf(kind);
  const wanted: Partial<Record<Referenced, Set<string>>> = {};
  for (const record of records)
    for (const { field, of } of references) {
      const id = record[field];
      if (typeof id === 'string') (wanted[of] ??= new Set()).add(id);
    }
  const names = await namesOf(tx, workspaceId, wanted);
  const teams = kind === 'lead' || kind === 'deal' ? await teamNames(tx, workspaceId, records) : null;
  for (const record of records) {
    for (const { field, of } of references) {
      const named = names.get(`${of} ${String(record[field])}`);
      if (named) record[field] = named.id;
      record[`${field.slice(0, -2)}Name`] = named?.name ?? null;
    }
    if (teams) record.teamNames = teams.get(String(record.ownerId)) ?? [];
  }
  return records;
}

/** Names by `"<kind> <id>"`. An id that isn't there has none. */
export async function namesOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  wanted: Partial<Record<Referenced, Iterable<string>>>,
): Promise<Map<string, Named>> {
  const parts = referenced.flatMap((kind) => {
    const ids = [...(wanted[kind] ?? [])];
    return ids.length ? [sql`SELECT ${kind}::text AS kind, n.* FROM (${nameQueries[kind](workspaceId, ids)}) n`] : [];
  });
  if (parts.length === 0) return new Map();
  const { rows } = await sql<{
    kind: string;
    asked: string;
    id: string;
    name: string | null;
  }>`${sql.join(parts, sql` UNION ALL `)}`.execute(tx);
  return new Map(rows.map((row) => [`${row.kind} ${row.asked}`, { id: row.id, name: row.name ?? '' }]));
}

/** What a contact is called: the name, else the e-mail address. */
export const contactName = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.full_name`)}, nullif(concat_ws(' ', ${sql.ref(`${alias}.given_name`)}, ${sql.ref(`${alias}.family_name`)}), ''), ${sql.ref(`${alias}.email`)}, ${sql.ref(`${alias}.phone`)})`;
export const leadName = (alias: string) =>
  sql`coalesce(${sql.ref(`${alias}.name`)}, ${sql.ref(`${alias}.company`)}, ${sql.ref(`${alias}.email`)}, ${sql.ref(`${alias}.phone`)})`;

const plain = (table: string, name: ReturnType<typeof sql>) => (workspaceId: WorkspaceId, ids: string[]) =>
  sql`SELECT n.id AS asked, n.id, ${name} AS name FROM ${sql.table(table)} n WHERE n.workspace_id = ${workspaceId}::uuid AND n.id = ANY(${ids}::uuid[])`;
/** Joined by CASE: PostgreSQL takes coalesce for something that might leak, and then reads the whole table (120 ms at 600,000 contacts). */
const surviving = (table: string, name: ReturnType<typeof sql>) => (workspaceId: WorkspaceId, ids: string[]) =>
  sql`SELECT o.id AS asked, n.id, ${name} AS name FROM ${sql.table(table)} o
    JOIN ${sql.table(table)} n ON n.workspace_id = ${workspaceId}::uuid AND n.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ANY(${ids}::uuid[])`;
const nameQueries: Record<Referenced, (workspaceId: WorkspaceId, ids: string[]) => ReturnType<typeof sql>> = {
  member: plain('members', sql`n.name`),
  account: surviving('accounts', sql`n.name`),
  contact: surviving('contacts', contactName('n')),
  campaign: surviving('campaigns', sql`n.name`),
  lead: plain('leads', leadName('n')),
  deal: plain('deals', sql`n.name`),
};

async function teamNames(tx: Tx, workspaceId: WorkspaceId, records: readonly ShownRecord[]): Promise<Map<string, string[]>> {
  const owners = [...new Set(records.flatMap((record) => (typeof record.ownerId === 'string' ? [record.ownerId] : [])))];
  if (owners.length === 0) return new Map();
  const { rows } = await sql<{ member_id: string; names: string[] }>`
    SELECT tm.member_id, array_agg(t.name ORDER BY t.name) AS names FROM team_members tm JOIN teams t ON t.workspace_id = tm.workspace_id AND t.id = tm.team_id
    WHERE tm.workspace_id = ${workspaceId}::uuid AND tm.member_id = ANY(${owners}::uuid[]) GROUP BY tm.member_id`.execute(tx);
  return new Map(rows.map((row) => [row.member_id, row.names]));
}
