/** W and full path over many journeys: up to four touches with a share of their own, the rest share what is left. */

import type { Journeys } from './journeys.ts';
import { milestoneShares, type MilestoneShares } from './models.ts';
import type { Block } from './tally-blocks.ts';
import { creditByWeights, creditRun, type Sums, type TouchGroups } from './tally-rows.ts';

/** Above it a product below might not be exact (36 × value < 2^53), and the row is split by `shareAmount`. */
const mostValue = 2 ** 47;

/**
 * The split of `creditJourney` and `shareAmount` without their arrays and big numbers. All touches of the rest have the same
 * exact share, so there are at most five remainders to compare: who gets the units that are left follows from how many
 * touches come before each milestone in the order of remainders.
 */
export function creditMilestones(journeys: Journeys, block: Block, model: 'w' | 'z', groupOf: TouchGroups, sums: Sums): void {
  const { starts, conversions, values, milestones } = journeys;
  const split = newSplit();
  for (let row = block.from; row < block.to; row++) {
    const from = starts[row] as number;
    const to = starts[row + 1] as number;
    const value = values[row] as number;
    const converted = conversions[row] as number;
    const lead = milestones === null ? -1 : (milestones.lead[row] as number);
    const deal = milestones === null ? -1 : (milestones.deal[row] as number);
    if (to === from) continue;
    if (to - from === 1) {
      sums[(groupOf[from] as number) << 1]! += converted;
      sums[((groupOf[from] as number) << 1) + 1]! += value;
    } else if (Math.abs(value) > mostValue) {
      creditByWeights(model, { touches: to - from, lead, deal }, from, converted, value, groupOf, sums);
    } else {
      placeMilestones(split, milestoneShares[model], to - from, lead, deal);
      splitRow(split, converted, value);
      creditRow(split, from, to, groupOf, sums);
    }
  }
}

/** One journey being split. Filled anew for each, so that the loop allocates nothing. */
interface Split {
  touches: number;
  /** Touches with a share of their own, by position; `count` of them. */
  count: number;
  readonly at: Int32Array;
  readonly part: Int32Array;
  /** A milestone's share is part × times ÷ over. */
  times: number;
  over: number;
  /** The share of a touch of the rest is restTimes ÷ restOver. */
  restTimes: number;
  restOver: number;
  /** Of each milestone: its conversions, its whole units, and its remainder; all remainders are over the same number. */
  readonly shares: Float64Array;
  readonly units: Float64Array;
  readonly remainders: Float64Array;
  /** Of a touch of the rest: its conversions, its whole units, those of the first `restMore` touches. */
  restShare: number;
  readonly restUnits: Float64Array;
  restMore: number;
}

const newSplit = (): Split => ({
  touches: 0,
  count: 0,
  at: new Int32Array(4),
  part: new Int32Array(4),
  times: 0,
  over: 1,
  restTimes: 0,
  restOver: 1,
  shares: new Float64Array(4),
  units: new Float64Array(4),
  remainders: new Float64Array(4),
  restShare: 0,
  restUnits: new Float64Array(2),
  restMore: 0,
});

function placeMilestones(split: Split, shares: MilestoneShares, touches: number, lead: number, deal: number): void {
  const leadFirst = lead <= deal;
  split.touches = touches;
  split.count = 0;
  let parts = place(split, 0, shares.first);
  parts += place(split, leadFirst ? lead : deal, leadFirst ? shares.lead : shares.deal);
  parts += place(split, leadFirst ? deal : lead, leadFirst ? shares.deal : shares.lead);
  parts += place(split, touches - 1, shares.last);
  const rest = touches - split.count;
  const all = shares.milestones + shares.rest;
  split.times = rest === 0 ? 1 : shares.milestones;
  split.over = rest === 0 ? parts : parts * all;
  split.restTimes = rest === 0 ? 0 : shares.rest;
  split.restOver = rest === 0 ? 1 : rest * all;
}

/** Positions come ascending; a touch on two milestones takes both parts. Returns the part that was placed. */
function place(split: Split, at: number, part: number): number {
  if (part === 0 || at < 0) return 0;
  const before = split.count - 1;
  if (before >= 0 && split.at[before] === at) {
    split.part[before]! += part;
  } else {
    split.at[split.count] = at;
    split.part[split.count] = part;
    split.count++;
  }
  return part;
}

function splitRow(split: Split, converted: number, value: number): void {
  const { times, over, restTimes, restOver, units, shares, remainders } = split;
  const amount = Math.abs(value);
  const rest = split.touches - split.count;
  const restUnits = Math.floor((amount * restTimes) / restOver);
  let left = amount - restUnits * rest;
  for (let k = 0; k < split.count; k++) {
    const weight = (split.part[k] as number) * times;
    const whole = Math.floor((amount * weight) / over);
    shares[k] = (converted * weight) / over;
    units[k] = whole;
    remainders[k] = (amount * weight - whole * over) * restOver;
    left -= whole;
  }
  const sign = value < 0 ? -1 : 1;
  split.restShare = (converted * restTimes) / restOver;
  split.restUnits[0] = restUnits * sign;
  split.restUnits[1] = (restUnits + 1) * sign;
  split.restMore = left - giveLeft(split, left, rest, (amount * restTimes - restUnits * restOver) * over);
  for (let k = 0; k < split.count; k++) units[k]! *= sign;
}

/**
 * By largest remainder, the earlier touch first where equal. A milestone gets one of the units left where fewer touches than
 * there are units come before it; the rest, all of one remainder, get what is left in their order. Returns what the
 * milestones got.
 */
function giveLeft({ count, at, units, remainders }: Split, left: number, rest: number, restRemainder: number): number {
  let given = 0;
  for (let k = 0; k < count; k++) {
    const remainder = remainders[k] as number;
    let before = restRemainder > remainder ? rest : restRemainder === remainder ? (at[k] as number) - k : 0;
    for (let other = 0; other < count; other++) {
      const theirs = remainders[other] as number;
      if (theirs > remainder || (theirs === remainder && other < k)) before++;
    }
    if (before >= left) continue;
    units[k]! += 1;
    given++;
  }
  return given;
}

/** All touches as if they were of the rest, in one plain run; then the milestones' difference from that. */
function creditRow(split: Split, from: number, to: number, groupOf: TouchGroups, sums: Sums): void {
  const { at, restShare, restUnits } = split;
  for (let k = 0; k < split.count; k++) if ((at[k] as number) < split.restMore) split.restMore++;
  creditRun(restUnits, split.restMore, restShare, from, to, groupOf, sums);
  for (let k = 0; k < split.count; k++) {
    const group = groupOf[from + (at[k] as number)] as number;
    sums[group << 1]! += (split.shares[k] as number) - restShare;
    sums[(group << 1) + 1]! += (split.units[k] as number) - (restUnits[(at[k] as number) < split.restMore ? 1 : 0] as number);
  }
}
