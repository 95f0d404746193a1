/** Draws of counts from a Poisson distribution. */

/** Draws a count for every mean. @param means from 0 */
export function drawCounts(means: Float64Array, into: Float64Array, random: () => number): void {
  for (let row = 0; row < means.length; row++) {
    const mean = means[row]!;
    into[row] = mean === 0 ? 0 : mean === 1 ? byTable(ofOne, random()) : poisson(mean, random);
  }
}

/**
 * A count that is Poisson distributed. Below a mean of 16 by inversion (one uniform number each), above by Hörmann's
 * transformed rejection PTRS (W. Hörmann, The transformed rejection method for generating Poisson random variables, 1993).
 * @param mean from 0
 */
export function poisson(mean: number, random: () => number): number {
  return mean < 16 ? byInversion(mean, random()) : byRejection(mean, random);
}

/** Running sums of Poisson(1): most rows are one journey. The last is above every uniform number of 53 bits. */
const ofOne = Float64Array.from({ length: 20 }, (_, most) => {
  let sum = Math.exp(-1);
  for (let count = 1, chance = sum; count <= most; count++) sum += chance /= count;
  return most === 19 ? 1 : sum;
});

function byTable(sums: Float64Array, uniform: number): number {
  let count = 0;
  while (uniform >= sums[count]!) count++;
  return count;
}

function byInversion(mean: number, uniform: number): number {
  let count = 0;
  let chance = Math.exp(-mean);
  for (let sum = chance; uniform >= sum && chance > 1e-17; sum += chance) chance *= mean / ++count;
  return count;
}

function byRejection(mean: number, random: () => number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const sureV = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random() - 0.5;
    const v = 1 - random();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= sureV) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const left = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (left <= count * Math.log(mean) - mean - logFactorial(count)) return count;
  }
}

/** ln n! by Stirling's series: exact to 1e-10 from n = 10; smaller ones by their product. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse * inverse * (1 / 360 - (inverse * inverse) / 1260));
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
