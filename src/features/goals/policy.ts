import { policy, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** Goals are read by all: both sides own them. What they show of pay, returns' `payVisible` says. */
export const mayReadGoals = policy('goals.read', everybody);
/** Drafts, edits and proposals of plans; whose draft, the verb says. */
export const mayPlanGoals = policy('goals.plan', writers);
/** Heads sign; for which side, agreement's `signingOf` says. */
export const maySignGoals = policy('goals.sign', heads);

/** Why somebody may not draft a plan; null where they may. */
export const whyNotDraft = (who: { readonly role: Role }): string | null =>
  writers.includes(who.role) ? null : 'Viewers read plans; members and heads write them.';
