/** What a deal's pay depends on beside the deal itself: its lead, its campaign's owner, its account. As it is now. */

import { sql } from 'kysely';
import type { FactScope } from './asked.ts';

export interface BesideDeal {
  readonly qualifierId: string | null;
  /** Owner of the campaign that the deal or its lead came from. */
  readonly sourcerId: string | null;
  readonly campaignId: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
}

export interface DealSurroundings {
  of(deal: { readonly leadId: string | null; readonly campaignId: string | null; readonly accountId: string | null }): BesideDeal;
}

interface LeadRow {
  readonly id: string;
  readonly campaignId: string | null;
  readonly qualifierId: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly origin: string | null;
}

export async function readDealSurroundings(scope: FactScope, dealIds: readonly string[]): Promise<DealSurroundings> {
  const { tx, workspaceId } = scope;
  const ofDeals = (column: string) =>
    sql`SELECT DISTINCT ${sql.ref(column)} FROM deals d WHERE d.workspace_id = ${workspaceId}::uuid AND d.id = ANY(${dealIds}::uuid[])`;
  const { rows: leads } = await sql<LeadRow>`SELECT id, campaign_id AS "campaignId", qualifier_id AS "qualifierId", segment, channel, origin
    FROM leads WHERE workspace_id = ${workspaceId}::uuid AND id IN (${ofDeals('d.lead_id')})`.execute(tx);
  const { rows: accounts } = await sql<{ id: string; segment: string | null }>`SELECT id, segment FROM accounts
    WHERE workspace_id = ${workspaceId}::uuid AND id IN (${ofDeals('d.account_id')})`.execute(tx);
  const [byLead, byAccount] = [new Map(leads.map((row) => [row.id, row])), new Map(accounts.map((row) => [row.id, row]))];
  const owners = await readCampaignOwners(scope);
  return {
    of({ leadId, campaignId, accountId }) {
      const lead = leadId === null ? undefined : byLead.get(leadId);
      const from = campaignId ?? lead?.campaignId ?? null;
      const campaign = from === null ? undefined : owners.get(from);
      return {
        qualifierId: lead?.qualifierId ?? null,
        sourcerId: campaign?.ownerId ?? null,
        campaignId: campaign?.id ?? null,
        segment: (accountId === null ? null : byAccount.get(accountId)?.segment) ?? lead?.segment ?? null,
        channel: lead?.channel ?? null,
        origin: lead?.origin ?? null,
      };
    },
  };
}

/** By every campaign's id the one it stands for now (merged ones: that into which they were) and who owns it. */
export async function readCampaignOwners({
  tx,
  workspaceId,
}: FactScope): Promise<Map<string, { readonly id: string; readonly ownerId: string | null }>> {
  const { rows } = await sql<{
    from: string;
    id: string;
    ownerId: string | null;
  }>`SELECT o.id AS from, s.id, s.owner_id AS "ownerId" FROM campaigns o
    JOIN campaigns s ON s.workspace_id = ${workspaceId}::uuid AND s.id = coalesce(o.merged_into, o.id)
    WHERE o.workspace_id = ${workspaceId}::uuid`.execute(tx);
  return new Map(rows.map(({ from, ...campaign }) => [from, campaign]));
}
