/** What is still to come of the leads that are in the chain already, by when: those left alone too long bring little any more. */

import { type LeadCourses, never } from './courses.ts';
import type { Fit, Step } from './fit.ts';
import { meanShare } from './pooling.ts';
import { lagShares, mostDays } from './lags.ts';

export interface UnderWay {
  /** By segment, by stage a lead stands at now, by later stage, by day from the first after as-of: expected to arrive. */
  readonly arriving: readonly (readonly (readonly Float64Array[])[])[];
  /** Leads by segment and stage that they stand at. */
  readonly open: readonly (readonly number[])[];
}

export const horizonDays = mostDays;

/** @param fit of the same courses */
export function underWayOf(courses: LeadCourses, fit: Fit): UnderWay {
  const ages = agesOf(courses, fit.asOf);
  const arriving = fit.segments.map(({ steps }, segment) =>
    steps.map((_, stage) => arrivalsFrom(fit, segment, stage, ages[segment]![stage]!)),
  );
  return { arriving, open: ages.map((stages) => stages.slice(0, -1).map((each) => each.reduce((sum, count) => sum + count, 0))) };
}

/** By segment, stage and age in days: leads that stand there and have not left. */
function agesOf({ count, segments, segmentCount, days, gone }: LeadCourses, asOf: number): Float64Array[][] {
  const ages = Array.from({ length: segmentCount }, () => days.map(() => new Float64Array(mostDays + 1)));
  for (let row = 0; row < count; row++) {
    if (gone[row]! <= asOf) continue;
    const stage = stageAt(days, row, asOf);
    if (stage < 0 || stage === days.length - 1) continue;
    ages[segments[row]!]![stage]![Math.min(mostDays, asOf - days[stage]![row]!)]!++;
  }
  return ages;
}

/** The last stage of the chain that it entered by then; −1: none. */
function stageAt(days: readonly ArrayLike<number>[], row: number, asOf: number): number {
  for (let stage = days.length - 1; stage >= 0; stage--) if (days[stage]![row] !== never && days[stage]![row]! <= asOf) return stage;
  return -1;
}

/** By later stage, by day. */
function arrivalsFrom({ segments, company }: Fit, segment: number, stage: number, ages: Float64Array): Float64Array[] {
  const { steps } = segments[segment]!;
  const arrivals: Float64Array[] = [];
  let last = nextArrivals(steps[stage]!, company[stage]!, ages);
  arrivals.push(last);
  for (let later = stage + 1; later < steps.length; later++) {
    const { rate, cohort } = steps[later]!;
    last = delayed(last, lagShares(cohort.lags, company[later]!.lags), meanShare(rate));
    arrivals.push(last);
  }
  return arrivals;
}

/**
 * Of a lead that has waited a days: `p·(L(a + x) − L(a)) ÷ (1 − p·L(a) − e·E(a))`, p and e the shares that go on and
 * that leave, L and E their lags.
 */
function nextArrivals({ rate, cohort }: Step, company: Step['cohort'], ages: Float64Array): Float64Array {
  const goesOn = meanShare(rate);
  const lags = lagShares(cohort.lags, company.lags);
  const exits = lagShares(cohort.exits, company.exits);
  const leaves = Math.min(1 - goesOn, company.entered === 0 ? 0 : company.exits.length / company.entered);
  const arriving = new Float64Array(horizonDays);
  let [passed, left] = [0, 0];
  for (let age = 0; age <= mostDays; age++) {
    passed += lags[age]!;
    left += exits[age]!;
    const count = ages[age]!;
    const still = 1 - goesOn * passed - leaves * left;
    if (count === 0 || still <= 1e-9) continue;
    for (let day = 0; age + day + 1 <= mostDays && day < horizonDays; day++)
      arriving[day]! += (count * goesOn * lags[age + day + 1]!) / still;
  }
  return arriving;
}

function delayed(arriving: Float64Array, lags: Float64Array, rate: number): Float64Array {
  const later = new Float64Array(horizonDays);
  for (let day = 0; day < horizonDays; day++) {
    const count = arriving[day]! * rate;
    if (count === 0) continue;
    for (let lag = 0; lag <= mostDays && day + lag < horizonDays; lag++) later[day + lag]! += count * lags[lag]!;
  }
  return later;
}
