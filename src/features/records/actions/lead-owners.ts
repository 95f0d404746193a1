import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { newId } from '#platform/db/ids.ts';
import { announceChange, recordFact } from '#platform/facts/facts.ts';

export interface NewOwner {
  readonly leadId: string;
  readonly memberId: string;
}

export interface OwnerFact {
  readonly kind: string;
  /** Who does it; null for the product itself. */
  readonly by: string | null;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/**
 * Gives leads their owners, each with a fact: two statements however many there are. The caller has looked at the
 * leads, holds them locked and follows them (they are not noted as changed).
 */
export async function giveOwners(tx: Tx, workspaceId: WorkspaceId, owners: readonly NewOwner[], fact: OwnerFact): Promise<void> {
  if (owners.length === 0) return;
  const rows = JSON.stringify(owners.map(({ leadId, memberId }) => ({ fact: newId(), lead: leadId, sets: { ownerId: memberId } })));
  await sql`INSERT INTO facts (workspace_id, id, recorded_at, kind, subject_kind, subject_id, occurred_at, member_id, sets)
    SELECT ${workspaceId}::uuid, o.fact, clock_timestamp(), ${fact.kind}, 'lead', o.lead, ${fact.occurredAt}::timestamptz, ${fact.by}::uuid, o.sets
    FROM jsonb_to_recordset(${rows}::jsonb) AS o(fact uuid, lead uuid, sets jsonb)`.execute(tx);
  await sql`UPDATE leads t SET owner_id = (o.sets ->> 'ownerId')::uuid, changed_xid = pg_current_xact_id()
    FROM jsonb_to_recordset(${rows}::jsonb) AS o(lead uuid, sets jsonb)
    WHERE t.workspace_id = ${workspaceId}::uuid AND t.id = o.lead AND t.id = ANY(${owners.map(({ leadId }) => leadId)}::uuid[])`.execute(
    tx,
  );
  await announceChange(tx, workspaceId, 'lead');
}

/**
 * Makes a member the owner of a lead that has none, with a fact. Of many at once exactly one does: the condition
 * stands in the update itself.
 * @returns whether this one did
 */
export async function takeUnowned(tx: Tx, workspaceId: WorkspaceId, { leadId, memberId }: NewOwner, fact: OwnerFact): Promise<boolean> {
  const { rows } = await sql`UPDATE leads SET owner_id = ${memberId}::uuid, changed_xid = pg_current_xact_id()
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${leadId}::uuid AND owner_id IS NULL RETURNING id`.execute(tx);
  if (rows.length === 0) return false;
  await recordFact(tx, workspaceId, {
    kind: fact.kind,
    subjectKind: 'lead',
    subjectId: leadId,
    memberId: fact.by,
    occurredAt: fact.occurredAt,
    sets: { ownerId: memberId },
  });
  return true;
}
