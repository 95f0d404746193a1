/** When leads that become MQL in a month enter the later stages. */

import type { Draws } from './draws.ts';
import type { Fit } from './fit.ts';
import { byMonths, drawnLags, inARow, lagShares } from './lags.ts';

/** By stage after the first, by months between the MQL and entering it: of the first month ahead, and of later ones. */
export interface Kernel {
  readonly first: readonly Float64Array[];
  readonly later: readonly Float64Array[];
}

/** Days from the MQL to the last stage, as shares. */
export function chainLags(fit: Fit, segment: number): Float64Array {
  return fit.segments[segment]!.steps.map(({ cohort }, step) => lagShares(cohort.lags, fit.company[step]!.lags)).reduce(inARow);
}

/**
 * The lags as seen first, then as they might have been: drawn anew.
 * @param gone how much of the first month ahead is over
 */
export function kernelsOf(fit: Fit, segment: number, asked: { months: number; gone: number; variants: number }, draws: Draws): Kernel[] {
  return Array.from({ length: asked.variants }, (_, variant): Kernel => {
    let total: Float64Array | null = null;
    const stages = fit.segments[segment]!.steps.map(({ cohort }, step) => {
      const company = fit.company[step]!.lags;
      const lags = variant === 0 ? lagShares(cohort.lags, company) : lagShares(drawnLags(cohort.lags, draws), drawnLags(company, draws));
      total = total === null ? lags : inARow(total, lags);
      return total;
    });
    return {
      first: stages.map((each) => byMonths(each, asked.months, asked.gone)),
      later: stages.map((each) => byMonths(each, asked.months)),
    };
  });
}
