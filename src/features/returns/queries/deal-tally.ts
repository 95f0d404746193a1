/** Deals by slice: won, lost, open. Every count and every list of deals goes through `partsOfDeal`. */

import type { AmountSums } from '#engine/returns/mean.ts';
import type { OpenDeal } from '#engine/returns/pipeline.ts';
import { fraction } from '#engine/values/fraction.ts';
import { noDay } from '#platform/db/row-columns.ts';
import { amountIs, type DealColumns } from './deal-columns.ts';
import type { Days } from './figure-scope.ts';
import { countOf, sliceOn, slicesAtEnd, type Slices } from './slices.ts';

export const dealParts = ['won', 'lost', 'cycle', 'open', 'forecast'] as const;
export type DealPart = (typeof dealParts)[number];

export interface DealTally {
  won: number;
  lost: number;
  wonValue: bigint;
  lostValue: bigint;
  /** Of the deals won that have an amount. */
  wonAmounts: { count: number; sum: bigint; sumOfSquares: bigint } & AmountSums;
  /** close − created of deals won that tell both. */
  cycleDays: number[];
  cycleValue: bigint;
  open: number;
  pipeline: bigint;
  forecast: OpenDeal[];
  forecastValue: bigint;
}

const emptyTally = (): DealTally => ({
  won: 0,
  lost: 0,
  wonValue: 0n,
  lostValue: 0n,
  wonAmounts: { count: 0, sum: 0n, sumOfSquares: 0n },
  cycleDays: [],
  cycleValue: 0n,
  open: 0,
  pipeline: 0n,
  forecast: [],
  forecastValue: 0n,
});

/** What couldn't be counted as it should, over the whole answer. */
export interface DealGaps {
  /** By currency, deals that no rate converts. */
  readonly withoutRate: Map<string, number>;
  withoutCurrency: number;
  wonWithoutAmount: number;
  closedWithoutDay: number;
  wonWithoutAccount: number;
  openWithoutProbability: number;
}

/** Asked once a deal and part: with the slice in which it counts. */
type Visit = (part: DealPart, slice: number) => void;

/** Tells every part and slice in which a deal counts. */
export function partsOfDeals(deals: DealColumns, slices: Slices): (row: number, visit: Visit) => void {
  const { status, opened, closed, probability } = deals.numbers;
  const codes = deals.dictionaries.status.codes;
  const [won, open] = [codes.get('won'), codes.get('open')];
  return (row, visit) => {
    const [state, group] = [status[row]!, slices.ofDeals[row]!];
    if (state !== open) {
      const slice = closed[row] === noDay ? -1 : sliceOn(slices, closed[row]!, group);
      if (slice >= 0) visit(state === won ? 'won' : 'lost', slice);
      if (slice >= 0 && state === won && opened[row] !== noDay) visit('cycle', slice);
      if (closed[row] === noDay || opened[row] === noDay || closed[row]! <= slices.days.start) return;
    }
    // One that is open without a day of opening has been so since ever.
    const from = opened[row] === noDay ? -Infinity : opened[row]!;
    slicesAtEnd(slices, group, from, state === open ? Infinity : closed[row]!, (slice) => {
      visit('open', slice);
      if (state === open && probability[row]! >= 0 && hasBooked(deals, row)) visit('forecast', slice);
    });
  };
}

/** Whether a deal was opened in the days and is won by now, whenever it closed. */
export function openedAndWon({ numbers, dictionaries }: DealColumns, { start, end }: Days): (row: number) => boolean {
  const won = dictionaries.status.codes.get('won');
  const { status, opened } = numbers;
  return (row) => status[row] === won && opened[row] !== noDay && opened[row]! >= start && opened[row]! <= end;
}

export function tallyDeals(deals: DealColumns, slices: Slices): { tallies: DealTally[]; gaps: DealGaps } {
  const tallies = Array.from({ length: countOf(slices) }, emptyTally);
  const gaps = emptyGaps();
  const parts = partsOfDeals(deals, slices);
  const openDeal = openDeals(deals);
  for (let row = 0; row < deals.count; row++) {
    noteUndated(deals, row, gaps);
    parts(row, (part, slice) => {
      add(tallies[slice]!, part, deals, row, openDeal);
      if (part !== 'cycle') noteGaps(deals, row, part, gaps);
    });
  }
  return { tallies, gaps };
}

/** A deal that is open at the end of many periods is one object. */
function openDeals({ amounts, numbers }: DealColumns): (row: number) => OpenDeal {
  const known = new Map<number, OpenDeal>();
  return (row) => {
    let deal = known.get(row);
    if (!deal) known.set(row, (deal = { amount: amounts.amount[row]!, probability: fraction(numbers.probability[row]!, 10_000) }));
    return deal;
  };
}

function add(tally: DealTally, part: DealPart, deals: DealColumns, row: number, openDeal: (row: number) => OpenDeal): void {
  const amount = deals.amounts.amount[row]!;
  switch (part) {
    case 'won':
      tally.won++;
      tally.wonValue += amount;
      if (hasBooked(deals, row)) {
        tally.wonAmounts.count++;
        tally.wonAmounts.sum += amount;
        tally.wonAmounts.sumOfSquares += amount * amount;
      }
      return;
    case 'lost':
      tally.lost++;
      tally.lostValue += amount;
      return;
    case 'cycle':
      tally.cycleDays.push(deals.numbers.closed[row]! - deals.numbers.opened[row]!);
      tally.cycleValue += amount;
      return;
    case 'open':
      tally.open++;
      tally.pipeline += amount;
      return;
    case 'forecast':
      tally.forecast.push(openDeal(row));
      tally.forecastValue += amount;
  }
}

const hasBooked = ({ numbers }: DealColumns, row: number): boolean =>
  numbers.hasAmount[row] === amountIs.booked || numbers.hasAmount[row] === amountIs.withoutCurrency;

const emptyGaps = (): DealGaps => ({
  withoutRate: new Map(),
  withoutCurrency: 0,
  wonWithoutAmount: 0,
  closedWithoutDay: 0,
  wonWithoutAccount: 0,
  openWithoutProbability: 0,
});

function noteUndated({ numbers, dictionaries }: DealColumns, row: number, gaps: DealGaps): void {
  if (numbers.closed[row] === noDay && dictionaries.status.texts[numbers.status[row]!] !== 'open') gaps.closedWithoutDay++;
}

function noteGaps({ numbers, dictionaries }: DealColumns, row: number, part: DealPart, gaps: DealGaps): void {
  const has = numbers.hasAmount[row]!;
  if (part === 'open' && numbers.probability[row]! < 0) gaps.openWithoutProbability++;
  if (part === 'won' && numbers.account[row] === 0) gaps.wonWithoutAccount++;
  if (part === 'forecast') return;
  if (part === 'won' && has === amountIs.notStated) gaps.wonWithoutAmount++;
  if (has === amountIs.withoutCurrency) gaps.withoutCurrency++;
  if (has !== amountIs.withoutRate) return;
  const currency = dictionaries.currency.texts[numbers.currency[row]!] ?? '';
  gaps.withoutRate.set(currency, (gaps.withoutRate.get(currency) ?? 0) + 1);
}
