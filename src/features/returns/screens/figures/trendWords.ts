/** Figures over time, as a picture takes them. */

import { type FigureName, figureTable } from '#features/returns/contract/figure-table.ts';
import type { TrendAnswer } from '#features/returns/contract/trend.ts';
import { quarterOf } from '#features/returns/contract/months.ts';
import { count, majorUnits, month, moneyAxis } from '#ui/formats.ts';
import type { Mark, Series } from '#ui/kit/Chart.tsx';
import type { Figure } from '../figureWords.ts';

export const usualTrend: readonly FigureName[] = ['winRate', 'wonValue', 'cost', 'cacBlended'];

/** `Mar 2026`, `2026-Q1`. */
export const periodText = (period: string): string => month(period);

/** Shares as percentages, amounts in major units. */
export function drawnValue({ value }: Pick<Figure, 'value'>, name: FigureName, currency: string): number | null {
  if (value === null) return null;
  if (typeof value === 'string') return Number(majorUnits(value, currency));
  return figureTable[name].unit === 'share' ? Math.round(value * 10_000) / 100 : value;
}

export function axisOf(name: FigureName, currency: string): (value: number) => string {
  const { unit } = figureTable[name];
  if (unit.startsWith('amount')) return moneyAxis(currency);
  return (value) => (unit === 'share' ? `${count(value)} %` : unit === 'ratio' ? `${count(value)} ×` : count(value));
}

/** A line with its range as thin ones; the cost as one side on the other. */
export function seriesOf({ points, currency }: Pick<TrendAnswer, 'points' | 'currency'>, name: FigureName): Series[] {
  if (name === 'cost') return sidesOf(points, currency);
  const { label, unit } = figureTable[name];
  const of = (value: (figure: Figure) => Figure['value'] | undefined): (number | null)[] =>
    points.map(({ figures }) => drawnValue({ value: value(figures[name]) ?? null }, name, currency));
  const line: Series = {
    name: label,
    type: unit === 'amount' || unit === 'count' ? 'bar' : 'line',
    colour: 'ink',
    values: of(({ value }) => value),
  };
  const ranges: Series[] = [
    { name: 'At least', type: 'line', colour: 'mid', look: 'guide', values: of(({ uncertainty }) => uncertainty?.low) },
    { name: 'At most', type: 'line', colour: 'mid', look: 'guide', values: of(({ uncertainty }) => uncertainty?.high) },
  ];
  return rangesFit(line, ranges) ? [line, ...ranges.filter(({ values }) => values.some((value) => value !== null))] : [line];
}

/** Ranges many times as high as the figure would leave nothing of it to see: they stand in the table only. */
function rangesFit(line: Series, ranges: readonly Series[]): boolean {
  const highest = ({ values }: Series): number => Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
  return ranges.every((range) => highest(range) <= 4 * highest(line));
}

function sidesOf(points: TrendAnswer['points'], currency: string): Series[] {
  const of = (part: 'costMarketing' | 'costSales'): number[] =>
    points.map(({ parts }) => Number(majorUnits(parts[part]?.amount ?? '0', currency)));
  return [
    { name: 'Marketing', type: 'bar', colour: 'marketing', stack: 'cost', values: of('costMarketing') },
    { name: 'Sales', type: 'bar', colour: 'sales', stack: 'cost', values: of('costSales') },
  ];
}

/** Versions of the agreement at the period in which they took effect. */
export const marksOf = ({ marks, every }: Pick<TrendAnswer, 'marks' | 'every'>): Mark[] =>
  marks.map(({ on, number }) => ({ at: periodText(every === 'month' ? on.slice(0, 7) : quarterOf(on.slice(0, 7))), label: `v${number}` }));
