import { sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import { Problem } from '#platform/errors.ts';
import type { ListKind } from '../contract/lists.ts';
import type { Sets } from '../contract/fold.ts';
import { statedValues } from '../queries/columns.ts';
import { getRow, transactionTime } from '../queries/records.ts';
import { recordFields, type Recorded } from './record-fields.ts';

export interface EditCall {
  kind: ListKind;
  id: string;
  memberId: string;
  /** Refuses when the record changed since this version was read. */
  version?: string | undefined;
}

export const editRecord = (tx: Tx, workspaceId: WorkspaceId, call: EditCall & { sets: Sets }): Promise<Recorded> =>
  recordFields(tx, workspaceId, call);

/** Takes a record out of the lists; nothing of it is lost. */
export async function archiveRecord(tx: Tx, workspaceId: WorkspaceId, call: EditCall): Promise<Recorded> {
  const row = await getRow(tx, workspaceId, call.kind, call.id, true);
  if (row.archived_at !== null) return { id: call.id, created: false, changed: [] };
  return recordFields(tx, workspaceId, {
    ...call,
    sets: { archivedAt: await transactionTime(tx) },
    factKind: `${call.kind}.archived`,
    byVerb: true,
  });
}

export const restoreRecord = (tx: Tx, workspaceId: WorkspaceId, call: EditCall): Promise<Recorded> =>
  recordFields(tx, workspaceId, { ...call, sets: { archivedAt: null }, factKind: `${call.kind}.restored`, byVerb: true });

export interface RecycleCall {
  leadId: string;
  memberId: string | null;
  /** The day until which it rests; without it the next cycle begins at once. */
  until?: string | undefined;
  /** When it was recycled, ISO 8601; now unless said. */
  occurredAt?: string | undefined;
}

/**
 * Ends this qualification cycle as recycled. The next cycle is a new lead linked to it: made at once, or,
 * where it rests until a day, by `reopenLead` when that day has come.
 */
export async function recycleLead(
  tx: Tx,
  workspaceId: WorkspaceId,
  call: RecycleCall,
): Promise<{ ended: Recorded; next: Recorded | null }> {
  const lead = statedValues('lead', await getRow(tx, workspaceId, 'lead', call.leadId, true));
  if (lead.wonAt !== undefined) throw new Problem('conflict', 'This lead was won: a new interest of a customer is a new lead.');
  const at = call.occurredAt ?? (await transactionTime(tx));
  const ended = await recordFields(tx, workspaceId, {
    kind: 'lead',
    id: call.leadId,
    sets: { recycledAt: at, recycledUntil: call.until ?? null },
    memberId: call.memberId,
    occurredAt: at,
    factKind: 'lead.recycled',
  });
  return {
    ended,
    next:
      call.until === undefined ? await reopenLead(tx, workspaceId, { leadId: call.leadId, memberId: call.memberId, occurredAt: at }) : null,
  };
}

/** What a new cycle takes over from the one before: who it is and where the person came from. */
const carriedOver = [
  'name',
  'company',
  'email',
  'phone',
  'title',
  'country',
  'city',
  'contactId',
  'accountId',
  'segment',
  'origin',
  'channel',
  'campaignId',
] as const;

/** A new cycle of a lead, linked to the earlier one: the same person, every stage still to come. */
export async function reopenLead(tx: Tx, workspaceId: WorkspaceId, call: Omit<RecycleCall, 'until'>): Promise<Recorded> {
  const lead = statedValues('lead', await getRow(tx, workspaceId, 'lead', call.leadId, true));
  const { rows } = await sql<{
    id: string;
  }>`SELECT id FROM leads WHERE workspace_id = ${workspaceId}::uuid AND previous_lead_id = ${call.leadId}::uuid LIMIT 1`.execute(tx);
  if (rows[0]) throw new Problem('conflict', 'This lead has a later cycle already.', { extra: { leadId: rows[0].id } });
  const at = call.occurredAt ?? (await transactionTime(tx));
  const carried = Object.fromEntries(carriedOver.filter((name) => lead[name] !== undefined).map((name) => [name, lead[name]]));
  const sets = { ...carried, previousLeadId: call.leadId, cycle: Number(lead.cycle ?? 1) + 1, openedAt: at };
  return recordFields(tx, workspaceId, { kind: 'lead', sets, memberId: call.memberId, occurredAt: at, factKind: 'lead.reopened' });
}
