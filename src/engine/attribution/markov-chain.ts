/** The chain that journeys make: windows of the last k channels as states, and how often one led to the next. */

import type { Journeys } from './journeys.ts';
import { countByHash } from './markov-count-hash.ts';
import { countInTable, tableSlots } from './markov-count-table.ts';

/** A sum over journeys: those with touches walk the chain, those without can't. */
export interface WalkTotals {
  conversions: number;
  /** In whole minor units. */
  value: number;
  nulls: number;
}

/** Windows as a sparse matrix by rows. Everything is a count of walks, not yet a probability. */
export interface WindowChain {
  readonly order: number;
  /** Distinct windows that a walk passes. */
  readonly states: number;
  /** Channels of state s: `order` entries from s × order; a path shorter than that repeats its first channel in front. */
  readonly windows: Uint16Array;
  /** Walks that begin in each state. */
  readonly starts: Float64Array;
  /** Walks that end in each state: with a conversion, without one; and the value of those conversions. */
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
  readonly values: Float64Array;
  /** Steps from state s to another: to `targets[t]`, taken `counts[t]` times, for t from `first[s]` to `first[s + 1]`. */
  readonly first: Uint32Array;
  readonly targets: Uint32Array;
  readonly counts: Float64Array;
  readonly totals: Readonly<WalkTotals>;
  readonly unattributed: Readonly<WalkTotals>;
}

/** Largest table worth clearing: 8 M slots, 64 MB. */
const mostSlots = 8_000_000;

/**
 * Counts the chain of order 1 … 4 in one pass. With few channels every possible step has a slot in a table; else the
 * windows that occur are found by hash.
 */
export function countChain(journeys: Journeys, order: number): WindowChain {
  const slots = tableSlots(journeys.channelCount, order);
  const touches = journeys.starts[journeys.count]!;
  return slots <= Math.min(mostSlots, 1000 + 8 * touches) ? countInTable(journeys, order) : countByHash(journeys, order);
}
