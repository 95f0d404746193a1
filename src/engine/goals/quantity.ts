/** Estimates as they are told: rounded to what they can carry. */

import type { Spread } from './spread.ts';

export type Unit = 'amount' | 'amountAMonth' | 'count' | 'share' | 'months';

const decimals: Readonly<Record<Unit, number>> = { amount: 0, amountAMonth: 0, count: 1, share: 4, months: 1 };

/** A decimal string: minor units, a count with at most one decimal, a share with four, months with one. */
export function quantityOf(value: number, unit: Unit): string {
  const text = value.toFixed(decimals[unit]);
  const plain = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return plain === '-0' ? '0' : plain;
}

export const spreadText = ({ mid, low, high }: Spread, unit: Unit): { mid: string; low: string; high: string } => ({
  mid: quantityOf(mid, unit),
  low: quantityOf(low, unit),
  high: quantityOf(high, unit),
});
