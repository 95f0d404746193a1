import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { notFound } from '#platform/errors.ts';
import { columnOf, fieldsOf, type RecordKind } from '../contract.ts';
import type { ListKind } from '../contract/lists.ts';
import { hasMerges, shownRecord, tableRef, type Row, type ShownRecord } from './columns.ts';
import { namesOf, withNames, type Referenced } from './names.ts';

/** One record's row as it is stored. */
export async function findRow(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, id: string, lock = false): Promise<Row | null> {
  const { rows } =
    await sql<Row>`SELECT t.* FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ${id}::uuid ${lock ? sql`FOR UPDATE` : sql``}`.execute(
      tx,
    );
  return rows[0] ?? null;
}

/** @throws Problem not-found */
export async function getRow(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, id: string, lock = false): Promise<Row> {
  const row = await findRow(tx, workspaceId, kind, id, lock);
  if (!row) throw notFound(kind);
  return row;
}

export interface RecordPage extends Record<string, unknown> {
  id: string;
  externalIds: { source: string; externalId: string }[];
  /** Records that were merged into this one. */
  mergedFrom: { id: string; name: string }[];
}

/** One record with the names of its references, its ids in other systems and what was merged into it. */
export async function getRecord(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, id: string): Promise<RecordPage> {
  const row = await getRow(tx, workspaceId, kind, id);
  const [record] = await withNames(tx, workspaceId, kind, [shownRecord(kind, row)]);
  const mergedIds = await idsMergedInto(tx, workspaceId, kind, id);
  const { rows: externalIds } = await sql<{ source: string; externalId: string }>`
    SELECT source, external_id AS "externalId" FROM external_ids WHERE workspace_id = ${workspaceId}::uuid AND record_id = ANY(${[id, ...mergedIds]}::uuid[]) ORDER BY source, external_id`.execute(
    tx,
  );
  return { ...(record as ShownRecord), externalIds, mergedFrom: await ownNames(tx, workspaceId, kind, mergedIds) };
}

/** Ids of the records that were merged into this one. */
export async function idsMergedInto(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, id: string): Promise<string[]> {
  if (!hasMerges(kind)) return [];
  const { rows } = await sql<{
    id: string;
  }>`SELECT t.id FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.merged_into = ${id}::uuid ORDER BY t.id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** What records are called, their own names and not their survivors'. */
async function ownNames(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  if (ids.length === 0) return [];
  const nameFields = fieldsOf[kind]
    .filter((field) => ['name', 'fullName', 'email'].includes(field.name))
    .map((field) => sql.ref(`t.${columnOf(field.name)}`));
  const { rows } = await sql<{
    id: string;
    name: string;
  }>`SELECT t.id, coalesce(${sql.join(nameFields)}, '') AS name FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[]) ORDER BY t.id`.execute(
    tx,
  );
  return rows;
}

export interface ShownFact {
  id: string;
  kind: string;
  occurredAt: string;
  recordedAt: string;
  member: { id: string; name: string } | null;
  from: string | null;
  sets: Record<string, unknown> | null;
  body: Record<string, unknown> | null;
}

/** The history of one record, newest first. `before` is the id of the last fact seen. */
export async function listFacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  id: string,
  ask: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: ShownFact[]; next: string | null; total: null }> {
  await getRow(tx, workspaceId, kind, id);
  const limit = ask.limit ?? 50;
  const earlier = ask.cursor
    ? sql`AND (f.recorded_at, f.id) < (SELECT recorded_at, id FROM facts WHERE workspace_id = ${workspaceId}::uuid AND subject_id = ${id}::uuid AND id = ${ask.cursor}::uuid)`
    : sql``;
  const { rows } = await sql<Row>`
    SELECT f.id, f.kind, f.occurred_at, f.recorded_at, f.member_id, f.sets, f.body, r.number AS run_number, r.status AS run_status FROM facts f
    LEFT JOIN import_runs r ON r.workspace_id = f.workspace_id AND r.id = f.run_id
    WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = ${id}::uuid ${earlier} ORDER BY f.recorded_at DESC, f.id DESC LIMIT ${limit + 1}`.execute(
    tx,
  );
  const shown = rows.slice(0, limit);
  const names = await namesOf(tx, workspaceId, {
    member: shown.flatMap((row) => (row.member_id ? [String(row.member_id)] : [])),
  } satisfies Partial<Record<Referenced, string[]>>);
  return { items: shown.map((row) => shownFact(row, names)), next: rows.length > limit ? shown.at(-1)!.id : null, total: null };
}

function shownFact(row: Row, names: ReadonlyMap<string, { id: string; name: string }>): ShownFact {
  return {
    id: row.id,
    kind: String(row.kind),
    occurredAt: String(row.occurred_at),
    recordedAt: String(row.recorded_at),
    member: names.get(`member ${String(row.member_id)}`) ?? null,
    from: importLabel(row.run_number, row.run_status),
    sets: row.sets as Record<string, unknown> | null,
    body: row.body as Record<string, unknown> | null,
  };
}

/** `import #3`; `import #3 (undone)`. */
export const importLabel = (number: unknown, status?: unknown): string | null =>
  number === null || number === undefined ? null : `import #${String(number)}${status === 'undone' ? ' (undone)' : ''}`;

/** Members of a campaign with whom they are, by id. */
export async function listCampaignMembers(
  tx: Tx,
  workspaceId: WorkspaceId,
  campaignId: string,
  ask: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: ShownRecord[]; next: string | null; total: null }> {
  await getRow(tx, workspaceId, 'campaign', campaignId);
  const ids = [campaignId, ...(await idsMergedInto(tx, workspaceId, 'campaign', campaignId))];
  const limit = ask.limit ?? 50;
  const { rows } =
    await sql<Row>`SELECT t.* FROM campaign_members t WHERE t.workspace_id = ${workspaceId}::uuid AND t.campaign_id = ANY(${ids}::uuid[]) AND t.archived_at IS NULL
    ${ask.cursor ? sql`AND t.id > ${ask.cursor}::uuid` : sql``} ORDER BY t.id LIMIT ${limit + 1}`.execute(tx);
  const shown = rows.slice(0, limit);
  const items = await withNames(
    tx,
    workspaceId,
    'campaignMember',
    shown.map((row) => shownRecord('campaignMember', row)),
  );
  return { items, next: rows.length > limit ? shown.at(-1)!.id : null, total: null };
}

/** Revenue of an account and those merged into it, newest first. Void entries are left out. */
export async function listRevenue(
  tx: Tx,
  workspaceId: WorkspaceId,
  accountId: string,
  ask: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: Record<string, unknown>[]; next: string | null; total: null }> {
  await getRow(tx, workspaceId, 'account', accountId);
  const ids = [accountId, ...(await idsMergedInto(tx, workspaceId, 'account', accountId))];
  const limit = ask.limit ?? 50;
  const earlier = ask.cursor
    ? sql`AND (e.occurred_on, e.id) < (SELECT occurred_on, id FROM revenue_entries WHERE workspace_id = ${workspaceId}::uuid AND id = ${ask.cursor}::uuid)`
    : sql``;
  const { rows } =
    await sql<Row>`SELECT e.*, r.number AS run_number FROM revenue_entries e LEFT JOIN import_runs r ON r.workspace_id = e.workspace_id AND r.id = e.run_id
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.account_id = ANY(${ids}::uuid[]) AND e.voided_by IS NULL ${earlier} ORDER BY e.occurred_on DESC, e.id DESC LIMIT ${limit + 1}`.execute(
      tx,
    );
  const shown = rows.slice(0, limit);
  const names = await namesOf(tx, workspaceId, { deal: shown.flatMap((row) => (row.deal_id ? [String(row.deal_id)] : [])) });
  const items = shown.map((row) => ({
    id: row.id,
    kind: row.kind,
    occurredOn: row.occurred_on,
    amount: String(row.amount),
    currency: row.currency,
    product: row.product,
    description: row.description,
    dealId: row.deal_id,
    dealName: names.get(`deal ${String(row.deal_id)}`)?.name ?? null,
    recordedAt: row.recorded_at,
    from: importLabel(row.run_number),
  }));
  return { items, next: rows.length > limit ? shown.at(-1)!.id : null, total: null };
}

/** Now, as this transaction sees it. */
export async function transactionTime(tx: Tx): Promise<string> {
  const { rows } = await sql<{ now: string }>`SELECT now() AS now`.execute(tx);
  return rows[0]!.now;
}
