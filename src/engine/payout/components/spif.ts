/**
 * A SPIF: so much for each matching fact within a window of days. Facts are served by when they happened, then by id,
 * until the budget is spent; the fact that meets its end shares what is left of it (largest remainder). A fact that
 * becomes known late takes its place all the same: who came after it may then have to give back.
 */

import { allocate } from '../../values/allocate.ts';
import { dayNumberOf } from '../../calendar/reading.ts';
import type { SharedFact } from '../book.ts';
import { picked } from '../payees.ts';
import type { Credited } from '../credits.ts';
import type { Spif } from '../plan.ts';
import { type Worth, worthOf } from '../quantity.ts';
import { byMoment } from '../reversals.ts';
import { clawbackOf, creditSum, type Draft, draft, type Scope } from '../scope.ts';

/** One line a payee, for everybody at once: they share one budget. */
export function spifLines(scope: Scope, component: Spif): ReadonlyMap<string, Draft[]> {
  const members = new Set(picked(component.for, scope.plan.payees).map(({ id }) => id));
  const worth = worthIn(component);
  const earned = new Map<string, Earned[]>();
  let spent = scope.carried.spent.get(component.id) ?? 0n;
  for (const { standing, credits } of factsWithin(scope, component)) {
    const theirs = credits.filter(({ payee }) => members.has(payee));
    const full = theirs.map(({ credit }) => worthOf(credit, worth));
    const paid = withinBudget(full, component.budget === null ? null : BigInt(component.budget) - spent);
    for (const [at, each] of theirs.entries()) add(earned, each.payee, { fact: standing.fact.id, each, full: full[at]!, paid: paid[at]! });
    spent += paid.reduce((sum, each) => sum + each, 0n);
  }
  scope.carried.spent.set(component.id, spent);
  return new Map([...earned].map(([payee, all]) => [payee, [lineOf(component, worth, all)]]));
}

interface Earned {
  readonly fact: string;
  readonly each: Credited;
  readonly full: bigint;
  readonly paid: bigint;
}

const worthIn = ({ pays }: Spif): Worth => ('each' in pays ? { each: pays.each, percent: null } : { each: null, percent: pays.percent });

function factsWithin({ book, plan, period }: Scope, component: Spif): readonly SharedFact[] {
  const [from, until] = [component.from, component.until];
  if (dayNumberOf(until) < period.first || dayNumberOf(from) > period.last) return [];
  const facts = book.facts({ measure: component.measure, clawback: clawbackOf(component, plan), overlay: false });
  return facts
    .filter(({ standing }) => standing.fact.on >= from && standing.fact.on <= until)
    .sort((one, other) => byMoment(one.standing, other.standing));
}

/** @param left of the budget; null without one */
function withinBudget(full: readonly bigint[], left: bigint | null): readonly bigint[] {
  const wanted = full.reduce((sum, each) => sum + each, 0n);
  if (left === null || wanted <= left) return full;
  return (left > 0n ? allocate(left, full) : null) ?? full.map(() => 0n);
}

function add(earned: Map<string, Earned[]>, payee: string, one: Earned): void {
  const others = earned.get(payee);
  if (others) others.push(one);
  else earned.set(payee, [one]);
}

function lineOf({ measure }: Spif, { percent, each }: Worth, all: readonly Earned[]): Draft {
  const [full, paid] = [all.reduce((sum, one) => sum + one.full, 0n), all.reduce((sum, one) => sum + one.paid, 0n)];
  return draft(
    paid,
    {
      kind: 'spif',
      percent,
      each: each === null ? null : BigInt(each),
      by: measure.by,
      credit: creditSum(all.map((one) => one.each)),
      beyondBudget: full - paid,
    },
    all.map((one) => ({ id: one.fact, credit: one.each.credit })),
  );
}
