/**
 * Logarithm, exponential and normal deviates made only of + − × ÷, square root and rounding, which
 * IEEE 754 fixes to the bit. `Math.exp` and its kin may differ in the last place between processors,
 * and one such place would change every byte that follows.
 */

const ln2 = 0.6931471805599453;
const powersOfTwo = powersOfTwoFrom(-1022, 1023);

function powersOfTwoFrom(lowest: number, highest: number): Float64Array {
  const powers = new Float64Array(highest - lowest + 1);
  powers[-lowest] = 1;
  for (let k = 1; k <= highest; k++) powers[k - lowest] = (powers[k - 1 - lowest] as number) * 2;
  for (let k = -1; k >= lowest; k--) powers[k - lowest] = (powers[k + 1 - lowest] as number) / 2;
  return powers;
}

/** e^x, to about 1 part in 10^15. */
export function exponential(x: number): number {
  if (x < -700) return 0;
  if (x > 700) return Number.MAX_VALUE;
  const k = Math.round(x / ln2);
  const r = x - k * ln2;
  let sum = 1;
  for (let n = 13; n >= 1; n--) sum = 1 + (r / n) * sum;
  return sum * (powersOfTwo[k + 1022] as number);
}

/** Natural logarithm of a positive number, by atanh series after halving into [0.75, 1.5). */
export function logarithm(x: number): number {
  let k = 0;
  let m = x;
  while (m >= 1.5) {
    m /= 2;
    k++;
  }
  while (m < 0.75) {
    m *= 2;
    k--;
  }
  const s = (m - 1) / (m + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 41; n >= 1; n -= 2) sum = sum * square + 1 / n;
  return k * ln2 + 2 * s * sum;
}

/** 2^(−x): the share left after x half-lives. */
export const leftAfterHalfLives = (x: number): number => exponential(-x * ln2);

/** 1 ÷ (1 + e^(−x)). */
export const logistic = (x: number): number => 1 / (1 + exponential(-x));

const normalTable = normalTableOf(4096);

/** A standard normal deviate from a uniform u in [0, 1), in 4,096 steps (so within ±3.7). */
export const normalOf = (u: number): number => normalTable[Math.floor(u * 4096)] as number;

function normalTableOf(size: number): Float64Array {
  const table = new Float64Array(size);
  for (let i = 0; i < size; i++) table[i] = normalQuantile((i + 0.5) / size);
  return table;
}

/** Quantile of the standard normal, Acklam's rational approximation (relative error below 1.2e-9). */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * logarithm(p));
    return (
      (((((-7.784894002430293e-3 * q - 3.223964580411365e-1) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 3.224671290700398e-1) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    );
  }
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-3.969683028665376e1 * r + 2.209460984245205e2) * r - 2.759285104469687e2) * r + 1.38357751867269e2) * r - 3.066479806614716e1) *
      r +
      2.506628277459239) *
      q) /
    (((((-5.447609879822406e1 * r + 1.615858368580409e2) * r - 1.556989798598866e2) * r + 6.680131188771972e1) * r - 1.328068155288572e1) *
      r +
      1)
  );
}
