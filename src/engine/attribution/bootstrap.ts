/**
 * How sure a data-driven model is: the journeys on record are taken for a sample, drawn again and again, and the model is
 * asked each time (B. Efron, Bootstrap methods, Annals of Statistics 7, 1979; percentile interval). The totals are facts and
 * stay as they are: what varies is how they are split.
 */

import { poisson } from './bootstrap-draw.ts';
import { aggregatePaths } from './distinct-paths.ts';
import type { Journeys } from './journeys.ts';
import { markov } from './markov.ts';
import { shapley } from './shapley.ts';

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

/** Yields after every replicate how many are done, so that the caller may let others work, show progress or stop. */
export type BootstrapSteps = Generator<{ readonly done: number; readonly of: number }, Bootstrap, void>;

/**
 * Percentile intervals for the credit of each channel. Every replicate counts each journey Poisson(1) times, which is the
 * multinomial draw without its fixed total; shares don't depend on that total.
 * @throws RangeError for replicates below 20 or a confidence outside 50 … 99.9 percent
 */
export function* bootstrap(journeys: Journeys, asked: DrivenModel, options: BootstrapOptions): BootstrapSteps {
  const { replicates = 200, confidencePercent = 90, random } = options;
  if (!(Number.isInteger(replicates) && replicates >= 20))
    throw new RangeError(`replicates is ${replicates}; a whole number from 20 would be fine`);
  if (!(confidencePercent >= 50 && confidencePercent <= 99.9))
    throw new RangeError(`confidencePercent is ${confidencePercent}; 50 to 99.9 would be fine`);
  const rows = aggregatePaths(journeys, { valuesApart: true, longestRun: asked.model === 'markov' ? asked.order : 1 });
  const shares: (readonly Shared[])[] = [];
  for (let done = 1; done <= replicates; done++) {
    shares.push(sharesOf(drawn(rows, random), asked));
    yield { done, of: replicates };
  }
  return intervals(journeys, asked, shares, replicates, confidencePercent);
}

interface Shared {
  readonly share: number | null;
  readonly valueShare: number | null;
}

const sharesOf = (journeys: Journeys, asked: DrivenModel): readonly Shared[] => answer(journeys, asked).channels;

const answer = (journeys: Journeys, asked: DrivenModel) =>
  asked.model === 'markov' ? markov(journeys, { order: asked.order }) : shapley(journeys);

function drawn(rows: Journeys, random: () => number): Journeys {
  const conversions = rows.conversions.map((mean) => poisson(mean, random));
  const nulls = rows.nulls.map((mean) => poisson(mean, random));
  const values = rows.values.map((value, row) => (value === 0 ? 0 : Math.round((value * conversions[row]!) / rows.conversions[row]!)));
  return { ...rows, conversions, nulls, values };
}

function intervals(
  journeys: Journeys,
  asked: DrivenModel,
  all: (readonly Shared[])[],
  replicates: number,
  confidencePercent: number,
): Bootstrap {
  const { totals, reason, valueReason } = answer(journeys, asked);
  const between = (pick: (shared: Shared) => number | null, channel: number): Interval<number> | null => {
    const sorted = all.flatMap((one) => pick(one[channel]!) ?? []).sort((a, b) => a - b);
    if (sorted.length < all.length / 2) return null;
    const outside = (100 - confidencePercent) / 200;
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))]!;
    return { low: at(outside), high: at(1 - outside) };
  };
  const channels = Array.from({ length: journeys.channelCount }, (_, channel) => {
    const share = reason === null ? between((one) => one.share, channel) : null;
    const valueShare = valueReason === null ? between((one) => one.valueShare, channel) : null;
    return {
      share,
      conversions: share && { low: share.low * totals.conversions, high: share.high * totals.conversions },
      valueShare,
      value: valueShare && { low: part(totals.value, valueShare.low), high: part(totals.value, valueShare.high) },
    };
  });
  return { channels, replicates, confidencePercent, reason, valueReason };
}

const part = (total: bigint, share: number): bigint => BigInt(Math.round(Number(total) * share));
