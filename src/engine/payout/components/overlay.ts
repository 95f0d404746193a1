/** An overlay: a rate on credit beyond the 100 %, of facts that name the payee so, or of all that others are credited with. */

import type { Asked, Entry } from '../book.ts';
import { picks } from '../payees.ts';
import type { Overlay } from '../plan.ts';
import { clawbackOf, type Draft, type Person, type Scope } from '../scope.ts';
import { rateLines } from './rate.ts';

export const overlayLines = (scope: Scope, person: Person, component: Overlay): Draft[] =>
  rateLines(scope, person, component, component.of === null ? ownCredit(scope, person, component) : othersCredit(scope, component));

const ownCredit = ({ book, plan }: Scope, { payee }: Person, component: Overlay): readonly Entry[] =>
  book.entries({ measure: component.measure, clawback: clawbackOf(component, plan), overlay: true }, payee.id);

function othersCredit(scope: Scope, component: Overlay): readonly Entry[] {
  let entries = scope.overlays.get(component.id);
  if (entries === undefined) scope.overlays.set(component.id, (entries = sumOthers(scope, component)));
  return entries;
}

/** Each fact once, with what of it is credited to those the overlay is of. */
function sumOthers({ book, plan, people }: Scope, component: Overlay): Entry[] {
  const asked: Asked = { measure: component.measure, clawback: clawbackOf(component, plan), overlay: false };
  const of = component.of!;
  const entries: Entry[] = [];
  for (const { standing, credits } of book.facts(asked)) {
    const theirs = credits.filter(({ payee }) => picks(of, people.get(payee)!.payee));
    const credit = theirs.reduce((sum, each) => sum + each.credit, 0n);
    if (credit !== 0n) entries.push({ id: standing.fact.id, credit });
  }
  return entries;
}
