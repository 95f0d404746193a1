/** What was spent against what was planned. Amounts in minor units of one currency. */

import { fraction, numberOf } from '#engine/values/fraction.ts';
import { type Figure, told, untold } from './figure.ts';

export interface BudgetLine {
  readonly budget: bigint;
  readonly actual: bigint;
}

export interface Variance extends BudgetLine {
  /** actual − budget: above 0 more was spent than planned. */
  readonly variance: bigint;
  /** variance ÷ budget. */
  readonly share: Figure<number>;
}

export function varianceOf({ budget, actual }: BudgetLine): Variance {
  const variance = actual - budget;
  const share = budget > 0n ? told(numberOf(fraction(variance, budget))) : untold<number>('nothing was budgeted');
  return { budget, actual, variance, share };
}

/** All lines together; its variance is the sum of theirs. */
export const totalVariance = (lines: readonly BudgetLine[]): Variance =>
  varianceOf({
    budget: lines.reduce((sum, line) => sum + line.budget, 0n),
    actual: lines.reduce((sum, line) => sum + line.actual, 0n),
  });
