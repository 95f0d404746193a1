/**
 * Revenue as entries tell it. What a customer is worth at a moment can be read from them on two bases, which the
 * caller chooses:
 *
 * - `terms` (terms.ts): an entry bills a term, so an account is a customer from its first entry until a term ends that
 *   nobody renews; its amount is what the running terms come to a month. For subscriptions, contracts, retainers.
 * - `activity` (activity.ts): an account is a customer in a period in which it has revenue; its amount is that
 *   revenue. For orders, commissions, pay by use, where nothing says for how long an entry counts.
 */

export type Basis = 'terms' | 'activity';

export const revenueKinds = ['new', 'renewal', 'expansion', 'contraction', 'refund'] as const;
export type RevenueKind = (typeof revenueKinds)[number];

export interface RevenueEntry {
  readonly account: string;
  /** What is renewed together, such as the product; entries of different lines run beside each other. Empty where it isn't known. */
  readonly line: string;
  readonly kind: RevenueKind;
  /** Days since 1970-01-01. */
  readonly on: number;
  /** Minor units, stated positive for every kind; contraction and refund count negative. */
  readonly amount: bigint;
  /** A year's amount of the deal that the entry bills, minor units; null where it isn't known. */
  readonly dealAmount: bigint | null;
}
