/** Deals as the engine asks for them, in the workspace's currency at the rate of the day they were closed. */

import type { CostDeal } from '#engine/alignment/cost/lead.ts';
import type { ClosedDeal } from '#engine/alignment/cost/lost-deals.ts';
import { readId } from '#engine/funnel/ids.ts';
import { noDay } from '#platform/db/row-columns.ts';
import type { FreshCost } from './cost-columns.ts';

const minute = 60_000;

export interface CostDeals {
  readonly closed: readonly ClosedDeal[];
  /** By lead: its deals together. Won when one was, lost when all were. */
  readonly byLead: ReadonlyMap<string, CostDeal>;
  /** Without a rate for their currency: their amounts count as not stated. */
  readonly unbooked: number;
}

export function costDeals({ deals, rates }: FreshCost): CostDeals {
  const closed: ClosedDeal[] = [];
  const byLead = new Map<string, CostDeal>();
  let unbooked = 0;
  const text = (field: 'lead' | 'account' | 'segment' | 'status' | 'currency' | 'reason', row: number): string | null =>
    deals.dictionaries[field].texts[deals.numbers[field][row]!]!;
  for (let row = 0; row < deals.count; row++) {
    const { hasAmount, closedOn, closed: closedAt } = deals.numbers;
    const day = closedOn[row] === noDay ? null : closedOn[row]!;
    const booked = hasAmount[row] === 1 ? rates.booked(deals.amounts.amount[row]!, text('currency', row), day) : null;
    if (hasAmount[row] === 1 && booked === null) unbooked++;
    const amount = booked === null ? null : Number(booked);
    const state = text('status', row) as CostDeal['state'];
    const at = closedAt[row]! < 0 ? null : closedAt[row]! * minute;
    const leadId = text('lead', row);
    if (leadId !== null) byLead.set(leadId, together(byLead.get(leadId), { state, closedAt: at, amount }));
    if (state !== 'open' && at !== null)
      closed.push({
        id: readId(deals.ids, row),
        leadId,
        segment: text('segment', row),
        state,
        closedAt: at,
        amount,
        lostReason: text('reason', row),
      });
  }
  return { closed, byLead, unbooked };
}

/** Of two deals of one lead: the won one, else the open one, else the one closed last; what both won adds up. */
function together(one: CostDeal | undefined, other: CostDeal): CostDeal {
  if (!one) return other;
  if (one.state === 'won' && other.state === 'won') return { ...one, amount: (one.amount ?? 0) + (other.amount ?? 0) };
  const order = ['won', 'open', 'lost'];
  const rank = order.indexOf(one.state) - order.indexOf(other.state);
  if (rank !== 0) return rank < 0 ? one : other;
  return (one.closedAt ?? 0) >= (other.closedAt ?? 0) ? one : other;
}
