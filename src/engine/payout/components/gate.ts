/**
 * Gates and kickers: what a component earned times a percent, rounded once, as a line of its own, so that the statement
 * shows what it did. Both work on what is above nought: a gate doesn't forgive what has to be given back.
 */

import { outcomeOf } from '../metrics.ts';
import type { Component } from '../plan.ts';
import { percentOf } from '../quantity.ts';
import { type Draft, draft, type Person, type Scope, sumOf } from '../scope.ts';
import type { ConditionOutcome } from '../statement.ts';

/** Lines of the component so far, with those of its gates, then of its kickers. */
export function throughGates(scope: Scope, person: Person, component: Component, lines: readonly Draft[]): Draft[] {
  const all = [...lines];
  const add = (kind: 'gate' | 'kicker', percent: string, condition: ConditionOutcome, applies: boolean): void => {
    const of = sumOf(all);
    if (of > 0n) all.push(draft(applies ? percentOf(of, percent) - of : 0n, { kind, of, percent, condition }, [], condition.results));
  };
  for (const gate of component.gates) {
    const outcome = outcomeOf(scope, person, gate);
    add('gate', gate.otherwisePercent, outcome, !outcome.held);
  }
  for (const kicker of component.kickers) {
    const outcome = outcomeOf(scope, person, kicker);
    add('kicker', kicker.percent, outcome, outcome.held);
  }
  return all;
}
