/**
 * Who is credited with how much of a fact. A role's share of the measure's split goes to those who have the role in the
 * fact, by their shares; whole units are shared by largest remainder in the order of ids, so that the credits of a fact
 * add up to it exactly. Overlay credit is beyond that: each is rounded by itself.
 */

import { allocate } from '../values/allocate.ts';
import { divideHalfEven } from '../values/money.ts';
import type { Credit, Fact } from './evidence.ts';
import { inOrder } from './payees.ts';
import type { RoleShare } from './plan.ts';
import { percentUnits, wholePercent } from './quantity.ts';

export const overlayRole = 'overlay';

export interface Credited {
  readonly payee: string;
  readonly credit: bigint;
}

/** @param total minor units, or millionths of a thing */
export function creditsOf(fact: Fact, total: bigint, split: readonly RoleShare[]): readonly Credited[] {
  const [only] = fact.credits;
  if (fact.credits.length === 1 && split.length === 1 && only!.role === split[0]!.role) return [{ payee: only!.payee, credit: total }];
  const weights = weightsOf(fact.credits, split);
  const people = [...weights.keys()].sort(inOrder);
  const parts =
    allocate(
      total,
      people.map((payee) => weights.get(payee)!),
    ) ?? [];
  return people.map((payee, at) => ({ payee, credit: parts[at] ?? 0n }));
}

/** By person: the role's share times the person's. What nobody has a role for goes to the first role that somebody has. */
function weightsOf(credits: readonly Credit[], split: readonly RoleShare[]): ReadonlyMap<string, bigint> {
  const weights = new Map<string, bigint>();
  const taken = split.map(({ role }) => credits.filter((credit) => credit.role === role));
  const heir = taken.findIndex((some) => some.length > 0);
  for (const [at, { sharePercent }] of split.entries()) {
    const share = percentUnits(sharePercent);
    const some = taken[at]!.length > 0 || heir < 0 ? taken[at]! : taken[heir]!;
    for (const { payee, sharePercent: own } of some) weights.set(payee, (weights.get(payee) ?? 0n) + share * percentUnits(own));
  }
  return weights;
}

export const overlayCredits = (fact: Fact, total: bigint): readonly Credited[] =>
  fact.credits
    .filter(({ role }) => role === overlayRole)
    .map(({ payee, sharePercent }) => ({ payee, credit: divideHalfEven(total * percentUnits(sharePercent), wholePercent) }));

/** Why a fact can't be paid by: the credits of a role are not 100 % together; null when they are. */
export function wrongCredits({ credits }: Fact): string | null {
  if (credits.length === 1 && (credits[0]!.sharePercent === '100' || credits[0]!.role === overlayRole)) return null;
  for (const role of new Set(credits.map((credit) => credit.role))) {
    if (role === overlayRole) continue;
    const sum = credits.reduce((all, credit) => (credit.role === role ? all + percentUnits(credit.sharePercent) : all), 0n);
    if (sum !== wholePercent) return `the credits of “${role}” are not 100 % together`;
  }
  return null;
}
