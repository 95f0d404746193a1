/** Who asks for an excuse, and who decides on it. */

import type { Who } from '#platform/http/route.ts';
import { isHead } from '../policy.ts';
import type { OwingSide } from './signing.ts';

export interface AskedExcuse {
  readonly side: OwingSide;
  readonly askedBy: string;
  readonly decided: boolean;
}

/** Why somebody may not ask; null when they may: people of the side that owes, and leadership for either. */
export const whyNotAsk = (who: Pick<Who, 'side'>, side: OwingSide): string | null =>
  who.side === side || who.side === 'leadership' ? null : `An excuse for ${side} is asked for by ${side}.`;

/** Why somebody may not decide; null when they may: a head of the other side or of leadership, never who asked. */
export function whyNotDecide(who: Pick<Who, 'memberId' | 'side' | 'role'>, excuse: AskedExcuse): string | null {
  if (excuse.decided) return 'It was decided already.';
  if (who.memberId === excuse.askedBy) return 'Who asks for an excuse doesn’t decide on it.';
  if (who.side === excuse.side) return `The other side, or leadership, decides on an excuse of ${excuse.side}.`;
  return isHead(who) ? null : 'A head decides on excuses: a manager, an admin or the owner.';
}
