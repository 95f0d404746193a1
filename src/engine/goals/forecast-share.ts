/** Where a share ends: what is decided is decided, what is still to be decided comes at the present rate and goes as the like did. */

import { Chance } from '#engine/simulate/chance.ts';
import { drawBeta, drawCount, drawNormal } from './draws.ts';
import { type Spread, spreadOf } from './spread.ts';

export interface ShareAsked {
  /** Of the period so far. */
  readonly hits: number;
  readonly of: number;
  /** Before it, to lean on while little is decided. */
  readonly past: { readonly hits: number; readonly of: number };
  /** Decided a working day, of late, and working days left. */
  readonly aDay: number;
  readonly workingDaysLeft: number;
}

export interface ShareForecast {
  readonly value: Spread;
  readonly draws: Float64Array;
}

const shareDraws = 1000;
const seed = 20_260_103;
/** The past weighs at most as so many: the period's own decides soon. */
const mostOfPast = 40;
const fewestDecided = 10;

export function whyNoShare({ of, past }: ShareAsked): string | null {
  return of + past.of < fewestDecided ? `only ${of + past.of} are decided; ${fewestDecided} are needed` : null;
}

export function forecastShare({ hits, of, past, aDay, workingDaysLeft }: ShareAsked): ShareForecast {
  const draws = new Chance(seed);
  const lent = Math.min(mostOfPast, past.of);
  const rate = past.of === 0 ? 0.5 : past.hits / past.of;
  const drawn = Float64Array.from({ length: shareDraws }, (_, draw) => {
    draws.reseed(1, draw);
    const share = drawBeta(hits + lent * rate + 0.5, of - hits + lent * (1 - rate) + 0.5, draws);
    const still = drawCount(aDay * workingDaysLeft, draws);
    const more = still === 0 ? 0 : Math.max(0, Math.min(still, still * share + Math.sqrt(still * share * (1 - share)) * drawNormal(draws)));
    return of + still === 0 ? share : (hits + more) / (of + still);
  });
  return { value: spreadOf(drawn), draws: drawn };
}
