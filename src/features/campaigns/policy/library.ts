/** Who may do what with content. */

import { type AssetStanding, standingWords } from '#engine/campaigns/asset-standing.ts';
import { policy, type Role, type Who } from '#platform/http/route.ts';
import type { AssetVerb } from '../contract/library.ts';

const everybody: readonly Role[] = ['owner', 'admin', 'manager', 'member', 'viewer'];
const writers: readonly Role[] = ['owner', 'admin', 'manager', 'member'];
const heads: readonly Role[] = ['owner', 'admin', 'manager'];

export const mayReadLibrary = policy('library.read', everybody);
/** Content comes from both sides; whose it is decides who changes it, checked per asset. */
export const mayKeepContent = policy('library.write', writers);
export const mayUseContent = policy('library.use', writers);
export const mayRateContent = policy('library.rate', writers);

type Asker = Pick<Who, 'memberId' | 'side' | 'role'>;
export interface AssetAtHand {
  readonly ownerId: string | null;
  readonly madeBy: string | null;
  readonly standing: AssetStanding;
}

const lookOn = 'Those who look on don’t change anything.';

/** Why this member may not, whatever state the asset is in; null: may. */
export function whyMayNotWith(verb: AssetVerb, who: Asker, asset: Pick<AssetAtHand, 'ownerId' | 'madeBy'>): string | null {
  if (!writers.includes(who.role)) return lookOn;
  if (verb === 'use') return null;
  if (verb === 'rate') return asset.ownerId === who.memberId ? 'You answer for it: others rate it.' : null;
  const isOwn = asset.ownerId === who.memberId || asset.madeBy === who.memberId;
  return isOwn || who.side !== 'sales' || heads.includes(who.role) ? null : 'Marketing changes it, or who answers for it or added it.';
}

/** Why an asset that stands like this does not allow the verb; null: it does. */
export function whyNotStanding(verb: AssetVerb, standing: AssetStanding): string | null {
  const isArchived = standing === 'archived';
  if (verb === 'restore') return isArchived ? null : 'It is not archived.';
  if (isArchived) return 'It is archived: restore it first.';
  if (verb !== 'use') return null;
  return standing === 'noVersion' || standing === 'expired' || standing === 'notYet' ? standingWords[standing].about : null;
}

export const whyNotWith = (verb: AssetVerb, who: Asker, asset: AssetAtHand): string | null =>
  whyMayNotWith(verb, who, asset) ?? whyNotStanding(verb, asset.standing);

/** Ratings go to who answers for the content; where nobody does, to marketing. */
export function whyMayNotAnswerRating(
  who: Asker,
  rating: { readonly ownerId: string | null; readonly isAnswered: boolean },
): string | null {
  if (!writers.includes(who.role)) return lookOn;
  if (rating.isAnswered) return 'It has been answered.';
  const isTheirs = rating.ownerId === who.memberId || heads.includes(who.role) || (rating.ownerId === null && who.side === 'marketing');
  return isTheirs ? null : 'Whoever answers for the content answers.';
}

/** A link is closed by who sent it, or a head. */
export function whyMayNotRevoke(
  who: Asker,
  use: { readonly memberId: string; readonly way: string; readonly revokedAt: string | null },
): string | null {
  if (use.way !== 'link') return 'There is no link to close.';
  if (use.revokedAt !== null) return 'It is closed already.';
  return use.memberId === who.memberId || heads.includes(who.role) ? null : 'Whoever sent it closes it.';
}
