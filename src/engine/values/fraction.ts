/** Exact fractions of whole numbers, for what is multiplied and divided before it is rounded once. */

import { divideHalfEven } from './money.ts';
import { exactWeights } from './weights.ts';

export interface Fraction {
  readonly numerator: bigint;
  /** Above 0. */
  readonly denominator: bigint;
}

/** @throws RangeError when the denominator is not positive */
export function fraction(numerator: bigint | number, denominator: bigint | number): Fraction {
  if (denominator <= 0) throw new RangeError(`a fraction of ${denominator}; what is divided by is above 0`);
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

const decimal = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/** "1.0837" → 10837 ÷ 10000. @throws RangeError for a text that is no plain decimal number */
export function decimalFraction(text: string): Fraction {
  const [, sign = '', whole = '', digits = ''] = decimal.exec(text) ?? [];
  if (whole === '') throw new RangeError(`“${text}” is no decimal number; write it like 1.0837`);
  return { numerator: BigInt(sign + whole + digits), denominator: 10n ** BigInt(digits.length) };
}

/** "12.5" per cent → 125 ÷ 1000. @throws RangeError as `decimalFraction` */
export function percentFraction(text: string): Fraction {
  const { numerator, denominator } = decimalFraction(text);
  return { numerator, denominator: denominator * 100n };
}

/** Exactly the double it is. @param number finite, from 0 */
export function exactFraction(number: number): Fraction {
  const [numerator, denominator] = exactWeights([number, 1]);
  return { numerator: numerator!, denominator: denominator! };
}

/** As a double, right to its last place while both parts stay below 10^300. */
export const numberOf = ({ numerator, denominator }: Fraction): number => Number(numerator) / Number(denominator);

export const multiplied = (...factors: readonly Fraction[]): Fraction =>
  factors.reduce(
    (product, each) => ({ numerator: product.numerator * each.numerator, denominator: product.denominator * each.denominator }),
    one,
  );

const one: Fraction = { numerator: 1n, denominator: 1n };

/** 1 ÷ a fraction. @throws RangeError unless it is above 0 */
export const inverse = ({ numerator, denominator }: Fraction): Fraction => fraction(denominator, numerator);

/** An amount times fractions, rounded once: to the nearest whole unit, halves to the even one. */
export function timesFraction(amount: bigint, ...factors: readonly Fraction[]): bigint {
  const { numerator, denominator } = multiplied(...factors);
  return divideHalfEven(amount * numerator, denominator);
}
