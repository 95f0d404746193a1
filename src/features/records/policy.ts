import { policy, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];

/** Who may do what with records. The table of roles is checked by a test beside it. */
export const mayReadRecords = policy('records.read', everybody);
export const mayWriteRecords = policy('records.write', writers);
export const mayExportRecords = policy('records.export', writers);
export const mayBulkEditRecords = policy('records.bulk', writers);
export const mayMergeRecords = policy('records.merge', writers);
/** Own views; a shared one is changed by who made it, an admin or the owner. */
export const mayKeepViews = policy('views.write', everybody);
export const mayDefineFields = policy('customFields.write', ['owner', 'admin']);

/**
 * Why this member may not say that somebody did something; null: may. A touch is evidence that stops clocks: one logs
 * what one did oneself and what the customer did, a head also what others did.
 */
export function whyMayNotLog(who: Pick<Who, 'role' | 'side' | 'memberId'>, touch: Readonly<Record<string, unknown>>): string | null {
  if (who.role !== 'member') return null;
  if ((touch['memberId'] ?? who.memberId) !== who.memberId) return 'Log what you did yourself; a manager can log what others did.';
  const own = who.side === 'leadership' || touch['side'] === who.side || touch['side'] === 'customer';
  return own ? null : `What ${String(touch['side'])} did is logged there.`;
}
