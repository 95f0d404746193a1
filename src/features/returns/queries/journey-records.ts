/**
 * The accounts, contacts, leads and deals around some units, with whom each belongs to: merges are followed, and what a
 * record doesn't say itself its lead or contact says for it. Read by plain look-ups and joined here: for some thousand
 * ids at a time that takes a quarter of what a statement with the joins does.
 */

import { type RawBuilder, sql } from 'kysely';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

interface AccountRow {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly segment: string | null;
}
interface ContactRow {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly accountId: string | null;
}
/** Instants are microseconds since 1970. */
export interface JourneyLead {
  readonly id: string;
  readonly contactId: string | null;
  readonly accountId: string | null;
  readonly openedAt: number | null;
  readonly mqlAt: number | null;
  readonly sqlAt: number | null;
  readonly dealAt: number | null;
  readonly wonAt: number | null;
  readonly value: bigint | null;
  readonly currency: string | null;
  readonly segment: string | null;
  readonly archived: boolean;
}
export interface JourneyDeal {
  readonly id: string;
  readonly leadId: string | null;
  readonly contactId: string | null;
  readonly accountId: string | null;
  readonly status: string;
  readonly openedAt: number | null;
  readonly closedAt: number | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly segment: string | null;
  readonly archived: boolean;
}

/** Records by id, as they stand; those that were merged into others too. */
export interface JourneyRecords {
  readonly accounts: Map<string, AccountRow>;
  readonly contacts: Map<string, ContactRow>;
  readonly leads: Map<string, JourneyLead>;
  readonly deals: Map<string, JourneyDeal>;
}

export const noRecords = (): JourneyRecords => ({ accounts: new Map(), contacts: new Map(), leads: new Map(), deals: new Map() });

// ── whom they belong to, after merges; null where nobody says ───────────────

const survivor = (map: ReadonlyMap<string, { readonly mergedInto: string | null }>, id: string): string => map.get(id)?.mergedInto ?? id;

export const survivingAccount = ({ accounts }: JourneyRecords, id: string): string => survivor(accounts, id);
export const survivingContact = ({ contacts }: JourneyRecords, id: string): string => survivor(contacts, id);

/** A merged contact is at the account of the one it was merged into. */
export function accountOfContact(records: JourneyRecords, id: string): string | null {
  const account = records.contacts.get(survivingContact(records, id))?.accountId ?? null;
  return account && survivingAccount(records, account);
}

export const contactOfLead = (records: JourneyRecords, { contactId }: JourneyLead): string | null =>
  contactId && survivingContact(records, contactId);

export function accountOfLead(records: JourneyRecords, { accountId, contactId }: JourneyLead): string | null {
  if (accountId) return survivingAccount(records, accountId);
  return contactId && accountOfContact(records, contactId);
}

const leadOfDeal = ({ leads }: JourneyRecords, { leadId }: JourneyDeal): JourneyLead | null => (leadId && leads.get(leadId)) || null;

export function contactOfDeal(records: JourneyRecords, deal: JourneyDeal): string | null {
  if (deal.contactId) return survivingContact(records, deal.contactId);
  const lead = leadOfDeal(records, deal);
  return lead && contactOfLead(records, lead);
}

export function accountOfDeal(records: JourneyRecords, deal: JourneyDeal): string | null {
  if (deal.accountId) return survivingAccount(records, deal.accountId);
  const lead = leadOfDeal(records, deal);
  return (deal.contactId && accountOfContact(records, deal.contactId)) || (lead && accountOfLead(records, lead));
}

export const segmentOfAccount = (records: JourneyRecords, id: string | null): string | null =>
  id === null ? null : (records.accounts.get(survivingAccount(records, id))?.segment ?? null);

export const segmentOfLead = (records: JourneyRecords, lead: JourneyLead): string | null =>
  lead.segment ?? segmentOfAccount(records, accountOfLead(records, lead));
export const segmentOfDeal = (records: JourneyRecords, deal: JourneyDeal): string | null =>
  deal.segment ?? leadOfDeal(records, deal)?.segment ?? segmentOfAccount(records, accountOfDeal(records, deal));

// ── reading ─────────────────────────────────────────────────────────────────

/** Rows whose column holds one of these. */
export interface Where {
  readonly column: string;
  readonly ids: Iterable<string>;
}

/**
 * The array stands in a query of its own so that the planner doesn't weigh each of its thousands of ids against the
 * statistics of every partition: that took three times as long as reading what they lead to.
 */
export const anyOf = (ids: readonly string[]): RawBuilder<unknown> => sql`ANY(ARRAY(SELECT unnest(${ids}::uuid[])))`;

const micros = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::float8`;

const columns = {
  accounts: 'id, merged_into AS "mergedInto", segment',
  contacts: 'id, merged_into AS "mergedInto", account_id AS "accountId"',
  leads: `id, contact_id AS "contactId", account_id AS "accountId", ${micros('opened_at')} AS "openedAt", ${micros('mql_at')} AS "mqlAt",
    ${micros('sql_at')} AS "sqlAt", ${micros('deal_at')} AS "dealAt", ${micros('won_at')} AS "wonAt", value, currency, segment, archived_at IS NOT NULL AS archived`,
  deals: `id, lead_id AS "leadId", contact_id AS "contactId", account_id AS "accountId", status, ${micros('opened_at')} AS "openedAt",
    ${micros('closed_at')} AS "closedAt", amount, currency, segment, archived_at IS NOT NULL AS archived`,
} as const;

async function add<Table extends keyof JourneyRecords>(
  tx: Tx,
  workspaceId: WorkspaceId,
  records: JourneyRecords,
  table: Table,
  wheres: readonly Where[],
): Promise<void> {
  const map = records[table] as Map<string, { readonly id: string }>;
  for (const { column, ids } of wheres) {
    const asked = column === 'id' ? [...ids].filter((id) => !map.has(id)) : [...ids];
    if (asked.length === 0) continue;
    const { rows } = await sql<{ id: string }>`SELECT ${sql.raw(columns[table])} FROM ${sql.table(table)}
      WHERE workspace_id = ${workspaceId}::uuid AND ${sql.ref(column)} = ${anyOf(asked)}`.execute(tx);
    for (const row of rows) if (!map.has(row.id)) map.set(row.id, row);
  }
}

export const addAccounts = (tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords, wheres: readonly Where[]) =>
  add(tx, workspaceId, records, 'accounts', wheres);
export const addContacts = (tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords, wheres: readonly Where[]) =>
  add(tx, workspaceId, records, 'contacts', wheres);
export const addLeads = (tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords, wheres: readonly Where[]) =>
  add(tx, workspaceId, records, 'leads', wheres);
export const addDeals = (tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords, wheres: readonly Where[]) =>
  add(tx, workspaceId, records, 'deals', wheres);

/** Reads whom the records name and what that was merged into, as far as it isn't read yet: then all of the above can be told. */
export async function addNamed(tx: Tx, workspaceId: WorkspaceId, records: JourneyRecords): Promise<void> {
  const { accounts, contacts, leads, deals } = records;
  await addLeads(tx, workspaceId, records, [{ column: 'id', ids: idsIn(deals.values(), ({ leadId }) => leadId) }]);
  await addContacts(tx, workspaceId, records, [
    { column: 'id', ids: idsIn([...leads.values(), ...deals.values()], ({ contactId }) => contactId) },
  ]);
  await addContacts(tx, workspaceId, records, [{ column: 'id', ids: idsIn(contacts.values(), ({ mergedInto }) => mergedInto) }]);
  await addAccounts(tx, workspaceId, records, [
    { column: 'id', ids: idsIn([...contacts.values(), ...leads.values(), ...deals.values()], ({ accountId }) => accountId) },
  ]);
  await addAccounts(tx, workspaceId, records, [{ column: 'id', ids: idsIn(accounts.values(), ({ mergedInto }) => mergedInto) }]);
}

function idsIn<T>(rows: Iterable<T>, pick: (row: T) => string | null): Set<string> {
  const ids = new Set<string>();
  for (const row of rows) {
    const id = pick(row);
    if (id) ids.add(id);
  }
  return ids;
}
