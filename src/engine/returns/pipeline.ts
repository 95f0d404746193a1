/** What is open and what may come of it: velocity, coverage, forecast. Amounts in minor units of one currency. */

import { exactFraction, type Fraction, fraction, inverse, numberOf, timesFraction } from '#engine/values/fraction.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import { type Figure, mapRange, type Range, told, untold } from './figure.ts';
import type { Rate } from './rates.ts';
import { normal975 } from './ratio.ts';

export interface VelocityParts {
  /** Open qualified deals. */
  readonly open: number;
  /** Null: no deal was closed. */
  readonly winRate: Rate | null;
  /** Of the deals won. Null: none was. */
  readonly averageDeal: bigint | null;
  /** Median days from creation to close. Null: no deal was won. */
  readonly cycleDays: number | null;
}

/**
 * open × win rate × average deal ÷ cycle days: what the open deals bring a day, rounded once. The range is that of
 * the win rate alone; average and cycle are taken as they are.
 */
export function velocity({ open, winRate, averageDeal, cycleDays }: VelocityParts): Figure<bigint> {
  if (winRate === null) return untold('no deal was closed, so there is no win rate');
  if (averageDeal === null || cycleDays === null) return untold('no deal was won', winRate.n);
  if (cycleDays <= 0) return untold('the deals took no days', winRate.n);
  const perDay = inverse(exactFraction(cycleDays));
  const at = (rate: Fraction): bigint => timesFraction(BigInt(open) * averageDeal, rate, perDay);
  const range = mapRange(winRate.range, (share) => at(exactFraction(share)));
  return told(at(winRate.exact), winRate.n, range);
}

/** pipeline ÷ remaining target, such as 3 for “three times what is still to be won”. */
export function coverage({ pipeline, remaining }: { readonly pipeline: bigint; readonly remaining: bigint }): Figure<number> {
  return remaining > 0n ? told(numberOf(fraction(pipeline, remaining))) : untold('nothing remains of the target');
}

export interface OpenDeal {
  readonly amount: bigint;
  /** 0..1. */
  readonly probability: Fraction;
}

/**
 * Σ amount × probability, exact and rounded once. The range treats the deals as independent of one another and their
 * sum as normal: it is too narrow where one cause moves them all.
 */
export function forecast(deals: Iterable<OpenDeal>): Figure<bigint> {
  const byDenominator = new Map<bigint, bigint>();
  let [count, most, variance] = [0, 0n, 0];
  for (const { amount, probability } of deals) {
    const { numerator, denominator } = probability;
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0n) + amount * numerator);
    const share = numberOf(probability);
    variance += Number(amount) ** 2 * share * (1 - share);
    most += amount;
    count++;
  }
  const value = roundedSum(byDenominator);
  return told(value, count, rangeAround(value, most, Math.sqrt(variance)));
}

function roundedSum(byDenominator: ReadonlyMap<bigint, bigint>): bigint {
  let sum = fraction(0, 1);
  for (const [denominator, numerator] of byDenominator)
    sum = fraction(sum.numerator * denominator + numerator * sum.denominator, sum.denominator * denominator);
  return divideHalfEven(sum.numerator, sum.denominator);
}

/** Never less than nothing nor more than all of them. */
function rangeAround(value: bigint, most: bigint, deviation: number): Range<bigint> {
  const by = BigInt(Math.round(normal975 * deviation));
  return { low: by > value ? 0n : value - by, high: value + by > most ? most : value + by };
}
