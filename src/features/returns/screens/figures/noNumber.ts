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
