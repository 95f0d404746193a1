/** Which cause is named first. */

import { type CauseName, causeNames, causeTable } from './causes.ts';

/** What a cause comes to, held against what it is a share of: see `against` in `causes.ts`. */
export interface CauseShare {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly threshold: number;
  /** Above the threshold even at the low end: more than chance explains. */
  readonly above: boolean;
}

/** @param years of the period: a threshold a year grows with it */
export function shareOf(
  cause: CauseName,
  range: { amount: number; low: number; high: number },
  of: number,
  years: number,
): CauseShare | null {
  if (of <= 0) return null;
  const { thresholdPercent, of: kind } = causeTable[cause];
  const threshold = (thresholdPercent / 100) * (kind === 'account' ? years : 1);
  const low = range.low / of;
  return { value: range.amount / of, low, high: range.high / of, threshold, above: low > threshold };
}

/**
 * The cause that is above its threshold by the most, as a multiple; null where none is above. Not the largest amount:
 * attempts always cost more than churn in one year, and a company should hear of what is out of the ordinary in it.
 */
export function firstCause(shares: Readonly<Partial<Record<CauseName, CauseShare | null>>>): CauseName | null {
  let first: CauseName | null = null;
  const times = (cause: CauseName): number => shares[cause]!.value / shares[cause]!.threshold;
  for (const cause of causeNames) if (shares[cause]?.above && (first === null || times(cause) > times(first))) first = cause;
  return first;
}
