/** What a month of guesses tells: how many, the median, and from where to where, of each side that is large enough. */

import { everybody, groupsOf } from './groups.ts';
import { tellable } from './tellable.ts';

export interface Guess {
  readonly side: string;
  readonly value: number;
}

export interface GuessCell {
  readonly side: string | null;
  readonly guesses: number | null;
  readonly median: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** @param step what low and high are widened to, so that the outermost guess is not told to the digit */
export function guessCells(guesses: readonly Guess[], step: number): GuessCell[] {
  const groups = groupsOf(guesses.map(({ side }) => ({ side, teams: [], standing: 'any' }))).filter(
    ({ teamId, standing }) => teamId === null && standing === null,
  );
  const { told } = tellable(
    guesses.length,
    groups.map(({ people }) => people),
  );
  return groups.map(({ side, people }, at) => {
    if (!told[at]) return { ...untold, side };
    return {
      side,
      guesses: people.length,
      ...spreadOf(
        people.map((person) => guesses[person]!.value),
        step,
      ),
    };
  });
}

export const untold: GuessCell = { side: everybody.side, guesses: null, median: null, low: null, high: null };

/** Where all are equal, low and high are a step apart all the same: else each guess would be told. */
function spreadOf(values: readonly number[], step: number): Pick<GuessCell, 'median' | 'low' | 'high'> {
  const sorted = [...values].sort((one, other) => one - other);
  const low = Math.floor(sorted[0]! / step) * step;
  const top = Math.ceil(sorted.at(-1)! / step) * step;
  return { median: medianOf(sorted), low, high: Math.max(top, low + step) };
}

const medianOf = (sorted: readonly number[]): number => {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};
