/** Rows of figures: which columns, in which order, and as a file. */

import { type FigureName, figureNames, figureTable, type FigureUnit } from '#features/returns/contract/figure-table.ts';
import type { FiguresAnswer, FiguresRow } from '#features/returns/contract/figures.ts';
import { majorUnits, month } from '#ui/formats.ts';
import type { Figure } from '../figureWords.ts';

/** What one asks of a group first; the others are one click away. */
export const usualColumns: readonly FigureName[] = [
  'wonValue',
  'winRate',
  'cycleMedian',
  'averageDeal',
  'cost',
  'newCustomers',
  'cacBlended',
  'romi',
];

/** `wonValue,romi` in the address; names nobody knows are left out, none is the usual ones. */
export function namesIn(text: string | undefined, usual: readonly FigureName[]): readonly FigureName[] {
  const asked = new Set(text?.split(','));
  const known = figureNames.filter((name) => asked.has(name));
  return known.length > 0 ? known : usual;
}

export interface Order {
  /** `group` sorts by its name. */
  by: FigureName | 'group';
  down: boolean;
}

/** `-romi`: the greatest first. Null: as the server answers. */
export function orderIn(text: string | undefined): Order | null {
  const name = text?.replace(/^-/, '');
  const by = name === 'group' ? 'group' : figureNames.find((known) => known === name);
  return by ? { by, down: text!.startsWith('-') } : null;
}

/** From greatest to smallest, smallest to greatest, back to the server's order; names begin with A. */
export function nextOrder(now: Order | null, by: Order['by']): string | null {
  const downFirst = by !== 'group';
  if (now?.by !== by) return downFirst ? `-${by}` : by;
  return now.down === downFirst ? (downFirst ? by : `-${by}`) : null;
}

/** What has no value stands last either way. */
export function sorted(rows: readonly FiguresRow[], order: Order | null): readonly FiguresRow[] {
  if (!order) return rows;
  const { by, down } = order;
  const sign = down ? -1 : 1;
  if (by === 'group') return rows.toSorted((one, other) => sign * one.label.localeCompare(other.label, 'en', { numeric: true }));
  return rows.toSorted((one, other) => {
    const [a, b] = [one.figures[by], other.figures[by]];
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    return sign * compare(a.value, b.value);
  });
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' || typeof other === 'number') return Number(one) - Number(other);
  const [a, b] = [BigInt(one), BigInt(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How a group is called: months by name. */
export const rowLabel = (by: FiguresAnswer['by'], { group, label }: Pick<FiguresRow, 'group' | 'label'>): string =>
  by === 'month' && group !== null ? month(group) : label;

/** Of each figure the value, its range and what it rests on; amounts in major units, shares 0..1. */
export function csvOf(
  head: string,
  rows: readonly { label: string; figures: FiguresRow['figures'] }[],
  names: readonly FigureName[],
  currency: string,
): string[][] {
  const columns = names.flatMap((name) => {
    const title = `${figureTable[name].label} (${unitWords(figureTable[name].unit, currency)})`;
    return [title, `${title}, low`, `${title}, high`, `${title}, observations`, `${title}, why none`];
  });
  return [[head, ...columns], ...rows.map(({ label, figures }) => [label, ...names.flatMap((name) => cellsOf(figures[name], currency))])];
}

function cellsOf({ value, uncertainty, n, why }: Figure, currency: string): string[] {
  const text = (one: string | number | null | undefined): string =>
    one === null || one === undefined ? '' : typeof one === 'string' ? majorUnits(one, currency) : String(one);
  return [text(value), text(uncertainty?.low), text(uncertainty?.high), n === null ? '' : String(n), why ?? ''];
}

function unitWords(unit: FigureUnit, currency: string): string {
  switch (unit) {
    case 'share':
      return 'share 0 to 1';
    case 'amount':
      return currency;
    case 'amountADay':
      return `${currency} a day`;
    case 'amountAMonth':
      return `${currency} a month`;
    default:
      return unit;
  }
}
