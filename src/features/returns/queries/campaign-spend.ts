import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';
import type { Who } from '#platform/http/route.ts';
import type { CostSide } from '../contract/ledger.ts';
import { payVisible } from '../contract/pay.ts';
import { costsUrl, costWhere } from './cost-filters.ts';
import { basisOf, type CostBasis, visibleCosts } from './visible-costs.ts';

export interface CampaignSpend {
  /** Minor units of the workspace's currency. */
  readonly spent: string;
  readonly currency: string;
  /** Entries without an exchange rate: in no sum. */
  readonly notConverted: number;
  readonly basis: Record<CostSide, CostBasis>;
  readonly recordsUrl: string;
}

/** What is posted on a campaign and on those merged into it, as far as the asker may see it. */
export async function spendOfCampaign(tx: Tx, who: Pick<Who, 'workspaceId' | 'side' | 'role'>, campaignId: string): Promise<CampaignSpend> {
  const pay = payVisible(who);
  const asked = { campaignId };
  const { rows } = await sql<{ spent: string; notConverted: number; currency: string }>`
    SELECT coalesce(sum(c.booked), 0)::text AS spent, count(*) FILTER (WHERE c.booked IS NULL)::int AS "notConverted",
      (SELECT w.currency FROM workspaces w WHERE w.id = ${who.workspaceId}::uuid) AS currency
    FROM ${visibleCosts(who.workspaceId, pay)} c WHERE ${costWhere(who.workspaceId, asked)}`.execute(tx);
  return { ...rows[0]!, basis: basisOf(pay), recordsUrl: costsUrl(asked) };
}
