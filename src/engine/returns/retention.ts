/**
 * What became of the customers of one moment until another: the same customers, no new ones. The amounts are a month's
 * recurring ones (terms.ts) or those of two periods of equal length (activity.ts).
 */

import { type Figure, told, untold } from './figure.ts';
import { studentT975 } from './mean.ts';
import { shareOf } from './ratio.ts';

/** An account, with one of the four amounts above 0 at most; all from 0, in minor units. */
export interface Movement {
  readonly account: string;
  readonly start: bigint;
  readonly end: bigint;
  /** Not a customer at the start; one who had left before and came back is also new. */
  readonly added: bigint;
  readonly expansion: bigint;
  /** Pays less, but pays. */
  readonly contraction: bigint;
  readonly churn: bigint;
}

/** Of all accounts that were customers at either end. @param start and end: amounts above 0 by account */
export function movementsOf(start: ReadonlyMap<string, bigint>, end: ReadonlyMap<string, bigint>): Movement[] {
  const kept = Array.from(start, ([account, amount]) => movementOf(account, amount, end.get(account) ?? 0n));
  const added = Array.from(end).flatMap(([account, amount]) => (start.has(account) ? [] : movementOf(account, 0n, amount)));
  return [...kept, ...added];
}

/** Of one account. @param start and end: amounts from 0 */
export const movementOf = (account: string, start: bigint, end: bigint): Movement => ({
  account,
  start,
  end,
  added: start === 0n ? end : 0n,
  expansion: start > 0n && end > start ? end - start : 0n,
  contraction: end > 0n && end < start ? start - end : 0n,
  churn: end === 0n ? start : 0n,
});

/** start + added + expansion − contraction − churn = end, to the unit. */
export type Bridge = Readonly<Record<'start' | 'added' | 'expansion' | 'contraction' | 'churn' | 'end', bigint>>;

export function bridgeOf(movements: readonly Movement[]): Bridge {
  const sum = (part: keyof Bridge) => movements.reduce((total, each) => total + each[part], 0n);
  return {
    start: sum('start'),
    added: sum('added'),
    expansion: sum('expansion'),
    contraction: sum('contraction'),
    churn: sum('churn'),
    end: sum('end'),
  };
}

export interface Retention {
  readonly customersAtStart: number;
  readonly customersKept: number;
  /** (start + expansion − contraction − churn) ÷ start. */
  readonly nrr: Figure<number>;
  /** The same without expansion: at most 1. */
  readonly grr: Figure<number>;
  /** Customers kept ÷ customers at the start. */
  readonly logo: Figure<number>;
}

export function retentionOf(movements: readonly Movement[]): Retention {
  const cohort = movements.filter(({ start }) => start > 0n);
  const kept = cohort.filter(({ end }) => end > 0n).length;
  return {
    customersAtStart: cohort.length,
    customersKept: kept,
    nrr: keptOf(cohort, ({ end }) => end, null),
    grr: keptOf(cohort, ({ start, end }) => (end < start ? end : start), 1),
    logo: shareOf(kept, cohort.length, 'there was no customer at the start'),
  };
}

/**
 * Σ kept ÷ Σ start over the cohort, with the interval of a ratio of two sums: `R ± t × s(kept − R × start) × √n ÷ Σ start`
 * (W. G. Cochran, "Sampling Techniques", 1977, 6.3). None where no account differs from the others.
 */
function keptOf(cohort: readonly Movement[], kept: (of: Movement) => bigint, most: number | null): Figure<number> {
  const n = cohort.length;
  if (n === 0) return untold('there was no customer at the start', 0);
  const start = Number(cohort.reduce((sum, each) => sum + each.start, 0n));
  const ratio = Number(cohort.reduce((sum, each) => sum + kept(each), 0n)) / start;
  const squares = cohort.reduce((sum, each) => sum + (Number(kept(each)) - ratio * Number(each.start)) ** 2, 0);
  if (n < 2 || squares === 0) return told(ratio, n);
  const by = (studentT975(n - 1) * Math.sqrt((squares / (n - 1)) * n)) / start;
  return told(ratio, n, { low: Math.max(0, ratio - by), high: most === null ? ratio + by : Math.min(most, ratio + by) });
}
