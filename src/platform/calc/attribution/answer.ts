/** What attribution answers: credit of each channel under a model, adding up to the total. */

import type { Journeys } from '#engine/attribution/journeys.ts';
import type { Scale } from '#engine/attribution/read-amount.ts';
import { observational } from '#engine/attribution/observational.ts';
import { onlyConverting } from '#engine/attribution/select.ts';
import { tallyRules } from '#engine/attribution/tally.ts';
import { allocate } from '#engine/values/allocate.ts';
import type { AskedModels, Model } from './models.ts';

/** Journeys with their channels by name. */
export interface NamedJourneys {
  readonly journeys: Journeys;
  /** By channel code; null: a code that no touch has. */
  readonly channels: readonly (string | null)[];
  /** Values are whole units of `10^-scale.places` in the journeys. */
  readonly scale: Scale;
  /** Journeys that ended without a conversion, whether `journeys` holds them or not; null: not counted. */
  readonly nulls: number | null;
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
  readonly total: { readonly conversions: number; readonly value: number; readonly nulls: number | null };
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
  const { models, total, unattributed } = tallyRules(converting, [model], channels, channelCount, options);
  const tally = models.get(model)!;
  if (tally.conversions === null) return { model, reason: tally.reason };
  return {
    model,
    ...(model === 'time_decay' ? { halfLifeDays } : {}),
    channels: creditsOf(named, [...tally.conversions], [...tally.values]),
    ...sumsOf(named, total, unattributed),
    notes: [...(tally.remark === null ? [] : [tally.remark]), ...notesOn(named)],
  };
}

async function answerMarkov(named: NamedJourneys, order: number): Promise<ModelAnswer> {
  const { markov } = await import('#engine/attribution/markov.ts');
  const { channels, totals, unattributed, reason, valueReason } = markov(named.journeys, { order });
  const credits = creditsOf(
    named,
    channels.map(({ conversions }) => conversions),
    channels.map(({ value }) => value),
  );
  const effects = channels.flatMap(({ removalEffect }, code) => (named.channels[code] === null ? [] : [removalEffect]));
  const unshared = totals.conversions > 0 && totals.value > 0n ? valueReason : totals.nulls > 0 ? reason : null;
  return {
    model: 'markov',
    order,
    channels: credits.map((credit, at) => ({ ...credit, removalEffect: effects[at]! })),
    ...sumsOf(named, added(totals, unattributed), unattributed),
    notes: [observational, ...(unshared === null ? [] : [`There is nothing to share: ${unshared}.`]), ...notesOn(named)],
  };
}

async function answerShapley(named: NamedJourneys, converting: Journeys): Promise<ModelAnswer> {
  const { shapley } = await import('#engine/attribution/shapley.ts');
  const { channels, totals, unattributed } = shapley(converting);
  return {
    model: 'shapley',
    channels: creditsOf(
      named,
      channels.map(({ conversions }) => conversions),
      channels.map(({ value }) => value),
    ),
    ...sumsOf(named, added(totals, unattributed), unattributed),
    notes: [observational, ...notesOn(named)],
  };
}

const notesOn = ({ scale, nulls }: NamedJourneys): string[] => [
  ...(nulls === null
    ? ['Journeys that ended without a conversion were not counted: this model doesn’t need them, and there are many touches.']
    : []),
  ...(scale.rounded ? [`Some values have more digits than stay exact in a sum: they were rounded to ${scale.shown} decimals first.`] : []),
];

type Units = number | bigint;

interface Sum {
  readonly conversions: number;
  readonly value: Units;
}

const added = (one: Sum, other: Sum): Sum => ({
  conversions: one.conversions + other.conversions,
  value: BigInt(one.value) + BigInt(other.value),
});

function sumsOf({ scale, nulls }: NamedJourneys, total: Sum, unattributed: Sum): Pick<ModelAnswer, 'total' | 'unattributed'> {
  const written = ({ conversions, value }: Sum) => ({ conversions, value: inUnit(BigInt(value) / coarser(scale), scale.shown) });
  return { total: { ...written(total), nulls }, unattributed: written(unattributed) };
}

/** Credit by channel, values rounded to what is shown so that they still add up. @param values of each channel; all null where they can't be shared */
function creditsOf({ channels, scale }: NamedJourneys, conversions: readonly number[], values: readonly (Units | null)[]): ChannelCredit[] {
  const exact = values.map((value) => BigInt(value ?? 0));
  const sum = exact.reduce((sofar, value) => sofar + value, 0n);
  const rounded = allocate(sum / coarser(scale), exact) ?? exact;
  return channels.flatMap((channel, code) => {
    if (channel === null) return [];
    return [{ channel, conversions: conversions[code]!, value: values[code] === null ? null : inUnit(rounded[code]!, scale.shown) }];
  });
}

/** How many units of the calculation one unit that is shown has. All values of the input are whole in both. */
const coarser = ({ places, shown }: Scale): bigint => 10n ** BigInt(places - shown);

/** Whole units with a point put in: the number that is written like that, with nothing calculated. */
function inUnit(units: bigint, places: number): number {
  const digits = String(units).padStart(places + 1, '0');
  return Number(places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`);
}
