/** What attribution answers: credit of each channel under a model, adding up to the total. */

import type { Journeys } from '#engine/attribution/journeys.ts';
import { observational } from '#engine/attribution/observational.ts';
import { onlyConverting } from '#engine/attribution/select.ts';
import { type ModelTally, tallyRules } from '#engine/attribution/tally.ts';
import type { AskedModels, Model } from './models.ts';

/** Journeys with their channels by name. */
export interface NamedJourneys {
  readonly journeys: Journeys;
  /** By channel code; null: a code that no touch has. */
  readonly channels: readonly (string | null)[];
  /** Decimals of the values: they are whole units of `10^-places` in the journeys. */
  readonly places: number;
  /** Journeys that ended without a conversion, also where `journeys` doesn't hold them. */
  readonly nulls: number;
  readonly notes: readonly string[];
}

export interface ChannelCredit {
  readonly channel: string;
  readonly conversions: number;
  /** In the unit of the input; null where the model can't share it. */
  readonly value: number | null;
  /** Markov only: null where nothing converts. */
  readonly removalEffect?: number | null;
}

export interface ModelAnswer {
  readonly model: Model;
  /** Markov only. */
  readonly order?: number;
  /** Time decay only. */
  readonly halfLifeDays?: number;
  /** In the order they are met in the input. */
  readonly channels: readonly ChannelCredit[];
  /** All conversions; the channels and what is unattributed add up to it. */
  readonly total: { readonly conversions: number; readonly value: number; readonly nulls: number };
  /** Of journeys without a touch. */
  readonly unattributed: { readonly conversions: number; readonly value: number };
  readonly notes: readonly string[];
}

/** A model that was left out of all. */
export interface ModelLeftOut {
  readonly model: Model;
  readonly reason: string;
}

/** Each model's answer, in the order asked. */
export async function attribute(named: NamedJourneys, asked: AskedModels): Promise<(ModelAnswer | ModelLeftOut)[]> {
  const converting = onlyConverting(named.journeys);
  const answers: (ModelAnswer | ModelLeftOut)[] = [];
  for (const model of asked.models) {
    if (model === 'markov') answers.push(await answerMarkov(named, asked.order));
    else if (model === 'shapley') answers.push(await answerShapley(named, converting));
    else answers.push(answerRule(named, converting, model, asked.halfLifeDays));
  }
  return answers;
}

type RuleName = Exclude<Model, 'markov' | 'shapley'>;

function answerRule(named: NamedJourneys, converting: Journeys, model: RuleName, halfLifeDays: number): ModelAnswer | ModelLeftOut {
  const { channels, channelCount } = converting;
  const options = { halfLifeSeconds: Math.round(halfLifeDays * 86_400) };
  const tallies = tallyRules(converting, [model], channels, channelCount, options);
  const tally = tallies.models.get(model)!;
  if (tally.conversions === null) return { model, reason: tally.reason };
  const { conversions, values, remark } = tally satisfies ModelTally;
  return {
    model,
    ...(model === 'time_decay' ? { halfLifeDays } : {}),
    channels: creditsOf(named, (code) => ({ conversions: conversions[code]!, value: inUnit(values[code]!, named.places) })),
    ...sumsOf(named, tallies.total, tallies.unattributed),
    notes: remark === null ? named.notes : [remark, ...named.notes],
  };
}

async function answerMarkov(named: NamedJourneys, order: number): Promise<ModelAnswer> {
  const { markov } = await import('#engine/attribution/markov.ts');
  const found = markov(named.journeys, { order });
  const { totals, unattributed, reason, valueReason } = found;
  const reasons = [reason, valueReason].filter((each) => each !== null && totals.conversions + totals.nulls > 0);
  return {
    model: 'markov',
    order,
    channels: creditsOf(named, (code) => {
      const { conversions, value, removalEffect } = found.channels[code]!;
      return { conversions, value: value === null ? null : inUnit(value, named.places), removalEffect };
    }),
    ...sumsOf(named, added(totals, unattributed), unattributed),
    notes: [observational, ...[...new Set(reasons)].map((each) => `Not everything can be shared: ${each}.`), ...named.notes],
  };
}

async function answerShapley(named: NamedJourneys, converting: Journeys): Promise<ModelAnswer> {
  const { shapley } = await import('#engine/attribution/shapley.ts');
  const found = shapley(converting);
  return {
    model: 'shapley',
    channels: creditsOf(named, (code) => {
      const { conversions, value } = found.channels[code]!;
      return { conversions, value: value === null ? null : inUnit(value, named.places) };
    }),
    ...sumsOf(named, added(found.totals, found.unattributed), found.unattributed),
    notes: [observational, ...named.notes],
  };
}

interface Sum {
  readonly conversions: number;
  readonly value: number | bigint;
}

const added = (one: Sum, other: Sum): Sum => ({
  conversions: one.conversions + other.conversions,
  value: BigInt(one.value) + BigInt(other.value),
});

function sumsOf({ places, nulls }: NamedJourneys, total: Sum, unattributed: Sum): Pick<ModelAnswer, 'total' | 'unattributed'> {
  return {
    total: { conversions: total.conversions, value: inUnit(total.value, places), nulls },
    unattributed: { conversions: unattributed.conversions, value: inUnit(unattributed.value, places) },
  };
}

function creditsOf({ channels }: NamedJourneys, credit: (code: number) => Omit<ChannelCredit, 'channel'>): ChannelCredit[] {
  return channels.flatMap((channel, code) => (channel === null ? [] : [{ channel, ...credit(code) }]));
}

/** Whole units with a point put in: the number that is written like that, with nothing calculated. */
function inUnit(units: number | bigint, places: number): number {
  const digits = String(units).padStart(places + 1, '0');
  return Number(places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`);
}
