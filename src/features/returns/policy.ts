import { policy, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** What comes back is read by all: both sides are measured by it. Whose pay is in it, `payVisible` says. */
export const mayReadReturns = policy('returns.read', everybody);
/** Entries, reversals, recurring costs. */
export const mayPostCosts = policy('costs.post', heads);
/** Budgets, allocation keys, exchange rates. */
export const mayPlanCosts = policy('costs.plan', heads);
export const mayClosePeriods = policy('periods.close', heads);
/** How journeys are read and credited. */
export const maySetAttribution = policy('attribution.set', heads);
/** Gross margin and what else figures rest on. */
export const maySetFigures = policy('figures.set', heads);

/** Of which side this member sees pay (salaries, commissions). */
export interface PayVisible {
  readonly marketing: boolean;
  readonly sales: boolean;
}

/** The owner and the heads of leadership see both sides' pay, the heads of a side that of their side, nobody else any. */
export function payVisible(who: Pick<Who, 'side' | 'role'>): PayVisible {
  const head = heads.includes(who.role);
  const all = who.role === 'owner' || (head && who.side === 'leadership');
  return { marketing: all || (head && who.side === 'marketing'), sales: all || (head && who.side === 'sales') };
}
