/** Rule-based credit over many journeys at once: conversions and value by channel, or by whatever groups the touches. */

import type { CreditOptions } from './credit.ts';
import { makeDecayTable } from './decay.ts';
import type { Journeys } from './journeys.ts';
import type { RuleModel } from './models.ts';
import { creditedRows, selectCodes, selectJourneys } from './select.ts';
import { type Block, forEachBlock, forEachLength } from './tally-blocks.ts';
import { creditDecay } from './tally-decay.ts';
import { creditEnds } from './tally-ends.ts';
import { creditMilestones } from './tally-milestones.ts';
import { creditEvenly, creditOneTouch, type Sums, type TouchGroups } from './tally-rows.ts';

/** One model's credit by group. */
export interface ModelTally {
  readonly conversions: Float64Array;
  /** Whole units, exact. */
  readonly values: Float64Array;
  /** What a reader of these numbers must know; null where there is nothing. */
  readonly remark: string | null;
}

/** A model that these journeys can't be asked for. */
export interface ModelNotComputed {
  readonly conversions: null;
  readonly values: null;
  readonly reason: string;
}

export interface ConversionsAndValue {
  readonly conversions: number;
  /** In whole units. */
  readonly value: number;
}

export interface RuleTallies {
  readonly models: ReadonlyMap<RuleModel, ModelTally | ModelNotComputed>;
  /** Journeys without touches: there is nobody to credit. */
  readonly unattributed: ConversionsAndValue;
  /** All journeys, those without touches too. Each model's groups and the unattributed add up to it: values exactly. */
  readonly total: ConversionsAndValue;
}

/**
 * Credits every journey under each model and adds up by group. Each row's value is split once, by `creditJourney` and
 * `shareAmount`, so for every model the values of all groups and the unattributed add up to the total to the unit;
 * conversions are shared as fractions and add up to within rounding (1e-9 of the total).
 *
 * Touches after the conversion must have been cut (`cutJourneys`). The rows may be a part of a larger set (subarrays of its
 * columns of rows, its columns of touches as they are): the tallies of its parts add up to its own.
 * @param groupOf a code for each touch, in the order of the touches: `journeys.channels`, or a finer or coarser one
 * @throws RangeError where codes or milestones don't fit the touches, a value is not whole, or all values together reach 2^53
 */
export function tallyRules(
  journeys: Journeys,
  models: readonly RuleModel[],
  groupOf: TouchGroups,
  groupCount: number,
  options: CreditOptions,
): RuleTallies {
  checkGroups(journeys, groupOf, groupCount);
  checkMilestones(journeys);
  const { total, unattributed, credited } = totalsOf(journeys);
  const asked = credited < journeys.count / 2 ? onlyCredited(journeys, groupOf) : { journeys, groupOf };
  const asks = models.map((model) => ask(asked.journeys, model, asked.groupOf, groupCount, options));
  forEachBlock(asked.journeys, (block) => {
    for (const { credit } of asks) credit?.(block);
  });
  const tallies = asks.map(
    ({ model, credit, sums }) => [model, credit === null ? withoutTimes : tallyOf(sums, remarkOn(journeys, model))] as const,
  );
  return { models: new Map(tallies), unattributed, total };
}

interface Ask {
  readonly model: RuleModel;
  readonly sums: Sums;
  /** Null where the model can’t be asked for. */
  readonly credit: Credit | null;
}

function ask(journeys: Journeys, model: RuleModel, groupOf: TouchGroups, groupCount: number, options: CreditOptions): Ask {
  const sums = new Float64Array(2 * groupCount);
  return { model, sums, credit: creditOf(journeys, model, groupOf, sums, options) };
}

const tallyOf = (sums: Sums, remark: string | null): ModelTally => ({
  conversions: sums.filter((_, at) => at % 2 === 0),
  values: sums.filter((_, at) => at % 2 === 1),
  remark,
});

/** Adds what a model credits for the rows of a block. */
type Credit = (block: Block) => void;

function creditOf(journeys: Journeys, model: RuleModel, groupOf: TouchGroups, sums: Sums, options: CreditOptions): Credit | null {
  if (model === 'first' || model === 'last') return (block) => creditOneTouch(journeys, block, model, groupOf, sums);
  if (model === 'w' || model === 'z') return (block) => creditMilestones(journeys, block, model, groupOf, sums);
  if (model === 'linear') return (block) => forEachLength(block, journeys, (same) => creditEvenly(journeys, same, groupOf, sums));
  if (model !== 'time_decay') return (block) => forEachLength(block, journeys, (same) => creditEnds(journeys, same, model, groupOf, sums));
  if (journeys.times === null) return null;
  const times = journeys.times.touches;
  const table = makeDecayTable(options.halfLifeSeconds);
  return (block) => forEachLength(block, journeys, (same) => creditDecay(journeys, same, times, table, groupOf, sums));
}

const withoutTimes: ModelNotComputed = {
  conversions: null,
  values: null,
  reason: 'Time decay needs the time of each touch; these paths only have their order.',
};

function remarkOn(journeys: Journeys, model: RuleModel): string | null {
  if (journeys.milestones !== null) return null;
  if (model === 'u') return 'No lead creation is known here: U is shared between the first and the last touch.';
  if (model === 'w') return 'Neither lead nor deal creation is known here: their shares go to the first touch, which gets 90 %.';
  if (model === 'z') return 'Neither lead nor deal creation is known here: the first and the last touch get 45 % each.';
  return null;
}

function checkGroups(journeys: Journeys, groupOf: TouchGroups, groupCount: number): void {
  const touches = journeys.channels.length;
  if (groupOf.length !== touches) throw new RangeError(`${groupOf.length} codes for ${touches} touches; give one for each`);
  // A code beyond the last group would be dropped without a word by the typed arrays the sums rest in.
  if (groupOf === journeys.channels && groupCount >= journeys.channelCount) return;
  let highest = -1;
  for (let i = 0; i < touches; i++) if ((groupOf[i] as number) > highest) highest = groupOf[i] as number;
  if (highest >= groupCount) throw new RangeError(`a touch has group ${highest} of ${groupCount}; give codes from 0 to ${groupCount - 1}`);
}

/** A position beyond its journey would credit the next one's touch. */
function checkMilestones({ count, starts, milestones }: Journeys): void {
  if (milestones === null) return;
  for (let row = 0; row < count; row++) {
    const touches = (starts[row + 1] as number) - (starts[row] as number);
    const highest = Math.max(milestones.lead[row] as number, milestones.deal[row] as number);
    if (highest >= touches && highest >= 0)
      throw new RangeError(`journey ${row} has a milestone at position ${highest} of ${touches} touches; give −1 where there is none`);
  }
}

interface Totals extends Pick<RuleTallies, 'total' | 'unattributed'> {
  /** Rows with a conversion or a value. */
  readonly credited: number;
}

/** Sums of whole numbers below 2^53 are exact in any order, so the check below makes all sums of the tallies exact. */
function totalsOf(journeys: Journeys): Totals {
  // In a typed array, which tells the compiler that they are doubles: numbers that start as a plain 0 took four times as long.
  const sums = new Float64Array(4);
  const unattributed = { conversions: 0, value: 0 };
  forEachBlock(journeys, (block) => {
    addTotals(sums, journeys, block);
    addUnattributed(unattributed, journeys, block);
  });
  const [size, value, conversions, credited] = sums as unknown as [number, number, number, number];
  if (!(size <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`the values add up to ${size}, beyond 2^53; tally fewer journeys at once`);
  return { total: { conversions, value }, unattributed, credited };
}

function addTotals(sums: Float64Array, { conversions, values }: Journeys, { from, to }: Block): void {
  let [size, value, converted] = [sums[0] as number, sums[1] as number, sums[2] as number];
  let credited = 0;
  for (let row = from; row < to; row++) {
    const worth = values[row] as number;
    const conversion = conversions[row] as number;
    if (worth !== Math.floor(worth)) throw new RangeError(`the value of journey ${row} is ${worth}; give whole minor units`);
    if (worth !== 0 || conversion !== 0) credited++;
    size += Math.abs(worth);
    value += worth;
    converted += conversion;
  }
  sums[0] = size;
  sums[1] = value;
  sums[2] = converted;
  sums[3]! += credited;
}

function addUnattributed(
  unattributed: { conversions: number; value: number },
  { starts, conversions, values }: Journeys,
  { from, to }: Block,
): void {
  for (let row = from; row < to; row++) {
    if (starts[row] !== starts[row + 1]) continue;
    unattributed.value += values[row] as number;
    unattributed.conversions += conversions[row] as number;
  }
}

/** Where most journeys have nothing to credit, taking them out once is quicker than passing them by in each model. */
function onlyCredited(journeys: Journeys, groupOf: TouchGroups): { readonly journeys: Journeys; readonly groupOf: TouchGroups } {
  const credited = creditedRows(journeys);
  const selected = selectJourneys(journeys, credited);
  return { journeys: selected, groupOf: groupOf === journeys.channels ? selected.channels : selectCodes(groupOf, credited) };
}
