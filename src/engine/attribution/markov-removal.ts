/** What a chain of windows brings when one channel is taken out of it. */

import type { WindowChain } from './markov-chain.ts';

/** Walks are sent through the chain until less than this share of them is still under way. */
const enough = 1e-13;

export interface Outcome {
  /** Expected conversions of a walk: the probability that it converts. */
  readonly probability: number;
  /** Expected value of a walk. */
  readonly value: number;
}

/** What one walk brings when every window that holds `channel` leads to null. */
export function outcomeWithout(chain: WindowChain, channel: number): Outcome {
  const { order, states, windows, first, targets, counts } = chain;
  const held = new Uint8Array(states);
  for (let i = 0; i < states * order; i++) if (windows[i] === channel) held[Math.floor(i / order)] = 1;
  const walks = chain.totals.conversions + chain.totals.nulls;
  const here = new Float64Array(states);
  const leaving = new Float64Array(states);
  for (let s = 0; s < states; s++) {
    here[s] = held[s] === 1 ? 0 : chain.starts[s]! / walks;
    leaving[s] = chain.conversions[s]! + chain.nulls[s]!;
    for (let t = first[s]!; t < first[s + 1]!; t++) leaving[s]! += counts[t]!;
  }
  let probability = 0;
  let value = 0;
  for (let underWay = 1; underWay > enough; ) {
    for (let s = 0; s < states; s++) {
      const share = here[s]! / leaving[s]!;
      if (share === 0) continue;
      here[s] = 0;
      probability += share * chain.conversions[s]!;
      value += share * chain.values[s]!;
      for (let t = first[s]!; t < first[s + 1]!; t++) if (held[targets[t]!] === 0) here[targets[t]!]! += share * counts[t]!;
    }
    underWay = 0;
    for (let s = 0; s < states; s++) underWay += here[s]!;
  }
  return { probability, value };
}
