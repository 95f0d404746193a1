/** What each account paid or brought in every month or quarter, kept until its entries change. */

import { firstDayOf, periodOf, type Step } from '#engine/returns/cohorts.ts';
import type { RevenueBasis } from '../contract/figure-table.ts';
import { firstPaidOn, paidOn } from './account-course.ts';
import type { Ground } from './figure-scope.ts';
import type { FreshRevenue } from './revenue-columns.ts';

/** By period (see engine/returns/cohorts.ts): minor units, above 0. */
type Periods = ReadonlyMap<number, bigint>;

interface Kept {
  asOf: number;
  readonly byCode: Periods[];
  readonly versions: number[];
}
const kept = new WeakMap<FreshRevenue, Map<string, Kept>>();

/**
 * By code of the account among those of revenue. On the basis of terms what it paid a month at the end of the period;
 * of activity what it brought in it. Read anew only for accounts whose entries changed: at 45,000 accounts of two years
 * the first answer takes half a second more.
 */
export function periodsOfAccounts({ revenue: fresh, asOf }: Ground, basis: RevenueBasis, step: Step): readonly Periods[] {
  let ofFresh = kept.get(fresh);
  if (!ofFresh) kept.set(fresh, (ofFresh = new Map()));
  const key = `${basis} ${step}`;
  let own = ofFresh.get(key);
  // What a running period comes to depends on the last day on record.
  if (!own || own.asOf !== asOf) ofFresh.set(key, (own = { asOf, byCode: [], versions: [] }));
  const read = basis === 'terms' ? termsReader(fresh, step, asOf) : activityReader(fresh, step, asOf);
  const { versions } = fresh.books.courses;
  for (let code = 1; code < fresh.revenue.dictionaries.account.texts.length; code++) {
    const version = versions[code]!;
    if (own.versions[code] === version) continue;
    own.byCode[code] = read(code);
    own.versions[code] = version;
  }
  return own.byCode;
}

function termsReader({ books }: FreshRevenue, step: Step, asOf: number): (code: number) => Periods {
  const last = periodOf(asOf, step);
  return (code) => {
    const periods = new Map<number, bigint>();
    const first = firstPaidOn(books.courses, code);
    if (first > asOf) return periods;
    for (let period = periodOf(first, step); period <= last; period++) {
      const amount = paidOn(books.courses, code, Math.min(firstDayOf(period + 1, step) - 1, asOf));
      if (amount > 0) periods.set(period, BigInt(amount));
    }
    return periods;
  };
}

function activityReader({ revenue, books }: FreshRevenue, step: Step, asOf: number): (code: number) => Periods {
  const { on } = revenue.numbers;
  return (code) => {
    const sums = new Map<number, bigint>();
    for (let row = books.head[code]! - 1; row >= 0; row = books.next[row]! - 1) {
      if (on[row]! > asOf || books.signed[row] === 0) continue;
      const period = periodOf(on[row]!, step);
      sums.set(period, (sums.get(period) ?? 0n) + BigInt(books.signed[row]!));
    }
    for (const [period, amount] of sums) if (amount <= 0n) sums.delete(period);
    return sums;
  };
}
