/** The deals behind proposals: those named as cases and those of leads named as cases, each once a proposal. */

import { sql } from 'kysely';
import type { ProposalItem } from '../contract/proposals.ts';
import type { Tx, WorkspaceId } from '#platform/db/database.ts';
import type { Booked, Ground } from './ground.ts';

export interface DealBehind {
  readonly proposalId: string;
  readonly caseId: string;
  readonly id: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly amount: bigint | null;
  readonly currency: string | null;
  /** The day it was closed, in the workspace's zone; null while open. */
  readonly closedOn: string | null;
}

/** Archived deals are no case for anything. @param ids of the proposals */
export async function dealsBehind(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], ground: Ground): Promise<DealBehind[]> {
  const mine = sql`c.workspace_id = ${workspaceId}::uuid AND c.proposal_id = ANY(${ids}::uuid[]) AND c.removed_at IS NULL`;
  const { rows } =
    await sql<DealBehind>`SELECT DISTINCT ON (proposal_id, id) proposal_id AS "proposalId", case_id AS "caseId", id, status, amount, currency,
      CASE WHEN status <> 'open' THEN (closed_at AT TIME ZONE ${ground.timeZone})::date END AS "closedOn"
    FROM (
      SELECT c.proposal_id, c.id AS case_id, 0 AS by_lead, d.* FROM proposal_cases c
        JOIN deals d ON d.workspace_id = c.workspace_id AND d.id = c.record_id WHERE c.record_kind = 'deal' AND ${mine}
      UNION ALL
      SELECT c.proposal_id, c.id, 1, d.* FROM proposal_cases c
        JOIN deals d ON d.workspace_id = c.workspace_id AND d.lead_id = c.record_id WHERE c.record_kind = 'lead' AND ${mine}
    ) behind WHERE archived_at IS NULL ORDER BY proposal_id, id, by_lead, case_id`.execute(tx);
  return rows;
}

/** How many cases are leads without a deal, by proposal. */
export async function leadsWithoutDeal(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`SELECT c.proposal_id AS id, count(*)::int AS count FROM proposal_cases c
    WHERE c.workspace_id = ${workspaceId}::uuid AND c.proposal_id = ANY(${ids}::uuid[]) AND c.removed_at IS NULL AND c.record_kind = 'lead'
      AND NOT EXISTS (SELECT 1 FROM deals d WHERE d.workspace_id = c.workspace_id AND d.lead_id = c.record_id AND d.archived_at IS NULL)
    GROUP BY 1`.execute(tx);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

type Value = ProposalItem['value'];
const statuses = ['open', 'won', 'lost'] as const;

export function valueOf(id: string, deals: readonly DealBehind[], booked: Booked, more: { currency: string; leads: number }): Value {
  const amounts = deals.map((deal) => ({ status: deal.status, amount: booked({ ...deal, day: deal.closedOn }) }));
  const tally = (status: (typeof statuses)[number]) => {
    const those = amounts.filter((each) => each.status === status);
    return {
      deals: those.length,
      amount: String(those.reduce((sum, { amount }) => sum + (amount ?? 0n), 0n)),
      recordsUrl: `/api/v1/proposals/${id}/deals?which=${status}`,
    };
  };
  return {
    currency: more.currency,
    open: tally('open'),
    won: tally('won'),
    lost: tally('lost'),
    withoutAmount: amounts.filter(({ amount }) => amount === null).length,
    leadsWithoutDeal: more.leads,
  };
}

/** By proposal: the open amount behind it, for sorting. */
export async function openAmounts(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  { ground, booked }: { ground: Ground; booked: Booked },
): Promise<Map<string, bigint>> {
  const sums = new Map<string, bigint>();
  for (const deal of await dealsBehind(tx, workspaceId, ids, ground))
    if (deal.status === 'open') sums.set(deal.proposalId, (sums.get(deal.proposalId) ?? 0n) + (booked({ ...deal, day: null }) ?? 0n));
  return sums;
}
