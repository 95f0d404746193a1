/**
 * What somebody who may not see pay gets of it: sums of a whole side in a whole quarter, where nobody's own pay can
 * be told from one sum or from the difference of two. Nothing finer is ever released.
 */

/** Fewer people behind a sum, or behind the difference of two, and it would tell about single ones. */
export const fewestPeople = 5;

export interface PayQuarter {
  /** Such as `2026-Q1`: sorts in order of time. */
  readonly quarter: string;
  /** Paid in it; null where that isn't known. */
  readonly people: number | null;
  /** In minor units. */
  readonly amount: bigint;
}

export interface ReleasablePay {
  readonly quarter: string;
  /** Null: withheld. */
  readonly amount: bigint | null;
  /** Why it is withheld; null where it isn't. */
  readonly reason: string | null;
}

/**
 * Decided from the earliest quarter on, each held against every quarter released before it, not just the last: 10,
 * 16 and 11 people would let the third be held against the first.
 * @param quarters of one side, each once, all that were ever asked for
 * @returns in order of time
 */
export function releasablePay(quarters: readonly PayQuarter[]): ReleasablePay[] {
  const released: number[] = [];
  return quarters
    .toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1))
    .map(({ quarter, people, amount }) => {
      const reason = whyWithheld(people, released);
      if (reason !== null) return { quarter, amount: null, reason };
      released.push(people!);
      return { quarter, amount, reason: null };
    });
}

function whyWithheld(people: number | null, released: readonly number[]): string | null {
  if (people === null) return 'withheld: it is not known how many people are behind it';
  if (people < fewestPeople) return `withheld: fewer than ${fewestPeople} people are behind it`;
  const tells = released.some((before) => before !== people && Math.abs(before - people) < fewestPeople);
  return tells ? `withheld: held against another quarter it would tell the pay of fewer than ${fewestPeople} people` : null;
}
