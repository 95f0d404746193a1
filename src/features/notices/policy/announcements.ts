/** Who sees, withdraws and reminds of which announcement. */

import type { Who } from '#platform/http/route.ts';
import { mayAnnounce } from '../policy.ts';

export interface AnnouncementCase {
  readonly madeBy: string;
  readonly needsAcknowledgement: boolean;
  readonly isWithdrawn: boolean;
  readonly isMine: boolean;
  readonly acknowledgedAt: string | null;
  /** Readers who have not acknowledged it. */
  readonly missing: number;
  /** Reminded within the last hour. */
  readonly wasJustReminded: boolean;
}

/** Who made it, and those who keep the workspace: they see who has acknowledged it. */
export const keeps = (who: Pick<Who, 'memberId' | 'role'>, { madeBy }: Pick<AnnouncementCase, 'madeBy'>): boolean =>
  madeBy === who.memberId || who.role === 'owner' || who.role === 'admin';

export const whyNotAnnounce = (who: Who): string | null =>
  mayAnnounce.may(who) ? null : 'Heads announce: a manager, an admin or the owner.';

export function whyNotAcknowledge(case_: AnnouncementCase): string | null {
  if (!case_.isMine) return 'It did not go to you.';
  if (case_.isWithdrawn) return 'It was withdrawn.';
  if (!case_.needsAcknowledgement) return 'It needs no acknowledgement.';
  return case_.acknowledgedAt === null ? null : 'You have acknowledged it.';
}

export function whyNotWithdraw(who: Who, case_: AnnouncementCase): string | null {
  if (!keeps(who, case_)) return 'Whoever made it withdraws it, an admin or the owner.';
  return case_.isWithdrawn ? 'It was withdrawn already.' : null;
}

export function whyNotRemind(who: Who, case_: AnnouncementCase): string | null {
  if (!keeps(who, case_)) return 'Whoever made it reminds of it, an admin or the owner.';
  if (case_.isWithdrawn) return 'It was withdrawn.';
  if (!case_.needsAcknowledgement) return 'It needs no acknowledgement.';
  if (case_.missing === 0) return 'Everybody has acknowledged it.';
  return case_.wasJustReminded ? 'They were reminded within the last hour.' : null;
}
