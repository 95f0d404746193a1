/** 2^(−seconds ÷ half-life): the weight of a touch under time decay, one by one or from a table, to the same bit. */

/** Halvings beyond which a touch weighs nothing: 2^−64 of an amount below 2^53 units is under a two-thousandth of a unit. */
const mostHalvings = 64;

/**
 * Whole half-lives are exact powers of two; what is left over is the product of a coarse and a fine power, so that a table
 * of about 2 × √half-life entries serves every second.
 * @param seconds whole, from 0
 * @param halfLifeSeconds whole, from 1
 */
export function decayWeight(seconds: number, halfLifeSeconds: number): number {
  const halvings = Math.floor(seconds / halfLifeSeconds);
  if (halvings >= mostHalvings) return 0;
  const left = seconds - halvings * halfLifeSeconds;
  const step = stepOf(halfLifeSeconds);
  const coarse = Math.floor(left / step);
  return 2 ** -halvings * (power(coarse * step, halfLifeSeconds) * power(left - coarse * step, halfLifeSeconds));
}

export interface DecayTable {
  readonly halfLifeSeconds: number;
  /** The fine table has 2^shift entries. */
  readonly shift: number;
  /** 2^−i; 0 from `mostHalvings` on, its last entry. */
  readonly halvings: Float64Array;
  readonly coarse: Float64Array;
  readonly fine: Float64Array;
}

/** @throws RangeError where the half-life is no whole number of seconds from 1 to 2^31 − 1 */
export function makeDecayTable(halfLifeSeconds: number): DecayTable {
  checkHalfLife(halfLifeSeconds);
  const step = stepOf(halfLifeSeconds);
  const halvings = new Float64Array(mostHalvings + 1);
  for (let i = 0; i < mostHalvings; i++) halvings[i] = 2 ** -i;
  const coarse = new Float64Array(Math.floor(halfLifeSeconds / step) + 1);
  for (let i = 0; i < coarse.length; i++) coarse[i] = power(i * step, halfLifeSeconds);
  const fine = new Float64Array(step);
  for (let i = 0; i < step; i++) fine[i] = power(i, halfLifeSeconds);
  return { halfLifeSeconds, shift: Math.log2(step), halvings, coarse, fine };
}

/** The same as `decayWeight(seconds, table.halfLifeSeconds)`, for whole seconds from 0 below 2^32. */
export function decayFrom(table: DecayTable, seconds: number): number {
  const halvings = Math.floor(seconds / table.halfLifeSeconds);
  if (halvings >= mostHalvings) return 0;
  const left = (seconds - halvings * table.halfLifeSeconds) | 0;
  const coarse = table.coarse[left >> table.shift] as number;
  return (table.halvings[halvings] as number) * (coarse * (table.fine[left & ((1 << table.shift) - 1)] as number));
}

export function checkHalfLife(halfLifeSeconds: number): void {
  if (Number.isInteger(halfLifeSeconds) && halfLifeSeconds >= 1 && halfLifeSeconds < 2 ** 31) return;
  throw new RangeError(`a half-life of ${halfLifeSeconds} seconds can’t be used; give a whole number of seconds from 1, such as 604800`);
}

const power = (seconds: number, halfLifeSeconds: number): number => 2 ** (-seconds / halfLifeSeconds);

/** The power of two at or just above the half-life's square root. */
const stepOf = (halfLifeSeconds: number): number => 2 ** Math.ceil(Math.log2(halfLifeSeconds) / 2);
