/** Whom a filter picks. */

import type { Payee, PayeeFilter } from './plan.ts';

/** Somebody with nothing agreed yet; and what others see of somebody whose pay they don't: who they are. */
export const barePayee = ({ id, side }: Pick<Payee, 'id' | 'side'>): Payee => ({
  id,
  side,
  role: null,
  target: null,
  quotas: {},
  startedOn: null,
  endedOn: null,
  ramp: [],
  poolWeight: null,
});

export function picks({ sides, roles, payees }: PayeeFilter, payee: Payee): boolean {
  return (
    (sides.length === 0 || sides.includes(payee.side)) &&
    (roles.length === 0 || (payee.role !== null && roles.includes(payee.role))) &&
    (payees.length === 0 || payees.includes(payee.id))
  );
}

export const picked = (filter: PayeeFilter, payees: readonly Payee[]): Payee[] => payees.filter((payee) => picks(filter, payee));

/** In the order of UTF-16 units, the same everywhere. */
export const inOrder = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
