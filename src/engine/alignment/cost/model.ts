/**
 * What a lead would have brought, from the company's own past: the chance that attempts reach it (`reach.ts`), that a
 * lead of its kind becomes an SQL once it is reached (`logistic.ts`), and what an SQL of its segment brings (`worth.ts`).
 * Each is fitted on leads that came so far, so a lead nobody worked is held against worked ones of its kind and not
 * against the mean. Everything once from what is on record, then again from draws of it, for the ranges.
 */

import { drawCounts, poisson } from '../../attribution/bootstrap-draw.ts';
import { Chance } from '../../simulate/chance.ts';
import { delaySteps, stepOfDelay } from './delay.ts';
import { type Kinds, kindsOf } from './kinds.ts';
import { type CostLead, isSettled, isTried, millisecondsADay } from './lead.ts';
import { chanceOf, fitLogistic, type Logistic, type TraitGroup } from './logistic.ts';
import { fitReach, lastAttempt, missedOf, type ReachCurve, type TrialGroup } from './reach.ts';
import { type Shape, shapesFor } from './reach-shape.ts';
import { type SqlCourse, worthOfSql } from './worth.ts';

export interface ModelQuestion {
  /** The last moment on record, epoch milliseconds. */
  readonly asOf: number;
  /** Leads passed from here on are too young to tell anything. */
  readonly settledUntil: number;
  readonly draws: number;
  readonly seed: number;
}

export interface ModelDraw {
  /** By kind: minor units that a lead brings once it is reached. */
  readonly worth: Float64Array;
  /** As `missedOf` says. */
  readonly missed: Float64Array;
}

/** On how many observations it rests. */
export interface ModelBasis {
  readonly tried: number;
  readonly reached: number;
  readonly sqls: number;
  readonly won: number;
  /** Days of the oldest and the youngest lead in it, epoch milliseconds. */
  readonly from: number;
  readonly until: number;
  readonly curve: ReachCurve;
  /** Hours within which the quickest twentieth was tried first: below, the curve is drawn on. */
  readonly quickHours: number;
}

export interface CostModel {
  readonly kinds: Kinds;
  /** By lead: 0 or 1, as in `reach.ts`. */
  readonly half: Uint8Array;
  /** The estimate first. */
  readonly draws: readonly ModelDraw[];
  readonly basis: ModelBasis;
}

/** With fewer, a rate could be anything. */
export const fewest = { tried: 100, reached: 30, won: 10 } as const;
/** An SQL without a deal after so many days is lost. */
const daysToADeal = 60;

/** @returns a sentence that says what is missing, where there is too little */
export function fitCostModel(leads: readonly CostLead[], asked: ModelQuestion): CostModel | string {
  const past = leads
    .map((lead, at) => ({ lead, at }))
    .filter(({ lead }) => isSettled(lead, asked.settledUntil) && lead.decision !== 'rejected');
  const tried = past.filter(({ lead }) => isTried(lead) || lead.reached);
  const reached = tried.filter(({ lead }) => lead.reached);
  const won = leads.filter(({ deal }) => deal?.state === 'won').length;
  const missing = whatIsMissing(tried.length, reached.length, won);
  if (missing !== null) return missing;
  const kinds = kindsOf(leads);
  const quality = fitQuality(kinds, reached);
  const halfOfKind = halvesOf(leads, kinds, quality, asked);
  const half = Uint8Array.from(kinds.ofLead, (kind) => halfOfKind[kind]!);
  const trials = trialGroups(tried, half);
  const courses = coursesOf(leads, kinds, half, asked.asOf);
  const quickHours = quickest(tried.map(({ lead }) => lead));
  const shapes = shapesFor(quickHours);
  const curve = fitReach(trials, shapes);
  const parts: Parts = { kinds, quality, trials, courses, halfOfKind, shapes, curve };
  const passed = tried.map(({ lead }) => lead.passedAt);
  return {
    kinds,
    half,
    draws: [estimate(parts), ...Array.from({ length: asked.draws }, (_, draw) => drawModel(parts, asked, draw))],
    basis: {
      ...{ tried: tried.length, reached: reached.length, won, curve, quickHours },
      sqls: leads.filter(({ sqlAt }) => sqlAt !== null).length,
      ...{ from: passed.reduce((one, other) => Math.min(one, other)), until: passed.reduce((one, other) => Math.max(one, other)) },
    },
  };
}

function whatIsMissing(tried: number, reached: number, won: number): string | null {
  const short = [
    ...(tried < fewest.tried ? [`${tried} leads that were tried and are old enough (${fewest.tried} are needed)`] : []),
    ...(reached < fewest.reached ? [`${reached} of them reached (${fewest.reached})`] : []),
    ...(won < fewest.won ? [`${won} won deals that came of leads (${fewest.won})`] : []),
  ];
  return short.length === 0 ? null : `not enough data yet: ${short.join(', ')}`;
}

interface Placed {
  readonly lead: CostLead;
  /** Among all leads. */
  readonly at: number;
}

interface Parts {
  readonly kinds: Kinds;
  readonly quality: Logistic;
  readonly trials: readonly TrialGroup[];
  readonly courses: readonly SqlCourse[];
  readonly halfOfKind: Uint8Array;
  readonly shapes: readonly Shape[];
  readonly curve: ReachCurve;
}

/** P(SQL | reached) by traits. */
function fitQuality({ ofLead, traits, codes }: Kinds, reached: readonly Placed[]): Logistic {
  const groups = new Map<number, { traits: readonly number[]; of: number; hits: number }>();
  for (const { lead, at } of reached) {
    const kind = ofLead[at]!;
    let group = groups.get(kind);
    if (!group) groups.set(kind, (group = { traits: traits[kind]!, of: 0, hits: 0 }));
    group.of++;
    if (lead.sqlAt !== null) group.hits++;
  }
  return fitLogistic([...groups.values()] satisfies TraitGroup[], codes);
}

/** By kind: the half of the leads that are more likely to become an SQL once reached, and the other. */
function halvesOf(leads: readonly CostLead[], { ofLead, traits }: Kinds, { coefficients }: Logistic, asked: ModelQuestion): Uint8Array {
  const quality = traits.map((each) => chanceOf(each, coefficients));
  const settled = leads.flatMap((lead, at) => (isSettled(lead, asked.settledUntil) ? [quality[ofLead[at]!]!] : []));
  const middle = Float64Array.from(settled).sort()[settled.length >> 1]!;
  return Uint8Array.from(quality, (each) => (each > middle ? 1 : 0));
}

function trialGroups(tried: readonly Placed[], half: Uint8Array): TrialGroup[] {
  const places = delaySteps * 4 * lastAttempt;
  const trials = new Int32Array(places);
  const reached = new Int32Array(places);
  for (const { lead, at } of tried) {
    if (lead.firstAttemptHours === null) continue;
    const base = (stepOfDelay(lead.firstAttemptHours) * 4 + (lead.hasPhone ? 2 : 0) + half[at]!) * lastAttempt;
    for (let attempt = 1; attempt <= lead.attempts; attempt++) {
      const place = base + Math.min(attempt, lastAttempt) - 1;
      trials[place]!++;
      if (lead.reached && attempt === lead.attempts) reached[place]!++;
    }
  }
  return Array.from(trials.keys())
    .filter((place) => trials[place]! > 0)
    .map((place) => {
      const group = Math.floor(place / lastAttempt);
      const [phone, upper] = [((group >> 1) & 1) as 0 | 1, (group & 1) as 0 | 1];
      const [step, attempt] = [group >> 2, (place % lastAttempt) + 1];
      return { step, phone, half: upper, attempt, trials: trials[place]!, reached: reached[place]! };
    });
}

function quickest(tried: readonly CostLead[]): number {
  const hours = Float64Array.from(tried.flatMap(({ firstAttemptHours }) => firstAttemptHours ?? [])).sort();
  return hours[Math.floor(hours.length / 20)] ?? 0;
}

function coursesOf(leads: readonly CostLead[], { ofLead, segment }: Kinds, half: Uint8Array, asOf: number): SqlCourse[] {
  const courses = leads.flatMap((lead, at): SqlCourse[] => {
    if (lead.sqlAt === null || lead.decision === 'rejected') return [];
    const place = { segment: segment[ofLead[at]!]!, half: half[at] as 0 | 1, amount: lead.deal?.amount ?? null };
    return [{ ...place, ...courseOf(lead, lead.sqlAt, asOf) }];
  });
  return courses.sort((one, other) => one.days - other.days);
}

function courseOf({ deal }: CostLead, sqlAt: number, asOf: number): Pick<SqlCourse, 'days' | 'end'> {
  const until = (at: number): number => Math.max(0, (at - sqlAt) / millisecondsADay);
  if (deal) return { days: until(deal.closedAt ?? asOf), end: deal.state };
  return until(asOf) > daysToADeal ? { days: daysToADeal, end: 'lost' } : { days: until(asOf), end: 'open' };
}

// ── the estimate, and draws ─────────────────────────────────────────────────

const estimate = (parts: Parts): ModelDraw =>
  together(parts, parts.quality.coefficients, parts.curve, new Float64Array(parts.courses.length).fill(1));

/** Every observation counts Poisson(1) times, as in a sample drawn anew (B. Efron, 1979). */
function drawModel(parts: Parts, asked: ModelQuestion, draw: number): ModelDraw {
  const chance = new Chance(asked.seed).reseed(1, draw);
  const random = (): number => chance.next();
  const weights = new Float64Array(parts.courses.length);
  drawCounts(new Float64Array(weights.length).fill(1), weights, random);
  const trials = parts.trials.map((group) => {
    const reached = poisson(group.reached, random);
    return { ...group, reached, trials: reached + poisson(group.trials - group.reached, random) };
  });
  const curve = fitReach(trials, parts.shapes, parts.curve);
  return together(parts, parts.quality.drawn(chance), curve, weights);
}

function together({ kinds, courses, halfOfKind }: Parts, coefficients: Float64Array, curve: ReachCurve, weights: Float64Array): ModelDraw {
  const ofSql = worthOfSql(courses, weights, kinds.segments.length);
  const worth = Float64Array.from(
    kinds.traits,
    (traits, kind) => chanceOf(traits, coefficients) * ofSql[kinds.segment[kind]! * 2 + halfOfKind[kind]!]!,
  );
  return { worth, missed: missedOf(curve) };
}
