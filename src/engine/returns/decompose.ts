/**
 * Why revenue changed between two periods. Revenue = Σ over segments of leads × rate × price, where a segment's leads
 * are the total (volume) times its share (mix), rate is won ÷ leads and price is revenue ÷ won. Each factor's part is
 * its Shapley value (L. S. Shapley, 1953): what changing it adds, averaged over all 24 orders in which the four could
 * change. So no order is favoured, the parts add up to the change, and swapping the periods turns their signs.
 */

import { type Fraction, fraction } from '#engine/values/fraction.ts';
import { wholeParts } from './whole-parts.ts';

export const factors = ['volume', 'mix', 'rate', 'price'] as const;
export type Factor = (typeof factors)[number];

/** A segment in one period. */
export interface SegmentPeriod {
  readonly leads: number;
  /** Of these leads; or by close date, then the rate is won ÷ leads of the period. */
  readonly won: number;
  /** Of the deals won, in minor units. */
  readonly revenue: bigint;
}

export interface SegmentChange {
  readonly segment: string;
  readonly before: SegmentPeriod;
  readonly after: SegmentPeriod;
}

/** Minor units; the five add up to `change`. */
export interface Parts extends Readonly<Record<Factor, bigint>> {
  /** Revenue that leads × rate × price can't tell: of deals without a lead, or without a deal counted as won. */
  readonly apart: bigint;
}

export interface SegmentParts extends Parts {
  readonly segment: string;
  readonly change: bigint;
  /** Factors that one period can't tell (no leads, nothing won) and that took the other's value: they changed nothing. */
  readonly taken: readonly Factor[];
}

export interface Decomposition extends Parts {
  readonly before: bigint;
  readonly after: bigint;
  readonly change: bigint;
  readonly segments: readonly SegmentParts[];
}

/** Exact; every segment's parts are rounded to whole minor units so that they add up to its change. */
export function decompose(changes: readonly SegmentChange[]): Decomposition {
  const [before, after] = (['before', 'after'] as const).map((period) => totalsOf(changes.map((each) => each[period])));
  const segments = changes.map((each) => partsOf(each, before!.leads, after!.leads));
  const sum = (part: Factor | 'apart' | 'change') => segments.reduce((total, each) => total + each[part], 0n);
  return {
    before: before!.revenue,
    after: after!.revenue,
    change: after!.revenue - before!.revenue,
    volume: sum('volume'),
    mix: sum('mix'),
    rate: sum('rate'),
    price: sum('price'),
    apart: sum('apart'),
    segments,
  };
}

const totalsOf = (periods: readonly SegmentPeriod[]): { leads: number; revenue: bigint } => ({
  leads: periods.reduce((sum, each) => sum + each.leads, 0),
  revenue: periods.reduce((sum, each) => sum + each.revenue, 0n),
});

function partsOf({ segment, before, after }: SegmentChange, leadsBefore: number, leadsAfter: number): SegmentParts {
  const [was, is] = [factorsOf(before, leadsBefore), factorsOf(after, leadsAfter)];
  const taken = factors.filter((factor) => (was[factor] === null) !== (is[factor] === null));
  const exact = shapley(factors.map((factor) => pairOf(was[factor], is[factor])));
  const apart = apartOf(after) - apartOf(before);
  const change = after.revenue - before.revenue;
  const [volume = 0n, mix = 0n, rate = 0n, price = 0n] = wholeParts(exact.numerators, exact.denominator);
  return { segment, volume, mix, rate, price, apart, change, taken };
}

/** Null: this period can't tell. */
const factorsOf = ({ leads, won, revenue }: SegmentPeriod, allLeads: number): Record<Factor, Fraction | null> => ({
  volume: fraction(allLeads, 1),
  mix: allLeads === 0 ? null : fraction(leads, allLeads),
  rate: leads === 0 ? null : fraction(won, leads),
  price: leads === 0 || won === 0 ? null : fraction(revenue, won),
});

const apartOf = ({ leads, won, revenue }: SegmentPeriod): bigint => (leads === 0 || won === 0 ? revenue : 0n);

/** The values before and after over their common denominator. What one period can't tell is the other's; what neither can is 0. */
interface Pair {
  readonly before: bigint;
  readonly after: bigint;
  readonly denominator: bigint;
}

function pairOf(before: Fraction | null, after: Fraction | null): Pair {
  const [was, is] = [before ?? after ?? fraction(0, 1), after ?? before ?? fraction(0, 1)];
  return {
    before: was.numerator * is.denominator,
    after: is.numerator * was.denominator,
    denominator: was.denominator * is.denominator,
  };
}

/** Orders out of 24 in which so many of the three other factors have changed already: |S|! × (3 − |S|)!. */
const orders = [6n, 2n, 2n, 6n] as const;

/** Each factor's Shapley value, over one denominator. */
function shapley(pairs: readonly Pair[]): { numerators: bigint[]; denominator: bigint } {
  const denominator = pairs.reduce((product, each) => product * each.denominator, 24n);
  return { numerators: pairs.map((pair, at) => (pair.after - pair.before) * ofOthers(pairs.toSpliced(at, 1))), denominator };
}

/** Σ over which of the three others have changed: the orders that come so, times the product of their values. */
function ofOthers(others: readonly Pair[]): bigint {
  let sum = 0n;
  for (let changed = 0; changed < 8; changed++) {
    const has = (at: number): boolean => ((changed >> at) & 1) === 1;
    const product = others.reduce((all, pair, at) => all * (has(at) ? pair.after : pair.before), 1n);
    sum += orders[others.filter((_, at) => has(at)).length]! * product;
  }
  return sum;
}
