/** What doing things otherwise would change, future by future: factors on how many MQLs are won, and revenue that is added or lost. */

import { Chance } from '#engine/simulate/chance.ts';
import { drawBeta, drawGamma, drawNormal } from './draws.ts';
import { drawsOfOutlook } from './outlook.ts';

const seed = 20_260_105;

const drawn = (kind: number, draw: (draws: Chance) => number): Float64Array => {
  const draws = new Chance(seed);
  return Float64Array.from({ length: drawsOfOutlook }, (_, at) => draw(draws.reseed(kind, at)));
};

/** A definition held against the one in force, over leads of the past (the agreement's back-test). */
export interface BackTested {
  /** Leads that pass by the one in force, and by the other. */
  readonly passedNow: number;
  readonly passedThen: number;
  /** Of the customers: passed by both, by the one in force only, by the other only. */
  readonly kept: number;
  readonly lost: number;
  readonly gained: number;
}

export interface DefinitionChange {
  /** MQLs by the other ÷ MQLs by the one in force. */
  readonly mqls: number;
  /** On how many of the MQLs are won. */
  readonly onRate: Float64Array;
}

/** Customers are counts with their chance (gamma around each, half of one for what was never seen); null where nothing passes. */
export function definitionChange({ passedNow, passedThen, kept, lost, gained }: BackTested): DefinitionChange | null {
  if (passedNow === 0 || passedThen === 0 || kept + lost === 0) return null;
  const mqls = passedThen / passedNow;
  const onRate = drawn(1, (draws) => {
    const [both, only, other] = [drawGamma(kept + 0.5, draws), drawGamma(lost + 0.5, draws), drawGamma(gained + 0.5, draws)];
    return (both + other) / (both + only) / mqls;
  });
  return { mqls, onRate };
}

/** Leads by how soon they were first tried. */
export interface Tried {
  /** Minutes; null: later than any, or never. */
  readonly to: number | null;
  readonly leads: number;
  readonly converted: number;
}

/**
 * If every lead were tried within so many minutes, and went as those do that are: what that is on all of them.
 * Observational: who is tried first may have been the best to begin with.
 * @returns null where too few were tried that soon to say how they go
 */
export function speedChange(tried: readonly Tried[], withinMinutes: number, fewest: number): Float64Array | null {
  const soon = sumOf(tried.filter(({ to }) => to !== null && to <= withinMinutes));
  const later = sumOf(tried.filter(({ to }) => to === null || to > withinMinutes));
  if (soon.leads < fewest || soon.converted + later.converted === 0) return null;
  return drawn(2, (draws) => {
    const [fast, slow] = [
      drawBeta(soon.converted + 0.5, soon.leads - soon.converted + 0.5, draws),
      drawBeta(later.converted + 0.5, later.leads - later.converted + 0.5, draws),
    ];
    const now = soon.leads * fast + later.leads * slow;
    return ((soon.leads + later.leads) * fast) / now;
  });
}

const sumOf = (tried: readonly Tried[]): { leads: number; converted: number } => ({
  leads: tried.reduce((sum, { leads }) => sum + leads, 0),
  converted: tried.reduce((sum, { converted }) => sum + converted, 0),
});

/** What one more unit of spend brings in a place, with its 95 % range. */
export interface MarginalReturn {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Revenue that a moved amount brings where it goes, less what it brought where it was; never below nothing for either.
 * @param from and to null: it is added, or saved
 */
export function moveChange(amount: number, from: MarginalReturn | null, to: MarginalReturn | null, number: number): Float64Array {
  return drawn(10 + number, (draws) => {
    const brings = (place: MarginalReturn | null): number =>
      place === null ? 0 : Math.max(0, place.value + ((place.high - place.low) / 3.92) * drawNormal(draws));
    return amount * (brings(to) - brings(from));
  });
}

/** Of the share won now to that of another time, both with their chance: on what is still to be decided. */
export function rateChange(now: { hits: number; of: number }, then: { hits: number; of: number }): Float64Array {
  return drawn(3, (draws) => {
    const of = ({ hits, of: all }: { hits: number; of: number }): number => drawBeta(hits + 0.5, all - hits + 0.5, draws);
    return of(then) / of(now);
  });
}

/** What isn't worked brings nothing: the share of the MQLs a month that the reps can work, at most all. */
export const workedShare = (mqlsAMonth: number, workableAMonth: number | null): number =>
  workableAMonth === null || mqlsAMonth <= workableAMonth ? 1 : workableAMonth / mqlsAMonth;
