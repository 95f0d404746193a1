/** What was spent to get the leads of campaigns that nobody followed up. Counted, not estimated. */

import { sql } from 'kysely';
import { type CostLead, isNeverWorked, isSettled, millisecondsADay } from '#engine/alignment/cost/lead.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import { textOfDays, type Days } from '#features/returns/queries/figure-scope.ts';
import { visibleCosts } from '#features/returns/queries/visible-costs.ts';
import type { CostGround } from './cost-ground.ts';

export interface UnfollowedSpend {
  readonly amount: bigint;
  /** If every lead that is still too young is followed, and if none is. */
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * `Σ spend of a campaign in the period × its leads never worked ÷ its leads passed in the period`. Pay is in it for
 * nobody, so that it is the same for all.
 */
export async function unfollowedSpend(
  { database, workspaceId, kept, fresh }: CostGround,
  days: Days,
  asOf: number,
  leads: readonly CostLead[],
  isAsked: (lead: CostLead) => boolean,
  isInPeriod: (lead: CostLead) => boolean,
): Promise<UnfollowedSpend> {
  const { start, end } = textOfDays(days);
  const { rows } = await database.inWorkspace(workspaceId, (tx) =>
    sql<{ campaign: string; spend: string }>`SELECT c.campaign_id AS campaign, sum(c.booked)::text AS spend
      FROM ${visibleCosts(workspaceId, { marketing: false, sales: false })} c WHERE c.campaign_id IS NOT NULL AND c.booked IS NOT NULL
        AND c.occurred_on >= ${start}::date AND c.occurred_on <= ${end}::date GROUP BY 1`.execute(tx),
  );
  const counts = countByCampaign(leads, asOf - kept.assumptions.settleDays * millisecondsADay, isAsked, isInPeriod);
  let [amount, low, high] = [0n, 0n, 0n];
  for (const [campaign, spend] of spendByCampaign(rows, fresh.campaigns)) {
    const { passed, settled, never, young } = counts.get(campaign) ?? nobody;
    if (passed === 0) continue;
    low += part(spend, never, passed);
    high += part(spend, never + young, passed);
    amount += settled === 0 ? 0n : part(spend, never, settled);
  }
  return { amount, low: low < amount ? low : amount, high: high > amount ? high : amount };
}

const part = (spend: bigint, of: number, all: number): bigint => divideHalfEven(spend * BigInt(of), BigInt(all));

function spendByCampaign(
  rows: readonly { campaign: string; spend: string }[],
  survivors: ReadonlyMap<string, string>,
): Map<string, bigint> {
  const spend = new Map<string, bigint>();
  for (const { campaign, spend: sum } of rows) {
    const id = survivors.get(campaign) ?? campaign;
    spend.set(id, (spend.get(id) ?? 0n) + BigInt(sum));
  }
  return spend;
}

interface Counts {
  passed: number;
  settled: number;
  never: number;
  /** Not worked so far, and too young to be called never worked. */
  young: number;
}
const nobody: Counts = { passed: 0, settled: 0, never: 0, young: 0 };

function countByCampaign(
  leads: readonly CostLead[],
  settledUntil: number,
  isAsked: (lead: CostLead) => boolean,
  isInPeriod: (lead: CostLead) => boolean,
): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const lead of leads) {
    if (lead.campaign === null || !isInPeriod(lead)) continue;
    let own = counts.get(lead.campaign);
    if (!own) counts.set(lead.campaign, (own = { ...nobody }));
    own.passed++;
    const isOld = isSettled(lead, settledUntil);
    if (isOld) own.settled++;
    if (isNeverWorked(lead) && isAsked(lead)) own[isOld ? 'never' : 'young']++;
  }
  return counts;
}
