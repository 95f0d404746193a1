import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { Problem } from '#platform/errors.ts';
import { recordFact } from '#platform/facts/facts.ts';
import { columnOf, type RecordKind } from '../contract.ts';
import { applySets, splitCustom, type Sets } from '../contract/fold.ts';
import { keysOf, sqlTypeOf } from '../projection.ts';
import { fieldNamed, statedValues, tableRef, type Sql } from '../queries/columns.ts';
import { getRow } from '../queries/records.ts';
import { phoneCountryOf } from '../queries/scope.ts';
import { noteJourneysOf } from './changed-journeys.ts';
import { noteLeadsOf } from './changed-leads.ts';
import { checkSets, type CheckedSets } from './check-sets.ts';
import { followDeal } from './follow-deal.ts';

export interface RecordCall {
  kind: RecordKind;
  /** The record to change; a new one is made without it. */
  id?: string | undefined;
  /** New values by field name, `custom.<key>` for the company's own fields; null clears. */
  sets: Sets;
  /** Who does it; null for the product itself. */
  memberId: string | null;
  /** When it happened in the world, ISO 8601; now unless said. */
  occurredAt?: string | undefined;
  /** `<kind>.recorded` unless said. */
  factKind?: string | undefined;
  runId?: string | undefined;
  body?: Record<string, unknown> | undefined;
  /** Refuses when the record changed since this version was read. */
  version?: string | undefined;
  /** The verb may set system fields (`mergedInto`, `archivedAt`) and may change a merged record. */
  byVerb?: boolean | undefined;
  /** The caller follows the changed lead itself: it is not noted for those who do so later. */
  followed?: boolean | undefined;
}

export interface Recorded {
  id: string;
  created: boolean;
  /** The fields whose value became another. Nothing is written when there are none. */
  changed: string[];
}

/**
 * Makes or changes one record in the caller's transaction: checks every value, writes the fact and
 * applies it to the state. The only way a single record is written.
 * @throws Problem bad-input (fields named), not-found, conflict (changed since, or merged into another)
 */
export async function recordFields(tx: Tx, workspaceId: WorkspaceId, call: RecordCall): Promise<Recorded> {
  return call.id === undefined ? createRecord(tx, workspaceId, call) : changeRecord(tx, workspaceId, call, call.id);
}

async function createRecord(tx: Tx, workspaceId: WorkspaceId, call: RecordCall): Promise<Recorded> {
  const sets = stated(
    await checkSets(tx, workspaceId, call.kind, named(call.kind, call.sets), { creating: true, byVerb: call.byVerb === true }),
  );
  const id = newId();
  await writeFact(tx, workspaceId, call, id, sets);
  await insertState(tx, workspaceId, call.kind, id, sets);
  await follow(tx, workspaceId, call, id, null, sets);
  return { id, created: true, changed: Object.keys(sets) };
}

async function changeRecord(tx: Tx, workspaceId: WorkspaceId, call: RecordCall, id: string): Promise<Recorded> {
  const row = await getRow(tx, workspaceId, call.kind, id, true);
  checkChangeable(call, row.changed_xid, row.merged_into);
  const before = statedValues(call.kind, row);
  const sets = different(before, await checkSets(tx, workspaceId, call.kind, call.sets, { creating: false, byVerb: call.byVerb === true }));
  if (sets.mergedInto === id || sets.previousLeadId === id)
    throw new Problem('bad-input', 'A record can’t refer to itself.', { fields: [{ at: 'sets', reason: 'refers to itself' }] });
  const changed = Object.keys(sets);
  if (changed.length === 0) return { id, created: false, changed };
  await writeFact(tx, workspaceId, call, id, sets);
  await updateState(tx, workspaceId, call.kind, id, sets, applySets(before, sets));
  await follow(tx, workspaceId, call, id, before, sets);
  return { id, created: false, changed };
}

function checkChangeable(call: RecordCall, version: unknown, mergedInto: unknown): void {
  if (call.version !== undefined && call.version !== String(version))
    throw new Problem('conflict', `This ${call.kind} was changed meanwhile: look at it again.`, { extra: { version: String(version) } });
  if (mergedInto && !call.byVerb)
    throw new Problem('conflict', `This ${call.kind} was merged into another: change that one.`, { extra: { mergedInto } });
}

/** A contact and a lead are called by the name in lists; where a form gives only its parts, it is made of them. */
function named(kind: RecordKind, sets: Sets): Sets {
  if (kind === 'contact' && !sets.fullName && (sets.givenName || sets.familyName))
    return { ...sets, fullName: [sets.givenName, sets.familyName].filter(Boolean).join(' ') };
  if (kind === 'lead' && !sets.name && (sets.company || sets.email)) return { ...sets, name: sets.company || sets.email };
  return sets;
}

const stated = (sets: CheckedSets): CheckedSets => Object.fromEntries(Object.entries(sets).filter(([, value]) => value !== null));

/** What of the sets differs from what is stated already. */
export function different(before: Sets, sets: CheckedSets): CheckedSets {
  return Object.fromEntries(Object.entries(sets).filter(([name, value]) => (before[name] ?? null) !== value));
}

async function writeFact(tx: Tx, workspaceId: WorkspaceId, call: RecordCall, id: string, sets: Sets): Promise<void> {
  await recordFact(tx, workspaceId, {
    kind: call.factKind ?? `${call.kind}.recorded`,
    subjectKind: call.kind,
    subjectId: id,
    memberId: call.memberId,
    sets: { ...sets },
    ...(call.occurredAt === undefined ? {} : { occurredAt: call.occurredAt }),
    ...(call.runId === undefined ? {} : { runId: call.runId }),
    ...(call.body === undefined ? {} : { body: call.body }),
  });
}

async function insertState(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, id: string, sets: Sets): Promise<void> {
  const values = await storedValues(tx, workspaceId, kind, sets, sets);
  const columns = ['workspace_id', 'id', ...values.map(([column]) => column)].map((column) => sql.ref(column));
  const row = [sql`${workspaceId}::uuid`, sql`${id}::uuid`, ...values.map(([, value]) => value)];
  await sql`INSERT INTO ${tableRef(kind)} (${sql.join(columns)}) VALUES (${sql.join(row)})`.execute(tx);
}

/** Applies sets to one row. `after` is what the record states then, for its keys. */
export async function updateState(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, id: string, sets: Sets, after: Sets): Promise<void> {
  const values = await storedValues(tx, workspaceId, kind, sets, after);
  const assignments = [...values.map(([column, value]) => sql`${sql.ref(column)} = ${value}`), sql`changed_xid = pg_current_xact_id()`];
  await sql`UPDATE ${tableRef(kind)} SET ${sql.join(assignments)} WHERE workspace_id = ${workspaceId}::uuid AND id = ${id}::uuid`.execute(
    tx,
  );
}

/** Columns with their new values: of the fields set, of the keys that follow from them, of `custom`. */
async function storedValues(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, sets: Sets, after: Sets): Promise<[string, Sql][]> {
  const [fields] = splitCustom(sets);
  const values: [string, Sql][] = Object.entries(fields).map(([name, value]) => [
    columnOf(name),
    sql`${value}::${sql.raw(sqlTypeOf(fieldNamed(kind, name)!))}`,
  ]);
  const country = 'phone' in fields ? await phoneCountryOf(tx, workspaceId) : null;
  for (const [column, key] of Object.entries(keysOf(kind, after, country)))
    if (column !== 'phone_key' || 'phone' in fields) values.push([column, sql`${key}::text`]);
  if (Object.keys(sets).some((name) => name.startsWith('custom.')))
    values.push(['custom', sql`${JSON.stringify(splitCustom(after)[1])}::jsonb`]);
  return values;
}

/** What a change brings with it on other records. @param before null: it is new */
async function follow(tx: Tx, workspaceId: WorkspaceId, call: RecordCall, id: string, before: Sets | null, sets: Sets): Promise<void> {
  if (!call.followed) await noteLeadsOf(tx, workspaceId, call.kind, [id]);
  await noteJourneysOf(tx, workspaceId, { kind: call.kind, ids: [id], fields: Object.keys(sets), isNew: before === null });
  if (call.kind === 'deal')
    await followDeal(tx, workspaceId, {
      id,
      before: before ?? {},
      sets,
      memberId: call.memberId,
      runId: call.runId,
      occurredAt: call.occurredAt,
      record: recordFields,
    });
}
