/** Who starts, computes, approves and locks a run: one reading for the page, the verbs and the tests. */

import type { Side as PaidSide } from '#engine/payout/sides.ts';
import type { Who } from '#platform/http/route.ts';
import type { RunKind } from '../contract/runs.ts';
import { runCan, type RunState, whyNotFrom } from '../contract/states.ts';
import type { Sight } from './access.ts';

export type ApprovalScope = 'all' | PaidSide;

/** A run as far as it matters who may do what with it. */
export interface RunCase {
  readonly kind: RunKind;
  readonly status: RunState;
  readonly attempt: number;
  readonly startedById: string;
  /** Sides that its lines pay. */
  readonly sides: readonly PaidSide[];
  /** Of the lines as they are. */
  readonly approvals: readonly { readonly memberId: string; readonly scope: ApprovalScope }[];
}

/** Two people, neither of whom started the run. */
export const approvalsNeeded = 2;

/** Who sees the pay of both sides by their work runs it. An auditor reads only. */
export const whyNotRunPay = ({ pay }: Pick<Sight, 'pay'>): string | null =>
  pay.marketing && pay.sales ? null : 'The owner or a head of leadership runs pay: they see all of it.';

export const whyNotCompute = (sight: Sight, run: RunCase): string | null => whyNotRunPay(sight) ?? whyNotFrom(runCan.compute, run.status);

export const whyNotDiscard = (sight: Sight, run: RunCase): string | null => whyNotRunPay(sight) ?? whyNotFrom(runCan.discard, run.status);

/** For which part somebody's approval counts; null where they see no side's pay by their work. */
export function approvalScopeOf({ pay }: Pick<Sight, 'pay'>): ApprovalScope | null {
  if (pay.marketing && pay.sales) return 'all';
  return pay.marketing ? 'marketing' : pay.sales ? 'sales' : null;
}

export function whyNotApprove(sight: Sight, run: RunCase, who: Pick<Who, 'scopes'>): string | null {
  if (run.kind === 'shadow') return 'A shadow run pays nobody: there is nothing to approve.';
  const scope = approvalScopeOf(sight);
  if (who.scopes) return 'A person approves, not an API token.';
  if (scope === null) return 'Heads approve what they see the pay of: of their side, or of both.';
  const notNow = whyNotFrom(runCan.approve, run.status);
  if (notNow !== null) return notNow;
  if (run.attempt === 0) return 'It is not computed yet.';
  if (run.startedById === sight.memberId) return 'Whoever started a run doesn’t approve it: two others do.';
  if (run.approvals.some(({ memberId }) => memberId === sight.memberId)) return 'You have approved these lines.';
  return scope === 'all' || run.sides.includes(scope) ? null : `It pays nobody of ${scope}.`;
}

/**
 * What is still missing before it can be locked; null when nothing is. Each side that is paid is approved by somebody who
 * sees its pay, and nobody's own pay by themselves alone: another approver, or whoever computed it, saw it as well.
 */
export function missingApprovals(run: RunCase): string | null {
  const { approvals, sides } = run;
  const uncovered = sides.filter((side) => !approvals.some(({ scope }) => scope === 'all' || scope === side));
  const missing = approvalsNeeded - approvals.length;
  if (missing > 0)
    return `${missing === 1 ? 'One more person' : 'Two people'} must approve it${uncovered.length > 0 ? `, of whom one sees the pay of ${uncovered.join(' and of ')}` : ''}.`;
  return uncovered.length > 0 ? `Nobody who sees the pay of ${uncovered.join(' and of ')} has approved it.` : null;
}

export function whyNotLock(sight: Sight, run: RunCase): string | null {
  if (run.kind === 'shadow') return 'A shadow run is never paid.';
  const notYet = whyNotRunPay(sight) ?? whyNotFrom(runCan.lock, run.status);
  if (notYet !== null) return notYet;
  return run.attempt === 0 ? 'It is not computed yet.' : missingApprovals(run);
}

export function whyNotExport(sight: Sight, run: Pick<RunCase, 'kind' | 'status'>): string | null {
  if (run.kind === 'shadow') return 'A shadow run is never paid.';
  if (approvalScopeOf(sight) === null && !sight.auditor) return 'Heads and auditors export for payroll what they see the pay of.';
  return whyNotFrom(runCan.export, run.status);
}
