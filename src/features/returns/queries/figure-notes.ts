/** What a reader must know beside the formulas: what is left out, what is not set, whose pay is not in it. */

import { dayText } from '#engine/values/calendarDay.ts';
import type { CountedSlices, FigureQuestion, FigureReadings } from './figure-count.ts';
import { costsAreKeptBy } from './figure-costs.ts';
import type { Ground } from './figure-scope.ts';
import type { SliceCounts } from './figure-values.ts';

export interface Note {
  readonly text: string;
  /** Where it is mended; null: nowhere. */
  readonly mend: 'settings' | 'ledger' | 'rates' | 'attribution' | null;
}

/** @param whole counts of the whole period, or those that follow each other in it */
export function notesOfFigures(
  ground: Ground,
  question: FigureQuestion,
  counted: CountedSlices,
  whole: readonly SliceCounts[],
  readings: FigureReadings,
): Note[] {
  return [
    ...payNotes(ground),
    ...when(ground.settings.grossMarginPercent === null, {
      text: 'The gross margin is not set: LTV, payback, ROMI and ROI are not numbers until it is.',
      mend: 'settings',
    }),
    ...gapNotes(ground, counted),
    ...readings.unbooked.map(
      ({ currency, entries }): Note => ({
        text: `${count(entries, 'cost entry', 'cost entries')} in ${currency} without a rate: in no sum.`,
        mend: 'rates',
      }),
    ),
    ...unbookedNotes(counted.unbooked),
    ...scopeNotes(ground, question, whole),
    ...when(
      question.by === 'channel' && readings.attributed?.model != null,
      'Attributed value is by channel group; deals, leads and costs are by the channel they name.',
    ),
    ...(readings.attributed?.notes ?? []).map((text): Note => ({ text, mend: 'attribution' })),
  ];
}

/** Of revenue. */
export const unbookedNotes = (unbooked: ReadonlyMap<string, number>): Note[] =>
  [...unbooked].map(([currency, entries]) => ({
    text: `${count(entries, 'entry', 'entries')} of revenue in ${currency} without a rate: in no sum.`,
    mend: 'rates',
  }));

/** Of what the records don't tell. */
function gapNotes({ currency: own }: Ground, { gaps }: CountedSlices): Note[] {
  const of = (number: number, what: string, then: string): Note[] =>
    when(number > 0, { text: `${count(number, what)} ${then}`, mend: null });
  return [
    ...[...gaps.withoutRate].map(
      ([currency, deals]): Note => ({ text: `${count(deals, 'deal')} in ${currency} without a rate: in no sum.`, mend: 'rates' }),
    ),
    ...of(gaps.withoutCurrency, 'deal', `without a currency: taken for ${own}.`),
    ...of(gaps.wonWithoutAmount, 'won deal', 'without an amount: counted as won, with nothing.'),
    ...of(gaps.closedWithoutDay, 'closed deal', 'without a day of closing: in no period.'),
    ...of(gaps.wonWithoutAccount, 'won deal', 'without an account: no new customer by them.'),
    ...of(gaps.openWithoutProbability, 'open deal', 'without a probability: in no forecast.'),
  ];
}

function scopeNotes(ground: Ground, { by, days, lagDays, windowDays, allocated }: FigureQuestion, whole: readonly SliceCounts[]): Note[] {
  const young = whole.reduce((sum, { cohort }) => sum + (cohort?.tooYoung ?? 0), 0);
  const asOf = dayText(ground.asOf);
  return [
    ...when(
      young > 0,
      `${count(young, 'lead')} opened less than ${count(windowDays, 'day')} before ${asOf}: too young for the close rate.`,
    ),
    ...when(days.end > ground.asOf, `Nothing is on record after ${asOf}.`),
    ...when(
      lagDays > 0,
      `Cost is that of ${count(lagDays, 'day')} earlier: what was spent then is held against what was won in the period.`,
    ),
    ...when(!costsAreKeptBy(by), `Costs are not kept by ${by}: they are in the total only.`),
    ...when(
      allocated,
      'Cost by group includes what allocation keys spread onto it; its list shows the entries booked to the group itself.',
    ),
    ...when(
      whole.at(-1)?.customers.customersAtEnd === 0,
      'No account is a customer by its revenue at the end of the period: ARPA, LTV and payback need revenue entries.',
    ),
  ];
}

export const payNotes = ({ costBasis }: Pick<Ground, 'costBasis'>): Note[] =>
  when(costBasis === 'programme', 'Programme cost: salaries and commissions are in no figure here, as you may not see them of both sides.');

const when = (isSo: boolean, note: string | Note): Note[] => (isSo ? [typeof note === 'string' ? { text: note, mend: null } : note] : []);

const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
export const textsOf = (notes: readonly Note[]): string[] => notes.map(({ text }) => text);
