/** How an amount is written in a sentence: exact, never through a JavaScript number. */

import { currencyDigits } from './currency.ts';

/** Minor units as a decimal text: `1200050` EUR → `12000.50`. */
export function majorUnits(minor: string, currency: string): string {
  const digits = currencyDigits(currency) ?? 2;
  const sign = minor.startsWith('-') ? '-' : '';
  const figures = minor.replace('-', '').padStart(digits + 1, '0');
  return digits === 0 ? sign + figures : `${sign}${figures.slice(0, -digits)}.${figures.slice(-digits)}`;
}

/** `1200050` EUR → `€12,000.50`; without decimals where they are nought. A code that is no currency stands behind. */
export function moneyText(minor: string, currency: string): string {
  if (currencyDigits(currency) === null) return `${minor} ${currency}`.trim();
  const exact = majorUnits(minor, currency);
  const whole = /^-?\d+(\.0*)?$/.test(exact);
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(whole && { maximumFractionDigits: 0 }),
  });
  return format.format(exact as Intl.StringNumericLiteral);
}

/** `€1,230,000`: to three figures, for an estimate knows no more. */
export function roughMoneyText(minor: string, currency: string): string {
  const step = 10n ** BigInt(Math.max(0, minor.replace('-', '').length - 3));
  return moneyText(String(((BigInt(minor) + step / 2n) / step) * step), currency);
}

/** a ÷ b to the nearest whole unit, halves to the even one (half-even). @throws RangeError when b is not positive */
export function divideHalfEven(a: bigint, b: bigint): bigint {
  if (b <= 0n) throw new RangeError('divided by what is not positive');
  const floor = a >= 0n ? a / b : -((-a + b - 1n) / b);
  const twice = (a - floor * b) * 2n;
  if (twice === b) return floor % 2n === 0n ? floor : floor + 1n;
  return twice > b ? floor + 1n : floor;
}
