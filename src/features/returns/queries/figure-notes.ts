/** What a reader must know beside the formulas: what is left out, what is not set, whose pay is not in it. */

import { dayText } from '#engine/values/calendarDay.ts';
import type { Counted, FigureQuestion, FigureReadings } from './figure-count.ts';
import { costsAreKeptBy } from './figure-costs.ts';
import type { Ground } from './figure-scope.ts';

export function notesOfFigures(ground: Ground, question: FigureQuestion, { gaps, total }: Counted, readings: FigureReadings): string[] {
  const { customers, cohort } = total;
  return [
    ...payNotes(ground),
    ...(ground.settings.grossMarginPercent === null
      ? ['The gross margin is not set: LTV, payback, ROMI and ROI are not numbers until it is.']
      : []),
    ...[...gaps.withoutRate].map(([currency, deals]) => `${count(deals, 'deal')} in ${currency} have no rate and are in no sum.`),
    ...readings.unbooked.map(
      ({ currency, entries }) => `${count(entries, 'cost entry', 'cost entries')} in ${currency} wait for a rate and are in no sum.`,
    ),
    ...(gaps.withoutCurrency > 0 ? [`${count(gaps.withoutCurrency, 'deal')} tell no currency and count as ${ground.currency}.`] : []),
    ...(gaps.wonWithoutAmount > 0 ? [`${count(gaps.wonWithoutAmount, 'won deal')} tell no amount: they count as won, with nothing.`] : []),
    ...(gaps.closedWithoutDay > 0 ? [`${count(gaps.closedWithoutDay, 'closed deal')} tell no day of closing and are in no period.`] : []),
    ...(gaps.wonWithoutAccount > 0 ? [`${count(gaps.wonWithoutAccount, 'won deal')} name no account: they make no new customer.`] : []),
    ...(gaps.openWithoutProbability > 0
      ? [`${count(gaps.openWithoutProbability, 'open deal')} tell no probability and are in no forecast.`]
      : []),
    ...(cohort && cohort.tooYoung > 0
      ? [
          `${count(cohort.tooYoung, 'lead')} were opened less than ${question.windowDays} days before ${dayText(ground.asOf)}: too young for the close rate.`,
        ]
      : []),
    ...(question.days.end > ground.asOf ? [`Nothing is on record after ${dayText(ground.asOf)}.`] : []),
    ...(question.lagDays > 0
      ? [`Cost is that of ${question.lagDays} days earlier: what was spent then is held against what was won in the period.`]
      : []),
    ...(costsAreKeptBy(question.by) ? [] : [`Costs are not kept by ${question.by}: they are in the total only.`]),
    ...(customers.customersAtEnd === 0
      ? ['No account is a customer by its revenue at the end of the period: ARPA, LTV and payback need revenue entries.']
      : []),
    ...(readings.attributed?.notes ?? []),
  ];
}

export const payNotes = ({ costBasis }: Ground): string[] =>
  costBasis === 'programme'
    ? ['Programme cost: salaries and commissions are in no figure here, as you may not see them of both sides.']
    : [];

const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
