/** Who disputes a line, who answers, and who decides what was escalated. */

import type { Who } from '#platform/http/route.ts';
import { disputeCan, type DisputeState, whyNotFrom } from '../contract/states.ts';
import { type Paid, rulesPayOf, seesAllPay, type Sight } from './access.ts';

interface LineCase {
  readonly memberId: string;
  readonly runKind: string;
  readonly runStatus: string;
  readonly dispute: { readonly status: DisputeState } | null;
}

/** A line of one's own, of a run that is locked, or computed and shown before it is. */
export function whyNotDispute(who: Pick<Who, 'memberId' | 'scopes'>, line: LineCase): string | null {
  if (who.scopes) return 'A person disputes, not an API token.';
  if (line.memberId !== who.memberId) return 'Whom it pays disputes a line.';
  if (line.runKind === 'shadow') return 'A shadow run pays nobody: comment on the plan.';
  if (line.runStatus !== 'locked') return 'It is disputed once it is paid: until then say it to who approves.';
  return line.dispute && (line.dispute.status === 'open' || line.dispute.status === 'escalated') ? 'It is disputed already.' : null;
}

export interface DisputeCase {
  readonly status: DisputeState;
  readonly payee: Paid;
}

/** Who sees the pay by their work answers, but nobody their own dispute. */
export function whyNotAnswer(sight: Sight, { status, payee }: DisputeCase): string | null {
  if (payee.id === sight.memberId) return 'Somebody else answers your dispute.';
  if (!rulesPayOf(sight, payee)) return 'The payee’s manager, a head of their side or leadership answers.';
  return whyNotFrom(disputeCan.answer, status);
}

export function whyNotEscalate(sight: Sight, { status, payee }: DisputeCase): string | null {
  if (payee.id !== sight.memberId && !rulesPayOf(sight, payee)) return 'The payee or who answers takes it to the sponsor.';
  return whyNotFrom(disputeCan.escalate, status);
}

/** The owner and the heads of leadership. */
export function whyNotDecide(sight: Sight, { status, payee }: DisputeCase): string | null {
  if (payee.id === sight.memberId) return 'Somebody else decides your dispute.';
  if (!seesAllPay({ ...sight, auditor: false })) return 'The sponsor decides: the owner or a head of leadership.';
  return whyNotFrom(disputeCan.decide, status);
}

export const whyNotWithdraw = (sight: Sight, { status, payee }: DisputeCase): string | null =>
  payee.id === sight.memberId ? whyNotFrom(disputeCan.withdraw, status) : 'Who raised it withdraws it.';
