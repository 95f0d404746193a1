/** Customers on the basis of activity: who has revenue in a period is one in it, and what it is comes from its entries. */

import type { RevenueEntry, RevenueKind } from './revenue.ts';

/** Contractions and refunds are stated positive and count negative. */
export const signedRevenue = ({ kind, amount }: { readonly kind: RevenueKind; readonly amount: bigint }): bigint =>
  kind === 'contraction' || kind === 'refund' ? -amount : amount;

/**
 * Net revenue from one day until before another, by account. Accounts whose revenue was all taken back, and those
 * without any, are not in it: they were not active.
 * @param from and until in days since 1970-01-01
 */
export function revenueBetween(entries: Iterable<RevenueEntry>, from: number, until: number): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const entry of entries)
    if (from <= entry.on && entry.on < until) sums.set(entry.account, (sums.get(entry.account) ?? 0n) + signedRevenue(entry));
  return new Map([...sums].filter(([, amount]) => amount > 0n));
}
