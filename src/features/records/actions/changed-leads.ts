/**
 * Which leads changed: noted in the transaction of the change, read by whoever follows leads (handoff), some
 * moments later. A note is a row of its own, so that noting never waits for who is reading.
 */

import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { enqueue } from '#platform/jobs/jobs.ts';
import type { RecordKind } from '../contract.ts';

/** The job that reads the notes: one workspace at a time, one after another. */
const followJob = (workspaceId: WorkspaceId) => ({
  name: 'handoff:follow',
  payload: {},
  key: `handoff:follow:${workspaceId}`,
  queue: `handoff:follow:${workspaceId}`,
});

/** These leads, or what they rest on, changed in this transaction. */
export async function noteChangedLeads(tx: Tx, workspaceId: WorkspaceId, leadIds: readonly string[]): Promise<void> {
  if (leadIds.length === 0) return;
  await sql`INSERT INTO lead_backlog (workspace_id, id, lead_id)
    SELECT ${workspaceId}::uuid, accord.new_id(), lead_id FROM unnest(${leadIds}::uuid[]) lead_id`.execute(tx);
  await enqueue(tx, workspaceId, followJob(workspaceId));
}

/** Something changed on which every lead may rest (a signature, a calendar, a large import). */
export async function noteAllLeads(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`INSERT INTO lead_backlog (workspace_id, id, everything) VALUES (${workspaceId}::uuid, accord.new_id(), true)`.execute(tx);
  await enqueue(tx, workspaceId, followJob(workspaceId));
}

/** The leads of changed records: themselves, those of a contact, of an account. Other kinds concern none. */
export async function noteLeadsOf(tx: Tx, workspaceId: WorkspaceId, kind: RecordKind, ids: readonly string[]): Promise<void> {
  if (kind === 'lead') return noteChangedLeads(tx, workspaceId, ids);
  if (kind !== 'account' && kind !== 'contact') return;
  const column = sql.ref(kind === 'account' ? 'account_id' : 'contact_id');
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND ${column} = ANY(${ids}::uuid[])`.execute(tx);
  await noteChangedLeads(
    tx,
    workspaceId,
    rows.map(({ id }) => id),
  );
}
