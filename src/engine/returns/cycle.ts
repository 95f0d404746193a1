/** How long deals took from their creation to their close. */

import type { Figure } from './figure.ts';
import { medianOf, percentileOf } from './median.ts';

export interface Cycle {
  readonly median: Figure<number>;
  readonly p90: Figure<number>;
}

/** @param days close − created of each deal won in the period, in days */
export const cycleDays = (days: ArrayLike<number>): Cycle => ({
  median: medianOf(days, 'no deal was won'),
  p90: percentileOf(days, 90, 'no deal was won'),
});
