/** Weights as whole numbers in exact proportion, so that nothing is decided by a rounding error. */

/** From 0. */
export type Weight = bigint | number;

/**
 * Whole numbers in exactly the proportion of the weights. A double is a whole number times a power of two
 * (IEEE 754), so a common power of two makes all of them whole.
 * @throws RangeError for a weight that is negative, infinite or not a number
 */
export function exactWeights(weights: readonly Weight[]): bigint[] {
  for (const [at, weight] of weights.entries())
    if (!(weight >= 0) || weight === Infinity) throw new RangeError(`weight ${at} is ${weight}; a weight is a finite number from 0`);
  if (weights.every((weight) => typeof weight === 'bigint' || Number.isSafeInteger(weight))) return weights.map(BigInt);
  const halvings = Math.max(...weights.map(halvingsOf));
  return weights.map((weight) => scaled(weight, halvings));
}

/** How often a number must be doubled until it is whole. Doubling is exact, below the largest double. */
function halvingsOf(weight: Weight): number {
  if (typeof weight === 'bigint') return 0;
  let times = 0;
  for (let doubled = weight; !Number.isInteger(doubled); doubled *= 2) times++;
  return times;
}

/** weight × 2^halvings, exactly: in steps that stay below the largest double. */
function scaled(weight: Weight, halvings: number): bigint {
  if (typeof weight === 'bigint') return weight << BigInt(halvings);
  const own = halvingsOf(weight);
  let whole = weight;
  for (let i = 0; i < own; i++) whole *= 2;
  return BigInt(whole) << BigInt(halvings - own);
}
