/**
 * Seeded chance: sfc32 (Chris Doty-Humphrey, PractRand), reseeded for every entity from the seed, the
 * kind of entity and its number. So what happens to lead 17 does not depend on how many draws lead 16
 * took, and a counterfactual can use the very same draws.
 */
export class Chance {
  private readonly state = new Int32Array(4);
  private readonly seedLow: number;
  private readonly seedHigh: number;

  constructor(seed: number) {
    this.seedLow = seed | 0;
    this.seedHigh = Math.floor(seed / 4294967296) | 0;
  }

  /** Starts the stream of one entity. `kind` is any small number that tells the streams apart. */
  reseed(kind: number, index: number): this {
    const state = this.state;
    state[0] = scramble(this.seedLow ^ Math.imul(kind + 1, 0x9e3779b1));
    state[1] = scramble((state[0] as number) ^ index);
    state[2] = scramble((state[1] as number) ^ this.seedHigh ^ 0x85ebca6b);
    state[3] = index | 0;
    for (let i = 0; i < 6; i++) this.next();
    return this;
  }

  /** Uniform in [0, 1), 32 bits. */
  next(): number {
    const state = this.state;
    const a = state[0] as number;
    const b = state[1] as number;
    const c = state[2] as number;
    const d = state[3] as number;
    const result = (((a + b) | 0) + d) | 0;
    state[3] = d + 1;
    state[0] = b ^ (b >>> 9);
    state[1] = (c + (c << 3)) | 0;
    state[2] = (((c << 21) | (c >>> 11)) + result) | 0;
    return (result >>> 0) / 4294967296;
  }

  /** An integer from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  oneOf<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** Finaliser of MurmurHash3 (Austin Appleby, public domain). */
function scramble(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Index into `cumulative` (ascending, last = total) of a uniform draw: the first entry above u × total. */
export function pickFrom(cumulative: ArrayLike<number>, u: number): number {
  const target = u * (cumulative[cumulative.length - 1] as number);
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] as number) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Running sums of weights, for `pickFrom`. */
export function cumulate(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sums[i] = sum += weights[i] as number;
  return sums;
}
