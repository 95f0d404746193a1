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
import { oddsOf, type Odds } from './markov-odds.ts';

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
  const mass = new Float64Array((chain.states + 2) * lanes);
  for (let channel = 0; channel < channelCount; channel += lanes) {
    const { conversions, values } = push(chain, odds, channel, enough, mass);
    losses.conversions.set(conversions.subarray(0, channelCount - channel), channel);
    losses.values.set(values.subarray(0, channelCount - channel), channel);
  }
  return losses;
}

/** Mass whose value could be all of the value. Where refunds nearly cancel it, a millionth of the highest mean counts. */
function valueScale({ totals }: WindowChain, { mostValue }: Odds): number {
  return mostValue === 0 ? Infinity : Math.max(Math.abs(totals.value) / mostValue, 1e-6);
}

/** Every so many sweeps, the last three are combined. */
const cycle = 5;

/** Takes out as many channels as there are lanes, from `channel` on, each in its lane. */
function push(chain: WindowChain, odds: Odds, channel: number, enough: number, mass: Float64Array): Booked {
  mass.fill(0);
  const total: Booked = { conversions: new Float64Array(lanes), values: new Float64Array(lanes) };
  begin(chain, channel, mass, total);
  const doubt = new Float64Array(lanes);
  const before: Moment[] = [];
  for (let sweeps = 1; ; sweeps++) {
    sweep(chain, odds, channel, mass);
    const booked = takeBooked(mass, total);
    if (mostMass(mass) <= enough) return total;
    const turn = sweeps % cycle;
    if (turn >= cycle - 2) before.push({ mass: mass.slice(), booked });
    if (turn > 0) continue;
    extrapolate(before[0]!, before[1]!, { mass, booked }, total, doubt, enough);
    before.length = 0;
  }
}

/** Books what leaves from windows with the channel, and lays out the walks that go on from there. */
function begin(
  { states, order, windows, first, targets, counts, conversions, values }: WindowChain,
  channel: number,
  mass: Float64Array,
  total: Booked,
): void {
  for (let s = 0; s < states; s++)
    for (let at = s * order; at < (s + 1) * order; at++) {
      const lane = windows[at]! - channel;
      if (lane < 0 || lane >= lanes || windows.indexOf(windows[at]!, s * order) < at) continue;
      total.conversions[lane]! += conversions[s]!;
      total.values[lane]! += values[s]!;
      for (let t = first[s]!; t < first[s + 1]!; t++) mass[targets[t]! * lanes + lane]! += counts[t]!;
    }
}

/**
 * Pushes the mass of every state once, in order: mass pushed to a later state goes on in the same sweep (Gauss-Seidel).
 * Written out lane by lane, as it is where the time goes: eight lanes share the reading of a step, and a line of the cache.
 */
function sweep({ order, windows }: WindowChain, { states, first, targets, odds }: Odds, channel: number, mass: Float64Array): void {
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
    for (let at = from; at < from + lanes; at++) mass[at] = 0;
    const end = first[s + 1]!;
    for (let t = first[s]!; t < end; t++) {
      const to = targets[t]! * lanes;
      const odd = odds[t]!;
      mass[to]! += m0 * odd;
      mass[to + 1]! += m1 * odd;
      mass[to + 2]! += m2 * odd;
      mass[to + 3]! += m3 * odd;
      mass[to + 4]! += m4 * odd;
      mass[to + 5]! += m5 * odd;
      mass[to + 6]! += m6 * odd;
      mass[to + 7]! += m7 * odd;
    }
  }
}

/** What a sweep has booked, behind the states; added to the total and cleared. */
function takeBooked(mass: Float64Array, total: Booked): Booked {
  const from = mass.length - 2 * lanes;
  const booked = { conversions: mass.slice(from, from + lanes), values: mass.slice(from + lanes) };
  mass.fill(0, from);
  for (let lane = 0; lane < lanes; lane++) {
    total.conversions[lane]! += booked.conversions[lane]!;
    total.values[lane]! += booked.values[lane]!;
  }
  return booked;
}

/** The most mass under way in any lane; written out, as it is asked after every sweep. */
function mostMass(mass: Float64Array): number {
  let [s0, s1, s2, s3, s4, s5, s6, s7] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < mass.length; i += lanes) {
    s0 += Math.abs(mass[i]!);
    s1 += Math.abs(mass[i + 1]!);
    s2 += Math.abs(mass[i + 2]!);
    s3 += Math.abs(mass[i + 3]!);
    s4 += Math.abs(mass[i + 4]!);
    s5 += Math.abs(mass[i + 5]!);
    s6 += Math.abs(mass[i + 6]!);
    s7 += Math.abs(mass[i + 7]!);
  }
  return Math.max(s0, s1, s2, s3, s4, s5, s6, s7);
}
