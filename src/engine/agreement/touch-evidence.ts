/** What a touch is evidence of. */

import { looksAutomatic } from '../rules/automatic.ts';
import type { Rule } from '../rules/rule.ts';
import type { EvidenceTouch } from './lead-facts.ts';

/** Counts as an attempt for as long as both sides have signed nothing else: what a rep sends or does to reach the lead. */
export const attemptUnlessDefined: Rule = {
  all: [
    { of: 'touch', field: 'kind', is: 'in', value: ['call', 'email', 'meeting', 'message', 'chat', 'social'] },
    { of: 'touch', field: 'direction', is: 'ne', value: 'in' },
  ],
};

export interface TouchAtHand {
  readonly side: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly automated: boolean | null;
  readonly subject: string | null;
}

/** What a lead sends or says itself; that it looked at something is no answer. */
const answers: ReadonlySet<string> = new Set(['email', 'call', 'meeting', 'message', 'chat', 'form', 'social']);

/**
 * What machines send is evidence of nothing, whoever's name it bears, and whatever a definition says.
 * @param isAttempt whether it meets the definition of an attempt; asked for touches of sales only
 * @returns null for a touch that no clock asks about
 */
export function evidenceAs(touch: TouchAtHand, isAttempt: () => boolean): EvidenceTouch['as'] | null {
  if (touch.side === 'marketing' || touch.automated === true || (touch.subject !== null && isAutomatic(touch.subject))) return null;
  if (touch.side === 'customer') return answers.has(touch.kind) && touch.direction !== 'out' ? 'answer' : null;
  return isAttempt() ? 'attempt' : 'other';
}

/** Subjects come back by the thousand (sequences, auto-replies): each is read once. */
const known = new Map<string, boolean>();
const mostKnown = 10_000;

function isAutomatic(subject: string): boolean {
  let automatic = known.get(subject);
  if (automatic === undefined) {
    if (known.size >= mostKnown) known.clear();
    known.set(subject, (automatic = looksAutomatic(subject)));
  }
  return automatic;
}
