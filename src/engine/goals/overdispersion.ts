/** How much more months differ than chance alone explains: estimated and carried on, not ignored. */

export interface MonthSeen {
  readonly hits: number;
  readonly of: number;
}

export interface Overdispersion {
  /** Variance of a month's own factor on the rate, whose mean is 1; 0: months differ no more than chance makes them. */
  readonly variance: number;
  /** Months beyond the first, which the estimate rests on. */
  readonly freedom: number;
  /** Σ (seen − expected)² ÷ variance by chance, per degree of freedom: 1 where chance explains all (Pearson). */
  readonly ratio: number;
}

/** From how many hits there were in each month against how many the rate of all months makes one expect (moments). */
export function overdispersionOf(months: readonly MonthSeen[]): Overdispersion {
  const used = months.filter(({ of }) => of > 0);
  const [hits, of] = [sum(used.map((each) => each.hits)), sum(used.map((each) => each.of))];
  const freedom = Math.max(0, used.length - 1);
  if (hits === 0 || freedom < 2) return { variance: 0, freedom, ratio: 1 };
  const rate = hits / of;
  const expected = used.map((each) => each.of * rate);
  const seen = sum(used.map((each, at) => (each.hits - expected[at]!) ** 2)) * (used.length / freedom);
  const byChance = sum(expected) * (1 - rate);
  if (byChance <= 0) return { variance: 0, freedom, ratio: 1 };
  return { variance: Math.max(0, seen - byChance) / sum(expected.map((each) => each ** 2)), freedom, ratio: seen / byChance };
}

/** Of counts without a whole they are part of, such as MQLs a month: more than Poisson. */
export function overdispersionOfCounts(counts: readonly number[]): Overdispersion {
  const freedom = counts.length - 1;
  const mean = sum(counts) / Math.max(1, counts.length);
  if (freedom < 2 || mean <= 0) return { variance: 0, freedom: Math.max(0, freedom), ratio: 1 };
  const seen = sum(counts.map((each) => (each - mean) ** 2)) / freedom;
  return { variance: Math.max(0, seen - mean) / mean ** 2, freedom, ratio: seen / mean };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
