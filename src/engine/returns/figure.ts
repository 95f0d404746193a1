/** What every formula of returns answers: a value with its uncertainty, or none and why. */

/** The 95 % interval of a value. */
export interface Range<T> {
  readonly low: T;
  /** Null: nothing is known from above. */
  readonly high: T | null;
}

export interface Figure<T> {
  /** Null where it is not a number. */
  readonly value: T | null;
  /** Why there is no value, in words; null where there is one. */
  readonly reason: string | null;
  /** Null where no chance is in it, or too little is known to say. It may stand without a value: “at least …”. */
  readonly range: Range<T> | null;
  /** How many observations it rests on; null where it doesn't rest on a count. */
  readonly n: number | null;
  /** Rests on fewer observations than a number should be read from alone. */
  readonly small: boolean;
}

/** A share of fewer has an interval wider than ± 18 points at worst. */
export const enoughObservations = 30;

export const told = <T>(value: T, n: number | null = null, range: Range<T> | null = null): Figure<T> => ({
  value,
  reason: null,
  range,
  n,
  small: isSmall(n),
});

/** @param why such as “nothing was spent” */
export const untold = <T>(why: string, n: number | null = null, range: Range<T> | null = null): Figure<T> => ({
  value: null,
  reason: `not a number: ${why}`,
  range,
  n,
  small: isSmall(n),
});

const isSmall = (n: number | null): boolean => n !== null && n < enoughObservations;

/** The same figure in another unit or turned round. */
export function mapRange<T, U>(range: Range<T> | null, map: (value: T) => U): Range<U> | null {
  return range && { low: map(range.low), high: range.high === null ? null : map(range.high) };
}
