/**
 * The company's own curve: the chance that one attempt reaches a lead, by the delay of the first attempt. Every attempt
 * on a lead that was not reached before is one trial, so what counts is reached ÷ trials, whatever became of the lead
 * later. `chance = (floor + lift · left(delay)) · phone · half · e^(−fading · (n − 1))` for the n-th attempt.
 */

import { delaySteps, hoursOfStep } from './delay.ts';
import { leftAfter, type Shape } from './reach-shape.ts';

/** Trials that are alike. */
export interface TrialGroup {
  /** Of the delay of the lead's first attempt, see `delay.ts`. */
  readonly step: number;
  readonly phone: 0 | 1;
  /** Lower or upper half of the leads by quality: so that quick calls to the best leads are not taken for speed. */
  readonly half: 0 | 1;
  /** 1 for the first; from `lastAttempt` on together. */
  readonly attempt: number;
  readonly trials: number;
  readonly reached: number;
}
export const lastAttempt = 8;

export interface ReachCurve {
  readonly shape: Shape;
  readonly floor: number;
  readonly lift: number;
  readonly phone: readonly [number, number];
  readonly half: readonly [number, number];
  /** How much less each further attempt reaches; the leads that answer easily are gone. */
  readonly fading: number;
}

/** No attempt is surer than that. */
const surest = 0.9;
/** Trials' worth of reached leads by which a factor is held near 1, so that few leads don't make one. */
const heldBy = 20;
/** Standard deviation within which fading is looked for before anything is seen. */
const fadingSpread = 0.1;
const rounds = 12;

/** The chance of the first attempt, by step × 4 + phone × 2 + half. */
function chancesOf(curve: ReachCurve): Float64Array {
  const chances = new Float64Array(delaySteps * 4);
  for (let step = 0; step < delaySteps; step++) {
    const plain = curve.floor + curve.lift * leftAfter(curve.shape, hoursOfStep(step));
    for (const phone of [0, 1] as const)
      for (const half of [0, 1] as const)
        chances[step * 4 + phone * 2 + half] = Math.min(surest, plain * curve.phone[phone] * curve.half[half]);
  }
  return chances;
}

/** Of a lead with a phone and of middling quality. @param hours to the first attempt */
export const chanceAfter = ({ shape, floor, lift, phone, half }: ReachCurve, hours: number): number =>
  Math.min(surest, (floor + lift * leftAfter(shape, hours)) * phone[1] * ((half[0] + half[1]) / 2));

interface Factors {
  readonly phone: readonly [number, number];
  readonly half: readonly [number, number];
  readonly fading: number;
}
const noFactors: Factors = { phone: [1, 1], half: [1, 1], fading: 0 };

/**
 * The likeliest curve, trials taken as Poisson (they reach rarely): floor and lift for each shape by Newton's method, the
 * factors by ratio of seen to expected, in turns.
 * @param from where to begin; a draw begins where all leads ended
 */
export function fitReach(groups: readonly TrialGroup[], shapes: readonly Shape[], from?: ReachCurve): ReachCurve {
  let factors: Factors = from ?? noFactors;
  let plain: Plain | null = from ?? null;
  for (let turn = 0; turn < (from ? 2 : 12); turn++) {
    const seen = byStep(groups, factors);
    let likeliest: (Plain & { likelihood: number }) | null = null;
    for (const shape of shapes) {
      const fitted = fitPlain(seen, shape);
      if (likeliest === null || fitted.likelihood > likeliest.likelihood) likeliest = fitted;
    }
    plain = likeliest!;
    factors = fitFactors(groups, plain, factors);
  }
  const { shape, floor, lift } = plain!;
  return { shape, floor, lift, phone: factors.phone, half: factors.half, fading: factors.fading };
}

const factorOf = ({ phone, half, fading }: Factors, group: TrialGroup): number =>
  phone[group.phone] * half[group.half] * Math.exp(-fading * (group.attempt - 1));

interface SeenSteps {
  readonly hours: Float64Array;
  /** Trials times their factors. */
  readonly trials: Float64Array;
  readonly reached: Float64Array;
}

function byStep(groups: readonly TrialGroup[], factors: Factors): SeenSteps {
  const trials = new Float64Array(delaySteps);
  const reached = new Float64Array(delaySteps);
  for (const group of groups) {
    trials[group.step]! += group.trials * factorOf(factors, group);
    reached[group.step]! += group.reached;
  }
  const used = Array.from(trials.keys()).filter((step) => trials[step]! > 0);
  return {
    hours: Float64Array.from(used, hoursOfStep),
    trials: Float64Array.from(used, (step) => trials[step]!),
    reached: Float64Array.from(used, (step) => reached[step]!),
  };
}

interface Plain {
  readonly shape: Shape;
  readonly floor: number;
  readonly lift: number;
}

/** Newton's method for rates that are a sum of two, neither below nothing: no step takes away more than nine tenths. */
function fitPlain({ hours, trials, reached }: SeenSteps, shape: Shape): Plain & { likelihood: number } {
  const left = hours.map((delay) => leftAfter(shape, delay));
  const [allTrials, allLeft] = [sum(trials), sum(trials.map((each, at) => each * left[at]!))];
  const mean = sum(reached) / allTrials;
  let [floor, lift] = [0.3 * mean, (0.7 * mean * allTrials) / allLeft];
  for (let round = 0; round < rounds; round++) {
    let [slopeFloor, slopeLift, floorFloor, floorLift, liftLift] = [-allTrials, -allLeft, 1e-9, 0, 1e-9];
    for (let at = 0; at < left.length; at++) {
      const [seen, x] = [reached[at]!, left[at]!];
      if (seen === 0) continue;
      const share = seen / (floor + lift * x);
      const curvature = share / (floor + lift * x);
      slopeFloor += share;
      slopeLift += share * x;
      floorFloor += curvature;
      floorLift += curvature * x;
      liftLift += curvature * x * x;
    }
    const determinant = floorFloor * liftLift - floorLift * floorLift;
    if (!(determinant > 1e-12 * floorFloor * liftLift)) break;
    floor = Math.max(floor / 10, floor + (liftLift * slopeFloor - floorLift * slopeLift) / determinant);
    lift = Math.max(lift / 10, lift + (floorFloor * slopeLift - floorLift * slopeFloor) / determinant);
  }
  let likelihood = 0;
  for (let at = 0; at < left.length; at++) {
    const rate = floor + lift * left[at]!;
    likelihood += (reached[at] === 0 ? 0 : reached[at]! * Math.log(rate)) - trials[at]! * rate;
  }
  return { shape, floor, lift, likelihood };
}

function fitFactors(groups: readonly TrialGroup[], { shape, floor, lift }: Plain, before: Factors): Factors {
  const plain = (group: TrialGroup): number => group.trials * (floor + lift * leftAfter(shape, hoursOfStep(group.step)));
  const ratio = (of: 'phone' | 'half', value: 0 | 1, factors: Factors): number => {
    let [seen, expected] = [heldBy, heldBy];
    for (const group of groups) {
      if (group[of] !== value) continue;
      seen += group.reached;
      expected += (plain(group) * factorOf(factors, group)) / factors[of][value];
    }
    return seen / expected;
  };
  const phone = { ...before, phone: [ratio('phone', 0, before), ratio('phone', 1, before)] as const };
  const half = { ...phone, half: [ratio('half', 0, phone), ratio('half', 1, phone)] as const };
  return { ...half, fading: fitFading(groups, plain, half) };
}

/** Newton's method for the one parameter, held near 0 by a normal distribution. */
function fitFading(groups: readonly TrialGroup[], plain: (group: TrialGroup) => number, factors: Factors): number {
  let { fading } = factors;
  for (let round = 0; round < 3; round++) {
    let [slope, curvature] = [-fading / fadingSpread ** 2, 1 / fadingSpread ** 2];
    for (const group of groups) {
      const expected = plain(group) * factorOf({ ...factors, fading }, group);
      slope += (group.attempt - 1) * (expected - group.reached);
      curvature += (group.attempt - 1) ** 2 * expected;
    }
    fading = Math.min(1, Math.max(-0.3, fading + slope / curvature));
  }
  return fading;
}

const sum = (numbers: Float64Array): number => numbers.reduce((all, each) => all + each, 0);

/** Attempts beyond so many of one lead change nothing any more. */
export const mostAttempts = 30;

/** 1 − the chance of being reached by the first n attempts, by place of `chancesOf` × (mostAttempts + 1) + n. */
export function missedOf(curve: ReachCurve): Float64Array {
  const chances = chancesOf(curve);
  const missed = new Float64Array(chances.length * (mostAttempts + 1));
  const fadings = Array.from({ length: mostAttempts }, (_, at) => Math.exp(-curve.fading * at));
  chances.forEach((chance, place) => {
    let left = 1;
    for (let attempts = 0; attempts <= mostAttempts; attempts++) {
      missed[place * (mostAttempts + 1) + attempts] = left;
      left *= 1 - Math.min(surest, chance * (fadings[attempts] ?? 1));
    }
  });
  return missed;
}
