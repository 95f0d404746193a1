/**
 * What is lost when one channel is taken out of a chain of windows, for every channel.
 *
 * Lost is every conversion that leaves from a window with the channel, and every one that would have come later in a walk
 * that had passed one. How often each window is left is on record, so the walks that go on from windows with the channel to
 * windows without it are, too. They begin as mass on those windows and are pushed on window by window: of the mass at a
 * window, its part that converts is booked as lost, its part that ends is gone, the rest goes to the next windows; mass that
 * comes to a window with the channel is dropped, as what leaves there is counted already. At every moment
 *   all that is lost = what is booked + Σ mass(w) × what a walk from w brings before it meets the channel again.
 * That holds for negative masses too, so for every affine combination of two moments. Hence the error of what is booked
 * is at most Σ |mass(w)| × the most a walk can bring from anywhere, and pushing goes on until that is below the tolerance:
 * nothing rests on an estimate of how fast it converges. Rounding adds about 1e-16 for each step of the longest walks.
 */

import type { WindowChain } from './markov-chain.ts';
import { extrapolate, lanes, type Booked, type Moment } from './markov-extrapolation.ts';

/** By channel: what all walks of the chain bring less without it. */
export interface Losses {
  readonly conversions: Float64Array;
  readonly values: Float64Array;
}

/** @param tolerance largest error, as a part of all conversions and of all value */
export function lossesOf(chain: WindowChain, channelCount: number, tolerance: number): Losses {
  const odds = oddsOf(chain);
  const enough = tolerance * Math.min(chain.totals.conversions / odds.mostConversions, valueScale(chain, odds));
  const losses = { conversions: new Float64Array(channelCount), values: new Float64Array(channelCount) };
  const mass = new Float64Array(chain.states * lanes);
  for (let channel = 0; channel < channelCount; channel += lanes) {
    const { conversions, values } = push(chain, odds, channel, enough, mass);
    losses.conversions.set(conversions.subarray(0, channelCount - channel), channel);
    losses.values.set(values.subarray(0, channelCount - channel), channel);
  }
  return losses;
}

/** Probabilities in place of counts. */
interface Odds {
  /** Of each step from its state. */
  readonly steps: Float64Array;
  /** Conversions and value, on average, of a walk that leaves a state, not counting what comes later. */
  readonly conversions: Float64Array;
  readonly values: Float64Array;
  /** The most a walk can bring, from any state: the highest mean of the walks that end in one state. */
  readonly mostConversions: number;
  readonly mostValue: number;
}

function oddsOf(chain: WindowChain): Odds {
  const { states, first, counts } = chain;
  const steps = new Float64Array(counts.length);
  const conversions = new Float64Array(states);
  const values = new Float64Array(states);
  let mostConversions = 0;
  let mostValue = 0;
  for (let s = 0; s < states; s++) {
    const ending = chain.conversions[s]! + chain.nulls[s]!;
    let leaving = ending;
    for (let t = first[s]!; t < first[s + 1]!; t++) leaving += counts[t]!;
    for (let t = first[s]!; t < first[s + 1]!; t++) steps[t] = counts[t]! / leaving;
    conversions[s] = chain.conversions[s]! / leaving;
    values[s] = chain.values[s]! / leaving;
    if (ending === 0) continue;
    mostConversions = Math.max(mostConversions, chain.conversions[s]! / ending);
    mostValue = Math.max(mostValue, Math.abs(chain.values[s]!) / ending);
  }
  return { steps, conversions, values, mostConversions, mostValue };
}

/** Mass whose value could be all of the value. Where refunds nearly cancel it, a millionth of the highest mean counts. */
function valueScale({ totals }: WindowChain, { mostValue }: Odds): number {
  return mostValue === 0 ? Infinity : Math.max(Math.abs(totals.value) / mostValue, 1e-6);
}

/** Every so many sweeps, the last three are combined. */
const cycle = 5;

function push(chain: WindowChain, odds: Odds, channel: number, enough: number, mass: Float64Array): Booked {
  const total = noneBooked();
  begin(chain, channel, mass, total);
  const doubt = new Float64Array(lanes);
  const before: Moment[] = [];
  for (let sweeps = 1; ; sweeps++) {
    const booked = sweep(chain, odds, channel, mass);
    add(total, booked);
    if (mostMass(mass) <= enough) return total;
    const turn = sweeps % cycle;
    if (turn >= cycle - 2) before.push({ mass: mass.slice(), booked });
    if (turn > 0) continue;
    extrapolate(before[0]!, before[1]!, { mass, booked }, total, doubt, enough);
    before.length = 0;
  }
}

const noneBooked = (): Booked => ({ conversions: new Float64Array(lanes), values: new Float64Array(lanes) });

function add(total: Booked, booked: Booked): void {
  for (let lane = 0; lane < lanes; lane++) {
    total.conversions[lane]! += booked.conversions[lane]!;
    total.values[lane]! += booked.values[lane]!;
  }
}

/** Books what leaves from windows with the channel, and lays out the walks that go on from there; one lane a channel. */
function begin(chain: WindowChain, channel: number, mass: Float64Array, total: Booked): void {
  const { states, order, windows, first, targets, counts } = chain;
  mass.fill(0);
  for (let s = 0; s < states; s++)
    for (let at = s * order; at < (s + 1) * order; at++) {
      const lane = windows[at]! - channel;
      if (lane < 0 || lane >= lanes || windows.indexOf(windows[at]!, s * order) < at) continue;
      total.conversions[lane]! += chain.conversions[s]!;
      total.values[lane]! += chain.values[s]!;
      for (let t = first[s]!; t < first[s + 1]!; t++) mass[targets[t]! * lanes + lane]! += counts[t]!;
    }
}

/**
 * Pushes the mass of every state once, in order: mass pushed to a later state goes on in the same sweep (Gauss-Seidel).
 * Written out lane by lane, as it is where the time goes: eight lanes share the reading of a step, and a line of the cache.
 */
function sweep({ states, order, windows, first, targets }: WindowChain, odds: Odds, channel: number, mass: Float64Array): Booked {
  const booked = noneBooked();
  const { steps } = odds;
  for (let s = 0; s < states; s++) {
    const from = s * lanes;
    for (let at = s * order; at < (s + 1) * order; at++) {
      const lane = windows[at]! - channel;
      if (lane >= 0 && lane < lanes) mass[from + lane] = 0;
    }
    const m0 = mass[from]!;
    const m1 = mass[from + 1]!;
    const m2 = mass[from + 2]!;
    const m3 = mass[from + 3]!;
    const m4 = mass[from + 4]!;
    const m5 = mass[from + 5]!;
    const m6 = mass[from + 6]!;
    const m7 = mass[from + 7]!;
    if (m0 === 0 && m1 === 0 && m2 === 0 && m3 === 0 && m4 === 0 && m5 === 0 && m6 === 0 && m7 === 0) continue;
    book(booked, mass, from, odds.conversions[s]!, odds.values[s]!);
    const end = first[s + 1]!;
    for (let t = first[s]!; t < end; t++) {
      const to = targets[t]! * lanes;
      const step = steps[t]!;
      mass[to]! += m0 * step;
      mass[to + 1]! += m1 * step;
      mass[to + 2]! += m2 * step;
      mass[to + 3]! += m3 * step;
      mass[to + 4]! += m4 * step;
      mass[to + 5]! += m5 * step;
      mass[to + 6]! += m6 * step;
      mass[to + 7]! += m7 * step;
    }
  }
  return booked;
}

function book({ conversions, values }: Booked, mass: Float64Array, from: number, converting: number, worth: number): void {
  for (let lane = 0; lane < lanes; lane++) {
    conversions[lane]! += mass[from + lane]! * converting;
    values[lane]! += mass[from + lane]! * worth;
    mass[from + lane] = 0;
  }
}

/** The most mass under way in any lane. */
function mostMass(mass: Float64Array): number {
  const sums = new Float64Array(lanes);
  for (let i = 0; i < mass.length; i++) sums[i & (lanes - 1)]! += Math.abs(mass[i]!);
  return Math.max(...sums);
}
