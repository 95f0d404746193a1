import { policy, type Role, type Who } from '#platform/http/route.ts';
import type { Side } from './contract/pieces.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

export const mayReadRollout = policy('rollout.read', everybody);
/** Who has a step and by when; pilots. */
export const mayPlanRollout = policy('rollout.plan', heads);
export const mayWriteCharter = policy('charter.write', heads);
/** Only the sponsor it names; checked by charter. */
export const maySignCharter = policy('charter.sign', ['owner', 'admin', 'manager', 'member']);
export const mayDiagnose = policy('diagnosis.open', heads);

const onlyHeads = (what: string): string => `${what} by the heads of either side, of leadership, or the owner.`;
export const whyNotPlan = (who: Who): string | null => (mayPlanRollout.may(who) ? null : onlyHeads('The way in is planned'));
export const whyNotWrite = (who: Who): string | null => (mayWriteCharter.may(who) ? null : onlyHeads('The charter is written'));

/** A side's sheet: its own heads, leadership's, and whoever runs the workspace, who is named beside it. */
export function whyNotSheet(who: Who, side: Side): string | null {
  const isHead = heads.includes(who.role);
  if (isHead && (who.side === side || who.side === 'leadership' || who.role !== 'manager')) return null;
  return `The sheet of ${side} is written by its heads, by those of leadership, or by an administrator.`;
}
