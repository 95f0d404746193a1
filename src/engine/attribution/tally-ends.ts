/** U, J and inverse J over many journeys: the first touch and one other have a share of their own, the rest share what is left. */

import type { Journeys } from './journeys.ts';
import { type MilestoneShares, milestoneShares, uWithoutLead } from './models.ts';
import type { SameLength } from './tally-blocks.ts';
import { creditByWeights, creditEvenly, creditRun, type Sums, type TouchGroups } from './tally-rows.ts';

type EndsModel = 'u' | 'j' | 'inverse_j';

/** Below these, products (16 × value) are exact and remainders (20 × 5 × touches) fit 32 bits. */
const mostValue = 2 ** 48;
const mostTouches = 2 ** 20;

/** What a touch of the rest gets, and what one gets that has one of the units left. */
const units = new Float64Array(2);

/** The split of `creditJourney` and `shareAmount` with plain numbers, for rows of one length. */
export function creditEnds(journeys: Journeys, same: SameLength, model: EndsModel, groupOf: TouchGroups, sums: Sums): void {
  if (same.touches === 1) return creditEvenly(journeys, same, groupOf, sums);
  if (same.touches === 2) return creditPairs(journeys, same, model, groupOf, sums);
  creditThreeOrMore(journeys, same, model, 1, groupOf, sums);
  if (leadOf(journeys, model) !== null) creditThreeOrMore(journeys, same, model, 0, groupOf, sums);
}

const sharesOf = (model: EndsModel): MilestoneShares => (model === 'u' ? uWithoutLead : milestoneShares[model]);

const leadOf = ({ milestones }: Journeys, model: EndsModel): Int32Array | null =>
  model === 'u' && milestones !== null ? milestones.lead : null;

function creditPairs(journeys: Journeys, same: SameLength, model: EndsModel, groupOf: TouchGroups, sums: Sums): void {
  const { starts, conversions, values } = journeys;
  const { rows, start, end } = same;
  const { first, last } = sharesOf(model);
  const [firstPart, lastPart] = [first / (first + last), last / (first + last)];
  for (let at = start; at < end; at++) {
    const row = rows[at] as number;
    const from = (starts[row] as number) | 0;
    const value = values[row] as number;
    const converted = conversions[row] as number;
    const amount = Math.abs(value);
    if (amount > mostValue) {
      creditByWeights(model, { touches: 2, lead: -1, deal: -1 }, from, converted, value, groupOf, sums);
      continue;
    }
    // Of two, the one with the larger remainder gets the unit left: the first from a half on.
    const firstUnits = Math.floor((2 * amount * first + first + last) / (2 * (first + last)));
    const sign = value < 0 ? -1 : 1;
    const group = groupOf[from] as number;
    const otherGroup = groupOf[from + 1] as number;
    sums[group << 1]! += converted * firstPart;
    sums[otherGroup << 1]! += converted * lastPart;
    sums[(group << 1) + 1]! += firstUnits * sign;
    sums[(otherGroup << 1) + 1]! += (amount - firstUnits) * sign;
  }
}

/**
 * There are three exact shares, so three remainders: a milestone gets one of the units left where fewer touches than units
 * come before it, the rest get what is left in order.
 *
 * One function of one loop: with the steps apart, passing a dozen numbers through an object took three times the time.
 * Comparisons are sign bits for the same reason: which remainder is the larger is a coin toss to a branch.
 * @param apart 1: the rows whose milestones are two touches; 0: those where the lead came from the first touch, which takes
 *   both parts then, and all others are the rest
 */
function creditThreeOrMore(
  journeys: Journeys,
  { rows, start, end, touches: n }: SameLength,
  model: EndsModel,
  apart: 0 | 1,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const { starts, conversions, values } = journeys;
  const { first, last, milestones, rest: restShare } = sharesOf(model);
  const lead = leadOf(journeys, model);
  const rest = n - 1 - apart;
  const all = milestones + restShare;
  const over = (first + last) * all;
  const restOver = rest * all;
  const firstWeight = (first + (1 - apart) * last) * milestones;
  const otherWeight = apart * last * milestones;
  for (let at = start; at < end; at++) {
    const row = rows[at] as number;
    const leadAt = lead === null ? -1 : (lead[row] as number);
    if (leadAt === 0 ? apart === 1 : apart === 0) continue;
    const other = leadAt < 0 ? n - 1 : leadAt;
    const from = (starts[row] as number) | 0;
    const value = values[row] as number;
    const converted = conversions[row] as number;
    const amount = Math.abs(value);
    if (amount > mostValue || n > mostTouches) {
      creditByWeights(model, { touches: n, lead: leadAt, deal: -1 }, from, converted, value, groupOf, sums);
      continue;
    }
    const firstUnits = Math.floor((amount * firstWeight) / over);
    const otherUnits = Math.floor((amount * otherWeight) / over);
    const restUnits = Math.floor((amount * restShare) / restOver);
    const left = (amount - firstUnits - otherUnits - restUnits * rest) | 0;
    const firstRemainder = ((amount * firstWeight - firstUnits * over) * restOver) | 0;
    const otherRemainder = ((amount * otherWeight - otherUnits * over) * restOver) | 0;
    const restRemainder = ((amount * restShare - restUnits * restOver) * over) | 0;
    const otherAhead = ifLess(firstRemainder, otherRemainder);
    const beforeFirst = (rest & ifLess(firstRemainder, restRemainder)) - otherAhead;
    const beforeOther =
      1 + otherAhead + (rest & ifLess(otherRemainder, restRemainder)) + ((other - 1) & ifEqual(otherRemainder, restRemainder));
    const firstMore = 1 & ifLess(beforeFirst, left);
    const otherMore = apart & ifLess(beforeOther, left);
    const restMore = left - firstMore - otherMore;

    const sign = value < 0 ? -1 : 1;
    const share = (converted * restShare) / restOver;
    units[0] = restUnits * sign;
    units[1] = (restUnits + 1) * sign;
    const group = groupOf[from] as number;
    sums[group << 1]! += (converted * firstWeight) / over;
    sums[(group << 1) + 1]! += (firstUnits + firstMore) * sign;
    if (apart === 0) {
      creditRun(units, restMore, share, from + 1, from + n, groupOf, sums);
      continue;
    }
    creditRun(units, restMore, share, from + 1, from + other, groupOf, sums);
    creditRun(units, restMore - other + 1, share, from + other + 1, from + n, groupOf, sums);
    const otherGroup = groupOf[from + other] as number;
    sums[otherGroup << 1]! += (converted * otherWeight) / over;
    sums[(otherGroup << 1) + 1]! += (otherUnits + otherMore) * sign;
  }
}

/** All bits where a < b, none otherwise. */
const ifLess = (a: number, b: number): number => (a - b) >> 31;

/** All bits where a equals b, none otherwise. */
const ifEqual = (a: number, b: number): number => ~((a - b) >> 31) & ~((b - a) >> 31);
