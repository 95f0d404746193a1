/** What moved the index between two days, and what would move it most. Parts add up to the change to the hundredth. */

import { type Counted, type Counts, roundTogether, type ScoredIndex, scoreIndex } from './score.ts';
import { type ComponentName, componentNames } from './table.ts';

export interface Move {
  readonly component: ComponentName;
  /** Hundredths of a point, by its score alone. */
  readonly points: number;
}
export interface Moves {
  /** Hundredths of a point; null where there is no index on one of the days. */
  readonly change: number | null;
  /** Those that moved something, the greatest first. */
  readonly moves: readonly Move[];
  /** What is measured at all has changed, and with it all weights: hundredths of a point. */
  readonly measured: number;
  readonly came: readonly ComponentName[];
  readonly went: readonly ComponentName[];
}

/**
 * The index is Σ weight × score. Of a component measured on both days the part of its score is
 * `(weight before + weight now) ÷ 2 × (score now − score before)`. What remains comes from weights: from what came to be
 * measured, or no longer is. While the same is measured, nothing remains.
 */
export function decompose(before: ScoredIndex, now: ScoredIndex): Moves {
  const came = componentNames.filter((name) => now.components.has(name) && !before.components.has(name));
  const went = componentNames.filter((name) => before.components.has(name) && !now.components.has(name));
  if (before.score === null || now.score === null) return { change: null, moves: [], measured: 0, came, went };
  const both = componentNames.filter((name) => now.components.has(name) && before.components.has(name));
  const exact = both.map((name) => {
    const [was, is] = [before.components.get(name)!, now.components.get(name)!];
    return ((was.weight + is.weight) / 2) * (is.score - was.score) * 100;
  });
  const change = now.score - before.score;
  const isSame = came.length + went.length === 0;
  const rest = isSame ? 0 : change - exact.reduce((sum, each) => sum + each, 0);
  // A component that stood still gets no hundredth of the rounding.
  const moving = [...exact.keys()].filter((at) => exact[at] !== 0);
  const rounded = roundTogether([...moving.map((at) => exact[at]!), ...(isSame ? [] : [rest])], change);
  const moves = moving.map((at, place) => ({ component: both[at]!, points: rounded[place]! }));
  return {
    ...{ change, came, went },
    moves: moves.filter(({ points }) => points !== 0).sort((one, other) => Math.abs(other.points) - Math.abs(one.points)),
    measured: isSame ? 0 : rounded.at(-1)!,
  };
}

/** Items that can still be met. */
export interface Open {
  /** What they add to what is met, and to what is due: of those that are due already nothing. */
  readonly count: number;
  readonly of: number;
}

/** Hundredths of a point by which the index rises when all of them are met and nothing else changes; 0 where it is not measured yet. */
export function gainOf(counts: Counts, component: ComponentName, open: Open): number {
  const own: Counted | undefined = counts[component];
  if (own === undefined || own.of === 0 || open.count === 0) return 0;
  const met = { ...counts, [component]: { count: Math.min(own.count + open.count, own.of + open.of), of: own.of + open.of } };
  return scoreIndex(met).score! - scoreIndex(counts).score!;
}
