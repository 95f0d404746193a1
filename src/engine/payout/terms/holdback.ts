/**
 * A holdback: a share of what was earned beyond the draw is withheld, and released in the first later period that ends
 * so many days after and in which the condition holds; or lost when its days are over. Nothing below nought is withheld.
 */

import { outcomeOf } from '../metrics.ts';
import type { Withheld } from '../carried.ts';
import type { Holdback } from '../plan.ts';
import { percentOf } from '../quantity.ts';
import { draft, type Person, type Scope } from '../scope.ts';
import type { TermLine } from './lines.ts';

/** @param beyond what was earned, without an advance and after what it paid back */
export function holdbackLines({ carried, period }: Scope, { payee }: Person, term: Holdback | null, beyond: bigint): TermLine[] {
  if (!term || beyond <= 0n) return [];
  const amount = percentOf(beyond, term.sharePercent);
  if (amount === 0n) return [];
  carried.withheld.set(payee.id, [...(carried.withheld.get(payee.id) ?? []), { term, period, amount }]);
  const rule = { kind: 'holdback', of: beyond, percent: term.sharePercent } as const;
  return [{ ...draft(-amount, rule), component: term.id, name: term.name }];
}

/** Of what earlier periods withheld. */
export function releaseLines(scope: Scope, person: Person): TermLine[] {
  const all = scope.carried.withheld.get(person.payee.id);
  if (!all) return [];
  const lines: TermLine[] = [];
  const kept = all.filter((withheld) => {
    const line = endOf(scope, person, withheld);
    if (line) lines.push(line);
    return line === null;
  });
  scope.carried.withheld.set(person.payee.id, kept);
  return lines;
}

/** Null while it stays withheld. */
function endOf(scope: Scope, person: Person, { term, period, amount }: Withheld): TermLine | null {
  const days = scope.period.last - period.last;
  if (days <= 0 || days < term.afterDays) return null;
  const named = { component: term.id, name: term.name };
  const outcome = term.when && outcomeOf(scope, person, term.when);
  if (outcome === null || outcome.held)
    return { ...draft(amount, { kind: 'release', withheldIn: period.key }, [], outcome?.results ?? []), ...named };
  if (term.lostAfterDays === null || days < term.lostAfterDays) return null;
  return { ...draft(0n, { kind: 'lost', withheldIn: period.key, withheld: amount }, [], outcome.results), ...named };
}
