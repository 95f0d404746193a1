/** U, W, full path, J and inverse J over many journeys: up to four touches with a share of their own, the same for the rest. */

import { creditJourney, shareAmount } from './credit.ts';
import type { Journeys } from './journeys.ts';
import { milestoneShares, uWithoutLead, type MilestoneModel } from './models.ts';
import { creditRowEvenly, type Sums, type TouchGroups } from './tally-rows.ts';

/** Above it a product below might not be exact (36 × value < 2^53), and the row is split by `shareAmount`. */
const mostValue = 2 ** 47;

/**
 * The split of `creditJourney` and `shareAmount` without their arrays and big numbers. All touches of one weight have the
 * same exact share, so a row has at most five classes (each milestone, and the rest), and who gets the units that are left
 * follows from comparing five remainders.
 */
export function creditMilestones(journeys: Journeys, model: MilestoneModel, groupOf: TouchGroups, sums: Sums): void {
  const { count, starts, conversions, values, milestones } = journeys;
  const row = newRow();
  for (let at = 0; at < count; at++) {
    const value = values[at] as number;
    const converted = conversions[at] as number;
    if (value === 0 && converted === 0) continue;
    const from = starts[at] as number;
    const to = starts[at + 1] as number;
    if (to - from < 2) {
      if (from < to) creditRowEvenly(from, to, converted, value, groupOf, sums);
      continue;
    }
    const lead = milestones === null ? -1 : (milestones.lead[at] as number);
    const deal = milestones === null ? -1 : (milestones.deal[at] as number);
    place(row, model, to - from, lead, deal);
    split(row, Math.abs(value) <= mostValue ? Math.abs(value) : 0);
    creditRow(row, from, to, converted, value < 0 ? -1 : 1, groupOf, sums);
    if (Math.abs(value) > mostValue) creditLargeValue(model, { touches: to - from, lead, deal }, from, value, groupOf, sums);
  }
}

/** One journey being split. Filled anew for each, so that the loop allocates nothing. */
interface Row {
  touches: number;
  /** Milestones with different positions, ascending; `count` of them. */
  count: number;
  readonly at: Int32Array;
  readonly part: Int32Array;
  /** Sum of `part`. */
  parts: number;
  /** A milestone's share is part × times ÷ over. */
  times: number;
  over: number;
  /** A touch of the rest gets restTimes ÷ restOver. */
  restTimes: number;
  restOver: number;
  /** Whole units of each milestone and of a touch of the rest. */
  readonly units: Float64Array;
  restUnits: number;
  /** Remainder of each, all over the same number, so that they compare; −1 once it has had its unit. */
  readonly remainder: Float64Array;
  restRemainder: number;
  /** Units left that go to touches of the rest and to milestones with its remainder, the earlier first. */
  inOrder: number;
}

const newRow = (): Row => ({
  touches: 0,
  count: 0,
  at: new Int32Array(4),
  part: new Int32Array(4),
  parts: 0,
  times: 0,
  over: 1,
  restTimes: 0,
  restOver: 1,
  units: new Float64Array(4),
  restUnits: 0,
  remainder: new Float64Array(4),
  restRemainder: 0,
  inOrder: 0,
});

function place(row: Row, model: MilestoneModel, touches: number, lead: number, deal: number): void {
  const shares = model === 'u' && (touches === 2 || lead < 0) ? uWithoutLead : milestoneShares[model];
  row.touches = touches;
  row.count = 0;
  row.parts = 0;
  add(row, 0, shares.first);
  const leadFirst = lead <= deal;
  add(row, leadFirst ? lead : deal, leadFirst ? shares.lead : shares.deal);
  add(row, leadFirst ? deal : lead, leadFirst ? shares.deal : shares.lead);
  add(row, touches - 1, shares.last);
  const rest = touches - row.count;
  const all = shares.milestones + shares.rest;
  row.times = rest === 0 ? 1 : shares.milestones;
  row.over = rest === 0 ? row.parts : row.parts * all;
  row.restTimes = rest === 0 ? 0 : shares.rest;
  row.restOver = rest === 0 ? 1 : all * rest;
}

/** Adds a milestone; positions come ascending. */
function add(row: Row, at: number, part: number): void {
  if (part === 0 || at < 0) return;
  const before = row.count - 1;
  row.parts += part;
  if (before >= 0 && row.at[before] === at) {
    row.part[before]! += part;
    return;
  }
  row.at[row.count] = at;
  row.part[row.count] = part;
  row.count++;
}

function split(row: Row, value: number): void {
  const rest = row.touches - row.count;
  row.restUnits = Math.floor((value * row.restTimes) / row.restOver);
  // Over restOver; times over it stands beside the milestones' remainders, which are over `over`, times restOver.
  row.restRemainder = rest === 0 ? -1 : (value * row.restTimes - row.restUnits * row.restOver) * row.over;
  let left = value - row.restUnits * rest;
  for (let k = 0; k < row.count; k++) {
    const exact = value * (row.part[k] as number) * row.times;
    const units = Math.floor(exact / row.over);
    row.units[k] = units;
    row.remainder[k] = (exact - units * row.over) * row.restOver;
    left -= units;
  }
  giveLeft(row, left, rest);
}

/** Largest remainder over classes: milestones above the rest's, then the rest and who equals it in order, then those below. */
function giveLeft(row: Row, left: number, rest: number): void {
  let remaining = giveToMilestones(row, left, row.restRemainder);
  let equals = rest;
  for (let k = 0; k < row.count; k++) if (row.remainder[k] === row.restRemainder && rest > 0) equals++;
  row.inOrder = Math.min(remaining, equals);
  remaining -= row.inOrder;
  if (remaining > 0) giveToMilestones(row, remaining, -1);
}

/** Gives a unit each to the milestones with the largest remainders above `above`; returns the units that are left. */
function giveToMilestones(row: Row, left: number, above: number): number {
  for (let given = 0; given < left; given++) {
    let best = -1;
    let most = above;
    for (let k = 0; k < row.count; k++) {
      if ((row.remainder[k] as number) <= most) continue;
      most = row.remainder[k] as number;
      best = k;
    }
    if (best < 0) return left - given;
    row.units[best]! += 1;
    row.remainder[best] = -1;
  }
  return 0;
}

function creditRow(row: Row, from: number, to: number, converted: number, sign: number, groupOf: TouchGroups, sums: Sums): void {
  const restShare = (converted * row.restTimes) / row.restOver;
  let k = 0;
  let inOrder = row.inOrder;
  for (let i = from; i < to; i++) {
    const group = groupOf[i] as number;
    const milestone = k < row.count && i - from === row.at[k];
    let units = milestone ? (row.units[k] as number) : row.restUnits;
    if (inOrder > 0 && (!milestone || row.remainder[k] === row.restRemainder)) {
      units++;
      inOrder--;
    }
    sums.conversions[group]! += milestone ? (converted * (row.part[k] as number) * row.times) / row.over : restShare;
    sums.values[group]! += units * sign;
    if (milestone) k++;
  }
}

function creditLargeValue(
  model: MilestoneModel,
  journey: { readonly touches: number; readonly lead: number; readonly deal: number },
  from: number,
  value: number,
  groupOf: TouchGroups,
  sums: Sums,
): void {
  const weights = creditJourney(model, { ...journey, ages: null }, { halfLifeSeconds: 1 });
  for (const [i, part] of shareAmount(BigInt(value), weights).entries()) sums.values[groupOf[from + i] as number]! += Number(part);
}
