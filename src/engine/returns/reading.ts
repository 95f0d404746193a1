/** A range in plain words: “between 12 and 21 %”, “at least €13,555”. */

import { currencyDigits } from '#engine/values/currency.ts';
import { divideHalfEven, moneyText } from '#engine/values/money.ts';
import type { Range } from './figure.ts';

/** Of shares, 1 being 100 %: whole per cents, with one decimal where the ends lie closer than 2 points. */
export function shareRangeText({ low, high }: Range<number>): string {
  const digits = high !== null && high - low < 0.02 ? 1 : 0;
  const percent = (share: number) => `${round(share * 100, digits)}`;
  return inWords(percent(low), high === null ? null : percent(high), ' %');
}

/** @param unit such as “months” or “times”; ends are rounded to three figures at most */
export function numberRangeText({ low, high }: Range<number>, unit: string): string {
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(1, Math.abs(high ?? low)))));
  return inWords(`${round(low, digits)}`, high === null ? null : `${round(high, digits)}`, unit === '' ? '' : ` ${unit}`);
}

/** Of minor units; to the whole main unit from a hundred of them on, as an estimate says no more. */
export function moneyRangeText({ low, high }: Range<bigint>, currency: string): string {
  const text = (amount: bigint) => moneyText(`${coarse(amount, currency)}`, currency);
  return inWords(text(low), high === null ? null : text(high), '');
}

const inWords = (low: string, high: string | null, unit: string): string =>
  high === null ? `at least ${low}${unit}` : low === high ? `${low}${unit}` : `between ${low} and ${high}${unit}`;

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function coarse(amount: bigint, currency: string): bigint {
  const unit = 10n ** BigInt(currencyDigits(currency) ?? 0);
  const size = amount < 0n ? -amount : amount;
  return size < 100n * unit ? amount : divideHalfEven(amount, unit) * unit;
}
