import { sql } from 'kysely';
import { isPublicMailDomain } from '#engine/identity/keys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { ListKind } from '../contract/lists.ts';
import { shownRecord, tableRef, type Row, type ShownRecord, type Sql } from './columns.ts';
import { withNames } from './names.ts';
import { getRow } from './records.ts';

export type DuplicateKind = 'account' | 'contact';
export type DuplicateReason = 'email' | 'phone' | 'name' | 'domain';

/** By what records of a kind are taken for the same, surest first. A string that is merely alike never counts. */
const rulesOf: Record<DuplicateKind, readonly { reason: DuplicateReason; column: string; same: Sql | null; note: string }[]> = {
  contact: [
    { reason: 'email', column: 'email_key', same: null, note: 'same e-mail address' },
    { reason: 'phone', column: 'phone_key', same: null, note: 'same phone number' },
    { reason: 'name', column: 'name_key', same: sql`t.account_id`, note: 'same name at the same account' },
  ],
  account: [
    { reason: 'domain', column: 'domain', same: null, note: 'same domain' },
    { reason: 'name', column: 'name_key', same: null, note: 'same name' },
  ],
};

export interface DuplicateGroup {
  reason: DuplicateReason;
  key: string;
  records: ShownRecord[];
}

const mostInGroup = 20;

/** Groups of records that may be the same, surest reason first; without the pairs that people dismissed. */
export async function listDuplicates(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: DuplicateKind,
  ask: { limit?: number | undefined; cursor?: string | undefined },
): Promise<{ items: DuplicateGroup[]; next: string | null; total: null }> {
  const limit = ask.limit ?? 50;
  const items: DuplicateGroup[] = [];
  let at = readDuplicateCursor(kind, ask.cursor);
  while (at && items.length < limit) {
    const wanted = limit - items.length;
    const found = await groupsAfter(tx, workspaceId, kind, at, wanted);
    items.push(...(await openGroups(tx, workspaceId, kind, at.rule, found)));
    const lastKey = found.at(-1);
    at =
      found.length === wanted && lastKey
        ? { rule: at.rule, key: lastKey }
        : at.rule + 1 < rulesOf[kind].length
          ? { rule: at.rule + 1, key: null }
          : null;
  }
  return { items, next: at ? Buffer.from(JSON.stringify(at)).toString('base64url') : null, total: null };
}

interface Place {
  readonly rule: number;
  readonly key: GroupKey | null;
}
interface GroupKey {
  readonly key: string;
  readonly same: string | null;
}

/** Reads the key's index in order and stops when there are enough groups. */
async function groupsAfter(tx: Tx, workspaceId: WorkspaceId, kind: DuplicateKind, at: Place, count: number): Promise<GroupKey[]> {
  const rule = rulesOf[kind][at.rule]!;
  const column = sql.ref(`t.${rule.column}`);
  const same = rule.same ?? sql`NULL::uuid`;
  const later = !at.key
    ? sql``
    : rule.same
      ? sql`AND ${column} >= ${at.key.key} AND (${column}, ${same}) > (${at.key.key}, ${at.key.same}::uuid)`
      : sql`AND ${column} > ${at.key.key}`;
  const { rows } = await sql<GroupKey>`
    SELECT ${column} AS key, ${same} AS same FROM ${tableRef(kind)} t
    WHERE t.workspace_id = ${workspaceId}::uuid AND ${column} IS NOT NULL AND ${column} <> '' AND t.merged_into IS NULL AND t.archived_at IS NULL ${rule.same ? sql`AND ${same} IS NOT NULL` : sql``} ${later}
    GROUP BY ${column} ${rule.same ? sql`, ${same}` : sql``} HAVING count(*) > 1 ORDER BY ${column} ${rule.same ? sql`, ${same}` : sql``} LIMIT ${count}`.execute(
    tx,
  );
  return rows;
}

async function openGroups(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: DuplicateKind,
  ruleAt: number,
  keys: readonly GroupKey[],
): Promise<DuplicateGroup[]> {
  const rule = rulesOf[kind][ruleAt]!;
  const groups: DuplicateGroup[] = [];
  for (const { key, same } of keys) {
    if (rule.reason === 'domain' && isPublicMailDomain(key)) continue;
    const { rows } =
      await sql<Row>`SELECT t.* FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${sql.ref(`t.${rule.column}`)} = ${key}
      ${rule.same ? sql`AND ${rule.same} = ${same}::uuid` : sql``} AND t.merged_into IS NULL AND t.archived_at IS NULL ORDER BY t.opened_at NULLS LAST, t.id LIMIT ${mostInGroup}`.execute(
        tx,
      );
    const open = await withoutDismissed(tx, workspaceId, kind, rows);
    if (open.length > 1)
      groups.push({
        reason: rule.reason,
        key,
        records: await withNames(
          tx,
          workspaceId,
          kind,
          open.map((row) => shownRecord(kind, row)),
        ),
      });
  }
  return groups;
}

/** A record stays in its group while there is one in it that nobody has said it differs from. */
async function withoutDismissed(tx: Tx, workspaceId: WorkspaceId, kind: DuplicateKind, rows: readonly Row[]): Promise<Row[]> {
  const ids = rows.map((row) => row.id);
  const dismissed = await dismissedPairs(tx, workspaceId, kind, ids);
  return rows.filter((row) => rows.some((other) => other.id !== row.id && !dismissed.has(pairKey(row.id, other.id))));
}

async function dismissedPairs(tx: Tx, workspaceId: WorkspaceId, kind: DuplicateKind, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ one_id: string; other_id: string }>`SELECT one_id, other_id FROM not_duplicates
    WHERE workspace_id = ${workspaceId}::uuid AND kind = ${kind} AND one_id = ANY(${ids}::uuid[])`.execute(tx);
  return new Set(rows.map((row) => pairKey(row.one_id, row.other_id)));
}

/** A pair is kept with the smaller id first. */
export const orderedPair = (one: string, other: string): [string, string] => (one < other ? [one, other] : [other, one]);
const pairKey = (one: string, other: string): string => orderedPair(one, other).join(' ');

/** Records that may be the same as this one, for its page. */
export async function possibleDuplicates(
  tx: Tx,
  workspaceId: WorkspaceId,
  kind: ListKind,
  id: string,
): Promise<{ id: string; name: string; reason: string }[]> {
  if (kind !== 'account' && kind !== 'contact') return [];
  const row = await getRow(tx, workspaceId, kind, id);
  if (row.merged_into !== null) return [];
  const found = new Map<string, { id: string; name: string; reason: string }>();
  for (const rule of rulesOf[kind]) {
    const key = row[rule.column];
    if (typeof key !== 'string' || key === '' || (rule.reason === 'domain' && isPublicMailDomain(key)) || (rule.same && !row.account_id))
      continue;
    const { rows } =
      await sql<Row>`SELECT t.* FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND ${sql.ref(`t.${rule.column}`)} = ${key} ${rule.same ? sql`AND ${rule.same} = ${row.account_id}::uuid` : sql``}
      AND t.id <> ${id}::uuid AND t.merged_into IS NULL AND t.archived_at IS NULL LIMIT ${mostInGroup}`.execute(tx);
    for (const other of rows)
      if (!found.has(other.id))
        found.set(other.id, { id: other.id, name: String(other.name ?? other.full_name ?? other.email ?? ''), reason: rule.note });
  }
  const dismissed = await dismissedPairs(tx, workspaceId, kind, [id, ...found.keys()]);
  return [...found.values()].filter((other) => !dismissed.has(pairKey(id, other.id)));
}

function readDuplicateCursor(kind: DuplicateKind, text: string | undefined): Place | null {
  if (text === undefined) return { rule: 0, key: null };
  try {
    const place = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Place;
    const key = place.key;
    if (!Number.isInteger(place.rule) || !rulesOf[kind][place.rule]) throw new Error('no rule of ours');
    if (key !== null && (typeof key.key !== 'string' || key.key.includes('\0') || !(key.same === null || /^[0-9a-f-]{36}$/.test(key.same))))
      throw new Error('no key of ours');
    return place;
  } catch {
    throw new Problem('bad-input', 'The cursor does not belong to this list: start again without one.', {
      fields: [{ at: 'cursor', reason: 'unknown' }],
    });
  }
}
