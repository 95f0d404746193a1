/** A chain with probabilities in place of counts. */

import type { WindowChain } from './markov-chain.ts';

/**
 * Steps from state s: to `targets[t]` with probability `odds[t]`, for t from `first[s]` to `first[s + 1]`. What a walk that
 * ends in s brings is a step, too: to the place `states`, with the conversions it brings on average as odds, and to the
 * place `states + 1`, with the value.
 */
export interface Odds {
  readonly states: number;
  readonly first: Uint32Array;
  readonly targets: Uint32Array;
  readonly odds: Float64Array;
  /** The most a walk can bring, wherever it begins: the highest mean of the walks that end in one state. */
  readonly mostConversions: number;
  readonly mostValue: number;
}

export function oddsOf(chain: WindowChain): Odds {
  const { states, counts } = chain;
  const first = new Uint32Array(states + 1);
  const targets = new Uint32Array(counts.length + 2 * states);
  const odds = new Float64Array(targets.length);
  let size = 0;
  for (let s = 0; s < states; s++) {
    const leaving = leavingFrom(chain, s);
    for (let t = chain.first[s]!; t < chain.first[s + 1]!; t++) {
      targets[size] = chain.targets[t]!;
      odds[size++] = counts[t]! / leaving;
    }
    if (chain.conversions[s] !== 0) {
      targets[size] = states;
      odds[size++] = chain.conversions[s]! / leaving;
      targets[size] = states + 1;
      odds[size++] = chain.values[s]! / leaving;
    }
    first[s + 1] = size;
  }
  return { states, first, targets, odds, ...mostOf(chain) };
}

function leavingFrom({ first, counts, conversions, nulls }: WindowChain, s: number): number {
  let leaving = conversions[s]! + nulls[s]!;
  for (let t = first[s]!; t < first[s + 1]!; t++) leaving += counts[t]!;
  return leaving;
}

function mostOf({ states, conversions, nulls, values }: WindowChain): { mostConversions: number; mostValue: number } {
  let [mostConversions, mostValue] = [0, 0];
  for (let s = 0; s < states; s++) {
    if (conversions[s] === 0) continue;
    const ending = conversions[s]! + nulls[s]!;
    mostConversions = Math.max(mostConversions, conversions[s]! / ending);
    mostValue = Math.max(mostValue, Math.abs(values[s]!) / ending);
  }
  return { mostConversions, mostValue };
}
