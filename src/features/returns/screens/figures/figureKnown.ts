import { type FigureName, type FigurePart, figureTable } from '#features/returns/contract/figure-table.ts';
import type { FiguresRow } from '#features/returns/contract/figures.ts';
import { type Figure, whyNone } from '../figureWords.ts';

/** Why there is no number, without saying again that there is none; null where there is one. */
export const reasonOf = (figure: Figure): string | null => whyNone(figure)?.replace(/^not a number: /, '') ?? null;

/** Whether nothing was opened, decided, spent or paid. */
export const isNothing = ({ parts }: Pick<FiguresRow, 'parts'>): boolean =>
  [
    ...[parts.won, parts.lost, parts.open, parts.cohort, parts.cohortYoung],
    ...[parts.newCustomers, parts.customersAtEnd, parts.costMarketing, parts.costSales],
  ].every((part) => !part?.count);

/** Whether pay would be in it: what is left of such a figure without pay is another one, and must be called so. */
export function restsOnPay(name: FigureName): boolean {
  const parts: readonly FigurePart[] = figureTable[name].parts;
  return parts.includes('costMarketing') || parts.includes('costSales');
}
