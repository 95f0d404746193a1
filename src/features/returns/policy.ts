import { policy, policyWhere, type Role, type Who } from '#platform/http/route.ts';
import { type PayVisible, payVisible } from './contract/pay.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** What comes back is read by all: both sides are measured by it. Whose pay is in it, `payVisible` says. */
export const mayReadReturns = policy('returns.read', everybody);
/** Entries, reversals, recurring costs. */
export const mayPostCosts = policy('costs.post', heads);
/** Budgets, allocation keys, exchange rates. */
export const mayPlanCosts = policy('costs.plan', heads);
/** Who closes or reopens a month answers for all that is in it, pay as well. */
export const mayClosePeriods = policyWhere('periods.close', (who) => whyNotClose(who) === null);
/** How journeys are read and credited. */
export const maySetAttribution = policy('attribution.set', heads);
/** Gross margin and what else figures rest on. */
export const maySetFigures = policy('figures.set', heads);

/** Why an entry may not be taken back; null when it may. */
export function whyNotReverse({ reversesId, reversedById }: { reversesId: string | null; reversedById: string | null }): string | null {
  if (reversedById) return 'It was taken back already.';
  return reversesId ? 'It takes another entry back and isn’t taken back itself: post what is right as a new entry.' : null;
}

/** Null when somebody may close and reopen months. */
export function whyNotClose(who: Pick<Who, 'side' | 'role'>): string | null {
  const { marketing, sales } = payVisible(who);
  return marketing && sales ? null : 'A month is closed and reopened by who sees all that is in it: a head of leadership or the owner.';
}

/** A side's budget is its own heads' and leadership's to set. */
export const mayBudget = (who: Pick<Who, 'side' | 'role'>, side: keyof PayVisible): boolean => payVisible(who)[side];
