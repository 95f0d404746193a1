/**
 * Where a sum ends: what is there, what is under way (by the rates and lags of settled cohorts and how long each has
 * waited), and what is still to come at the present rate, months differing as they did. A thousand futures of it.
 */

import { Chance } from '#engine/simulate/chance.ts';
import { type Amounts, drawnAmounts, type Moments } from './amounts.ts';
import { type ArrivalRate, arrivalRateOf, drawArrivals, drawRate, fewestBlocks, type PastBlock } from './arrivals.ts';
import type { SettledCohort } from './courses.ts';
import { drawCount, drawFactor, type Draws, drawSum } from './draws.ts';
import { lagShares, mostDays } from './lags.ts';
import { yearDeviation } from './outlook.ts';
import { drawCompanyShare, drawShare, meanShare, type PooledShare } from './pooling.ts';
import { type Spread, spreadOf } from './spread.ts';

/** Things of one group (a segment) that come and then, after a while, count or not. */
export interface FlowGroup {
  /** What came in blocks of four weeks, oldest first. */
  readonly past: readonly PastBlock[];
  /** Null: they count when they come. */
  readonly conversion: { readonly cohort: SettledCohort; readonly company: SettledCohort; readonly rate: PooledShare } | null;
  /** Those that came and are not decided: how long ago, days, and what each would count. */
  readonly waiting: readonly { readonly age: number; readonly size: number }[];
  /** What one that counts comes to; null: one. */
  readonly amounts: Amounts | null;
}

export interface FlowAsked {
  /** What is there at the end of the last day on record. */
  readonly actual: number;
  /** By week from the first day after: days of it within the period (the last may be short), and working days. */
  readonly weeks: readonly { readonly days: number; readonly workingDays: number }[];
  readonly groups: readonly FlowGroup[];
}

export interface FlowForecast {
  readonly actual: number;
  readonly underWay: Spread;
  readonly toCome: Spread;
  readonly value: Spread;
  /** At the end of each week, summed from the start. */
  readonly weeks: readonly Spread[];
  /** By draw, at the end. */
  readonly draws: Float64Array;
}

export const flowDraws = 1000;
const seed = 20_260_102;
/** The largest are drawn one by one: a single deal can decide a quarter. The rest by their mean and variance. */
const drawnSingly = 200;

/** Why there is no forecast; null where there can be one. */
export function whyNoFlow({ groups }: FlowAsked): string | null {
  const blocks = Math.max(0, ...groups.map(({ past }) => past.length));
  const count = groups.reduce((sum, { past }) => sum + past.reduce((all, each) => all + each.count, 0), 0);
  if (blocks < fewestBlocks) return `only ${blocks * 4} weeks are on record; ${fewestBlocks * 4} are needed`;
  if (count < fewestCount) return `only ${count} came in ${blocks * 4} weeks; ${fewestCount} are needed`;
  const settled = groups.map(({ conversion }) => conversion?.company).find((each) => each !== undefined);
  if (settled && settled.entered < fewestSettled)
    return `only ${settled.entered} are old enough to tell what becomes of them; ${fewestSettled} are needed`;
  return null;
}
const fewestCount = 12;
const fewestSettled = 20;

export function forecastFlow(asked: FlowAsked): FlowForecast {
  const { weeks, groups, actual } = asked;
  const draws = new Chance(seed);
  const grounds = groups.map((group) => groundOf(group, weeks));
  const [underWay, toCome] = [new Float64Array(flowDraws), new Float64Array(flowDraws)];
  const byWeek = weeks.map(() => new Float64Array(flowDraws));
  for (let draw = 0; draw < flowDraws; draw++) {
    draws.reseed(1, draw);
    const drift = drawFactor(yearDeviation ** 2, draws);
    const first = groups.find(({ conversion }) => conversion !== null)?.conversion;
    const ofCompany = first ? drawCompanyShare(first.rate, draws) : 1;
    for (const [at, group] of groups.entries()) {
      draws.reseed(2 + at, draw);
      const future: Future = {
        rate: ratioOf(group, ofCompany, draws) * drift,
        amounts: group.amounts && drawnAmounts(group.amounts, draws),
      };
      for (const [week, brought] of drawWaiting(grounds[at]!, future, draws).entries()) {
        underWay[draw]! += brought;
        byWeek[week]![draw]! += brought;
      }
      for (const [week, brought] of drawComing(grounds[at]!, group, future, drift, weeks, draws).entries()) {
        toCome[draw]! += brought;
        byWeek[week]![draw]! += brought;
      }
    }
  }
  for (let week = 0; week < weeks.length; week++)
    for (let draw = 0; draw < flowDraws; draw++) byWeek[week]![draw]! += week === 0 ? actual : byWeek[week - 1]![draw]!;
  const end = byWeek.at(-1) ?? new Float64Array(flowDraws).fill(actual);
  return { actual, underWay: spreadOf(underWay), toCome: spreadOf(toCome), value: spreadOf(end), weeks: byWeek.map(spreadOf), draws: end };
}

/** What one future holds: how the chance to count lies to its mean, and what one comes to. */
interface Future {
  readonly rate: number;
  readonly amounts: Moments | null;
}

const ratioOf = ({ conversion }: FlowGroup, ofCompany: number, draws: Draws): number =>
  conversion === null ? 1 : drawShare(conversion.rate, ofCompany, draws) / meanShare(conversion.rate);

interface GroupGround {
  readonly rate: ArrivalRate;
  /** Of one that comes, the chance to count within so many weeks of its coming, at the mean rate; by weeks. */
  readonly within: readonly number[];
  /** One by one: size, and by week the chance to count in it. */
  readonly single: readonly { readonly size: number; readonly chances: readonly number[] }[];
  /** The rest, by week: mean and variance. */
  readonly rest: readonly { readonly mean: number; readonly variance: number }[];
}

function groundOf(group: FlowGroup, weeks: FlowAsked['weeks']): GroupGround {
  const bySize = group.waiting.toSorted((one, other) => other.size - one.size);
  const chances = chancesOf(group, weeks);
  const single = bySize.slice(0, drawnSingly).map(({ age, size }) => ({ size, chances: chances(age) }));
  const rest = weeks.map(() => ({ mean: 0, variance: 0 }));
  for (const { age, size } of bySize.slice(drawnSingly))
    for (const [week, chance] of chances(age).entries()) {
      rest[week]!.mean += chance * size;
      rest[week]!.variance += chance * (1 - chance) * size * size;
    }
  return { rate: arrivalRateOf(group.past), within: withinOf(group, weeks.length), single, rest };
}

/** By age: the chance to count in each week ahead, kept. As in engine/goals/under-way.ts. */
function chancesOf({ conversion }: FlowGroup, weeks: FlowAsked['weeks']): (age: number) => number[] {
  if (conversion === null) return () => weeks.map(() => 0);
  const { cohort, company, rate } = conversion;
  const goesOn = meanShare(rate);
  const [lags, exits] = [summed(lagShares(cohort.lags, company.lags)), summed(lagShares(cohort.exits, company.exits))];
  const leaves = Math.min(1 - goesOn, company.entered === 0 ? 0 : company.exits.length / company.entered);
  const kept = new Map<number, number[]>();
  return (age) => {
    const found = kept.get(age);
    if (found) return found;
    const at = Math.min(mostDays, Math.max(0, age));
    const still = 1 - goesOn * lags[at]! - leaves * exits[at]!;
    let day = at;
    const made = weeks.map(({ days }) => {
      const from = day;
      day = Math.min(mostDays, day + days);
      return still <= 1e-9 ? 0 : (goesOn * (lags[day]! - lags[from]!)) / still;
    });
    kept.set(age, made);
    return made;
  };
}

function summed(shares: Float64Array): Float64Array {
  let sum = 0;
  return shares.map((share) => (sum += share));
}

function withinOf({ conversion }: FlowGroup, weeks: number): number[] {
  if (conversion === null) return Array.from({ length: weeks }, () => 1);
  const lags = summed(lagShares(conversion.cohort.lags, conversion.company.lags));
  // Who comes in a week comes in the middle of it, in the mean.
  return Array.from({ length: weeks }, (_, week) => meanShare(conversion.rate) * lags[Math.min(mostDays, 7 * week + 3)]!);
}

function drawWaiting({ single, rest }: GroupGround, { rate }: Future, draws: Draws): number[] {
  const brought = rest.map(({ mean, variance }) => (mean <= 0 ? 0 : drawSum(1, mean * rate, Math.sqrt(variance * rate), draws)));
  for (const { size, chances } of single) {
    let uniform = draws.next();
    for (let week = 0; week < chances.length; week++) {
      const chance = Math.min(1, chances[week]! * rate);
      if (uniform < chance) {
        brought[week]! += size;
        break;
      }
      uniform -= chance;
    }
  }
  return brought;
}

function drawComing(
  { rate, within }: GroupGround,
  { conversion }: FlowGroup,
  future: Future,
  drift: number,
  weeks: FlowAsked['weeks'],
  draws: Draws,
): number[] {
  const coming = drawArrivals(
    drawRate(rate, draws),
    weeks.map(({ workingDays }) => workingDays * (conversion === null ? drift : 1)),
    draws,
  );
  return weeks.map((_, week) => {
    const count = conversion === null ? coming[week]! : drawCount(countingIn(coming, within, week) * future.rate, draws);
    return future.amounts === null ? count : drawSum(count, future.amounts.mean, future.amounts.deviation, draws);
  });
}

/** Of what came in this week and those before it, how many are expected to count in this one. */
function countingIn(coming: readonly number[], within: readonly number[], week: number): number {
  let sum = 0;
  for (let from = 0; from <= week; from++) sum += coming[from]! * (within[week - from]! - (week > from ? within[week - from - 1]! : 0));
  return sum;
}
