/** How figures of returns are written: value, range and reason, in words. */

import type { AmountFigure, NumberFigure } from '#features/returns/contract/figure-pieces.ts';
import type { FigureUnit } from '#features/returns/contract/figure-table.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { divideHalfEven } from '#engine/values/money.ts';
import { count, days, money, moneyShort } from '#ui/formats.ts';

export type Figure = NumberFigure | AmountFigure;

const times = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
/** Shares of small groups don't carry a decimal that their range contradicts. */
const share = (value: number): string => `${(value * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0)} %`;

/** A figure's value in its unit; `–` where it is none (say why beside it: `whyNone`). */
export function figureText({ value }: Figure, unit: FigureUnit, currency: string): string {
  return value === null ? '–' : valueText(value, unit, currency);
}

/** For a tile: amounts of a thousand and more without decimals; what it opens into has the exact one. */
export function tileText(figure: Figure, unit: FigureUnit, currency: string): string {
  const { value } = figure;
  if (typeof value !== 'string' || unit === 'amountADay') return figureText(figure, unit, currency);
  const digits = currencyDigits(currency) ?? 2;
  const whole = divideHalfEven(BigInt(value), 10n ** BigInt(digits));
  return whole > -1000n && whole < 1000n ? figureText(figure, unit, currency) : money(String(whole * 10n ** BigInt(digits)), currency);
}

/** `12–21 %`, `at least €4,200`; null where no chance is in it. */
export function rangeText({ uncertainty }: Figure, unit: FigureUnit, currency: string): string | null {
  if (!uncertainty) return null;
  const low = shortText(uncertainty.low, unit, currency);
  return uncertainty.high === null ? `at least ${low}` : `${low} – ${shortText(uncertainty.high, unit, currency)}`;
}

/** Why there is no value. */
export const whyNone = ({ value, why }: Figure): string | null => (value === null ? (why ?? 'not a number') : null);

function valueText(value: number | string, unit: FigureUnit, currency: string): string {
  if (typeof value === 'string')
    return money(value, currency) + (unit === 'amountADay' ? ' a day' : unit === 'amountAMonth' ? ' a month' : '');
  switch (unit) {
    case 'share':
      return `${(value * 100).toFixed(1)} %`;
    case 'ratio':
      return `${times.format(value)} ×`;
    case 'days':
      return days(value);
    case 'months':
      return `${times.format(Math.round(value * 10) / 10)} months`;
    default:
      return count(value);
  }
}

function shortText(value: number | string, unit: FigureUnit, currency: string): string {
  if (typeof value === 'string') return moneyShort(value, currency);
  if (unit === 'share') return share(value);
  if (unit === 'days' || unit === 'months') return times.format(Math.round(value * 10) / 10);
  return times.format(value);
}

/** `up 12 %`, `down €40K`; null where nothing can be compared. */
export function changeText(now: Figure, before: Figure, unit: FigureUnit): { text: string; up: boolean } | null {
  if (now.value === null || before.value === null) return null;
  const [present, past] = [Number(now.value), Number(before.value)];
  if (present === past) return { text: 'as before', up: false };
  const up = present > past;
  if (unit === 'share') return { text: `${up ? 'up' : 'down'} ${Math.abs((present - past) * 100).toFixed(1)} points`, up };
  if (past === 0) return { text: up ? 'from none' : 'below none', up };
  return { text: `${up ? 'up' : 'down'} ${Math.abs((present / past - 1) * 100).toFixed(0)} %`, up };
}
