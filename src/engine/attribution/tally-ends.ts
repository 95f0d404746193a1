/** U, J and inverse J over many journeys: the first touch and one other have a share of their own, the rest share what is left. */

import type { Journeys } from './journeys.ts';
import { milestoneShares, uWithoutLead } from './models.ts';
import { creditByWeights, creditRowEvenly, creditRun, newEvenCredit, type Sums, type TouchGroups } from './tally-rows.ts';

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
export function creditEnds(journeys: Journeys, rows: Uint32Array, model: 'u' | 'j' | 'inverse_j', groupOf: TouchGroups, sums: Sums): void {
  const { starts } = journeys;
  const { first, last, milestones, rest: restShare } = model === 'u' ? uWithoutLead : milestoneShares[model];
  const lead = model === 'u' && journeys.milestones !== null ? journeys.milestones.lead : null;
  const run = newEvenCredit();
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number;
    const value = journeys.values[row] as number;
    const converted = journeys.conversions[row] as number;
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    const n = to - from;
    const leadAt = lead === null || n === 2 ? -1 : (lead[row] as number);
    const other = leadAt < 0 ? n - 1 : leadAt;
    const amount = Math.abs(value);
    if (n === 1) {
      creditRowEvenly(run, from, to, converted, value, groupOf, sums);
      continue;
    }
    if (amount > mostValue || n > mostTouches) {
      creditByWeights(model, { touches: n, lead: leadAt, deal: -1 }, from, converted, value, groupOf, sums);
      continue;
    }
    // Where the lead came from the first touch, it takes both parts, and all others are the rest.
    const apart = other === 0 ? 0 : 1;
    const rest = n - 1 - apart;
    const times = rest === 0 ? 1 : milestones;
    const over = (first + last) * (rest === 0 ? 1 : milestones + restShare);
    const restTimes = rest === 0 ? 0 : restShare;
    const restOver = rest === 0 ? 1 : rest * (milestones + restShare);
    const firstWeight = (apart === 0 ? first + last : first) * times;
    const otherWeight = apart * last * times;

    const firstUnits = Math.floor((amount * firstWeight) / over);
    const otherUnits = Math.floor((amount * otherWeight) / over);
    const restUnits = Math.floor((amount * restTimes) / restOver);
    const left = (amount - firstUnits - otherUnits - restUnits * rest) | 0;
    const firstRemainder = ((amount * firstWeight - firstUnits * over) * restOver) | 0;
    const otherRemainder = ((amount * otherWeight - otherUnits * over) * restOver) | 0;
    const restRemainder = ((amount * restTimes - restUnits * restOver) * over) | 0;
    const beforeFirst = (rest & ifLess(firstRemainder, restRemainder)) + (1 & ifLess(firstRemainder, otherRemainder));
    const beforeOther =
      (1 & ~ifLess(firstRemainder, otherRemainder)) +
      (rest & ifLess(otherRemainder, restRemainder)) +
      ((other - 1) & ifEqual(otherRemainder, restRemainder));
    const firstMore = 1 & ifLess(beforeFirst, left);
    const otherMore = apart & ifLess(beforeOther, left);
    const restMore = left - firstMore - otherMore;

    // All touches as if they were of the rest, in one plain run; then the milestones' difference from that.
    const firstIn = 1 & ifLess(0, restMore);
    const otherIn = apart & ifLess(other, restMore + firstIn);
    const sign = value < 0 ? -1 : 1;
    run.share = (converted * restTimes) / restOver;
    run.units[0] = restUnits * sign;
    run.units[1] = (restUnits + 1) * sign;
    run.more = restMore + firstIn + otherIn;
    creditRun(run, from, to, groupOf, sums);
    const group = groupOf[from] as number;
    sums.conversions[group]! += (converted * firstWeight) / over - run.share;
    sums.values[group]! += (firstUnits + firstMore - restUnits - firstIn) * sign;
    if (apart === 0) continue;
    const otherGroup = groupOf[from + other] as number;
    sums.conversions[otherGroup]! += (converted * otherWeight) / over - run.share;
    sums.values[otherGroup]! += (otherUnits + otherMore - restUnits - otherIn) * sign;
  }
}

/** All bits where a < b, none otherwise. */
const ifLess = (a: number, b: number): number => (a - b) >> 31;

/** All bits where a equals b, none otherwise. */
const ifEqual = (a: number, b: number): number => ~((a - b) >> 31) & ~((b - a) >> 31);
