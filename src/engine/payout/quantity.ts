/**
 * Exact quantities. Credit is a whole number: minor units of money, or millionths of a counted thing, so that half a
 * meeting can be credited. A percent has at most four decimals, so that it is a whole number of ten-thousandths.
 * One amount is rounded once, halves to the even unit; what is shared goes by largest remainder (`allocate`).
 */

import { decimalFraction, type Fraction, timesFraction } from '../values/fraction.ts';
import { divideHalfEven } from '../values/money.ts';
import type { Measure } from './plan.ts';

/** Millionths in a counted thing. */
export const million = 1_000_000n;
/** 100 % in ten-thousandths of a percent. */
export const wholePercent = 1_000_000n;

const units = new Map<string, bigint>();

/** "12.5" → 125000: a percent in ten-thousandths. @throws RangeError for a text that is none */
export function percentUnits(text: string): bigint {
  const known = units.get(text);
  if (known !== undefined) return known;
  const { numerator, denominator } = decimalFraction(text);
  if (10_000n % denominator !== 0n) throw new RangeError(`“${text}” has more than four decimals`);
  const value = numerator * (10_000n / denominator);
  if (units.size < 10_000) units.set(text, value);
  return value;
}

/** A number of things, or minor units, as credit. */
export function creditOf(text: string, by: Measure['by']): bigint {
  const { numerator, denominator } = decimalFraction(text);
  return by === 'amount' ? divideHalfEven(numerator, denominator) : divideHalfEven(numerator * million, denominator);
}

/** An amount times a percent, rounded once. */
export const percentOf = (amount: bigint, percent: string): bigint => divideHalfEven(amount * percentUnits(percent), wholePercent);

/** What credit is worth: a percent of it, or minor units for each. */
export interface Worth {
  readonly percent: string | null;
  /** Minor units. */
  readonly each: string | null;
}

/** Rounded once. */
export function worthOf(credit: bigint, { percent, each }: Worth): bigint {
  return percent === null ? divideHalfEven(credit * BigInt(each ?? '0'), million) : percentOf(credit, percent);
}

/** one ÷ other × 100; null when the other isn't above 0. */
export function percentFrom(one: bigint, other: bigint): Fraction | null {
  return other > 0n ? { numerator: one * 100n, denominator: other } : null;
}

/** Below 0, 0 or above: how two fractions compare. */
export function compared(one: Fraction, other: Fraction): number {
  const difference = one.numerator * other.denominator - other.numerator * one.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A fraction as a decimal text, rounded to so many decimals, without noughts at its end. */
export function decimalText(value: Fraction, decimals: number): string {
  const scaled = timesFraction(10n ** BigInt(decimals), value);
  const digits = `${scaled < 0n ? -scaled : scaled}`.padStart(decimals + 1, '0');
  const places = decimals === 0 ? '' : digits.slice(-decimals).replace(/0+$/, '');
  const plain = decimals === 0 ? digits : digits.slice(0, -decimals);
  return `${scaled < 0n ? '-' : ''}${plain}${places === '' ? '' : `.${places}`}`;
}
