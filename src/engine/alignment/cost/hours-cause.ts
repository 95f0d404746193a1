/** Rep hours on leads that were rejected: counted, not estimated; only what an hour costs has a range. */

import { type CauseCost, type CauseRecord, untold } from './cause-cost.ts';
import type { CostAsk } from './question.ts';
import { costOfMinutes, minutesOn } from './hours.ts';
import type { CostLead } from './lead.ts';
import type { Range } from './range.ts';
import { reasonsAboutFit, standingOf } from './standing.ts';

export function hoursOf(leads: readonly CostLead[], { hourly, minutes, partOf }: CostAsk): CauseCost {
  const aboutFit = reasonsAboutFit(leads);
  const inQuestion = leads.flatMap((lead) => {
    const part = partOf(lead.passedAt, lead.segment);
    return part === null ? [] : [{ lead, part, minutes: minutesOn(lead, minutes) }];
  });
  const rejected = inQuestion.filter(({ lead }) => standingOf(lead, aboutFit) === 'rejectedHours');
  const spent = rejected.reduce((sum, each) => sum + each.minutes, 0);
  if (typeof hourly === 'string') return { ...untold(hourly), minutes: spent };
  const carried = (each: { minutes: number }): number => Number(costOfMinutes(each.minutes, hourly.amount));
  const records = rejected.map((each): CauseRecord => ({ of: 'hours', lead: each.lead, minutes: each.minutes, amount: carried(each) }));
  const rangeFor = (some: readonly { minutes: number }[]): Range => {
    const all = some.reduce((sum, each) => sum + each.minutes, 0);
    const amount = some.reduce((sum, each) => sum + carried(each), 0);
    return {
      amount,
      low: Math.min(amount, Number(costOfMinutes(all, hourly.low))),
      high: Math.max(amount, Number(costOfMinutes(all, hourly.high))),
    };
  };
  return {
    ...untold(''),
    ...{ whyNot: null, records, minutes: spent, whole: rangeFor(rejected) },
    parts: new Map([...Map.groupBy(rejected, ({ part }) => part)].map(([part, some]) => [part, { ...rangeFor(some), count: some.length }])),
    against: Number(
      costOfMinutes(
        inQuestion.reduce((sum, each) => sum + each.minutes, 0),
        hourly.amount,
      ),
    ),
  };
}
