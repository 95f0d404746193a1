import { policy, policyWhere, type Role } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];

/** What arrives stands beside the leads it leads to: who reads those reads it. */
export const mayReadTracking = policy('tracking.read', everybody);
/** Sites, forms and hooks open doors to the outside: for those who keep the workspace, and the heads of marketing. */
export const mayKeepTracking = policyWhere(
  'tracking.write',
  ({ role, side }) => role === 'owner' || role === 'admin' || (role === 'manager' && side !== 'sales'),
);
export const mayMendSubmissions = policy('tracking.mend', writers);
/** Tracked links are made where somebody writes to a lead. */
export const mayMakeLinks = policy('tracking.link', writers);
