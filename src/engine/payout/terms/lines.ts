/** What is done to the sum of a payee's components: floors, caps, the draw, the holdback, in this order whatever the plan's. */

import { toCap, toFloor } from '../components/limits.ts';
import { picks } from '../payees.ts';
import type { Term } from '../plan.ts';
import { type Draft, type Person, type Scope, sumOf } from '../scope.ts';
import { drawLines } from './draw.ts';
import { holdbackLines, releaseLines } from './holdback.ts';

/** A term's line, and of which term: a balance may come from one that the plan no longer has. */
export interface TermLine extends Draft {
  readonly component: string;
  readonly name: string;
}

/** @param earned lines of all components */
export function termLines(scope: Scope, person: Person, earned: readonly Draft[]): TermLine[] {
  const terms = scope.plan.terms.filter((term) => picks(term.for, person.payee));
  const lines: TermLine[] = [];
  const sum = (): Draft[] => [...earned, ...lines];
  for (const term of ofKind(terms, 'floor')) lines.push(...named(term, toFloor(scope, person, term.amount, sum())));
  for (const term of ofKind(terms, 'cap')) lines.push(...named(term, toCap(scope, person, term.id, term.limit, sum())));
  const draw = drawLines(scope, person, ofKind(terms, 'draw')[0] ?? null, sumOf(sum()));
  const withheld = holdbackLines(scope, person, ofKind(terms, 'holdback')[0] ?? null, draw.beyond);
  return [...lines, ...draw.lines, ...withheld, ...releaseLines(scope, person)];
}

const ofKind = <Kind extends Term['kind']>(terms: readonly Term[], kind: Kind): Extract<Term, { kind: Kind }>[] =>
  terms.filter((term): term is Extract<Term, { kind: Kind }> => term.kind === kind);

export const named = ({ id, name }: { readonly id: string; readonly name: string }, lines: readonly Draft[]): TermLine[] =>
  lines.map((line) => ({ ...line, component: id, name }));
