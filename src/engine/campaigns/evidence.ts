/**
 * What is evidence of a part in a campaign. A touch that somebody made is; that somebody ticked a box never is. The
 * table is read by `isEvidenceOf` for one touch and by the SQL that counts them (features/campaigns/queries).
 */

import { looksAutomatic } from '../rules/automatic.ts';
import type { RoleKind } from './states.ts';

export interface TouchRule {
  readonly kinds: readonly string[];
  /** `out`: not what came in. */
  readonly direction: 'out' | 'any';
  /** Against the moment the person responded to the campaign. */
  readonly when: 'before' | 'after' | 'any';
}

/** By which touches a person tries to reach another. */
const reaching = ['call', 'email', 'meeting', 'message', 'chat', 'social'] as const;
const meeting = ['event', 'webinar', 'meeting'] as const;

/** Null: not by touches (library versions count). */
export const evidenceBy: Readonly<Record<RoleKind, TouchRule | null>> = {
  inviteList: { kinds: reaching, direction: 'out', when: 'before' },
  calls: { kinds: ['call'], direction: 'out', when: 'any' },
  event: { kinds: meeting, direction: 'any', when: 'any' },
  content: null,
  followUp: { kinds: reaching, direction: 'out', when: 'after' },
};

export interface CampaignTouch {
  readonly side: string;
  readonly kind: string;
  readonly direction: string | null;
  readonly automated: boolean | null;
  readonly subject: string | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Whether a person of sales made it: what machines send is evidence of nothing, whoever's name it bears. */
export const isGenuine = ({ side, automated, subject }: Pick<CampaignTouch, 'side' | 'automated' | 'subject'>): boolean =>
  side === 'sales' && automated !== true && !looksAutomatic(subject);

/**
 * Whether a rep's touch on somebody of the campaign counts for a part of this kind.
 * @param respondedAt when that person responded, epoch milliseconds; null: not yet
 */
export function isEvidenceOf(kind: RoleKind, touch: CampaignTouch, respondedAt: number | null): boolean {
  const rule = evidenceBy[kind];
  if (rule === null || !isGenuine(touch) || !rule.kinds.includes(touch.kind)) return false;
  if (rule.direction === 'out' && touch.direction === 'in') return false;
  if (rule.when === 'any') return true;
  const isAfter = respondedAt !== null && touch.at > respondedAt;
  return rule.when === 'after' ? isAfter : !isAfter;
}

/**
 * Whether a touch that names the campaign shows that its rep took part, asked or not. That a rep follows up a lead is
 * owed by the agreement anyway: it is a part in the campaign only where the touch says so, or the part was asked for.
 */
export const isPart = (touch: CampaignTouch): boolean =>
  isGenuine(touch) && (partKinds.meeting.includes(touch.kind) || (partKinds.reaching.includes(touch.kind) && touch.direction !== 'in'));
export const partKinds: Readonly<Record<'meeting' | 'reaching', readonly string[]>> = { meeting, reaching };

/** Days before the campaign's first day (or before it was asked, where that is earlier) from which touches count. */
export const daysBefore = 28;
