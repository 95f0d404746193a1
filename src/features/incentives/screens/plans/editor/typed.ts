/** How values of a plan are typed: what stands in the content as text, shown as people write it, and read back the same. */

import { majorUnits, minorUnits } from '#ui/formats.ts';

export interface Typed {
  show(value: string): string;
  /** Null for what can't be read as one. */
  read(typed: string): string | null;
  /** Said of what can't be read. */
  readonly wrong: string;
  /** Beside the label. */
  readonly unit: string;
}

const plain = (decimals: number, most: number) => {
  const shape = new RegExp(`^\\d{1,15}(?:\\.\\d{1,${decimals}})?$`);
  return (typed: string): string | null => {
    const text = typed.replace(/[\s,’'%]/g, '').replace(/^0+(?=\d)/, '');
    return shape.test(text) && Number(text) <= most ? text : null;
  };
};

export const typedPercent: Typed = {
  show: (value) => value,
  read: plain(4, 1000),
  wrong: 'is no percent from 0 to 1,000, such as 12.5',
  unit: '%',
};
/** Of a whole: 100 at most. */
export const typedShare: Typed = { ...typedPercent, read: plain(4, 100), wrong: 'is no percent from 0 to 100' };
export const typedNumber: Typed = { show: (value) => value, read: plain(6, 1e15), wrong: 'is no number, such as 40 or 0.75', unit: '' };
/** Percent of a quota, of a result: may be far more than 100. */
export const typedReached: Typed = { ...typedNumber, wrong: 'is no percent, such as 80', unit: '%' };

export const typedMoney = (currency: string): Typed => ({
  show: (value) => (/^\d+$/.test(value) ? grouped(majorUnits(value, currency)) : value),
  read: (typed) => {
    const minor = minorUnits(typed, currency);
    return minor === null || minor.startsWith('-') || minor.length > 15 ? null : minor;
  },
  wrong: 'is no amount',
  unit: currency,
});

/** `300000.00` as `300,000`, `12000.50` as `12,000.50`. */
const grouped = (major: string): string => {
  const [whole = '', places = ''] = major.split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${/[1-9]/.test(places) ? `.${places}` : ''}`;
};

/** What a metric or a curve is told in. */
export const typedIn = (unit: 'percent' | 'amount' | 'number', currency: string): Typed =>
  unit === 'amount' ? typedMoney(currency) : unit === 'percent' ? typedReached : typedNumber;

/** A short word that parts refer to each other by: `ae`, `won`. Spaces become hyphens. */
export const typedWord: Typed = {
  show: (value) => value,
  read: (typed) => {
    const word = typed.trim().replace(/\s+/g, '-');
    return /^[A-Za-z][A-Za-z0-9-]{0,39}$/.test(word) ? word : null;
  },
  wrong: 'is no short word, such as ae',
  unit: '',
};

/** Shares of the quota month by month: `25, 50, 75`. */
export const showRamp = (ramp: readonly string[]): string => ramp.join(', ');
export function readRamp(typed: string): string[] | null {
  const parts = typed.split(/[,;\s%]+/).filter((part) => part !== '');
  const read = parts.map((part) => typedShare.read(part));
  return parts.length <= 24 && read.every((part): part is string => part !== null) ? read : null;
}
