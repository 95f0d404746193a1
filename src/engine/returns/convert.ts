/** Amounts of one currency in another, by dated rates. Exact: no rate ever is a JavaScript number. */

import { currencyDigits } from '#engine/values/currency.ts';
import { decimalFraction, fraction, timesFraction } from '#engine/values/fraction.ts';

export interface Conversion {
  /** ISO 4217. */
  readonly from: string;
  readonly to: string;
  /** Units of `to` for one unit of `from`, as decimal text: "1.0837". Main units, not minor ones. */
  readonly rate: string;
}

/**
 * An amount in minor units of `to`, halves to the even one.
 * @param amount in minor units of `from`
 * @throws RangeError for a code that is no currency, or a rate that is not above 0
 */
export function convert(amount: bigint, { from, to, rate }: Conversion): bigint {
  const perUnit = decimalFraction(rate);
  if (perUnit.numerator <= 0n) throw new RangeError(`a rate of ${rate}; a rate is above 0, such as 1.0837`);
  return timesFraction(amount, perUnit, fraction(minorUnits(to), minorUnits(from)));
}

/** How many make one main unit. */
function minorUnits(currency: string): bigint {
  const digits = currencyDigits(currency);
  if (digits === null) throw new RangeError(`“${currency}” is not in ISO 4217; a currency is a code like EUR`);
  return 10n ** BigInt(digits);
}

export interface DatedRate {
  /** The first day it is in force, `YYYY-MM-DD`. */
  readonly day: string;
  readonly rate: string;
}

/** A rate, or why there is none. */
export type RateInForce<Dated extends DatedRate> =
  | { readonly rate: Dated; readonly reason: null }
  | { readonly rate: null; readonly reason: string };

/** The rate in force on a day: the latest dated on or before it; of equal days the later in the list. @param rates of one pair, in any order */
export function rateOn<Dated extends DatedRate>(rates: readonly Dated[], day: string): RateInForce<Dated> {
  let latest: Dated | null = null;
  for (const each of rates) if (each.day <= day && (latest === null || each.day >= latest.day)) latest = each;
  return latest === null ? { rate: null, reason: whyNone(rates, day) } : { rate: latest, reason: null };
}

function whyNone(rates: readonly DatedRate[], day: string): string {
  const first = rates.reduce<string | null>((least, each) => (least === null || each.day < least ? each.day : least), null);
  return first === null ? `there is no rate for this currency` : `there is no rate for ${day}: the first is of ${first}`;
}
