import { sql } from 'kysely';
import type { AccountOfLead } from '#engine/handoff/route.ts';
import type { Fields } from '#engine/rules/reading.ts';
import { accountDomainKey } from '#engine/identity/keys.ts';
import { type Row, statedValues } from '#features/records/queries/columns.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';

export interface RoutableLead {
  readonly id: string;
  readonly ownerId: string | null;
  readonly mqlAt: string | null;
  readonly accountId: string | null;
  readonly email: string | null;
  /** A person or a source decided on it, or it went further. */
  readonly decided: boolean;
  /** The last routing, if there was one: to whom, and through which team. */
  readonly last: { memberId: string | null; teamId: string | null } | null;
}

const decided = sql.raw(
  `(${['sal_at', 'sql_at', 'deal_at', 'won_at', 'lost_at', 'rejected_at', 'recycled_at', 'disqualified_at'].map((column) => `l.${column} IS NOT NULL`).join(' OR ')})`,
);

/** Leads as routing sees them, oldest MQL first, held until the transaction ends. Archived ones are left out. */
export async function lockRoutableLeads(tx: Tx, workspaceId: WorkspaceId, leadIds: readonly string[]): Promise<RoutableLead[]> {
  // In the order of ids, so that two who hold many never wait for each other.
  await sql`SELECT 1 FROM leads WHERE workspace_id = ${workspaceId}::uuid AND id = ANY(${leadIds}::uuid[]) ORDER BY id FOR UPDATE`.execute(
    tx,
  );
  return readRoutableLeads(tx, workspaceId, leadIds);
}

export async function readRoutableLeads(tx: Tx, workspaceId: WorkspaceId, leadIds: readonly string[]): Promise<RoutableLead[]> {
  const { rows } =
    await sql<RoutableLead>`SELECT l.id, coalesce(l.owner_id, l.qualifier_id) AS "ownerId", l.mql_at AS "mqlAt", l.account_id AS "accountId", l.email, ${decided} AS decided,
      (SELECT json_build_object('memberId', r.member_id, 'teamId', r.team_id) FROM routings r
        WHERE r.workspace_id = ${workspaceId}::uuid AND r.lead_id = l.id ORDER BY r.occurred_at DESC, r.id DESC LIMIT 1) AS last
    FROM leads l WHERE l.workspace_id = ${workspaceId}::uuid AND l.id = ANY(${leadIds}::uuid[]) AND l.archived_at IS NULL
    ORDER BY l.mql_at, l.id`.execute(tx);
  return rows;
}

/** An account that was found for a lead. */
export interface FoundAccount extends AccountOfLead {
  readonly id: string;
}

interface AccountRow {
  key: string;
  id: string;
  name: string;
  owner: { id: string; name: string } | null;
}

/**
 * The accounts of leads by lead: the one it names; else those with the domain of its e-mail address (public mail
 * domains are nobody's). A lead of no known account is not in the answer.
 */
export async function accountsOfLeads(
  tx: Tx,
  workspaceId: WorkspaceId,
  leads: readonly Pick<RoutableLead, 'id' | 'accountId' | 'email'>[],
): Promise<Map<string, FoundAccount[]>> {
  const asked = leads.map((lead) => ({ ...lead, domain: lead.accountId || !lead.email ? null : accountDomainKey(lead.email) }));
  const named = await accountsById(tx, workspaceId, stated(asked.map(({ accountId }) => accountId)));
  const sharing = await accountsByDomain(tx, workspaceId, stated(asked.map(({ domain }) => domain)));
  const found = asked.map(({ id: leadId, accountId, domain }) => {
    const rows = accountId ? named.get(accountId) : domain ? sharing.get(domain) : undefined;
    return [leadId, (rows ?? []).map(({ id, name, owner }) => ({ id, name, owner, byDomain: accountId ? null : domain }))] as const;
  });
  return new Map(found.filter(([, accounts]) => accounts.length > 0));
}

const stated = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
const ownerOf = sql`CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END`;

/** A merged account is its survivor. */
async function accountsById(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, AccountRow[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<AccountRow>`SELECT o.id AS key, a.id, a.name, ${ownerOf} AS owner FROM accounts o
    JOIN accounts a ON a.workspace_id = ${workspaceId}::uuid AND a.id = CASE WHEN o.merged_into IS NULL THEN o.id ELSE o.merged_into END
    LEFT JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = a.owner_id
    WHERE o.workspace_id = ${workspaceId}::uuid AND o.id = ANY(${ids}::uuid[])`.execute(tx);
  return Map.groupBy(rows, ({ key }) => key);
}

async function accountsByDomain(tx: Tx, workspaceId: WorkspaceId, domains: readonly string[]): Promise<Map<string, AccountRow[]>> {
  if (domains.length === 0) return new Map();
  const { rows } = await sql<AccountRow>`SELECT a.domain AS key, a.id, a.name, ${ownerOf} AS owner FROM accounts a
    LEFT JOIN members m ON m.workspace_id = ${workspaceId}::uuid AND m.id = a.owner_id
    WHERE a.workspace_id = ${workspaceId}::uuid AND a.domain = ANY(${domains}::text[]) AND a.merged_into IS NULL AND a.archived_at IS NULL
    ORDER BY a.id`.execute(tx);
  return Map.groupBy(rows, ({ key }) => key);
}

/** What accounts state, by id. */
export async function accountFields(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, Fields>> {
  if (ids.length === 0) return new Map();
  const { rows } =
    await sql<Row>`SELECT a.* FROM accounts a WHERE a.workspace_id = ${workspaceId}::uuid AND a.id = ANY(${ids}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, statedValues('account', row)]));
}
