/** Whose pay somebody sees: the one rule that statements, plans, results, disputes and exports ask. */

import type { Side as PaidSide } from '#engine/payout/sides.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import type { Side } from '#platform/http/route.ts';

/** What of somebody matters for seeing pay; read anew on every request. */
export interface Sight {
  readonly memberId: string;
  readonly side: Side;
  /** By role: a side's heads that side's, the owner and the heads of leadership both. */
  readonly pay: PayVisible;
  /** Named by the owner, not revoked. Reads all, changes nothing by it. */
  readonly auditor: boolean;
  /** Members of the teams they manage. */
  readonly managed: ReadonlySet<string>;
}

/** Somebody paid: their side is the one the plan pays them for. */
export interface Paid {
  readonly id: string;
  readonly side: PaidSide;
}

/**
 * A person sees their own pay; who manages a team of theirs, where both are of one side (or the manager of leadership);
 * the heads of their side; the owner and the heads of leadership; auditors. The side is asked of a manager because heads
 * make teams: one of the other side would see whomever they put into a team of their own.
 */
export const statementVisible = (sight: Sight, paid: Paid): boolean =>
  sight.auditor || rulesPayOf(sight, paid) || paid.id === sight.memberId;

/** Sees it by their work, not as an auditor and not as their own: may also record results and answer for it. */
export const rulesPayOf = (sight: Sight, paid: Paid): boolean =>
  sight.pay[paid.side] ||
  (sight.managed.has(paid.id) && paid.id !== sight.memberId && (sight.side === paid.side || sight.side === 'leadership'));

/** Sees everybody's. */
export const seesAllPay = ({ pay, auditor }: Sight): boolean => auditor || (pay.marketing && pay.sales);

/** Whether looking at this pay is a look at somebody else's, which is a fact. */
export const isLook = (sight: Pick<Sight, 'memberId'>, paidId: string): boolean => sight.memberId !== paidId;

/** Why somebody may not draft, edit, propose or withdraw a plan that pays these; null when they may. */
export function whyNotDraft(sight: Sight, payees: readonly Paid[]): string | null {
  const { marketing, sales } = sight.pay;
  if (!marketing && !sales) return 'Heads draft plans: a manager, an admin or the owner.';
  return payees.every(({ side }) => sight.pay[side])
    ? null
    : 'A plan is drafted and changed by who sees the pay of all it pays: of both sides the owner or a head of leadership, of one side also its heads.';
}
