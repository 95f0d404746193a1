/** Whose journeys may be others when these records changed. */

import { sql } from 'kysely';
import type { JourneyNote } from '#features/records/actions/changed-journeys.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { JourneyBasis } from '../contract/attribution.ts';

/**
 * Every unit to which these records belong or ever belonged: their facts know each account, contact and lead they were
 * set to, so that the unit they were taken from is concerned as much as the one they came to. More ids than are units is
 * fine: what is none has no journeys.
 */
export async function concernedUnits(
  tx: Tx,
  workspaceId: WorkspaceId,
  basis: JourneyBasis,
  notes: readonly JourneyNote[],
): Promise<string[]> {
  const noted = new Set(notes.map(({ id }) => id));
  for (const id of await dealsOfLeads(tx, workspaceId, notes)) noted.add(id);
  const units = await withAllTheyBelongTo(tx, workspaceId, [...noted]);
  if (basis === 'account') return [...units];
  const accounts = new Set(notes.flatMap(({ kind, id }) => (kind === 'account' ? [id] : [])));
  return [...(await withWhatBelongsTo(tx, workspaceId, basis, units, accounts))];
}

/** A deal's milestones and segment are its lead's, whoever else the deal is with. */
async function dealsOfLeads(tx: Tx, workspaceId: WorkspaceId, notes: readonly JourneyNote[]): Promise<string[]> {
  const leads = notes.flatMap(({ kind, id }) => (kind === 'lead' ? [id] : []));
  if (leads.length === 0) return [];
  const { rows } = await sql<{ id: string }>`SELECT id FROM deals
    WHERE workspace_id = ${workspaceId}::uuid AND lead_id = ANY(${leads}::uuid[])`.execute(tx);
  return rows.map(({ id }) => id);
}

async function withAllTheyBelongTo(tx: Tx, workspaceId: WorkspaceId, noted: readonly string[]): Promise<Set<string>> {
  const all = new Set(noted);
  for (let last = [...noted]; last.length > 0; ) {
    const { rows } = await sql<{ id: string }>`SELECT DISTINCT v.id::uuid AS id FROM facts f
      CROSS JOIN LATERAL (VALUES (f.sets ->> 'accountId'), (f.sets ->> 'contactId'), (f.sets ->> 'leadId'), (f.sets ->> 'mergedInto')) v(id)
      WHERE f.workspace_id = ${workspaceId}::uuid AND f.subject_id = ANY(${last}::uuid[]) AND v.id IS NOT NULL`.execute(tx);
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
  const add = async (table: 'contacts' | 'leads' | 'deals', column: string, ids: Iterable<string>) => {
    const asked = [...ids];
    if (asked.length === 0) return;
    const { rows } = await sql<{ id: string }>`SELECT id FROM ${sql.table(table)}
      WHERE workspace_id = ${workspaceId}::uuid AND ${sql.ref(column)} = ANY(${asked}::uuid[])`.execute(tx);
    for (const { id } of rows) units.add(id);
  };
  await add('contacts', 'account_id', accounts);
  await add('leads', 'account_id', accounts);
  await add('deals', 'account_id', basis === 'deal' ? units : accounts);
  await add('contacts', 'merged_into', units);
  if (basis === 'lead' || basis === 'deal') await add('leads', 'contact_id', units);
  if (basis === 'deal') {
    await add('deals', 'contact_id', units);
    await add('deals', 'lead_id', units);
  }
  return units;
}
