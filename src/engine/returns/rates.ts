/** Win rate and close rate, and a rate as other formulas take it: exact, with its uncertainty. */

import { decimalFraction, type Fraction, fraction } from '#engine/values/fraction.ts';
import type { Figure, Range } from './figure.ts';
import { shareOf, shareRange } from './ratio.ts';

/** won ÷ (won + lost), of the deals closed in a period by their close date. */
export const winRate = ({ won, lost }: { readonly won: number; readonly lost: number }): Figure<number> =>
  shareOf(won, won + lost, 'no deal was closed');

export interface LeadCohort {
  /** Opened in the period and old enough to have had the whole window to be won. */
  readonly leads: number;
  /** Of these, won within the window. */
  readonly won: number;
  /** Opened in the period, younger than the window: censored, so not among `leads`. */
  readonly tooYoung: number;
}

/** lead → won by cohort: won ÷ leads old enough. */
export const closeRate = ({ leads, won, tooYoung }: LeadCohort): Figure<number> => shareOf(won, leads, whyNone(tooYoung));

function whyNone(tooYoung: number): string {
  if (tooYoung === 0) return 'there was no lead';
  return tooYoung === 1 ? 'the only lead is too young to tell' : `all ${tooYoung} leads are too young to tell`;
}

/** A share that goes into another formula: counted, so that it has an interval, or stated, so that it has none. */
export interface Rate {
  readonly exact: Fraction;
  /** In shares, 0..1. */
  readonly range: Range<number> | null;
  readonly n: number | null;
}

/** @returns null of none */
export const countedRate = (hits: number, of: number): Rate | null =>
  of === 0 ? null : { exact: fraction(hits, of), range: shareRange(hits, of), n: of };

/** @param text a decimal share such as "0.25". @throws RangeError when it is none */
export const statedRate = (text: string): Rate => ({ exact: decimalFraction(text), range: null, n: null });
