import { payVisible } from '#features/returns/contract/pay.ts';
import { policy, type Role, type Who } from '#platform/http/route.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

/** Everybody reads what concerns them; of whose pay, `policy/access.ts` says. */
export const mayReadIncentives = policy('incentives.read', everybody);
/** Who sees the pay of all whom a plan pays drafts it: checked per plan. */
export const mayDraftPlans = policy('incentives.draft', heads);
/** A payee signs for oneself, whatever their role; heads and the sponsor the whole: checked per version. */
export const maySignPlans = policy('incentives.sign', everybody);
export const mayCommentPlans = policy('incentives.comment', everybody);
/** A payee's manager or head: checked per payee. */
export const mayRecordResults = policy('incentives.results', ['owner', 'admin', 'manager', 'member']);
/** Who may read all pay is the owner's to say. */
export const mayGrantAuditors = policy('incentives.auditors', ['owner']);

/** Who answers for both sides' pay: the owner and the heads of leadership. */
export function isSponsor(who: Pick<Who, 'side' | 'role'>): boolean {
  const { marketing, sales } = payVisible(who);
  return marketing && sales;
}
/** Starting, computing, locking and discarding runs; a shadow run by who drafts the plan: checked per run. */
export const mayRunPay = policy('incentives.run', heads);
/** Approving what one sees the pay of: checked per run. */
export const mayApprovePay = policy('incentives.approve', heads);
/** Heads and auditors: checked per run. */
export const mayExportPay = policy('incentives.export', everybody);
/** A payee disputes a line of their own; who answers is checked per dispute. */
export const mayDispute = policy('incentives.dispute', everybody);
