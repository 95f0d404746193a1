/** What each account pays: a month, by its terms on a day; or what it brought between two days, by its activity. */

import { paidOn } from './account-course.ts';
import type { Days, Ground } from './figure-scope.ts';
import { daysBefore } from './figure-scope.ts';
import type { FirstWins } from './first-wins.ts';
import { counts, type FreshRevenue, negativeKinds } from './revenue-columns.ts';
import type { RevenueBasis } from '../contract/figures.ts';

/** By account of the first wins: minor units, 0 where it is no customer. */
export type AccountAmounts = BigInt64Array;

/** At the start and at the end of days. On the basis of activity these are the days before, as many, and the days themselves. */
export interface BothEnds {
  readonly start: AccountAmounts;
  readonly end: AccountAmounts;
}

/** Reads each moment once, however many periods share it. */
export function makeAmountsReader(ground: Ground, wins: FirstWins, basis: RevenueBasis): (days: Days) => BothEnds {
  const known = new Map<string, AccountAmounts>();
  const remembered = (key: string, read: () => AccountAmounts): AccountAmounts => {
    let amounts = known.get(key);
    if (!amounts) known.set(key, (amounts = read()));
    return amounts;
  };
  if (basis === 'terms') {
    const on = (day: number): AccountAmounts => remembered(String(day), () => paidByTerms(ground.revenue, wins, day));
    return ({ start, end }) => ({ start: on(Math.min(start - 1, ground.asOf)), end: on(Math.min(end, ground.asOf)) });
  }
  const within = (days: Days): AccountAmounts => remembered(`${days.start} ${days.end}`, () => broughtBetween(ground.revenue, wins, days));
  return (days) => ({ start: within(daysBefore(days)), end: within(days) });
}

function paidByTerms({ books }: FreshRevenue, wins: FirstWins, day: number): AccountAmounts {
  const amounts = new BigInt64Array(wins.count);
  for (let at = 0; at < wins.count; at++) {
    const course = books.courses[wins.codes[at]!];
    if (course) amounts[at] = paidOn(course, day);
  }
  return amounts;
}

/** Net of contractions and refunds; who has nothing left after them was not active (engine/returns/activity.ts). */
function broughtBetween({ revenue }: FreshRevenue, wins: FirstWins, { start, end }: Days): AccountAmounts {
  const amounts = new BigInt64Array(wins.count);
  const { on, account, kind } = revenue.numbers;
  const negative = negativeKinds(revenue);
  for (let row = 0; row < revenue.count; row++) {
    if (on[row]! < start || on[row]! > end || !counts(revenue, row)) continue;
    const at = wins.ofCodes[account[row]!]!;
    if (at < 0) continue;
    const amount = revenue.amounts.amount[row]!;
    amounts[at] = amounts[at]! + (negative[kind[row]!] ? -amount : amount);
  }
  for (let at = 0; at < wins.count; at++) if (amounts[at]! < 0n) amounts[at] = 0n;
  return amounts;
}
