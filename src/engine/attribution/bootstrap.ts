/**
 * How sure a data-driven model is: the journeys on record are taken for a sample, drawn again and again, and the model is
 * asked each time (B. Efron, Bootstrap methods: another look at the jackknife, Annals of Statistics 7, 1979; percentile
 * interval). The totals are facts and stay as they are: what varies is how they are split.
 */

import { drawCounts } from './bootstrap-draw.ts';
import { aggregatePaths } from './distinct-paths.ts';
import type { Journeys } from './journeys.ts';
import { removalEffects, sharesOf } from './markov-effects.ts';
import { onlyConverting } from './select.ts';
import { shapleyShares } from './shapley.ts';

export type DrivenModel = { readonly model: 'markov'; readonly order: number } | { readonly model: 'shapley' };

export interface BootstrapOptions {
  /** How often the journeys are drawn; 200 unless said. */
  readonly replicates?: number;
  /** Percent of the replicates between low and high; 90 unless said. */
  readonly confidencePercent?: number;
  /** Uniform in [0, 1), seeded: the same draws give the same intervals. */
  readonly random: () => number;
}

export interface Interval<N> {
  readonly low: N;
  readonly high: N;
}

export interface BootstrapChannel {
  readonly share: Interval<number> | null;
  /** Share × the conversions on record. */
  readonly conversions: Interval<number> | null;
  readonly valueShare: Interval<number> | null;
  /** Share of value × the value on record, to the nearest minor unit. */
  readonly value: Interval<bigint> | null;
}

export interface Bootstrap {
  /** By channel code. */
  readonly channels: readonly BootstrapChannel[];
  readonly replicates: number;
  readonly confidencePercent: number;
  /** Why there is no interval, in words; null where there is one. */
  readonly reason: string | null;
  readonly valueReason: string | null;
}

/**
 * Yields before the first replicate and after each how many are done, so that the caller may let others work, show
 * progress or stop; returns the intervals.
 */
export type BootstrapSteps = Generator<{ readonly done: number; readonly of: number }, Bootstrap, void>;

/**
 * Percentile intervals for the credit of each channel. Every replicate counts each journey Poisson(1) times: the multinomial
 * draw without its fixed total, on which shares don't depend. Journeys along one path are drawn together, as the sum of
 * Poisson counts is Poisson; conversions of different value are drawn apart. Of a row that is a path with many conversions
 * only their mean value is known, so what their values differ by is missing from the interval of value.
 * @throws RangeError for replicates below 20, a confidence outside 50 … 99 percent, an order other than 1 … 4
 */
export function* bootstrap(journeys: Journeys, asked: DrivenModel, options: BootstrapOptions): BootstrapSteps {
  const { replicates = 200, confidencePercent = 90, random } = options;
  check(replicates, confidencePercent);
  const totals = totalsOf(journeys);
  const reasons = whyNot(totals);
  const shares: Shares[] = [];
  if (reasons.reason === null) {
    const ask = modelOf(asked);
    const rows = rowsToDraw(journeys, asked);
    const drawn = { ...rows, conversions: rows.conversions.slice(), values: rows.values.slice(), nulls: rows.nulls.slice() };
    yield { done: 0, of: replicates };
    for (let done = 1; done <= replicates; done++) {
      draw(rows, drawn, random);
      shares.push(ask(drawn));
      yield { done, of: replicates };
    }
  }
  return { ...intervals(journeys.channelCount, totals, shares, confidencePercent, reasons), replicates, confidencePercent };
}

function check(replicates: number, confidencePercent: number): void {
  if (!(Number.isInteger(replicates) && replicates >= 20))
    throw new RangeError(`replicates is ${replicates}; a whole number from 20 would be fine`);
  if (!(confidencePercent >= 50 && confidencePercent <= 99))
    throw new RangeError(`confidencePercent is ${confidencePercent}; 50 to 99 would be fine`);
}

/** What a model says of one draw: shares by channel code that add up to 1, or null where it can't say. */
interface Shares {
  readonly conversions: Float64Array | null;
  readonly value: Float64Array | null;
}

/** A draw is off by percents: its model need not be exact to the ninth place. */
const tolerance = 1e-6;

function modelOf(asked: DrivenModel): (journeys: Journeys) => Shares {
  if (asked.model === 'shapley') return shapleyShares;
  return (journeys) => {
    const { onConversions, onValue } = removalEffects(journeys, asked.order, tolerance);
    return { conversions: onConversions && sharesOf(onConversions), value: onValue && sharesOf(onValue) };
  };
}

/** In as few rows as the model needs: Shapley sees no journey that didn't convert, a chain no run longer than its window. */
const rowsToDraw = (journeys: Journeys, asked: DrivenModel): Journeys =>
  asked.model === 'shapley'
    ? aggregatePaths(onlyConverting(journeys), { valuesApart: true, longestRun: 1 })
    : aggregatePaths(journeys, { valuesApart: true, longestRun: asked.order });

interface Drawn extends Journeys {
  readonly conversions: Float64Array;
  readonly values: Float64Array;
  readonly nulls: Float64Array;
}

function draw(rows: Journeys, drawn: Drawn, random: () => number): void {
  drawCounts(rows.conversions, drawn.conversions, random);
  drawCounts(rows.nulls, drawn.nulls, random);
  for (let row = 0; row < rows.count; row++)
    if (rows.conversions[row] !== 0) drawn.values[row] = (rows.values[row]! * drawn.conversions[row]!) / rows.conversions[row]!;
}

interface Totals {
  readonly conversions: number;
  readonly value: number;
}

function totalsOf({ count, starts, conversions, values }: Journeys): Totals {
  let [converted, value] = [0, 0];
  for (let j = 0; j < count; j++) {
    if (starts[j] === starts[j + 1]) continue;
    converted += conversions[j]!;
    value += values[j]!;
  }
  return { conversions: converted, value };
}

/** With fewer, nearly every draw holds the same few journeys, and the interval would look surer than it is. */
const fewestConversions = 10;

interface Reasons {
  readonly reason: string | null;
  readonly valueReason: string | null;
}

function whyNot({ conversions, value }: Totals): Reasons {
  const reason =
    conversions < fewestConversions
      ? `${conversions} ${conversions === 1 ? 'conversion with touches is' : 'conversions with touches are'} too few to say how sure a share is; it takes ${fewestConversions}`
      : null;
  return { reason, valueReason: reason ?? (value === 0 ? 'the conversions have no value' : null) };
}

function intervals(
  channelCount: number,
  totals: Totals,
  shares: readonly Shares[],
  confidencePercent: number,
  { reason, valueReason }: Reasons,
) {
  const ofConversions = columns(
    channelCount,
    shares.flatMap((one) => one.conversions ?? []),
    confidencePercent,
  );
  const told = shares.flatMap((one) => one.value ?? []);
  const untold = valueReason ?? (told.length < shares.length ? 'in some draws the value can’t be shared out' : null);
  const ofValue = untold === null ? columns(channelCount, told, confidencePercent) : null;
  const channels = Array.from({ length: channelCount }, (_, channel): BootstrapChannel => {
    const share = ofConversions[channel] ?? null;
    const valueShare = ofValue?.[channel] ?? null;
    return {
      share,
      conversions: share && { low: share.low * totals.conversions, high: share.high * totals.conversions },
      valueShare,
      value: valueShare && { low: part(totals.value, valueShare.low), high: part(totals.value, valueShare.high) },
    };
  });
  return { channels, reason, valueReason: untold };
}

/** By rank: with 200 replicates and 90 percent, the 10th from below and the 10th from above. */
function columns(channelCount: number, shares: readonly Float64Array[], confidencePercent: number): (Interval<number> | null)[] {
  return Array.from({ length: channelCount }, (_, channel) => {
    if (shares.length === 0) return null;
    const sorted = Float64Array.from(shares, (one) => one[channel]!).sort();
    const outside = Math.max(1, Math.floor((sorted.length * (100 - confidencePercent)) / 200));
    return { low: sorted[outside - 1]!, high: sorted[sorted.length - outside]! };
  });
}

const part = (total: number, share: number): bigint => BigInt(Math.round(total * share));
