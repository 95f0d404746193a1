/** Floors and caps, of a component as of the whole: what is missing to the floor, what is beyond the cap, as lines. */

import { forPayee } from '../carried.ts';
import { type Period, periodOf } from '../periods.ts';
import type { Limit } from '../plan.ts';
import { byDays } from '../presence.ts';
import { type Draft, draft, type Person, present, type Scope, sumOf } from '../scope.ts';

/** At least so much for the days present; nothing for who wasn't there. */
export function toFloor(scope: Scope, person: Person, floor: string, lines: readonly Draft[]): Draft[] {
  const [of, at] = [sumOf(lines), present(scope, person, floor)];
  return of < at ? [draft(at - of, { kind: 'floor', of, at })] : [];
}

/** At most so much in the period or in the year, for the days present; remembers what was paid in the year. */
export function toCap(scope: Scope, person: Person, id: string, cap: Limit, lines: readonly Draft[]): Draft[] {
  const of = sumOf(lines);
  if (cap.per === 'period') return over(of, capOf(scope, person, cap, scope.period), 'period', 0n);
  const key = forPayee(id, person.payee.id);
  const year = periodOf(scope.period.last, 'year');
  const known = scope.carried.paid.get(key);
  const earlier = known?.year === year.key ? known.amount : 0n;
  const cut = over(of, capOf(scope, person, cap, year), 'year', earlier);
  scope.carried.paid.set(key, { year: year.key, amount: earlier + of + sumOf(cut) });
  return cut;
}

/** Who wasn't there at all, and is still credited, has the whole cap. */
const capOf = ({ plan }: Scope, { stay }: Person, { amount }: Limit, within: Period): bigint =>
  byDays(BigInt(amount), stay, within, plan.proration) || BigInt(amount);

/** @param earlier paid in the year before */
function over(of: bigint, at: bigint, per: Limit['per'], earlier: bigint): Draft[] {
  const left = at > earlier ? at - earlier : 0n;
  return of > left ? [draft(left - of, { kind: 'cap', of, at, per, earlier })] : [];
}
