/** The illness to look at first: what the cost names, shown in the component where it can be mended; else what is surely beneath what is ordinary. */

import { causeTable } from '#engine/alignment/cost/causes.ts';
import { type Alarm, alarms, componentOfCause } from '#engine/alignment/index/first.ts';
import type { Counts } from '#engine/alignment/index/score.ts';
import { type ComponentName, componentOf } from '#engine/alignment/index/table.ts';
import type { PayVisible } from '#features/returns/contract/pay.ts';
import type { CostAnswer } from '../contract/cost.ts';
import type { IndexFirst } from '../contract/index-answer.ts';
import { indexRecordsPath } from '../contract/index-records.ts';
import { answerCost } from './cost.ts';
import { pageAddresses } from './index-opens.ts';
import type { IndexQuestion } from './index-question.ts';
import { alarmSays } from './index-words.ts';

/** Days of an index that is of a year or more. */
const year = 365;

/**
 * The cost as its own page and the agenda tell it: of twelve months, since few weeks rarely say anything of it; of the
 * days of the index where these are a year or more.
 */
export const costOf = ({ ground, start, on, onDay, days, segment }: IndexQuestion, pay: PayVisible): Promise<CostAnswer> =>
  ground.once(`cost ${start} ${on} ${JSON.stringify(segment)}`, () =>
    answerCost(ground.database, ground.workspaceId, pay, {
      by: 'none',
      ...(days >= year ? { start, end: on } : onDay === ground.today ? {} : { end: on }),
      ...(segment === undefined ? {} : { segment }),
    }),
  );

export async function firstOf(question: IndexQuestion, pay: PayVisible, counts: Counts): Promise<IndexFirst | null> {
  const { first } = await costOf(question, pay);
  if (first)
    return shownFirst(question, componentOfCause[first.cause], {
      cause: first.cause,
      says: first.says,
      side: causeTable[first.cause].side,
    });
  const alarm = named(counts);
  if (!alarm) return null;
  const { component, share, high } = alarm;
  const says = alarmSays(component, Math.max(0, share), high);
  return shownFirst(question, component, { cause: null, says, side: componentOf(component).side });
}

/**
 * What its share alone names. Of clauses nothing says how many observations their mean rests on: they name nothing by
 * themselves; of customers a year each is one.
 */
export function named({ salesClauses: _, marketingClauses: _other, ...counts }: Counts): Alarm | null {
  const observations = counts.customersKept ? { customersKept: counts.customersKept.of / 100 } : {};
  return alarms(counts, observations)[0] ?? null;
}

function shownFirst(
  { on, days, segment }: IndexQuestion,
  component: ComponentName,
  named: Pick<IndexFirst, 'cause' | 'says' | 'side'>,
): IndexFirst {
  const { label, page, of } = componentOf(component);
  const recordsUrl = of === null ? null : indexRecordsPath({ component, on, days, segment, state: 'missed' });
  return { component, label, ...named, opens: pageAddresses[page], recordsUrl };
}
