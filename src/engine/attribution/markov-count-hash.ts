/** Counts windows of the last k channels by hash: for many channels, of whose windows few occur. */

import type { Journeys } from './journeys.ts';
import type { WalkTotals, WindowChain } from './markov-chain.ts';
import { addRow } from './markov-count-table.ts';

/** The states of all walks, one after the other: row j's from `firstOf[j]`. */
interface Walks {
  readonly index: WindowIndex;
  readonly firstOf: Uint32Array;
  readonly states: Uint32Array;
}

/** Any number of channels (codes are 16 bits) and touches (2^32). */
export function countByHash(journeys: Journeys, order: number): WindowChain {
  const walks = numberWalks(journeys, order);
  const { index } = walks;
  const column = (): Float64Array => new Float64Array(index.size);
  const [starts, conversions, nulls, values] = [column(), column(), column(), column()];
  const totals: WalkTotals = { conversions: 0, value: 0, nulls: 0 };
  const unattributed: WalkTotals = { conversions: 0, value: 0, nulls: 0 };
  for (let j = 0; j < journeys.count; j++) {
    addRow(journeys.starts[j] === journeys.starts[j + 1] ? unattributed : totals, journeys, j);
    if (walks.firstOf[j] === walks.firstOf[j + 1]) continue;
    starts[walks.states[walks.firstOf[j]!]!]! += journeys.conversions[j]! + journeys.nulls[j]!;
    const last = walks.states[walks.firstOf[j + 1]! - 1]!;
    conversions[last]! += journeys.conversions[j]!;
    nulls[last]! += journeys.nulls[j]!;
    if (journeys.conversions[j] !== 0) values[last]! += journeys.values[j]!;
  }
  const steps = mergeSteps(index.size, ...stepsByState(journeys, walks));
  return { order, states: index.size, windows: index.windows(), starts, conversions, nulls, values, ...steps, totals, unattributed };
}

function numberWalks(journeys: Journeys, order: number): Walks {
  const { starts, channels } = journeys;
  const index = new WindowIndex(order);
  const firstOf = new Uint32Array(journeys.count + 1);
  const states = new Uint32Array(starts[journeys.count]!);
  let count = 0;
  for (let j = 0; j < journeys.count; j++) {
    const from = starts[j]!;
    const to = starts[j + 1]!;
    const walks = journeys.conversions[j]! + journeys.nulls[j]!;
    if (walks !== 0)
      for (let end = Math.min(to, from + order); end <= to && from < to; end++) {
        const state = index.idOf(channels, Math.max(from, end - order), end);
        if (count === firstOf[j] || states[count - 1] !== state) states[count++] = state;
      }
    firstOf[j + 1] = count;
  }
  return { index, firstOf, states };
}

/** All steps of all walks, grouped by the state they leave: a counting sort. */
function stepsByState(
  journeys: Journeys,
  { index, firstOf, states }: Walks,
): [first: Uint32Array, targets: Uint32Array, counts: Float64Array] {
  const first = new Uint32Array(index.size + 1);
  for (let j = 0; j < journeys.count; j++) for (let at = firstOf[j]!; at + 1 < firstOf[j + 1]!; at++) first[states[at]! + 1]!++;
  for (let s = 0; s < index.size; s++) first[s + 1]! += first[s]!;
  const free = first.slice();
  const targets = new Uint32Array(first[index.size]!);
  const counts = new Float64Array(targets.length);
  for (let j = 0; j < journeys.count; j++) {
    const walks = journeys.conversions[j]! + journeys.nulls[j]!;
    for (let at = firstOf[j]!; at + 1 < firstOf[j + 1]!; at++) {
      const place = free[states[at]!]!++;
      targets[place] = states[at + 1]!;
      counts[place] = walks;
    }
  }
  return [first, targets, counts];
}

/** Steps of a state with the same target become one, in place. */
function mergeSteps(states: number, from: Uint32Array, targets: Uint32Array, counts: Float64Array) {
  const first = new Uint32Array(states + 1);
  const placeOf = new Uint32Array(states);
  let count = 0;
  for (let s = 0; s < states; s++) {
    const own = count;
    for (let t = from[s]!; t < from[s + 1]!; t++) {
      const place = placeOf[targets[t]!]!;
      if (place >= own && place < count && targets[place] === targets[t]) counts[place]! += counts[t]!;
      else {
        placeOf[targets[t]!] = count;
        targets[count] = targets[t]!;
        counts[count++] = counts[t]!;
      }
    }
    first[s + 1] = count;
  }
  return { first, targets: targets.slice(0, count), counts: counts.slice(0, count) };
}

/** Numbers windows in the order they are met: open addressing on the window's channels, 16 bits each in two words. */
class WindowIndex {
  size = 0;
  private readonly order: number;
  private high = new Uint32Array(1024);
  private low = new Uint32Array(1024);
  /** Length of each window. */
  private lengths = new Uint8Array(1024);
  /** State + 1 of each place, 0 where it is free. */
  private places = new Uint32Array(4096);

  constructor(order: number) {
    this.order = order;
  }

  /** The number of the window `channels[from]` … `channels[to − 1]`, a new one if it is new. */
  idOf(channels: Uint16Array, from: number, to: number): number {
    let high = 0;
    let low = 0;
    for (let t = from; t < to; t++) {
      high = (high << 16) | (low >>> 16);
      low = (low << 16) | channels[t]!;
    }
    return this.idOfWords(high >>> 0, low >>> 0, to - from);
  }

  /** Channels of every window, `order` entries each; a shorter window repeats its first channel in front. */
  windows(): Uint16Array {
    const windows = new Uint16Array(this.size * this.order);
    for (let s = 0; s < this.size; s++)
      for (let at = 0; at < this.order; at++) {
        const back = Math.min(this.order - at, this.lengths[s]!) - 1;
        const word = back < 2 ? this.low[s]! : this.high[s]!;
        windows[s * this.order + at] = (word >>> (16 * (back & 1))) & 0xffff;
      }
    return windows;
  }

  private idOfWords(high: number, low: number, length: number): number {
    const mask = this.places.length - 1;
    for (let place = mix(high, low, length) & mask; ; place = (place + 1) & mask) {
      const state = this.places[place]! - 1;
      if (state < 0) return this.insert(place, high, low, length);
      if (this.low[state] === low && this.high[state] === high && this.lengths[state] === length) return state;
    }
  }

  private insert(place: number, high: number, low: number, length: number): number {
    if (this.size === this.high.length) this.grow();
    const state = this.size++;
    this.high[state] = high;
    this.low[state] = low;
    this.lengths[state] = length;
    this.places[place] = state + 1;
    if (2 * this.size > this.places.length) this.spread();
    return state;
  }

  private grow(): void {
    const more = 2 * this.size;
    this.high = copied(this.high, new Uint32Array(more));
    this.low = copied(this.low, new Uint32Array(more));
    this.lengths = copied(this.lengths, new Uint8Array(more));
  }

  /** Twice or four times the places, so that at most half of them are taken. */
  private spread(): void {
    this.places = new Uint32Array(4 * this.places.length);
    const mask = this.places.length - 1;
    for (let s = 0; s < this.size; s++) {
      let place = mix(this.high[s]!, this.low[s]!, this.lengths[s]!) & mask;
      while (this.places[place] !== 0) place = (place + 1) & mask;
      this.places[place] = s + 1;
    }
  }
}

function copied<T extends Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Two rounds of the finaliser of MurmurHash3 (Austin Appleby, public domain). */
function mix(high: number, low: number, length: number): number {
  let h = Math.imul(high ^ (length << 7), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13) ^ low, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  return (h ^ (h >>> 13)) >>> 0;
}
