/** Leads, deals and customers as the cost of misalignment asks for them, of which a test says only what it is about. */

import type { CostCustomer } from '#engine/alignment/cost/churn.ts';
import type { CostLead } from '#engine/alignment/cost/lead.ts';
import type { ClosedDeal } from '#engine/alignment/cost/lost-deals.ts';

const day = 86_400_000;
/** The last moment on record. */
export const asOf = 1_000 * day;

let made = 0;

/** Passed a hundred days ago, never touched. */
export const costLead = (more: Partial<CostLead> = {}): CostLead => ({
  ...{
    id: `lead ${++made}`,
    passedAt: asOf - 100 * day,
    segment: 'SMB',
    campaign: null,
    traits: [],
    fits: null,
    hasPhone: true,
    rep: 'sam',
  },
  ...{ promptHours: 0.5, firstAttemptHours: null, attempts: 0, reached: false, actedAt: null, decision: 'none', rejectedReason: null },
  ...{ work: { calls: 0, talks: 0, written: 0 }, sqlAt: null, deal: null },
  ...more,
});

export const closedDeal = (more: Partial<ClosedDeal> = {}): ClosedDeal => ({
  ...{ id: `deal ${++made}`, leadId: null, segment: 'SMB', state: 'lost', closedAt: asOf - 50 * day, amount: 100_000, lostReason: null },
  ...more,
});

/** Since 900 days, still there. */
export const costCustomer = (more: Partial<CostCustomer> = {}): CostCustomer => ({
  ...{ id: `customer ${++made}`, segment: 'SMB', fits: true, since: 100, leftOn: null, yearly: 120_000 },
  ...more,
});

/**
 * A company's past: leads tried n times at a delay, of which so many in a thousand are reached, half of those become
 * SQLs, and half of these are won at 1,000.00.
 */
export function workedLeads(
  count: number,
  more: Partial<CostLead> & { hours: number; attempts: number; reachedPerThousand: number },
): CostLead[] {
  const { hours, attempts, reachedPerThousand, ...rest } = more;
  return Array.from({ length: count }, (_, at): CostLead => {
    const reached = (at * 619) % 1_000 < reachedPerThousand;
    const isSql = reached && at % 2 === 0;
    const passedAt = asOf - (100 + (at % 300)) * day;
    const base = costLead({ passedAt, firstAttemptHours: hours, actedAt: passedAt + hours * 3_600_000, decision: 'accepted', ...rest });
    const work = { calls: reached ? 1 : attempts, talks: reached ? 1 : 0, written: 0 };
    if (!isSql) return { ...base, reached, attempts: reached ? 1 : attempts, work };
    const deal = { state: at % 4 === 0 ? 'won' : 'lost', closedAt: passedAt + 30 * day, amount: 100_000 } as const;
    return { ...base, reached, attempts: 1, work, sqlAt: passedAt + 2 * day, deal };
  });
}
