/** The chain that journeys make: windows of the last k channels as states, and how often one led to the next. */

import type { Journeys } from './journeys.ts';

/** Rows without a touch, which no model of channels can credit, or the walks of those with touches. */
export interface WalkTotals {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

/** A chain of windows as a sparse matrix by rows. Everything is a count of walks, not yet a probability. */
export interface WindowChain {
  readonly order: number;
  /** States: distinct windows that a walk passes. */
  readonly states: number;
  /** Channels of state s: `order` entries from s × order; a window of a shorter path repeats its first channel in front. */
  readonly windows: Uint16Array;
  /** Walks that begin in each state. */
  readonly starts: Float64Array;
  /** Transitions from state s to another: `targets[t]`, taken `counts[t]` times, for t from `first[s]` to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly targets: Uint32Array;
  readonly counts: Float64Array;
  /** Walks that end in each state: with a conversion, without one; and the value of those conversions. */
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
  readonly values: Float64Array;
  readonly totals: WalkTotals;
  readonly unattributed: WalkTotals;
}

/** Counts the chain of order 1 … 4. */
export function countChain(journeys: Journeys, order: number): WindowChain {
  const ids = new Map<string, number>();
  const windows: number[] = [];
  const starts: number[] = [];
  const conversions: number[] = [];
  const nulls: number[] = [];
  const values: number[] = [];
  const moves: Map<number, number>[] = [];
  const totals = { conversions: 0, value: 0, nulls: 0 };
  const unattributed = { conversions: 0, value: 0, nulls: 0 };
  const stateOf = (window: number[]): number => {
    const key = window.join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = ids.size;
    ids.set(key, id);
    for (let i = window.length; i < order; i++) windows.push(window[0]!);
    windows.push(...window);
    starts.push(0);
    conversions.push(0);
    nulls.push(0);
    values.push(0);
    moves.push(new Map());
    return id;
  };
  for (let j = 0; j < journeys.count; j++) {
    const from = journeys.starts[j]!;
    const to = journeys.starts[j + 1]!;
    const walks = journeys.conversions[j]! + journeys.nulls[j]!;
    const sums = from === to ? unattributed : totals;
    sums.conversions += journeys.conversions[j]!;
    sums.nulls += journeys.nulls[j]!;
    sums.value += journeys.values[j]!;
    if (from === to || walks === 0) continue;
    const path = [...journeys.channels.subarray(from, to)];
    const short = Math.min(order, path.length);
    let state = stateOf(path.slice(0, short));
    starts[state]! += walks;
    for (let end = short + 1; end <= path.length; end++) {
      const next = stateOf(path.slice(end - order, end));
      if (next !== state) moves[state]!.set(next, (moves[state]!.get(next) ?? 0) + walks);
      state = next;
    }
    conversions[state]! += journeys.conversions[j]!;
    nulls[state]! += journeys.nulls[j]!;
    values[state]! += journeys.values[j]!;
  }
  const first = new Uint32Array(ids.size + 1);
  for (const [s, move] of moves.entries()) first[s + 1] = first[s]! + move.size;
  return {
    order,
    states: ids.size,
    windows: Uint16Array.from(windows),
    starts: Float64Array.from(starts),
    first,
    targets: Uint32Array.from(moves.flatMap((move) => [...move.keys()])),
    counts: Float64Array.from(moves.flatMap((move) => [...move.values()])),
    conversions: Float64Array.from(conversions),
    nulls: Float64Array.from(nulls),
    values: Float64Array.from(values),
    totals,
    unattributed,
  };
}
