/** The range of an estimate that is a sum of shares of amounts: never below nothing, wider above than below. */

export interface Range {
  readonly amount: number;
  readonly low: number;
  readonly high: number;
}

export interface Spread {
  /** The estimate first, then what draws of the company's past say. */
  readonly sums: Float64Array;
  /** Σ of the squares of what each record carries. */
  readonly squares: number;
}

/** 97.5 % quantile of the normal distribution: 95 of a hundred lie between low and high. */
const z = 1.96;
/** What no draw shows: that a company's months, teams and campaigns differ by more than chance (over-dispersion); see docs/decisions/misalignment-cost.md. */
const widened = 1.5;

/**
 * Log-normal, with the spread of the draws and that of the records themselves: a single lead brings more or less than
 * the mean of its kind, by about as much as that mean.
 * @param observations the scarcest on which it rests (won deals): with few, the spread itself is not well known, and
 *   Student's quantile takes the place of the normal one
 */
export function rangeOf({ sums, squares }: Spread, observations: number): Range {
  const amount = sums[0]!;
  if (amount <= 0) return { amount: 0, low: 0, high: 0 };
  const logs = sums.subarray(1).map((sum) => Math.log(Math.max(sum, amount / 1000)));
  const spread = Math.sqrt(varianceOf(logs) + Math.log(1 + squares / amount ** 2));
  const by = Math.exp(student(observations - 1) * widened * spread);
  return { amount, low: amount / by, high: amount * by };
}

/** Student's 97.5 % quantile, by its first correction of the normal one (E. A. Cornish, R. A. Fisher, 1938). */
export const student = (freedom: number): number => z * (1 + (z * z + 1) / (4 * Math.max(2, freedom)));

function varianceOf(numbers: Float64Array): number {
  if (numbers.length < 2) return 0;
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  return numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (numbers.length - 1);
}

/** Sums that can be added draw by draw. */
export class Tally {
  readonly sums: Float64Array;
  squares = 0;
  count = 0;

  constructor(draws: number) {
    this.sums = new Float64Array(draws);
  }

  /** One record's estimate is in. */
  record(amount: number): void {
    this.count++;
    this.squares += amount * amount;
  }

  add(other: Tally): void {
    for (let draw = 0; draw < this.sums.length; draw++) this.sums[draw]! += other.sums[draw]!;
    this.squares += other.squares;
    this.count += other.count;
  }
}

/**
 * Where draws can well be nothing: from the rank that leaves out one draw in forty, to the most there is.
 * @param most what it could be if every record carried all that was at stake
 */
export function rangeUpTo({ sums }: Pick<Spread, 'sums'>, most: number): Range {
  const amount = sums[0]!;
  const drawn = sums.slice(1).sort();
  const low = drawn.length === 0 ? amount : drawn[Math.floor(drawn.length / 40)]!;
  return { amount, low: Math.min(amount, low), high: Math.max(amount, most) };
}

export function summed(tallies: readonly Tally[]): Tally {
  const sum = new Tally(tallies[0]?.sums.length ?? 1);
  for (const tally of tallies) sum.add(tally);
  return sum;
}
