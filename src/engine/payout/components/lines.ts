/** The lines of one component of one payee: what it earns, then its gates, kickers, floor and cap. */

import type { Component } from '../plan.ts';
import { clawbackOf, type Draft, type Person, type Scope } from '../scope.ts';
import { bonusLines } from './bonus.ts';
import { throughGates } from './gate.ts';
import { toCap, toFloor } from './limits.ts';
import { mboLines } from './mbo.ts';
import { overlayLines } from './overlay.ts';
import { rateLines } from './rate.ts';

/** @param spifs what SPIFs pay in the period, by component and payee: they share budgets, so that all are computed at once */
export function componentLines(scope: Scope, person: Person, component: Component, spifs: SpifLines): Draft[] {
  const lines = throughGates(scope, person, component, earnedLines(scope, person, component, spifs));
  if (component.floor !== null) lines.push(...toFloor(scope, person, component.floor, lines));
  if (component.cap !== null) lines.push(...toCap(scope, person, component.id, component.cap, lines));
  return lines;
}

export type SpifLines = ReadonlyMap<string, ReadonlyMap<string, Draft[]>>;

function earnedLines(scope: Scope, person: Person, component: Component, spifs: SpifLines): Draft[] {
  switch (component.kind) {
    case 'rate': {
      const asked = { measure: component.measure, clawback: clawbackOf(component, scope.plan), overlay: false };
      return rateLines(scope, person, component, scope.book.entries(asked, person.payee.id));
    }
    case 'overlay':
      return overlayLines(scope, person, component);
    case 'bonus':
      return bonusLines(scope, person, component);
    case 'mbo':
      return mboLines(scope, person, component);
    case 'spif':
      return spifs.get(component.id)?.get(person.payee.id) ?? [];
  }
}
