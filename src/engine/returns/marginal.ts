/**
 * Where the next amount would bring most: for each channel or campaign, what came back for each unit spent (average),
 * and what one unit more would have brought (marginal) = average × elasticity, the elasticity held between 0 and 1: a
 * curve that flattens. Both with what chance does to them.
 */

import { normalQuantile } from '#engine/simulate/numbers.ts';
import { shrunk, type Slope, slopeOf } from './elasticity.ts';
import { type Figure, told, untold } from './figure.ts';

/** To be shown wherever a marginal return is. */
export const observational =
  'Observational: months with more spend are held against months with less, and other things may have differed between them. It reads them as one curve that flattens as spend grows; only an experiment could prove it.';

export interface SpendMonth {
  /** Minor units of one currency, all months and channels. */
  readonly spend: bigint;
  /** What attribution gives to this month's touches, so that value stands beside the spend that bought it. */
  readonly value: bigint;
  readonly wins: number;
}

export interface SpendPlace {
  /** A channel or campaign. */
  readonly key: string;
  readonly months: readonly SpendMonth[];
}

export interface ReturnOfSpend {
  readonly key: string;
  readonly spend: bigint;
  readonly value: bigint;
  readonly wins: number;
  /** Value for each unit spent. */
  readonly average: Figure<number>;
  /** 0..1: by how many per cent value grows with one per cent of spend. */
  readonly elasticity: Figure<number>;
  /** Value that one unit more would have brought. */
  readonly marginal: Figure<number>;
  /** In how many of all draws no other place's marginal return was higher, 0..1; null where it can't be told. */
  readonly bestShare: number | null;
}

/** Uniform in [0, 1), such as a seeded `Chance`. */
export interface Draws {
  next(): number;
}

export const fewestMonths = 6;
export const fewestWins = 10;
/** Standard deviation of log spend: below, it varies by less than about a tenth. */
const leastVariation = 0.1;
const fewestMonthsWithValue = 3;
const drawsOfEach = 2000;

/** In the order given. The same places and draws give the same result. */
export function returnsOfSpend(places: readonly SpendPlace[], draws: Draws): ReturnOfSpend[] {
  const reasons = places.map(({ months }) => whyUntold(months));
  const slopes = places.map(({ months }, at) => (reasons[at] === null ? slopeOf(pointsOf(months)) : null));
  const together = slopesTogether(slopes);
  const samples = places.map((place, at) => sampleOf(place.months, together[at] ?? null, draws));
  const best = bestShares(samples.map(({ marginal }) => marginal));
  return places.map((place, at) => {
    const slope = together[at] ?? null;
    const reason = slope ? null : (reasons[at] ?? 'value came in too few months to see how it moves with spend');
    return figuresOf(place, slope, reason, samples[at]!, best[at] ?? null);
  });
}

/** Null: it can be told. */
function whyUntold(months: readonly SpendMonth[]): string | null {
  const withSpend = months.filter(({ spend }) => spend > 0n);
  const wins = winsOf(months);
  if (withSpend.length < fewestMonths) return tooFew(withSpend.length, 'month with spend', 'months with spend', fewestMonths);
  if (wins < fewestWins) return tooFew(wins, 'win', 'wins', fewestWins);
  if (deviationOf(withSpend.map(({ spend }) => Math.log(Number(spend)))) < leastVariation) return 'spend hardly varied from month to month';
  const withValue = withSpend.filter(({ value }) => value > 0n).length;
  return withValue < fewestMonthsWithValue
    ? `value came in ${withValue} ${withValue === 1 ? 'month' : 'months'} only; ${fewestMonthsWithValue} are needed`
    : null;
}

const tooFew = (number: number, one: string, many: string, needed: number): string =>
  `${number} ${number === 1 ? `${one} is` : `${many} are`} too few; ${needed} are needed`;

const winsOf = (months: readonly SpendMonth[]): number => months.reduce((sum, { wins }) => sum + wins, 0);

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1));
}

/** A month in which more was taken back than earned counts as one without value. */
const pointsOf = (months: readonly SpendMonth[]) =>
  months.filter(({ spend }) => spend > 0n).map(({ spend, value }) => ({ spend: Number(spend), value: value > 0n ? Number(value) : 0 }));

/** Shrunk towards each other; null stays null. */
function slopesTogether(slopes: readonly (Slope | null)[]): (Slope | null)[] {
  const known = shrunk(slopes.filter((slope) => slope !== null));
  let next = 0;
  return slopes.map((slope) => (slope === null ? null : known[next++]!));
}

/** Sorted, or null where there is none. */
interface Sample {
  readonly average: Float64Array | null;
  readonly elasticity: Float64Array | null;
  /** In the order drawn. */
  readonly marginal: Float64Array | null;
}

/** Months drawn with replacement (bootstrap; B. Efron, 1979) and, independently, the slope from its normal distribution. */
function sampleOf(months: readonly SpendMonth[], slope: Slope | null, draws: Draws): Sample {
  const real = months.filter(({ spend, value }) => spend !== 0n || value !== 0n);
  if (real.filter(({ spend }) => spend > 0n).length < 2) return { average: null, elasticity: null, marginal: null };
  const [spend, value] = [Float64Array.from(real, (each) => Number(each.spend)), Float64Array.from(real, (each) => Number(each.value))];
  const average = Float64Array.from({ length: drawsOfEach }, () => drawnAverage(spend, value, draws));
  if (slope === null) return { average: average.sort(), elasticity: null, marginal: null };
  const elasticity = Float64Array.from({ length: drawsOfEach }, () => within01(slope.slope + slope.error * drawnNormal(draws)));
  const marginal = average.map((each, at) => each * elasticity[at]!);
  return { average: average.sort(), elasticity: elasticity.sort(), marginal };
}

/** Draws without any spend are drawn again; there are two months with spend at least, so there is an end to it. */
function drawnAverage(spend: Float64Array, value: Float64Array, draws: Draws): number {
  for (;;) {
    let [spent, brought] = [0, 0];
    for (let i = 0; i < spend.length; i++) {
      const at = Math.floor(draws.next() * spend.length);
      spent += spend[at]!;
      brought += value[at]!;
    }
    if (spent > 0) return brought / spent;
  }
}

/** Never quite 0 or 1, where the normal quantile has no end. */
const drawnNormal = (draws: Draws): number => normalQuantile((Math.floor(draws.next() * 2 ** 32) + 0.5) / 2 ** 32);
const within01 = (elasticity: number): number => Math.max(0, Math.min(1, elasticity));

function figuresOf(place: SpendPlace, slope: Slope | null, reason: string | null, sample: Sample, best: number | null): ReturnOfSpend {
  const { key, months } = place;
  const [spend, value, wins] = [
    months.reduce((sum, each) => sum + each.spend, 0n),
    months.reduce((sum, each) => sum + each.value, 0n),
    winsOf(months),
  ];
  const of = { key, spend, value, wins, bestShare: best };
  if (spend <= 0n) {
    const none = untold<number>('nothing was spent', wins);
    return { ...of, average: none, elasticity: none, marginal: none };
  }
  const average = told(Number(value) / Number(spend), wins, rangeOf(sample.average));
  if (slope === null) {
    const cannot: Figure<number> = { ...untold<number>('', wins), reason: `can’t be told: ${reason}` };
    return { ...of, average, elasticity: cannot, marginal: cannot };
  }
  const elasticity = told(within01(slope.slope), wins, rangeOf(sample.elasticity));
  return {
    ...of,
    average,
    elasticity,
    marginal: told(average.value! * elasticity.value!, wins, rangeOf(sample.marginal?.toSorted() ?? null)),
  };
}

/** The middle 95 % of sorted draws. */
const rangeOf = (sorted: Float64Array | null) =>
  sorted && { low: sorted[Math.floor(0.025 * sorted.length)]!, high: sorted[Math.ceil(0.975 * sorted.length) - 1]! };

/** Draw by draw, which place had the highest marginal return; the earlier where two are equal. Null for places without one. */
function bestShares(marginals: readonly (Float64Array | null)[]): (number | null)[] {
  const wonBy = marginals.map((each) => (each ? 0 : null));
  if (!marginals.some((each) => each)) return wonBy;
  for (let draw = 0; draw < drawsOfEach; draw++) {
    let best = -1;
    for (const [at, each] of marginals.entries()) if (each && (best < 0 || each[draw]! > marginals[best]![draw]!)) best = at;
    wonBy[best]!++;
  }
  return wonBy.map((won) => (won === null ? null : won / drawsOfEach));
}

/** From so many draws on, one place is said to bring most. */
const sureEnough = 0.95;

/** Where the next amount would bring most. */
export interface NextAmount {
  /** Highest marginal return first; places that can't be told are not among them. */
  readonly order: readonly ReturnOfSpend[];
  /** The one that was first in 95 % of the draws, where there is another to hold it against. */
  readonly best: ReturnOfSpend | null;
  /** Why none is, in words; null where one is. */
  readonly reason: string | null;
}

export function whereNext(returns: readonly ReturnOfSpend[]): NextAmount {
  const order = returns.filter(({ marginal }) => marginal.value !== null).toSorted((a, b) => b.marginal.value! - a.marginal.value!);
  const first = order[0];
  if (!first) return { order, best: null, reason: 'of no place can be told what the next amount would bring' };
  if (order.length === 1) return { order, best: null, reason: `only ${first.key} can be told, so there is nothing to hold it against` };
  const byChance = order.toSorted((a, b) => b.bestShare! - a.bestShare!);
  if (byChance[0]!.bestShare! >= sureEnough) return { order, best: byChance[0]!, reason: null };
  return { order, best: null, reason: `these months don’t show which of ${likely(byChance).join(', ')} would bring most` };
}

/** The fewest places of which one was first in 95 % of the draws. */
function likely(byChance: readonly ReturnOfSpend[]): string[] {
  let share = 0;
  return byChance.flatMap(({ key, bestShare }) => {
    const needed = share < sureEnough;
    share += bestShare!;
    return needed ? key : [];
  });
}
