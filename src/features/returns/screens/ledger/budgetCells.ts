/** The budget as a grid: lines by months, with what is typed and not saved yet. Pure. */

import {
  categoriesOf,
  type CostCategory,
  categoryLabels,
  type CostSide,
  costSides,
  type CostSummary,
  isPay,
} from '#features/returns/contract/ledger.ts';
import type { BudgetList } from '#features/returns/contract/plans.ts';
import { majorUnits, minorUnits } from '#ui/formats.ts';

export interface GridLine {
  readonly side: CostSide;
  /** Null: for what has no line of its own. */
  readonly category: CostCategory | null;
  readonly campaign: { readonly id: string; readonly name: string } | null;
  readonly team: { readonly id: string; readonly name: string } | null;
}
export interface GridRow extends GridLine {
  readonly key: string;
  readonly label: string;
}

/** What was typed, by cell; a cell that isn't in it shows what is saved. */
export type Typed = ReadonlyMap<string, string>;
/** Saved amounts by cell, minor units. */
export type Saved = ReadonlyMap<string, string>;

export const keyOfLine = ({ side, category, campaign, team }: GridLine): string =>
  JSON.stringify([side, category, campaign?.id ?? null, team?.id ?? null]);
export const cellOf = (rowKey: string, month: string): string => `${month} ${rowKey}`;

export const savedOf = (items: BudgetList['items'], currency: string): Saved =>
  new Map(items.filter((line) => line.currency === currency).map((line) => [cellOf(keyOfLine(line), line.month), line.amount]));

/**
 * Of each side its categories, the rest, and the lines of campaigns and teams that there are or that were just added.
 * Pay and a side's rest, which holds pay, only for those who see pay.
 */
export function rowsOf(items: readonly GridLine[], added: readonly GridLine[], basis: CostSummary['basis'] | undefined): GridRow[] {
  return costSides.flatMap((side) => {
    const sees = basis?.[side] !== 'programme';
    const usual = [...categoriesOf[side], null].map((category) => ({ side, category, campaign: null, team: null }));
    const own = [...items, ...added].filter((line) => line.side === side && (line.campaign || line.team));
    const lines = [...usual.filter(({ category }) => sees || (category !== null && !isPay(category))), ...inOrder(own)];
    return [...new Map(lines.map((line) => [keyOfLine(line), line]))].map(([key, line]) => ({ ...line, key, label: labelOf(line) }));
  });
}

const inOrder = (lines: readonly GridLine[]): GridLine[] => lines.toSorted((a, b) => labelOf(a).localeCompare(labelOf(b), 'en'));

/** “Autumn webinar: Media”, “Field team: Travel”, “Everything else”. */
function labelOf({ category, campaign, team }: GridLine): string {
  const of = [campaign?.name, team?.name].filter(Boolean).join(', ');
  const what = category ? categoryLabels[category] : of ? 'all' : 'Everything else';
  return of ? `${of}: ${what.toLowerCase()}` : what;
}

/** `1200000` EUR → `12,000`; decimals only where there are any. */
export function cellText(minor: string | undefined, currency: string): string {
  if (minor === undefined) return '';
  const [whole = '0', part = ''] = majorUnits(minor, currency).split('.');
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (/[1-9]/.test(part) ? `.${part}` : '');
}

/** Minor units of what was typed; null for nothing; undefined when it is no amount of the currency from 0. */
export function amountOf(text: string, currency: string): string | null | undefined {
  if (text.trim() === '') return null;
  const minor = minorUnits(text, currency);
  return minor === null || minor.startsWith('-') || minor.length > 15 ? undefined : minor;
}

/** What a cell holds now, typed or saved; 0 where that is no amount. */
function valueOf(cell: string, typed: Typed, saved: Saved, currency: string): bigint {
  const text = typed.get(cell);
  const minor = text === undefined ? saved.get(cell) : amountOf(text, currency);
  return BigInt(minor ?? '0');
}

export const sumOf = (rows: readonly GridRow[], months: readonly string[], typed: Typed, saved: Saved, currency: string): bigint =>
  rows.reduce((sum, { key }) => months.reduce((row, month) => row + valueOf(cellOf(key, month), typed, saved, currency), sum), 0n);

export interface ChangedLine {
  month: string;
  side: CostSide;
  category: CostCategory | null;
  campaignId: string | null;
  teamId: string | null;
  amount: string | null;
}

/** The lines to be sent, and those that take them back to what is saved; cells that hold no amount stand apart. */
export function changesOf(rows: readonly GridRow[], months: readonly string[], typed: Typed, saved: Saved, currency: string) {
  const lines: ChangedLine[] = [];
  const before: ChangedLine[] = [];
  const wrong: string[] = [];
  for (const row of rows)
    for (const month of months) {
      const cell = cellOf(row.key, month);
      const text = typed.get(cell);
      if (text === undefined) continue;
      const amount = amountOf(text, currency);
      const was = saved.get(cell) ?? null;
      if (amount === undefined) wrong.push(cell);
      else if (amount !== was) {
        lines.push(lineOf(row, month, amount));
        before.push(lineOf(row, month, was));
      }
    }
  return { lines, before, wrong };
}

const lineOf = ({ side, category, campaign, team }: GridRow, month: string, amount: string | null): ChangedLine => ({
  ...{ month, side, category, amount },
  campaignId: campaign?.id ?? null,
  teamId: team?.id ?? null,
});

/** A block copied from a spreadsheet, set into the cells from one on to the right and down; what hangs over is left out. */
export function pasted(
  text: string,
  rows: readonly GridRow[],
  months: readonly string[],
  from: { row: number; month: number },
): Map<string, string> {
  const block = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t'));
  const cells = block.flatMap((line, down) =>
    line.map((value, right): [string | null, string] => {
      const [row, month] = [rows[from.row + down], months[from.month + right]];
      return [row && month ? cellOf(row.key, month) : null, value.trim()];
    }),
  );
  return new Map(cells.filter((cell): cell is [string, string] => cell[0] !== null));
}

/** The first amount of a row, copied into the empty months after it. */
export function filled(row: GridRow, months: readonly string[], typed: Typed, saved: Saved, currency: string): Map<string, string> {
  const textOf = (month: string): string => typed.get(cellOf(row.key, month)) ?? cellText(saved.get(cellOf(row.key, month)), currency);
  const first = months.findIndex((month) => textOf(month).trim() !== '');
  if (first < 0) return new Map();
  return new Map(
    months.slice(first + 1).flatMap((month) => (textOf(month).trim() === '' ? [[cellOf(row.key, month), textOf(months[first]!)]] : [])),
  );
}
