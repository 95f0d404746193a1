/** The amount that a bonus or objectives pay at 100 %, for the days somebody was there. */

import type { Bonus, Mbo } from '../plan.ts';
import { percentOf } from '../quantity.ts';
import { note, type Person, present, type Scope } from '../scope.ts';

/** Null, and noted, where it is a percent of a target pay that the payee hasn't. */
export function targetOf(scope: Scope, person: Person, { id, target }: Bonus | Mbo): bigint | null {
  if ('amount' in target) return present(scope, person, target.amount);
  if (person.payee.target === null) {
    note(scope, person.payee.id, id, 'has no target pay, of which this is a percent');
    return null;
  }
  return present(scope, person, `${percentOf(BigInt(person.payee.target), target.percentOfTarget)}`);
}
