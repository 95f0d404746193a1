/** What each account pays: a month, by its terms on a day; or what it brought between two days, by its activity. */

import type { RevenueBasis } from '../contract/figure-table.ts';
import { paidOnDays } from './account-course.ts';
import { makeExactSums } from './exact-sums.ts';
import { type Days, daysBefore, type Ground } from './figure-scope.ts';
import type { FirstWins } from './first-wins.ts';
import type { FreshRevenue } from './revenue-columns.ts';

/** By account of the first wins: whole minor units below 2^52, 0 where it is no customer. */
export type AccountAmounts = Float64Array;

/** At the start and at the end of days. On the basis of activity these are the days before, as many, and the days themselves. */
export interface BothEnds {
  readonly start: AccountAmounts;
  readonly end: AccountAmounts;
}

/** By period; each moment is read once, however many periods share it. */
export function readBothEnds(ground: Ground, wins: FirstWins, basis: RevenueBasis, periods: readonly Days[]): BothEnds[] {
  return basis === 'terms' ? endsByTerms(ground, wins, periods) : endsByActivity(ground, wins, periods);
}

function endsByTerms({ revenue, asOf }: Ground, wins: FirstWins, periods: readonly Days[]): BothEnds[] {
  const ends = periods.map(({ start, end }) => [Math.min(start - 1, asOf), Math.min(end, asOf)] as const);
  const days = [...new Set(ends.flat())].sort((one, other) => one - other);
  const paid = new Map(paidOnDays(revenue.books.courses, days, wins.count, wins.ofCodes).map((amounts, at) => [days[at]!, amounts]));
  return ends.map(([start, end]) => ({ start: paid.get(start)!, end: paid.get(end)! }));
}

function endsByActivity({ revenue }: Ground, wins: FirstWins, periods: readonly Days[]): BothEnds[] {
  const named = (days: Days): string => `${days.start} ${days.end}`;
  const windows = new Map<string, Days>();
  for (const days of periods) for (const each of [daysBefore(days), days]) windows.set(named(each), each);
  const brought = new Map(broughtWithin(revenue, wins, [...windows.values()]).map((amounts, at) => [[...windows.keys()][at]!, amounts]));
  return periods.map((days) => ({ start: brought.get(named(daysBefore(days)))!, end: brought.get(named(days))! }));
}

/** Net of contractions and refunds; who has nothing left after them was not active (engine/returns/activity.ts). */
function broughtWithin({ revenue, books: { signed } }: FreshRevenue, wins: FirstWins, windows: readonly Days[]): AccountAmounts[] {
  const sums = windows.map(() => makeExactSums(wins.count));
  const { on, account } = revenue.numbers;
  const find = windowsByDay(windows);
  for (let row = 0; row < revenue.count; row++) {
    const amount = signed[row]!;
    if (amount === 0) continue;
    const inside = find(on[row]!);
    const at = inside.length === 0 ? -1 : wins.ofCodes[account[row]!]!;
    if (at >= 0) for (const window of inside) sums[window]!.add(at, amount);
  }
  return sums.map((each) => each.notNegative());
}

const none: readonly number[] = [];
/** Each day is looked up once. */
function windowsByDay(windows: readonly Days[]): (day: number) => readonly number[] {
  const [first, last] = [Math.min(...windows.map(({ start }) => start)), Math.max(...windows.map(({ end }) => end))];
  const known: (readonly number[] | undefined)[] = [];
  return (day) => {
    if (day < first || day > last) return none;
    return (known[day - first] ??= [...windows.keys()].filter((at) => windows[at]!.start <= day && day <= windows[at]!.end));
  };
}
