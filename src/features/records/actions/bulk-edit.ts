import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { notFound, Problem } from '#platform/errors.ts';
import { announceChange } from '#platform/facts/facts.ts';
import { columnOf } from '../contract.ts';
import type { Filter, ListKind } from '../contract/lists.ts';
import { splitCustom, type Sets } from '../contract/fold.ts';
import { sqlTypeOf } from '../projection.ts';
import { fieldNamed, keyColumnOf, statedValues, tableRef, type Row, type Sql } from '../queries/columns.ts';
import { listMatchingIds } from '../queries/lists.ts';
import { noteJourneysOf } from './changed-journeys.ts';
import { noteLeadsOf } from './changed-leads.ts';
import { checkSets, type CheckedSets } from './check-sets.ts';
import { different } from './record-fields.ts';

/** Records one bulk edit may change: above it the transaction would hold others up. */
export const bulkEditLimit = 10_000;

export interface BulkEditCall {
  kind: ListKind;
  memberId: string;
  sets: Sets;
  ids?: readonly string[] | undefined;
  query?: { q?: string | undefined; filter?: Filter | undefined } | undefined;
}

/** What a record held before, of the fields that the edit changed. Null: nothing. */
interface Change {
  readonly id: string;
  readonly before: Record<string, unknown>;
}

/**
 * Sets the same values on many records, with a fact each, and keeps what was there before.
 * @returns `skipped`: records that held the values already, or are not there (merged, of another workspace)
 */
export async function bulkEdit(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: BulkEditCall,
): Promise<{ id: string; changed: number; skipped: number }> {
  const sets = await checkBulkSets(tx, workspaceId, call);
  const ids = call.ids ? [...new Set(call.ids)] : await listMatchingIds(tx, workspaceId, call.kind, call.query ?? {}, bulkEditLimit);
  if (ids.length > bulkEditLimit)
    throw new Problem('too-large', `At most ${bulkEditLimit.toLocaleString('en')} records can be edited at once.`);
  const id = newId();
  const rows = await lockRows(tx, workspaceId, call.kind, ids);
  const changes = rows.flatMap((row): Change[] => {
    const before = statedValues(call.kind, row);
    const names = Object.keys(different(before, sets));
    return names.length ? [{ id: row.id, before: Object.fromEntries(names.map((name) => [name, before[name] ?? null])) }] : [];
  });
  await setAll(tx, workspaceId, call, { bulkEditId: id }, sets, changes);
  await sql`INSERT INTO bulk_edits (workspace_id, id, kind, member_id, sets, changes) VALUES (${workspaceId}::uuid, ${id}::uuid, ${call.kind}, ${call.memberId}::uuid, ${JSON.stringify(sets)}::jsonb, ${JSON.stringify(changes)}::jsonb)`.execute(
    tx,
  );
  return { id, changed: changes.length, skipped: ids.length - changes.length };
}

/** Names and addresses tell records apart, and a deal's course is about one deal and tells its lead: nobody means to set those on many. */
async function checkBulkSets(tx: Tx, workspaceId: WorkspaceId, call: BulkEditCall): Promise<CheckedSets> {
  const names = Object.keys(call.sets);
  if (names.length === 0) throw new Problem('bad-input', 'Say which fields to set.', { fields: [{ at: 'sets', reason: 'is empty' }] });
  const single = names.filter(
    (name) =>
      keyColumnOf(call.kind, name) !== null ||
      ['domain', 'givenName', 'previousLeadId'].includes(name) ||
      (call.kind === 'deal' && ['leadId', 'status', 'stage', 'openedAt', 'closedAt', 'amount', 'lostReason'].includes(name)),
  );
  if (single.length)
    throw new Problem('bad-input', `${single.join(', ')} can only be set record by record.`, {
      fields: single.map((name) => ({ at: `sets.${name}`, reason: 'only record by record' })),
    });
  return checkSets(tx, workspaceId, call.kind, call.sets, { creating: false });
}

async function lockRows(tx: Tx, workspaceId: WorkspaceId, kind: ListKind, ids: readonly string[]): Promise<Row[]> {
  const { rows } =
    await sql<Row>`SELECT t.* FROM ${tableRef(kind)} t WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${ids}::uuid[]) ORDER BY t.id FOR UPDATE`.execute(
      tx,
    );
  return rows.filter((row) => !row.merged_into);
}

/** Sets the same on all: one statement for the facts and one for the state. */
async function setAll(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: { kind: ListKind; memberId: string },
  body: Record<string, unknown>,
  sets: CheckedSets,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  const facts = changes.map((change) => ({
    id: newId(),
    subject: change.id,
    sets: Object.fromEntries(Object.keys(change.before).map((name) => [name, sets[name]])),
  }));
  await sql`INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, member_id, sets, body)
    SELECT ${workspaceId}::uuid, f.id, clock_timestamp(), ${`${call.kind}.recorded`}, ${call.kind}, f.subject, now(), ${call.memberId}::uuid, f.sets, ${JSON.stringify(body)}::jsonb
    FROM jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) AS f(id uuid, subject uuid, sets jsonb)`.execute(tx);
  await sql`UPDATE ${tableRef(call.kind)} t SET ${sql.join([...assignments(call.kind, sets), sql`changed_xid = pg_current_xact_id()`])}
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = ANY(${changes.map((change) => change.id)}::uuid[])`.execute(tx);
  await announceChange(tx, workspaceId, call.kind);
  const ids = changes.map((change) => change.id);
  await noteLeadsOf(tx, workspaceId, call.kind, ids);
  await noteJourneysOf(tx, workspaceId, { kind: call.kind, ids, fields: Object.keys(sets) });
}

function assignments(kind: ListKind, sets: CheckedSets): Sql[] {
  const [fields, custom] = splitCustom(sets);
  const list: Sql[] = Object.entries(fields).map(
    ([name, value]) => sql`${sql.ref(columnOf(name))} = ${value}::${sql.raw(sqlTypeOf(fieldNamed(kind, name)!))}`,
  );
  if (Object.keys(custom).length) list.push(sql`custom = jsonb_strip_nulls(t.custom || ${JSON.stringify(custom)}::jsonb)`);
  return list;
}

/** A field that was not put back because somebody changed it after the bulk edit. */
export interface ChangedSince {
  id: string;
  field: string;
}

/** Puts back what a bulk edit changed, except what was changed since. Can be done once. */
export async function undoBulkEdit(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: { id: string; memberId: string },
): Promise<{ restored: number; changedSince: ChangedSince[] }> {
  const { rows } = await sql<{
    kind: ListKind;
    sets: CheckedSets;
    changes: Change[];
    undone_at: string | null;
  }>`SELECT kind, sets, changes, undone_at FROM bulk_edits WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.id}::uuid FOR UPDATE`.execute(
    tx,
  );
  const edit = rows[0];
  if (!edit) throw notFound('bulk edit');
  if (edit.undone_at !== null) throw new Problem('conflict', 'This bulk edit was undone already.');
  const current = new Map(
    (
      await lockRows(
        tx,
        workspaceId,
        edit.kind,
        edit.changes.map((change) => change.id),
      )
    ).map((row) => [row.id, statedValues(edit.kind, row)]),
  );
  const changedSince: ChangedSince[] = [];
  const alike = new Map<string, Change[]>();
  for (const change of edit.changes) {
    const state = current.get(change.id);
    const untouched = (name: string) => state !== undefined && (state[name] ?? null) === (edit.sets[name] ?? null);
    changedSince.push(
      ...Object.keys(change.before)
        .filter((name) => !untouched(name))
        .map((field) => ({ id: change.id, field })),
    );
    const before = Object.fromEntries(Object.entries(change.before).filter(([name]) => untouched(name)));
    if (Object.keys(before).length === 0) continue;
    const key = JSON.stringify(before);
    const group = alike.get(key);
    if (group) group.push({ id: change.id, before });
    else alike.set(key, [{ id: change.id, before }]);
  }
  const body = { undoesBulkEditId: call.id, note: 'bulk edit undone' };
  for (const changes of alike.values())
    await setAll(tx, workspaceId, { kind: edit.kind, memberId: call.memberId }, body, changes[0]!.before as CheckedSets, changes);
  await sql`UPDATE bulk_edits SET undone_at = now() WHERE workspace_id = ${workspaceId}::uuid AND id = ${call.id}::uuid`.execute(tx);
  return { restored: [...alike.values()].flat().length, changedSince };
}
