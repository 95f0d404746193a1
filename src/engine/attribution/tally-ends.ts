/** U, J and inverse J over many journeys: the first touch and one other have a share of their own, the rest share what is left. */

import type { Journeys } from './journeys.ts';
import { milestoneShares, uWithoutLead } from './models.ts';
import { creditByWeights, creditRowEvenly, creditRun, type Sums, type TouchGroups } from './tally-rows.ts';

/** Below these, products (16 × value) are exact and remainders (20 × 5 × touches) fit 32 bits. */
const mostValue = 2 ** 48;
const mostTouches = 2 ** 20;

/**
 * The split of `creditJourney` and `shareAmount` with plain numbers. There are three exact shares, so three remainders: a
 * milestone gets one of the units left where fewer touches than units come before it, the rest get what is left in order.
 *
 * One function of one loop: with the steps apart, passing a dozen numbers through an object took three times the time.
 * Comparisons are sign bits for the same reason: which remainder is the larger is a coin toss to a branch.
 */
export function creditEnds(journeys: Journeys, model: 'u' | 'j' | 'inverse_j', groupOf: TouchGroups, sums: Sums): void {
  const { count, starts, conversions, values } = journeys;
  const { first, last, milestones, rest: restShare } = model === 'u' ? uWithoutLead : milestoneShares[model];
  const lead = model === 'u' && journeys.milestones !== null ? journeys.milestones.lead : null;
  const all = milestones + restShare;
  const over = (first + last) * all;
  const units = new Float64Array(2);
  for (let row = 0, from = 0, to = starts[0] as number; row < count; row++) {
    from = to;
    to = (starts[row + 1] as number) | 0;
    const n = to - from;
    const value = values[row] as number;
    const converted = conversions[row] as number;
    if (n < 2) {
      creditRowEvenly(units, from, to, converted, value, groupOf, sums);
      continue;
    }
    const amount = Math.abs(value);
    const leadAt = lead === null || n === 2 ? -1 : (lead[row] as number);
    if (amount > mostValue || n > mostTouches) {
      creditByWeights(model, { touches: n, lead: leadAt, deal: -1 }, from, converted, value, groupOf, sums);
      continue;
    }
    const sign = value < 0 ? -1 : 1;
    const group = groupOf[from] as number;
    if (n === 2) {
      const firstPart = first / (first + last);
      // Of two, the one with the larger remainder gets the unit left: the first from a half on.
      const firstUnits = Math.floor((2 * amount * first + first + last) / (2 * (first + last)));
      const otherGroup = groupOf[from + 1] as number;
      sums.conversions[group]! += converted * firstPart;
      sums.conversions[otherGroup]! += converted * (1 - firstPart);
      sums.values[group]! += firstUnits * sign;
      sums.values[otherGroup]! += (amount - firstUnits) * sign;
      continue;
    }
    // Where the lead came from the first touch, that takes both parts, and all others are the rest.
    const other = leadAt < 0 ? n - 1 : leadAt;
    const apart = other === 0 ? 0 : 1;
    const rest = n - 1 - apart;
    const restOver = rest * all;
    const firstWeight = (first + (1 - apart) * last) * milestones;
    const otherWeight = apart * last * milestones;

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

    // All touches as if they were of the rest, in one plain run; then the milestones' difference from that.
    const firstIn = 1 & ifLess(0, restMore);
    const otherIn = apart & ifLess(other, restMore + firstIn);
    const share = (converted * restShare) / restOver;
    units[0] = restUnits * sign;
    units[1] = (restUnits + 1) * sign;
    creditRun(units, restMore + firstIn + otherIn, share, from, to, groupOf, sums);
    sums.conversions[group]! += (converted * firstWeight) / over - share;
    sums.values[group]! += (firstUnits + firstMore - restUnits - firstIn) * sign;
    const otherGroup = groupOf[from + other] as number;
    sums.conversions[otherGroup]! += ((converted * otherWeight) / over - share) * apart;
    sums.values[otherGroup]! += (otherUnits + otherMore - restUnits - otherIn) * sign * apart;
  }
}

/** All bits where a < b, none otherwise. */
const ifLess = (a: number, b: number): number => (a - b) >> 31;

/** All bits where a equals b, none otherwise. */
const ifEqual = (a: number, b: number): number => ~((a - b) >> 31) & ~((b - a) >> 31);
