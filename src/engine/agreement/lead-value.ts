/**
 * What a lead is worth, from the company's own past: `P(won | segment) × average price` of a cohort old enough
 * to have been decided. In whole minor units, halves to the even one.
 */

import { divideHalfEven } from '#engine/values/money.ts';

/** The leads of one segment in the cohort. */
export interface SegmentPast {
  /** Null: not stated. */
  readonly segment: string | null;
  /** Passed by marketing. */
  readonly leads: number;
  readonly won: number;
  /** Won ones whose value is stated, and that value in minor units. */
  readonly priced: number;
  readonly value: bigint;
}

/** A segment with fewer is too small to tell its own rate: it goes with the others. */
export const enoughPast = { leads: 30, won: 10 } as const;

export interface LeadValue {
  /** Null: any other. */
  readonly segment: string | null;
  readonly amount: bigint;
}

/** One value for each segment that can tell its own, and one for all others, always last. Empty when nothing was won. */
export function leadValues(past: readonly SegmentPast[]): LeadValue[] {
  const own = past.filter(tellsItsOwn);
  const rest = together(past.filter((each) => !tellsItsOwn(each)));
  const all = together(past);
  if (all.priced === 0) return [];
  const others = rest.leads > 0 && rest.priced > 0 ? rest : all;
  return [...own, { ...others, segment: null }].map((each) => ({ segment: each.segment, amount: worthOf(each) }));
}

/** What so many leads are worth in the mix of segments of the past, in minor units, halves to the even one. */
export function worthOfLeads(leads: number, past: readonly SegmentPast[], values: readonly LeadValue[]): bigint {
  const amountOf = new Map(values.map(({ segment, amount }) => [segment, amount]));
  const other = amountOf.get(null) ?? 0n;
  const count = past.reduce((sum, each) => sum + BigInt(each.leads), 0n);
  const worth = past.reduce((sum, each) => sum + BigInt(each.leads) * (amountOf.get(each.segment) ?? other), 0n);
  return count === 0n ? 0n : divideHalfEven(BigInt(leads) * worth, count);
}

const tellsItsOwn = (past: SegmentPast): boolean =>
  past.segment !== null && past.leads >= enoughPast.leads && past.won >= enoughPast.won && past.priced > 0;

/** won ÷ leads × value ÷ priced, rounded once. */
const worthOf = (past: SegmentPast): bigint => divideHalfEven(BigInt(past.won) * past.value, BigInt(past.leads) * BigInt(past.priced));

function together(past: readonly SegmentPast[]): SegmentPast {
  const none: SegmentPast = { segment: null, leads: 0, won: 0, priced: 0, value: 0n };
  return past.reduce(
    (sum, each) => ({
      segment: null,
      leads: sum.leads + each.leads,
      won: sum.won + each.won,
      priced: sum.priced + each.priced,
      value: sum.value + each.value,
    }),
    none,
  );
}
