/** What a deal is worth: the mean of the amounts on record, by segment, and how far it may be from the truth. */

import { type Draws, drawNormal } from './draws.ts';

export interface Amounts {
  /** Mean, minor units; with what the company lends. */
  readonly mean: number;
  /** Deviation ÷ mean of single amounts. */
  readonly variation: number;
  /** So many amounts it rests on, those lent included. */
  readonly restsOn: number;
  /** Of the segment itself. */
  readonly own: number;
}

export interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** How amounts vary is taken from all segments together where a segment has not many more than so many. */
const lentVariations = 10;

/** By segment. Amounts above 0. */
export function amountsOf(segments: readonly (readonly number[])[]): Amounts[] {
  const all = segments.flat();
  const company = geometricMean(all);
  const together = variationTogether(segments);
  const lent = lentAmounts(segments);
  return segments.map((own) => {
    const restsOn = own.length + lent;
    const mean = own.length === 0 ? meanOf(all) : meanOf(own);
    // Lent in logarithms: how much dearer or cheaper than the company's deals these are.
    const pull = own.length === 0 || company === 0 ? 1 : (company / geometricMean(own)) ** (lent / restsOn);
    const square = (squaresOf(own) + lentVariations * together ** 2) / (Math.max(0, own.length - 1) + lentVariations);
    return { mean: mean * pull, variation: Math.sqrt(square), restsOn: Math.max(restsOn, 0.5), own: own.length };
  });
}

/** Mean and deviation as another sample might have shown them: a mean of n errs by variation ÷ √n, as factors do. */
export function drawnAmounts({ mean, variation, restsOn }: Amounts, draws: Draws): Moments {
  const square = Math.log(1 + variation ** 2 / restsOn);
  const drawn = mean * Math.exp(Math.sqrt(square) * drawNormal(draws) - square / 2);
  return { mean: drawn, deviation: drawn * variation };
}

/** Σ (amount ÷ mean − 1)². */
const squaresOf = (amounts: readonly number[]): number => {
  const mean = meanOf(amounts);
  return mean === 0 ? 0 : sum(amounts.map((amount) => (amount / mean - 1) ** 2));
};

function variationTogether(segments: readonly (readonly number[])[]): number {
  const used = segments.filter((each) => each.length > 0);
  const freedom = sum(used.map((each) => each.length)) - used.length;
  return freedom < 1 ? 1 : Math.sqrt(sum(used.map(squaresOf)) / freedom);
}

/**
 * How many of the company's amounts are lent to a segment: variance within segments ÷ between them, of logarithms. The
 * more segments differ in what a deal is worth, the less.
 */
function lentAmounts(segments: readonly (readonly number[])[]): number {
  const logs = segments.filter((each) => each.length > 0).map((each) => each.map(Math.log));
  if (logs.length < 2) return 0;
  const means = logs.map(meanOf);
  const count = sum(logs.map((each) => each.length));
  const grand = sum(logs.map((each, at) => each.length * means[at]!)) / count;
  const within = sum(logs.map((each, at) => sum(each.map((log) => (log - means[at]!) ** 2)))) / Math.max(1, count - logs.length);
  const room = count - sum(logs.map((each) => each.length ** 2)) / count;
  const between = (sum(logs.map((each, at) => each.length * (means[at]! - grand) ** 2)) - (logs.length - 1) * within) / Math.max(1, room);
  return between > 0 ? Math.min(mostLent, within / between) : mostLent;
}
const mostLent = 10;

const geometricMean = (amounts: readonly number[]): number => (amounts.length === 0 ? 0 : Math.exp(meanOf(amounts.map(Math.log))));
const meanOf = (numbers: readonly number[]): number => (numbers.length === 0 ? 0 : sum(numbers) / numbers.length);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
