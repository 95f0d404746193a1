/** What one account pays a month, day by day, as its entries' terms tell it. */

import type { RevenueEntry } from '#engine/returns/revenue.ts';
import { recurringOn, type Term, termsOf } from '#engine/returns/terms.ts';

export interface AccountCourse {
  /** Days since 1970-01-01 on which it changed, in order. */
  readonly days: Int32Array;
  /** From that day on, minor units a month; 0: no customer. */
  readonly amounts: BigInt64Array;
  /** The day from which the entries may say something else: a term ends, a renewal gets too late, a later entry begins. */
  readonly rereadOn: number;
}

const never = 0x7fffffff;

/** @param asOf the last day on record */
export function courseOf(account: string, entries: readonly RevenueEntry[], asOf: number): AccountCourse {
  const terms = termsOf(entries, { asOf });
  const days: number[] = [];
  const amounts: bigint[] = [];
  for (const day of turningDays(terms)) {
    const running = terms.filter(({ from, until }) => from <= day && day < until);
    const amount = running.length === 0 ? 0n : (recurringOn(running, day).get(account) ?? 0n);
    if (amount === (amounts.at(-1) ?? 0n)) continue;
    days.push(day);
    amounts.push(amount);
  }
  return { days: Int32Array.from(days), amounts: BigInt64Array.from(amounts), rereadOn: rereadOn(entries, terms, asOf) };
}

function turningDays(terms: readonly Term[]): Int32Array {
  const days = new Set<number>();
  for (const { from, until } of terms) days.add(from).add(until);
  return Int32Array.from(days).sort();
}

function rereadOn(entries: readonly RevenueEntry[], terms: readonly Term[], asOf: number): number {
  let day = never;
  for (const { on } of entries) if (on > asOf && on < day) day = on;
  for (const { state, until } of terms) {
    if (state === 'due') day = Math.min(day, asOf + 1);
    else if (state === 'running') day = Math.min(day, until);
  }
  return day;
}

/** What it pays a month on a day; 0 where it is no customer. */
export function paidOn({ days, amounts }: AccountCourse, day: number): bigint {
  let at = days.length - 1;
  while (at >= 0 && days[at]! > day) at--;
  return at < 0 ? 0n : amounts[at]!;
}
