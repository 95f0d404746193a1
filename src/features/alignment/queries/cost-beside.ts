/** What belongs to a cause and is not added to it, and what customers pay, which the lost ones are held against. */

import type { CauseCost } from '#engine/alignment/cost/cause-cost.ts';
import type { CauseName } from '#engine/alignment/cost/causes.ts';
import type { CostLead } from '#engine/alignment/cost/lead.ts';
import { paidOn } from '#features/returns/queries/account-course.ts';
import type { CostBeside } from '../contract/cost.ts';
import type { CostFound } from './cost-answered.ts';
import type { CostGround } from './cost-ground.ts';
import type { CostQuestion } from './cost-question.ts';
import { unfollowedSpend } from './cost-spend.ts';

const counted = (amount: number) => ({ amount: String(Math.round(amount)), low: null, high: null, hours: null });

export function besideOf(cause: CauseName, { atStake, minutes, whyNot }: CauseCost): CostBeside[] {
  if (minutes !== null)
    return [
      {
        ...{ key: 'hours', label: 'Hours', amount: null, low: null, high: null, hours: Math.round(minutes / 6) / 10 },
        says:
          cause === 'rejectedHours'
            ? 'What reps did on these leads before they were rejected, by the minutes stated for each thing.'
            : 'What reps did on all rejected leads that fit. Not added: worked as agreed, they would have taken more.',
      },
    ];
  if (whyNot !== null || atStake === null) return [];
  return cause === 'churnedAgainstIcp'
    ? [
        {
          key: 'yearly',
          label: 'What they paid a year',
          ...counted(atStake),
          says: 'All that customers who do not fit and left had paid a year; some would have left all the same.',
        },
      ]
    : [
        {
          key: 'amounts',
          label: 'Amounts of these deals',
          ...counted(atStake),
          says: 'All of it, as if each of these deals had been sure to be won.',
        },
      ];
}

/** What was spent to get the leads of campaigns that nobody followed: counted, and in the lost revenue already. */
export async function spendBeside(ground: CostGround, question: CostQuestion, { past }: CostFound): Promise<CostBeside[]> {
  const isInPeriod = ({ passedAt }: CostLead): boolean => {
    const day = question.dayOf(passedAt);
    return day >= question.days.start && day <= question.days.end;
  };
  const isAsked = ({ passedAt, segment }: CostLead): boolean => question.partOf(passedAt, segment) !== null;
  const { amount, low, high } = await unfollowedSpend(ground, question.days, past.asOf, past.leads, isAsked, isInPeriod);
  return [
    {
      ...{ key: 'spend', label: 'Spent to get them', amount: String(amount), low: String(low), high: String(high), hours: null },
      says: 'Spend of each campaign in the period × its leads never worked ÷ its leads passed. Not added: had they been followed, it would have been spent as well.',
    },
  ];
}

/** What the customers of the question paid a year in the middle of the period. */
export function paidInTheMiddle({ returns: { revenue, asOf } }: CostGround, { days, segment }: CostQuestion): number {
  const middle = Math.min(asOf, Math.floor((days.start + days.end) / 2));
  const { account, segment: ofRow } = revenue.revenue.numbers;
  const { dictionaries } = revenue.revenue;
  const asked = new Set<number>();
  for (let row = 0; row < revenue.revenue.count; row++)
    if (segment === undefined || dictionaries.segment.texts[ofRow[row]!] === segment) asked.add(account[row]!);
  return [...asked].reduce((sum, code) => sum + 12 * paidOn(revenue.books.courses, code, middle), 0);
}
