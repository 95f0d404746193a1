/** 2^(−seconds ÷ half-life): the weight of a touch under time decay, one by one or from a table, to the same bit. */

/** Half-lives from which a touch weighs nothing: 2^−64 of an amount below 2^53 units is under a two-thousandth of a unit. */
const mostHalfLives = 64;

/**
 * The product of a coarse and a fine power, so that a table of a few thousand entries serves every second.
 * @param seconds whole, from 0
 * @param halfLifeSeconds whole, from 1 to 2^31 − 1
 */
export function decayWeight(seconds: number, halfLifeSeconds: number): number {
  const step = 2 ** shiftOf(halfLifeSeconds);
  const coarse = Math.floor(seconds / step);
  if (coarse >= coarseSteps(halfLifeSeconds, step)) return 0;
  return power(coarse * step, halfLifeSeconds) * power(seconds - coarse * step, halfLifeSeconds);
}

export interface DecayTable {
  /**
   * Powers of 0 … 2^shift − 1 seconds, then of multiples of 2^shift seconds; the last one, for all beyond, is 0. One array: a
   * loop has registers for few.
   */
  readonly powers: Float64Array;
  readonly shift: number;
}

/** @throws RangeError where the half-life is no whole number of seconds from 1 to 2^31 − 1 */
export function makeDecayTable(halfLifeSeconds: number): DecayTable {
  checkHalfLife(halfLifeSeconds);
  const shift = shiftOf(halfLifeSeconds);
  const step = 2 ** shift;
  const steps = coarseSteps(halfLifeSeconds, step);
  const powers = new Float64Array(step + steps + 1);
  for (let i = 0; i < step; i++) powers[i] = power(i, halfLifeSeconds);
  for (let i = 0; i < steps; i++) powers[step + i] = power(i * step, halfLifeSeconds);
  return { powers, shift };
}

/** The same as `decayWeight` for the table's half-life. @param seconds whole, from 0 below 2^32 */
export function decayFrom({ powers, shift }: DecayTable, seconds: number): number {
  const step = 1 << shift;
  const coarse = (seconds >>> shift) + step;
  const last = powers.length - 1;
  return (powers[coarse < last ? coarse : last] as number) * (powers[seconds & (step - 1)] as number);
}

export function checkHalfLife(halfLifeSeconds: number): void {
  if (Number.isInteger(halfLifeSeconds) && halfLifeSeconds >= 1 && halfLifeSeconds < 2 ** 31) return;
  throw new RangeError(`a half-life of ${halfLifeSeconds} seconds can’t be used; give a whole number of seconds from 1, such as 604800`);
}

const power = (seconds: number, halfLifeSeconds: number): number => 2 ** (-seconds / halfLifeSeconds);

/** The fine table has 2^shift entries: about as many as the coarse one. */
const shiftOf = (halfLifeSeconds: number): number => Math.ceil(Math.log2(mostHalfLives * halfLifeSeconds) / 2);

const coarseSteps = (halfLifeSeconds: number, step: number): number => Math.ceil((mostHalfLives * halfLifeSeconds) / step);
