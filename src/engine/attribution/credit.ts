/** What one journey credits to each of its touches, under each rule-based model. */

import { allocate } from '#engine/values/allocate.ts';
import { checkHalfLife, decayWeight } from './decay.ts';
import { milestoneShares, uWithoutLead, type MilestoneShares, type RuleModel } from './models.ts';

/** One journey: its touches up to the conversion, oldest first. */
export interface JourneyShape {
  readonly touches: number;
  /** Whole seconds from each touch to the conversion, from 0; null where only the order is known. */
  readonly ages: ArrayLike<number> | null;
  /** Position of the touch that made the lead; −1 where there is none. */
  readonly lead: number;
  /** Position of the touch that led to the deal; −1 where there is none. */
  readonly deal: number;
}

export interface CreditOptions {
  /** Whole seconds, from 1. */
  readonly halfLifeSeconds: number;
}

/**
 * The weight of each touch; its share is `weight ÷ sum of weights`. Whole numbers, so that nothing hangs on rounding, but
 * for time decay. Formulas: words.md, “Attribution”. Where it leaves a choice:
 * - One touch gets all. Two touches under U get half each, whichever of them made the lead.
 * - A touch on two milestones gets both shares. Where all touches are milestones, the share of the rest spreads over them
 *   in proportion to theirs.
 * - U without a lead touch uses the last touch in its place. Under W and Z a missing milestone's share spreads over the
 *   milestones that exist, in proportion: W with neither lead nor deal gives 90 % to the first touch, Z 45 % each to the
 *   first and the last.
 * - Time decay counts age from the youngest touch: all weights change by one factor, so the shares stay as they are, and
 *   old journeys don't vanish. A touch 64 half-lives older than the youngest weighs nothing.
 * @returns a weight for each touch, in order, not all 0; none for a journey without touches
 * @throws RangeError for a position outside the journey, ages that are missing, negative or not oldest first, a bad half-life
 */
export function creditJourney(model: RuleModel, journey: JourneyShape, options: CreditOptions): number[] {
  const n = journey.touches;
  checkPosition('lead', journey.lead, n);
  checkPosition('deal', journey.deal, n);
  if (model === 'time_decay') return decayWeights(n, journey.ages, options.halfLifeSeconds);
  if (model === 'linear') return new Array<number>(n).fill(1);
  if (model === 'first') return oneTouch(n, 0);
  if (model === 'last') return oneTouch(n, n - 1);
  if (model === 'u' && (n === 2 || journey.lead < 0)) return milestoneWeights(uWithoutLead, journey);
  return milestoneWeights(milestoneShares[model], journey);
}

/**
 * Shares an amount by the weights of `creditJourney`: the parts add up to it exactly, by largest remainder, the earlier
 * touch first where remainders are equal; a negative amount is the mirror of the positive one.
 * @param amount in whole minor units
 * @throws RangeError where no weight is above 0
 */
export function shareAmount(amount: bigint, weights: readonly number[]): bigint[] {
  const parts = allocate(amount, weights);
  if (parts === null)
    throw new RangeError(`${amount} can’t be shared over ${weights.length} touches of no weight; give one a weight above 0`);
  return parts;
}

function oneTouch(n: number, at: number): number[] {
  const weights = new Array<number>(n).fill(0);
  if (n > 0) weights[at] = 1;
  return weights;
}

/**
 * With E the sum of the milestones' parts p, and m other touches: a milestone's share is p ÷ E × milestones ÷ all, another
 * touch's 1 ÷ m × rest ÷ all. Times E × m × all, these are whole numbers.
 */
function milestoneWeights(shares: MilestoneShares, { touches: n, lead, deal }: JourneyShape): number[] {
  const parts = new Array<number>(n).fill(0);
  const add = (at: number, part: number): void => {
    if (at >= 0 && at < n) parts[at] = (parts[at] as number) + part;
  };
  add(0, shares.first);
  add(lead, shares.lead);
  add(deal, shares.deal);
  add(n - 1, shares.last);
  const others = parts.filter((part) => part === 0).length;
  if (others === 0) return parts;
  const existing = parts.reduce((sum, part) => sum + part, 0);
  return parts.map((part) => (part === 0 ? shares.rest * existing : part * shares.milestones * others));
}

function decayWeights(n: number, ages: ArrayLike<number> | null, halfLifeSeconds: number): number[] {
  checkHalfLife(halfLifeSeconds);
  if (ages === null || ages.length < n) {
    throw new RangeError(`time decay needs the age of each of the ${n} touches; a path without times has none, take another model`);
  }
  const weights: number[] = [];
  for (let at = n - 1, younger = 0; at >= 0; at--) {
    const age = ages[at] as number;
    if (!(age >= younger)) throw new RangeError(`touch ${at} has age ${age}; ages are seconds from 0, the oldest touch first`);
    weights[at] = decayWeight(age - (ages[n - 1] as number), halfLifeSeconds);
    younger = age;
  }
  return weights;
}

function checkPosition(name: string, at: number, n: number): void {
  if (Number.isInteger(at) && at >= -1 && (at < n || n === 0)) return;
  throw new RangeError(`the ${name} touch is at position ${at} of ${n} touches; give 0 to ${n - 1}, or −1 for none`);
}
