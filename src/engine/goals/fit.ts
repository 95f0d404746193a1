/** What a company's own record says of how MQLs become revenue: rates, lags and amounts by segment, with what few records leave open. */

import { monthOfDay } from '#engine/time/months.ts';
import { type Amounts, amountsOf } from './amounts.ts';
import { type LeadCourses, type Lookback, never, type SettledCohort, settledCohorts } from './courses.ts';
import { type MonthSeen, type Overdispersion, overdispersionOf } from './overdispersion.ts';
import { type PooledShare, pooledShares } from './pooling.ts';

/** From one stage of the chain to the next. */
export interface Step {
  readonly cohort: SettledCohort;
  readonly rate: PooledShare;
}

export interface SegmentFit {
  /** By step. */
  readonly steps: readonly Step[];
  readonly amounts: Amounts;
}

export interface Fit {
  readonly asOf: number;
  readonly from: number;
  readonly segments: readonly SegmentFit[];
  /** By step, all segments together. */
  readonly company: readonly SettledCohort[];
  /** Of how many become what by month, all steps together. */
  readonly overdispersion: Overdispersion;
  /** Deals won of leads with an MQL ÷ leads with an MQL that were won: mostly 1. */
  readonly dealsPerWin: number;
  /** Why nothing is told from this; null where it can be. */
  readonly tooLittle: string | null;
}

/** Below, a plan would be guesswork: said instead. */
export const fewest = { months: 6, settled: 100, wins: 20 } as const;

export interface FitAsked extends Lookback {
  readonly courses: LeadCourses;
  /** Amounts of the deals won of leads with an MQL, by segment, minor units. */
  readonly amounts: readonly (readonly number[])[];
}

export function fitOf({ courses, amounts, from, asOf }: FitAsked): Fit {
  const lookback = { from, asOf };
  const cohorts = courses.days.slice(1).map((_, stage) => settledCohorts(courses, stage, lookback));
  const rates = cohorts.map((each) => pooledShares(each.slice(0, -1).map(({ reached, entered }) => ({ hits: reached, of: entered }))));
  const positive = amounts.map((each) => each.filter((amount) => amount > 0));
  const wins = amounts.reduce((sum, each) => sum + each.length, 0);
  return {
    asOf,
    from,
    segments: amountsOf(positive).map((each, segment) => ({
      steps: cohorts.map((cohort, step) => ({ cohort: cohort[segment]!, rate: rates[step]![segment]! })),
      amounts: each,
    })),
    company: cohorts.map((each) => each.at(-1)!),
    overdispersion: together(cohorts.map((each, step) => overdispersionOf(monthsOf(courses, step, each.at(-1)!, asOf)))),
    dealsPerWin: wins / Math.max(1, winsOf(courses, lookback)),
    tooLittle: tooLittleOf(cohorts, wins, asOf - from),
  };
}

/** Leads with an MQL that were won in the time looked at. */
function winsOf({ count, days }: LeadCourses, { from, asOf }: Lookback): number {
  const [first, won] = [days[0]!, days.at(-1)!];
  let wins = 0;
  for (let row = 0; row < count; row++) if (first[row] !== never && won[row]! >= from && won[row]! <= asOf) wins++;
  return wins;
}

function monthsOf({ count, days }: LeadCourses, step: number, { from, until }: SettledCohort, asOf: number): MonthSeen[] {
  const [entered, next] = [days[step]!, days[step + 1]!];
  const months = new Map<number, { hits: number; of: number }>();
  for (let row = 0; row < count; row++) {
    if (entered[row]! < from || entered[row]! > until) continue;
    const month = monthOfDay(entered[row]!);
    const seen = months.get(month) ?? { hits: 0, of: 0 };
    seen.of++;
    if (next[row]! <= asOf) seen.hits++;
    months.set(month, seen);
  }
  return [...months.values()];
}

/** Factors of the steps multiply: their variances add up, as far as they are small. */
function together(steps: readonly Overdispersion[]): Overdispersion {
  return {
    variance: steps.reduce((sum, each) => sum + each.variance, 0),
    freedom: Math.min(...steps.map(({ freedom }) => freedom)),
    ratio: Math.max(...steps.map(({ ratio }) => ratio)),
  };
}

function tooLittleOf(cohorts: readonly (readonly SettledCohort[])[], wins: number, days: number): string | null {
  if (days < fewest.months * 30) return `only ${Math.floor(days / 30)} months are on record; ${fewest.months} are needed`;
  const settled = cohorts[0]!.at(-1)!.entered;
  if (settled < fewest.settled) return `only ${settled} MQLs are old enough to tell what becomes of them; ${fewest.settled} are needed`;
  if (wins < fewest.wins) return `only ${wins} deals were won of leads with an MQL; ${fewest.wins} are needed`;
  return null;
}
