/** Whose journeys may be others when these records changed. */

import { sql } from 'kysely';
import type { JourneyNote } from '#features/records/actions/changed-journeys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyBasis } from '../contract/attribution.ts';
import { anyOf } from './journey-records.ts';

/**
 * Every unit to which these records, and touches that rest on them, belong or ever belonged: their facts know each account,
 * contact and lead they were set to, so that the unit they were taken from is concerned as much as the one they came to.
 * More ids than are units is fine: what is none has no journeys.
 */
export async function concernedUnits(
  tx: Tx,
  workspaceId: WorkspaceId,
  basis: JourneyBasis,
  notes: readonly JourneyNote[],
): Promise<string[]> {
  const noted = new Set(notes.map(({ id }) => id));
  await addWhatRestsOn(tx, workspaceId, noted);
  await addNamedBeside(tx, workspaceId, basis, noted);
  const units = await withAllTheyBelongTo(tx, workspaceId, [...noted]);
  if (basis === 'account') return [...units];
  const accounts = new Set(notes.flatMap(({ kind, id }) => (kind === 'account' ? [id] : [])));
  return [...(await withWhatBelongsTo(tx, workspaceId, basis, units, accounts))];
}

type Table = 'contacts' | 'leads' | 'deals';

async function add(tx: Tx, workspaceId: WorkspaceId, all: Set<string>, table: Table, column: string, of: Iterable<string>): Promise<void> {
  const asked = [...of];
  if (asked.length === 0) return;
  const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(table)}
    WHERE workspace_id = ${workspaceId}::uuid AND ${sql.ref(column)} = ${anyOf(asked)}`.execute(tx);
  for (const { id } of rows) all.add(id);
}

/** Leads that have their account from a contact, deals that have theirs, and their milestones, from a lead. */
async function addWhatRestsOn(tx: Tx, workspaceId: WorkspaceId, all: Set<string>): Promise<void> {
  await add(tx, workspaceId, all, 'leads', 'contact_id', all);
  await add(tx, workspaceId, all, 'deals', 'contact_id', all);
  await add(tx, workspaceId, all, 'deals', 'lead_id', all);
}

/**
 * A touch that doesn't name its unit itself has it from the lead, contact or deal it names: when one of them changes, it may
 * come from another of them.
 */
async function addNamedBeside(tx: Tx, workspaceId: WorkspaceId, basis: JourneyBasis, all: Set<string>): Promise<void> {
  const asked = [...all];
  const ways = (['lead', 'contact', 'deal'] as const)
    .filter((relation) => relation !== basis)
    .map(
      (relation) => sql`SELECT lead_id, contact_id, deal_id, account_id FROM touches
        WHERE workspace_id = ${workspaceId}::uuid AND ${sql.ref(`${relation}_id`)} = ${anyOf(asked)} AND ${sql.ref(`${basis}_id`)} IS NULL`,
    );
  const { rows } = await sql<{ id: string }>`SELECT DISTINCT v.id FROM (${sql.join(ways, sql` UNION ALL `)}) t
    CROSS JOIN LATERAL (VALUES (t.lead_id), (t.contact_id), (t.deal_id), (t.account_id)) v(id) WHERE v.id IS NOT NULL`.execute(tx);
  for (const { id } of rows) all.add(id);
}

async function withAllTheyBelongTo(tx: Tx, workspaceId: WorkspaceId, noted: readonly string[]): Promise<Set<string>> {
  const all = new Set(noted);
  for (let last = [...noted]; last.length > 0; ) {
    const { rows } = await sql<{ id: string }>`SELECT DISTINCT v.id::uuid AS id FROM facts f
      CROSS JOIN LATERAL (VALUES (f.sets ->> 'accountId'), (f.sets ->> 'contactId'), (f.sets ->> 'leadId'), (f.sets ->> 'mergedInto')) v(id)
      WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = ${anyOf(last)} AND v.id IS NOT NULL`.execute(tx);
    last = rows.map(({ id }) => id).filter((id) => !all.has(id));
    for (const id of last) all.add(id);
  }
  return all;
}

/** On a basis below the account, a unit is also touched by what changed above it: an account's segment, a contact's merge. */
async function withWhatBelongsTo(
  tx: Tx,
  workspaceId: WorkspaceId,
  basis: JourneyBasis,
  units: Set<string>,
  accounts: ReadonlySet<string>,
): Promise<Set<string>> {
  await add(tx, workspaceId, units, 'contacts', 'account_id', accounts);
  await add(tx, workspaceId, units, 'leads', 'account_id', accounts);
  await add(tx, workspaceId, units, 'deals', 'account_id', basis === 'deal' ? units : accounts);
  await add(tx, workspaceId, units, 'contacts', 'merged_into', units);
  if (basis === 'lead' || basis === 'deal') await add(tx, workspaceId, units, 'leads', 'contact_id', units);
  if (basis === 'deal') {
    await add(tx, workspaceId, units, 'deals', 'contact_id', units);
    await add(tx, workspaceId, units, 'deals', 'lead_id', units);
  }
  return units;
}
