/** Customers as the engine asks for them: since when they pay, when they left, what they paid a year. */

import type { CostCustomer } from '#engine/alignment/cost/churn.ts';
import { inForceAt } from '#features/agreement/queries/in-force.ts';
import { firstPaidOn, paidOn } from '#features/returns/queries/account-course.ts';
import { readId } from '#engine/funnel/ids.ts';
import type { FreshCost } from './cost-columns.ts';
import { fittingAccounts } from './cost-fit.ts';
import type { CostGround } from './cost-ground.ts';

/**
 * Every account that ever paid, by the terms of its revenue entries (returns' `account-course.ts`). It fits as its
 * lead did when that was passed: the one that was won, else the first; without a lead as the account itself does.
 * @param byLead as `fitsByAccount` says; null: nothing says who does
 */
export async function costCustomers(ground: CostGround, byLead: ReadonlyMap<string, boolean> | null): Promise<CostCustomer[]> {
  const { revenue, asOf } = ground.returns;
  const { courses } = revenue.books;
  const ids = revenue.revenue.dictionaries.account.texts;
  const segments = segmentsOf(ground);
  // By id, since draws are taken in this order: the same past gives the same ranges.
  const codes = [...ids.keys()]
    .filter((code) => code > 0 && firstPaidOn(courses, code) <= asOf)
    .sort((one, other) => (ids[one]! < ids[other]! ? -1 : 1));
  const withoutLead = codes.map((code) => ids[code]!).filter((id) => !byLead?.has(id));
  const alone =
    byLead === null
      ? null
      : await ground.database.inWorkspace(ground.workspaceId, (tx) =>
          fittingAccounts(tx, ground.workspaceId, inForceAt(ground.icp, Date.now()), withoutLead),
        );
  return codes.map((code) => {
    const id = ids[code]!;
    const leftOn = leftDay(courses, code, asOf);
    return {
      ...{ id, segment: segments(code), leftOn, since: firstPaidOn(courses, code) },
      fits: byLead === null ? null : (byLead.get(id) ?? alone?.get(id) ?? null),
      yearly: 12 * paidOn(courses, code, leftOn === null ? asOf : leftOn - 1),
    };
  });
}

/** The day from which it pays nothing any more; null while it pays. */
function leftDay(
  { starts, lengths, days, amounts }: CostGround['returns']['revenue']['books']['courses'],
  code: number,
  asOf: number,
): number | null {
  let at = starts[code]! + lengths[code]! - 1;
  while (at >= starts[code]! && days[at]! > asOf) at--;
  return at >= starts[code]! && amounts[at] === 0 ? days[at]! : null;
}

function segmentsOf({ returns: { revenue } }: CostGround): (code: number) => string | null {
  const { account, segment } = revenue.revenue.numbers;
  const byAccount = new Map<number, number>();
  for (let row = 0; row < revenue.revenue.count; row++) byAccount.set(account[row]!, segment[row]!);
  return (code) => revenue.revenue.dictionaries.segment.texts[byAccount.get(code) ?? 0]!;
}

/** By account whether it fits, as its lead did. */
export function fitsByAccount({ leads }: FreshCost, fitting: ReadonlySet<string>): Map<string, boolean> {
  const best = new Map<string, { isWon: boolean; start: number; fits: boolean }>();
  const { account, state, start } = leads.numbers;
  for (let row = 0; row < leads.count; row++) {
    const id = leads.dictionaries.account.texts[account[row]!];
    if (!id) continue;
    const isWon = leads.dictionaries.state.texts[state[row]!] === 'won';
    const known = best.get(id);
    if (known && (known.isWon > isWon || (known.isWon === isWon && known.start <= start[row]!))) continue;
    best.set(id, { isWon, start: start[row]!, fits: fitting.has(readId(leads.ids, row)) });
  }
  return new Map([...best].map(([id, { fits }]) => [id, fits]));
}
