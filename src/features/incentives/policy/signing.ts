/** As what somebody may sign a version of a plan, and if not, why: one reading for the page, the verb and the tests. */

import type { Plan } from '#engine/payout/plan.ts';
import type { Side as PaidSide } from '#engine/payout/sides.ts';
import { payVisible } from '#features/returns/contract/pay.ts';
import type { Who } from '#platform/http/route.ts';

import type { Signer } from '../contract/sign-off.ts';
import type { PlanState } from '../contract/states.ts';
import { isSponsor } from '../policy.ts';

/** Who signs the whole, each once. Payees sign beside them, each for oneself. */
export const headSigners = ['marketing', 'sales', 'sponsor'] as const;
export type HeadSigner = (typeof headSigners)[number];

/** The sponsor, and the heads of each side that the plan pays; with a pool of both, whoever it pays. */
export const headsWanted = ({ payees, pool }: Pick<Plan, 'payees' | 'pool'>): HeadSigner[] =>
  headSigners.filter((each) => each === 'sponsor' || pool !== null || payees.some(({ side }) => side === each));

/** A version as far as it matters who may sign. */
export interface SigningCase {
  readonly status: PlanState;
  readonly payeeIds: readonly string[];
  /** Whose signatures it takes beside those of the payees: see `headsWanted`. */
  readonly wants: readonly HeadSigner[];
  readonly signatures: readonly { readonly signsAs: Signer; readonly member: { readonly id: string; readonly name: string } }[];
  /** Sides in which a head has a login. */
  readonly canSign: Readonly<Record<PaidSide, boolean>>;
}
export interface Way {
  readonly signsAs: Signer;
  readonly onBehalf: boolean;
}
export type Ways =
  | { readonly ways: readonly Way[]; readonly whyNot: null }
  | { readonly ways: readonly []; readonly whyNot: string; readonly code: 'forbidden' | 'conflict' };

/**
 * A payee signs for oneself, also after the heads have. A head signs for the own side where the plan wants it, the sponsor (the owner or a
 * head of leadership) the whole; nobody signs twice for others than themselves, but that the sponsor signs on behalf of
 * a side in which no head has a login. An API token never signs.
 */
export function waysToSign(who: Pick<Who, 'memberId' | 'side' | 'role' | 'scopes'>, version: SigningCase, wanted?: Signer): Ways {
  if (who.scopes) return not('forbidden', 'A person signs, not an API token.');
  if (version.status === 'draft') return not('conflict', 'Only a proposal can be signed: this is a draft.');
  if (version.status === 'withdrawn') return not('conflict', 'It was withdrawn.');
  const ways = [...asPayee(who, version), ...(version.status === 'proposed' ? asHead(who, version) : [])];
  const possible = wanted === undefined ? ways : ways.filter(({ signsAs }) => signsAs === wanted);
  return possible.length > 0 ? { ways: possible, whyNot: null } : whyNot(who, version, wanted);
}

function asPayee({ memberId }: Pick<Who, 'memberId'>, { payeeIds, signatures }: SigningCase): Way[] {
  const signed = signatures.some(({ signsAs, member }) => signsAs === 'payee' && member.id === memberId);
  return payeeIds.includes(memberId) && !signed ? [{ signsAs: 'payee', onBehalf: false }] : [];
}

function asHead(who: Pick<Who, 'memberId' | 'side' | 'role'>, version: SigningCase): Way[] {
  const open = openHeads(version);
  if (isSponsor(who)) {
    const forSides = open.filter((each): each is PaidSide => each !== 'sponsor' && !version.canSign[each]);
    return [
      ...(open.includes('sponsor') && !signedForASide(who.memberId, version) ? [{ signsAs: 'sponsor' as const, onBehalf: false }] : []),
      ...ownSideOf(who, version, open),
      ...forSides.filter((each) => each !== who.side).map((signsAs) => ({ signsAs, onBehalf: true })),
    ];
  }
  return ownSideOf(who, version, open);
}

/** An owner may be of a side: they sign as its head or as the sponsor, not as both where somebody else could. */
function ownSideOf(who: Pick<Who, 'memberId' | 'side' | 'role'>, version: SigningCase, open: readonly HeadSigner[]): Way[] {
  const { side } = who;
  if (side === 'leadership' || !payVisible(who)[side] || !open.includes(side)) return [];
  const another = version.signatures.some(({ signsAs, member }) => signsAs !== 'payee' && member.id === who.memberId);
  return another ? [] : [{ signsAs: side, onBehalf: false }];
}

/** Who signed as the head of a side is no second pair of eyes for it. On behalf of a side nobody could sign it is allowed. */
const signedForASide = (memberId: string, { signatures, canSign }: SigningCase): boolean =>
  signatures.some(({ signsAs, member }) => (signsAs === 'marketing' || signsAs === 'sales') && member.id === memberId && canSign[signsAs]);

const openHeads = ({ wants, signatures }: Pick<SigningCase, 'wants' | 'signatures'>): HeadSigner[] =>
  wants.filter((each) => !signatures.some(({ signsAs }) => signsAs === each));

/** Whose signatures a version still wants before it counts. */
export const missingHeads = (version: Pick<SigningCase, 'status' | 'wants' | 'signatures'>): HeadSigner[] =>
  version.status === 'draft' || version.status === 'proposed' ? openHeads(version) : [];

function whyNot(who: Pick<Who, 'memberId' | 'side' | 'role'>, version: SigningCase, wanted: Signer | undefined): Ways {
  const own = version.signatures.find(({ member }) => member.id === who.memberId);
  const given = version.signatures.find(({ signsAs }) => signsAs !== 'payee' && signsAs === wanted);
  if (given)
    return not('conflict', `${given.member.name} has signed ${given.signsAs === 'sponsor' ? 'as the sponsor' : `for ${given.signsAs}`}.`);
  if (wanted === 'payee') return not(own ? 'conflict' : 'forbidden', own ? 'You have signed it.' : 'You are not paid by this plan.');
  if (version.status === 'signed') return not('conflict', own ? 'You have signed it.' : 'The heads and the sponsor have signed it.');
  if (own) return not('conflict', 'You have signed it.');
  const { marketing, sales } = payVisible(who);
  if (!marketing && !sales)
    return not('forbidden', 'Whom it pays signs, the heads of both sides, and the sponsor: the owner or a head of leadership.');
  if (who.side !== 'leadership' && !version.wants.includes(who.side))
    return not('forbidden', `It pays nobody in ${who.side} and has no pool: ${who.side} has nothing to sign.`);
  const forSide = version.signatures.find(({ signsAs }) => signsAs === who.side);
  return forSide
    ? not('conflict', `${forSide.member.name} has signed for ${who.side}.`)
    : not('forbidden', 'Each side signs for itself. The sponsor signs only for a side in which no head has a login.');
}

const not = (code: 'forbidden' | 'conflict', whyNot: string): Ways => ({ ways: [], whyNot, code });
