/** Who may sign a version, for which side, and if not, why: one reading for the page, the verb and the tests. */

import type { Who } from '#platform/http/route.ts';
import { versionCan, type VersionState } from '../contract.ts';
import { isHead } from '../policy.ts';

export const owingSides = ['marketing', 'sales'] as const;
export type OwingSide = (typeof owingSides)[number];

/** A version as far as it matters who may sign. */
export interface SigningCase {
  readonly status: VersionState;
  readonly signatures: readonly { readonly side: OwingSide; readonly member: { readonly id: string; readonly name: string } }[];
  /** Sides in which somebody who could sign has a login. */
  readonly canSign: Readonly<Record<OwingSide, boolean>>;
}

export type Signing =
  | { readonly side: OwingSide; readonly onBehalf: boolean; readonly whyNot: null }
  | {
      readonly side: null;
      readonly onBehalf: false;
      readonly whyNot: string /** `conflict`: not now, and nobody of this side. */;
      readonly code: 'forbidden' | 'conflict';
    };

/**
 * A head signs for the own side. Leadership (owner or admin) signs for a side in which nobody who could has a
 * login, and the page says so for as long as the version stands. Nobody signs for both sides otherwise.
 * @param wanted the side that a leader means, where two are open
 */
export function signingOf(who: Pick<Who, 'memberId' | 'side' | 'role' | 'scopes'>, version: SigningCase, wanted?: OwingSide): Signing {
  if (version.status === 'signed') return not('conflict', 'Both sides have signed it.');
  if (version.status !== 'proposed') return not('conflict', versionCan.sign.otherwise);
  if (who.scopes) return not('forbidden', 'A person signs, not an API token.');
  if (!isHead(who)) return not('forbidden', 'The heads of both sides sign: a manager, an admin or the owner.');
  if (who.side === 'leadership') return onBehalf(who, version, wanted);
  if (wanted && wanted !== who.side) return not('forbidden', `You sign for ${who.side}: ${wanted} signs for itself.`);
  return forOwnSide(who.side, who.memberId, version);
}

function forOwnSide(side: OwingSide, memberId: string, { signatures }: SigningCase): Signing {
  const given = signatures.find((signature) => signature.side === side);
  if (given) return not('conflict', `${given.member.name} has signed for ${side}.`);
  const forOther = signatures.some((signature) => signature.member.id === memberId);
  if (forOther) return not('forbidden', `You signed for the other side: somebody else signs for ${side}.`);
  return { side, onBehalf: false, whyNot: null };
}

function onBehalf(who: Pick<Who, 'role'>, { signatures, canSign }: SigningCase, wanted: OwingSide | undefined): Signing {
  const asked = wanted ? [wanted] : owingSides;
  const given = signatures.find((signature) => signature.side === wanted);
  if (given) return not('conflict', `${given.member.name} has signed for ${given.side}.`);
  if (who.role !== 'owner' && who.role !== 'admin')
    return not('forbidden', 'Of leadership, the owner or an admin signs on behalf of a side.');
  const open = asked.find((side) => !canSign[side] && !signatures.some((signature) => signature.side === side));
  if (open) return { side: open, onBehalf: true, whyNot: null };
  return not(
    'forbidden',
    'Marketing and sales sign for themselves. Leadership signs only for a side in which nobody who could has a login.',
  );
}

const not = (code: 'forbidden' | 'conflict', whyNot: string): Signing => ({ side: null, onBehalf: false, whyNot, code });

/** Which sides have not signed a proposal yet. */
export const missingSides = (status: VersionState, signed: readonly OwingSide[]): OwingSide[] =>
  status === 'proposed' || status === 'draft' ? owingSides.filter((side) => !signed.includes(side)) : [];

/** Whether somebody may edit or withdraw a version: who made it, and every head. */
export const mayChangeVersion = (who: Pick<Who, 'memberId' | 'role'>, madeBy: string | null): boolean =>
  isHead(who) || who.memberId === madeBy;

/** Why somebody may not edit, propose or withdraw a version that somebody else made; null where they may. */
export const whyNotChangeVersion = (
  who: Pick<Who, 'memberId' | 'role'>,
  madeBy: { readonly id: string; readonly name: string } | null,
): string | null =>
  mayChangeVersion(who, madeBy?.id ?? null)
    ? null
    : `${madeBy?.name ?? 'Somebody else'} made this: they or a head of either side change it. You can comment.`;
