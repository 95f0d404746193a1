/** How many months each invoice of an account is for, told by the account's own rhythm. */

import type { RevenueEntry } from './revenue.ts';

/** Terms that are sold. */
const sold = [1, 3, 6, 12, 24, 36] as const;
export const meanMonthDays = 365.2425 / 12;
/** Where nothing tells. */
const usualMonths = 12;

/**
 * In this order: the time to the next invoice, where it is about a term that is sold and doesn't stretch what is paid
 * (an account that was away for 11 months didn't pay a month's price for a year); the term before; the amount of the
 * deal, of which a monthly invoice is about a twelfth; the shortest rhythm seen later; 12 months.
 * @param entries `new` and `renewal` of one line, in order of time
 */
export function termMonths(entries: readonly RevenueEntry[], graceDays: number): number[] {
  const gaps = entries.map(({ on }, at) => (at + 1 < entries.length ? snapped(entries[at + 1]!.on - on, graceDays) : null));
  const shortest = gaps.reduce<number | null>((least, gap) => (gap !== null && (least === null || gap < least) ? gap : least), null);
  const months: number[] = [];
  for (const [at, entry] of entries.entries()) {
    const before = at > 0 ? { entry: entries[at - 1]!, months: months[at - 1]! } : null;
    const gap = gaps[at] ?? null;
    const told = gap !== null && (before === null ? !outOfStep(entry, gap) : inStep(before, entry, gap)) ? gap : null;
    months.push(told ?? before?.months ?? byDeal(entry) ?? shortest ?? usualMonths);
  }
  return months;
}

/** How many days a renewal may come early or late and still show the rhythm. */
export const dayTolerance = (months: number, graceDays: number): number => Math.max(10, Math.min(graceDays, 5 * months));

/** The term that a time between two invoices shows; null where it is none. */
const snapped = (days: number, graceDays: number): number | null =>
  sold.find((months) => Math.abs(days - months * meanMonthDays) <= dayTolerance(months, graceDays)) ?? null;

/** Whether a longer term than before is also paid for: a month of it costs at least half of what one cost before. */
const inStep = (before: { readonly entry: RevenueEntry; readonly months: number }, entry: RevenueEntry, months: number): boolean =>
  months <= before.months || 2n * entry.amount * BigInt(before.months) >= before.entry.amount * BigInt(months);

/** Whether the deal's amount says that the first invoice is for less time than passed until the next. */
const outOfStep = (entry: RevenueEntry, months: number): boolean => (byDeal(entry) ?? months) < months;

/** A year's amount ÷ the invoice's, where that is about 12, 4, 2 or 1. */
function byDeal({ amount, dealAmount }: RevenueEntry): number | null {
  if (dealAmount === null || amount <= 0n) return null;
  const times = Number(dealAmount) / Number(amount);
  return [1, 3, 6, 12].find((months) => Math.abs((times * months) / 12 - 1) <= 0.15) ?? null;
}
