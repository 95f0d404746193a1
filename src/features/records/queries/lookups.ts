import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import { columnOf, tableOf, type Kind } from '../contract.ts';
import { listKinds, type ListKind, type ListQuery } from '../contract/lists.ts';
import { sqlTypeOf } from '../projection.ts';
import { fieldNamed, hasMerges, tableRef } from './columns.ts';
import { contactName, leadName, namesOf, type Referenced } from './names.ts';
import { beginsWith, searchedColumns } from './prefixes.ts';
import { phoneCountryOf } from './scope.ts';

export interface FieldValue {
  value: string | null;
  label: string;
  count: number;
  isAtLeast: boolean;
}

const mostValues = 200;
const countedUpTo = 1_000;
/** Records looked at where a field has no index of its own. */
const sampleSize = 20_000;

/** Fields whose values stand in an index right behind the workspace, so that it can be skipped through. */
const skippable: Record<ListKind, readonly string[]> = {
  account: ['segment', 'industry', 'ownerId'],
  contact: ['ownerId'],
  lead: ['stage', 'origin', 'channel', 'segment', 'ownerId', 'campaignId'],
  deal: ['status', 'stage', 'ownerId', 'campaignId'],
  campaign: [],
};

/**
 * The different values of a field, for a filter's list: counted up to 1,000 each. A field without an
 * index is looked through in the newest 20,000 records only (`sampled`).
 */
export async function listValues(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  name: string,
): Promise<{ items: FieldValue[]; sampled: boolean }> {
  const field = name === 'stage' && kind === 'lead' ? ({ name, type: 'choice', label: 'Stage' } as const) : fieldNamed(kind, name);
  if (!field || !['text', 'choice', 'currency', 'member', 'campaign'].includes(field.type))
    throw new Problem('bad-input', `“${name}” has no list of values.`, { fields: [{ at: 'field', reason: 'has no list of values' }] });
  const column = sql.ref(`t.${columnOf(name)}`);
  const sampled = !skippable[kind].includes(name);
  const type = sql.raw(sqlTypeOf(field));
  const { rows } = sampled
    ? await sql<{
        value: string | null;
        count: bigint;
      }>`SELECT value, count(*) FROM (SELECT ${column} AS value FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.archived_at IS NULL ORDER BY t.id DESC LIMIT ${sampleSize}) t GROUP BY value ORDER BY count(*) DESC, value LIMIT ${mostValues}`.execute(
        tx,
      )
    : await sql<{ value: string | null; count: bigint }>`
      WITH RECURSIVE skip AS (
        (SELECT ${column} AS value, 1 AS n FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} IS NOT NULL ORDER BY ${column} LIMIT 1)
        UNION ALL
        SELECT (SELECT ${column} FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} > skip.value ORDER BY ${column} LIMIT 1), n + 1 FROM skip WHERE skip.value IS NOT NULL AND n < ${mostValues}),
      listed AS (SELECT value FROM skip WHERE value IS NOT NULL UNION ALL SELECT NULL::${type})
      SELECT value, count(*) FROM listed CROSS JOIN LATERAL (
        (SELECT 1 FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} = listed.value AND t.archived_at IS NULL LIMIT ${countedUpTo})
        UNION ALL (SELECT 1 FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND listed.value IS NULL AND ${column} IS NULL AND t.archived_at IS NULL LIMIT ${countedUpTo})) c
      GROUP BY value ORDER BY count(*) DESC, value`.execute(tx);
  const names =
    field.type === 'member' || field.type === 'campaign'
      ? await namesOf(tx, workspaceId, { [field.type]: rows.flatMap((row) => (row.value ? [row.value] : [])) } as Partial<
          Record<Referenced, string[]>
        >)
      : null;
  const items = rows.map((row) => ({
    value: row.value,
    label: row.value === null ? 'not stated' : (names?.get(`${field.type} ${row.value}`)?.name ?? row.value),
    count: Number(row.count),
    isAtLeast: sampled || Number(row.count) >= countedUpTo,
  }));
  return { items, sampled };
}

export interface Found {
  kind: ListKind;
  id: string;
  title: string;
  subtitle: string | null;
}

const foundOfEach = 5;
const titles = {
  account: [sql`t.name`, sql`t.domain`],
  contact: [contactName('t'), sql`coalesce(t.email, t.title)`],
  lead: [leadName('t'), sql`concat_ws(' · ', t.company, t.stage)`],
  deal: [sql`t.name`, sql`t.status`],
  campaign: [sql`t.name`, sql`t.channel`],
} satisfies Record<ListKind, unknown[]>;

/** Up to five records of each kind whose name, company, e-mail, domain or phone begins with the text. */
export async function searchRecords(tx: Tx, workspaceId: WorkspaceId, q: string): Promise<Found[]> {
  const country = /\d{4}/.test(q) ? await phoneCountryOf(tx, workspaceId) : null;
  const parts = listKinds.flatMap((kind) =>
    Object.entries(searchedColumns[kind]).flatMap(([column, toKey]) => {
      if (toKey(q, country) === null) return [];
      const [title, subtitle] = titles[kind];
      const ref = sql.ref(`t.${column}`);
      return [
        sql`(SELECT ${kind}::text AS kind, t.id, ${title} AS title, ${subtitle} AS subtitle FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${beginsWith(kind, q, country, column)}
        AND t.archived_at IS NULL ${hasMerges(kind) ? sql`AND t.merged_into IS NULL` : sql``} ORDER BY ${ref} LIMIT ${foundOfEach})`,
      ];
    }),
  );
  if (parts.length === 0) return [];
  const { rows } = await sql<Found>`${sql.join(parts, sql` UNION ALL `)}`.execute(tx);
  const different = [...new Map(rows.map((row) => [row.id, { ...row, title: row.title ?? '', subtitle: row.subtitle || null }])).values()];
  return listKinds.flatMap((kind) => different.filter((row) => row.kind === kind).slice(0, foundOfEach));
}

export interface SavedView {
  id: string;
  kind: ListKind;
  name: string;
  shared: boolean;
  mine: boolean;
  memberName: string;
  query: ListQuery;
}

/** A member's own views and those shared by others. */
export async function listViews(tx: Tx, workspaceId: WorkspaceId, memberId: string, kind?: ListKind): Promise<SavedView[]> {
  const { rows } =
    await sql<SavedView>`SELECT v.id, v.kind, v.name, v.shared, v.member_id = ${memberId}::uuid AS mine, m.name AS "memberName", v.query
    FROM saved_views v JOIN members m ON m.workspace_id = v.workspace_id AND m.id = v.member_id
    WHERE v.workspace_id = ${workspaceId}::uuid AND (v.shared OR v.member_id = ${memberId}::uuid) ${kind ? sql`AND v.kind = ${kind}` : sql``} ORDER BY lower(v.name COLLATE "default"), v.id`.execute(
      tx,
    );
  return rows;
}

export interface CustomField {
  kind: Kind;
  key: string;
  label: string;
  type: string;
}

/** The company's own fields. */
export async function listCustomFields(tx: Tx, workspaceId: WorkspaceId, kind?: Kind): Promise<CustomField[]> {
  const { rows } =
    await sql<CustomField>`SELECT kind, key, label, type FROM custom_fields WHERE workspace_id = ${workspaceId}::uuid ${kind ? sql`AND kind = ${kind}` : sql``} ORDER BY kind, label, key`.execute(
      tx,
    );
  return rows.filter((row) => row.kind in tableOf);
}
