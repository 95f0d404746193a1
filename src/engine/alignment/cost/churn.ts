/**
 * Customers who left and never fitted: what of their leaving is due to that. Customers that don't fit and customers that
 * do are held against each other within each segment, by years paid; the rates' ratio over all segments is that of
 * N. Mantel and W. Haenszel (1959) for person-time, its error that of S. Greenland and J. Robins (1985). Of those who
 * left without fitting, the share 1 − 1 ÷ ratio would have stayed.
 */

import { Chance } from '../../simulate/chance.ts';
import { normal } from './logistic.ts';
import { Tally } from './range.ts';

export interface CostCustomer {
  readonly id: string;
  readonly segment: string | null;
  /** Whether it is one that both sides want (the ICP); null where nothing says what they want. */
  readonly fits: boolean | null;
  /** Days since 1970-01-01: first paid, and from when it pays nothing any more; null: it is still a customer. */
  readonly since: number;
  readonly leftOn: number | null;
  /** What it pays, or paid last, a year: minor units. */
  readonly yearly: number;
}

export interface LostCustomer {
  readonly customer: CostCustomer;
  readonly amount: number;
}

export interface LostCustomers {
  readonly records: readonly LostCustomer[];
  readonly tallies: ReadonlyMap<string, Tally>;
  /** By part: what they paid a year, all of it; the most that could be due to their not fitting. */
  readonly atStake: ReadonlyMap<string, number>;
  readonly basis: {
    /** Rate of leaving of those that don't fit ÷ of those that do. */
    readonly ratio: number;
    readonly low: number;
    readonly high: number;
    readonly leftFit: number;
    readonly leftUnfit: number;
  };
}

export interface LostCustomersQuestion {
  /** The last day on record. */
  readonly asOf: number;
  readonly partOf: (customer: CostCustomer & { readonly leftOn: number }) => string | null;
  readonly draws: number;
  readonly seed: number;
}

const fewestLeft = 10;

/** @returns a sentence that says what is missing, where there is too little */
export function lostAgainstIcp(customers: readonly CostCustomer[], asked: LostCustomersQuestion): LostCustomers | string {
  const told = customers.filter(({ fits }) => fits !== null);
  if (told.length === 0)
    return 'not enough data yet: no definition of the companies you want (the ICP) is signed, so nothing says who fits';
  const left = told.filter(({ leftOn }) => leftOn !== null);
  if (left.length < fewestLeft) return `not enough data yet: ${left.length} customers left so far (${fewestLeft} are needed)`;
  const rates = ratioOf(told, asked.asOf);
  if (rates === null)
    return 'not enough data yet: customers of both kinds, those that fit and those that do not, are needed to hold against each other';
  const share = (ratio: number): number => Math.max(0, 1 - 1 / ratio);
  const [records, tallies, atStake] = [[] as LostCustomer[], new Map<string, Tally>(), new Map<string, number>()];
  for (const customer of left) {
    const part = customer.fits === false ? asked.partOf(customer as CostCustomer & { leftOn: number }) : null;
    if (part === null) continue;
    const amount = Math.round(customer.yearly * share(rates.ratio));
    let tally = tallies.get(part);
    if (!tally) tallies.set(part, (tally = new Tally(asked.draws + 1)));
    tally.sums[0]! += amount;
    if (amount > 0) tally.count++;
    drawInto(tally, customer, records.length, rates, asked.seed);
    atStake.set(part, (atStake.get(part) ?? 0) + customer.yearly);
    records.push({ customer, amount });
  }
  const basis = { ...rates, leftUnfit: left.filter(({ fits }) => fits === false).length };
  return {
    records: records.filter(({ amount }) => amount > 0),
    tallies,
    atStake,
    basis: {
      ...{ ratio: basis.ratio, low: basis.ratio * Math.exp(-1.96 * basis.error), high: basis.ratio * Math.exp(1.96 * basis.error) },
      ...{ leftFit: left.length - basis.leftUnfit, leftUnfit: basis.leftUnfit },
    },
  };
}

interface Rates {
  readonly ratio: number;
  /** Standard error of its logarithm. */
  readonly error: number;
}

/** In one draw the ratio is another for all, and by it each would have stayed or left all the same. */
function drawInto(tally: Tally, { yearly }: CostCustomer, place: number, { ratio, error }: Rates, seed: number): void {
  for (let draw = 1; draw < tally.sums.length; draw++) {
    const chance = new Chance(seed).reseed(4, draw);
    const share = Math.max(0, 1 - 1 / (ratio * Math.exp(error * normal(chance))));
    if (chance.reseed(5 + draw, place).happens(share)) tally.sums[draw]! += yearly;
  }
}

/** A tenth of an event at a rate of 1 in either part, so that none in one of them makes no infinite ratio. */
const prior = 0.1;

/** Null without years of both kinds in any one segment. */
function ratioOf(customers: readonly CostCustomer[], asOf: number): Rates | null {
  const strata = new Map<string | null, { left: [number, number]; years: [number, number] }>();
  for (const { segment, fits, since, leftOn } of customers) {
    const stratum = strata.get(segment) ?? { left: [0, 0], years: [0, 0] };
    strata.set(segment, stratum);
    const kind = fits ? 0 : 1;
    stratum.years[kind] += Math.max(0, (leftOn ?? asOf) - since) / 365;
    if (leftOn !== null) stratum.left[kind]++;
  }
  let [unfit, fit, variance] = [prior, prior, 0];
  let isTold = false;
  for (const { left, years } of strata.values()) {
    const all = years[0] + years[1];
    if (years[0] === 0 || years[1] === 0) continue;
    isTold = true;
    unfit += (left[1] * years[0]) / all;
    fit += (left[0] * years[1]) / all;
    variance += ((left[0] + left[1]) * years[0] * years[1]) / all ** 2;
  }
  return isTold ? { ratio: unfit / fit, error: Math.sqrt(Math.max(variance, prior) / (unfit * fit)) } : null;
}
