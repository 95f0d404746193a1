/** How values of goals are written: exact where there is room, short where a range stands beside them. */

import { currencyDigits } from '#engine/values/currency.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import type { GoalUnit } from '#features/goals/contract/metrics.ts';
import type { Spread } from '#features/goals/contract/pieces.ts';
import { count, majorUnits, money } from '#ui/formats.ts';

export interface Shown {
  readonly unit: GoalUnit | 'days' | 'ratio';
  readonly currency: string;
}

/** Amounts to the whole unit: what a number opens into has it to the cent. */
export function shown(value: string | null, { unit, currency }: Shown): string {
  if (value === null) return '–';
  if (unit === 'amount' || unit === 'amountAMonth') return wholeMoney(value, currency) + (unit === 'amountAMonth' ? ' a month' : '');
  return plain(Number(value), unit);
}

/** `€1.24M`, where several stand beside each other: three figures, so that a change of some percent is seen. */
export function shortly(value: string, { unit, currency }: Shown): string {
  if (unit === 'amount' || unit === 'amountAMonth') return compact(currency).format(Number(majorUnits(value, currency)));
  return plain(Number(value), unit);
}

/** `€1.2M to €1.8M`; one number where nothing is open. */
export function rangeText({ low, high }: Spread, of: Shown): string {
  const [from, to] = [shortly(low, of), shortly(high, of)];
  return from === to ? from : `${from} to ${to}`;
}

/** What is gained or lost: `+€1.2M`, `−14`. */
export function gainText(value: string, of: Shown): string {
  const lost = value.startsWith('-');
  return `${lost ? '−' : '+'}${shortly(value.replace('-', ''), of)}`;
}
export function gainRange({ low, high }: Spread, of: Shown): string {
  const [from, to] = [gainText(low, of), gainText(high, of)];
  return from === to ? from : `${from} to ${to}`;
}

/** For a picture: major units, percent, or as it is. */
export function drawn(value: string, { unit, currency }: Shown): number {
  if (unit === 'amount' || unit === 'amountAMonth') return Number(majorUnits(value, currency));
  return unit === 'share' ? Math.round(Number(value) * 1000) / 10 : Number(value);
}

const compact = (currency: string): Intl.NumberFormat =>
  new Intl.NumberFormat('en', {
    ...{ style: 'currency', currency, currencyDisplay: 'narrowSymbol' },
    ...{ notation: 'compact', maximumSignificantDigits: 3 },
  });

function wholeMoney(value: string, currency: string): string {
  const one = 10n ** BigInt(currencyDigits(currency) ?? 2);
  const whole = divideHalfEven(BigInt(value), one);
  return whole > -100n && whole < 100n ? money(value, currency) : money(String(whole * one), currency);
}

function plain(value: number, unit: Shown['unit']): string {
  if (unit === 'share') return `${count(Math.round(value * 1000) / 10)} %`;
  if (unit === 'ratio') return `${count(Math.round(value * 100) / 100)} ×`;
  const near = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  if (unit === 'months') return `${count(near)} ${near === 1 ? 'month' : 'months'}`;
  if (unit === 'days') return `${count(near)} ${near === 1 ? 'day' : 'days'}`;
  return count(near);
}
