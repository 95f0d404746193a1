/** Asks the data-driven models, first for their answers, then for how sure they are. Plain calculation, long: see estimate-thread.ts. */

import { bootstrap, type Bootstrap, type DrivenModel } from '#engine/attribution/bootstrap.ts';
import type { Journeys } from '#engine/attribution/journeys.ts';
import { markov } from '#engine/attribution/markov.ts';
import { shapley } from '#engine/attribution/shapley.ts';
import { drivenModels, type DrivenModelName } from '../contract/attribution.ts';
import type { EstimatedChannel, EstimatedModel } from './estimates.ts';

export interface DrivenAsk {
  readonly journeys: Journeys;
  /** By channel code. */
  readonly channels: readonly (string | null)[];
  readonly replicates: number;
  /** The same seed draws the same samples. */
  readonly seed: number;
}

export interface DrivenStep {
  readonly done: number;
  readonly of: number;
  /** Models answered since the last step, or answered again with intervals. */
  readonly models: Partial<Record<DrivenModelName, EstimatedModel>>;
}

/** Models that take longest come last. */
const order: readonly DrivenModelName[] = ['shapley', 'markov1', 'markov2', 'markov3', 'markov4'];

export function* askDrivenModels(ask: DrivenAsk): Generator<DrivenStep> {
  const of = drivenModels.length * (ask.replicates + 1);
  let done = 0;
  const plain = new Map<DrivenModelName, EstimatedModel>();
  for (const name of order) {
    const model = answer(ask, name);
    plain.set(name, model);
    yield { done: ++done, of, models: { [name]: model } };
  }
  for (const name of order) {
    const steps = bootstrap(ask.journeys, asked(name), { replicates: ask.replicates, confidencePercent: 90, random: seeded(ask.seed) });
    for (;;) {
      const step = steps.next();
      if (step.done) {
        yield { done, of, models: { [name]: withIntervals(plain.get(name)!, step.value, ask.channels) } };
        break;
      }
      if (step.value.done > 0) yield { done: ++done, of, models: {} };
    }
  }
}

const asked = (name: DrivenModelName): DrivenModel =>
  name === 'shapley' ? { model: 'shapley' } : { model: 'markov', order: Number(name.slice('markov'.length)) };

function answer({ journeys, channels }: DrivenAsk, name: DrivenModelName): EstimatedModel {
  const model = asked(name);
  const { channels: credited, totals, reason, valueReason } = model.model === 'markov' ? markov(journeys, model) : shapley(journeys);
  const nulls = 'nulls' in totals ? totals.nulls : 0;
  return {
    conversions: totals.conversions,
    value: totals.value.toString(),
    nulls,
    reason,
    valueReason,
    replicates: 0,
    channels: byName(channels, (code): EstimatedChannel => {
      const each = credited[code]!;
      return {
        conversions: each.conversions,
        value: each.value?.toString() ?? null,
        share: each.valueShare ?? each.share,
        removalEffect: 'removalEffect' in each ? each.removalEffect : null,
        conversionsInterval: null,
        valueInterval: null,
      };
    }),
  };
}

function withIntervals(
  model: EstimatedModel,
  { channels: drawn, replicates }: Bootstrap,
  channels: readonly (string | null)[],
): EstimatedModel {
  return {
    ...model,
    replicates,
    channels: byName(channels, (code, name) => {
      const { conversions, value } = drawn[code]!;
      return {
        ...model.channels[name]!,
        conversionsInterval: conversions,
        valueInterval: value && { low: value.low.toString(), high: value.high.toString() },
      };
    }),
  };
}

const byName = (
  channels: readonly (string | null)[],
  make: (code: number, name: string) => EstimatedChannel,
): Record<string, EstimatedChannel> =>
  Object.fromEntries(channels.flatMap((name, code) => (name === null ? [] : [[name, make(code, name)]])));

/** Uniform in [0, 1): mulberry32. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
