/** `attribution` from JSON: the same answer as from files, for what is small enough to send. */

import { z } from 'zod';
import { joinWalks } from '#engine/attribution/join-walks.ts';
import { journeysOfPaths } from '#engine/attribution/make-journeys.ts';
import {
  amountWords,
  atPlaces,
  makeReadNumber,
  type ReadNumber,
  readNumber,
  type Scale,
  noValues,
  scaleOf,
  seeValue,
} from '#engine/attribution/read-amount.ts';
import { instantWords, readInstant } from '#engine/attribution/read-instant.ts';
import { Problem } from '#platform/errors.ts';
import { formula } from '../formula.ts';
import { give } from '../wording.ts';
import { attribute, type NamedJourneys } from './answer.ts';
import { longestDays, models } from './models.ts';

const mostRows = 100_000;
const mostTouches = 1000;

const countWords = 'a whole number from 0';
const count = z
  .number({ error: give(countWords) })
  .int({ error: give(countWords) })
  .min(0, { error: give(countWords) });
const name = z
  .string({ error: give('the name of a channel') })
  .trim()
  .min(1, { error: give('the name of a channel') });

/** What cells of files hold, read as they are there; a number is read as it is written. */
const cell = <Read>(read: (bytes: Uint8Array) => Read | null, words: string) =>
  z.union([z.string(), z.number()], { error: give(words) }).transform((given, context) => {
    const found = read(new TextEncoder().encode(String(given).trim()));
    if (found === null) context.addIssue({ code: 'custom', message: give(words)({ input: given }) });
    return found ?? z.NEVER;
  });

type Amount = Readonly<ReadNumber>;

const amount = cell<Amount>((bytes) => {
  const read = makeReadNumber();
  return readNumber(bytes, 0, bytes.length, read) ? read : null;
}, amountWords);

const nothing: Amount = makeReadNumber();

/** Milliseconds since 1970. */
const instant = cell((bytes) => {
  const time = readInstant(bytes, 0, bytes.length);
  return time < 0 ? null : time;
}, instantWords);

const paths = z
  .array(
    z.strictObject(
      {
        path: z
          .string({ error: give('a path such as "search > email"') })
          .describe('Channels in order, as `A > B > C`; empty: no touch at all.'),
        conversions: count.describe('Journeys along it that converted.'),
        value: amount.describe('Of all its conversions together.').default(nothing),
        nulls: count.default(0).describe('Journeys along it that ended without.'),
      },
      { error: give('a path, an object') },
    ),
    { error: give('a list of paths') },
  )
  .max(mostRows, `holds more than ${mostRows} paths; give them in a file`);

const journeys = z
  .array(
    z.strictObject(
      {
        touches: z
          .array(
            z.strictObject(
              { at: instant.describe('When.'), channel: name.describe('Its channel.') },
              { error: give('a touch, an object') },
            ),
            {
              error: give('a list of touches'),
            },
          )
          .max(mostTouches, `holds more than ${mostTouches} touches`)
          .describe('In any order. Those after the conversion earn nothing: they are a journey that didn’t convert.'),
        convertedAt: instant.nullable().default(null).describe('When it converted; null: it didn’t.'),
        value: amount.describe('Of the conversion.').default(nothing),
      },
      { error: give('a journey, an object') },
    ),
    { error: give('a list of journeys') },
  )
  .max(mostRows, `holds more than ${mostRows} journeys; give them in files`);

const days = (words: string) =>
  z
    .number({ error: give(words) })
    .min(1 / 86_400, { error: give(words) })
    .max(longestDays, { error: give(words) });

const orders = '1, 2, 3 or 4';

const input = z
  .strictObject(
    {
      model: z.enum(models, { error: give(models.join(', ')) }).describe('The model.'),
      order: z
        .int({ error: give(orders) })
        .min(1, { error: give(orders) })
        .max(4, { error: give(orders) })
        .default(1)
        .describe('Of `markov`: length of its memory, 1 to 4.'),
      halfLifeDays: days('a number of days such as 7').default(7).describe('Of `time_decay`.'),
      lookBackDays: days('a number of days such as 90')
        .nullable()
        .default(null)
        .describe('Touches older than this at the conversion don’t count; `journeys` only.'),
      paths: paths.optional().describe('Journeys counted by path. Either these or `journeys`.'),
      journeys: journeys.optional().describe('Single journeys with times.'),
    },
    { error: give('an object such as {"model": "linear", "paths": […]}') },
  )
  .superRefine((given, context) => {
    if ((given.paths === undefined) === (given.journeys === undefined))
      context.addIssue({ code: 'custom', path: ['paths'], message: 'give either paths or journeys' });
    if (given.paths && given.model === 'time_decay')
      context.addIssue({
        code: 'custom',
        path: ['model'],
        message: 'time_decay needs the time of each touch, which paths don’t have; give journeys, or another model',
      });
    for (const [at, journey] of (given.journeys ?? []).entries())
      if (journey.convertedAt === null && journey.value.units > 0)
        context.addIssue({
          code: 'custom',
          path: ['journeys', at, 'value'],
          message: 'a journey that didn’t convert has no value; give convertedAt, or leave the value out',
        });
    if (given.paths && given.lookBackDays !== null)
      context.addIssue({
        code: 'custom',
        path: ['lookBackDays'],
        message: 'needs the time of each touch, which paths don’t have; leave it out, or give journeys',
      });
  });
type Input = z.output<typeof input>;

const value = z.number().describe('In the unit of the input.');

export const attributionFormula = formula({
  name: 'attribution',
  summary:
    'Which channel earns how much of the conversions and of their value under a model. The parts add up to the total, values exactly. Large inputs are read from files: `accord calc attribution FILE.csv --model M`.',
  input,
  output: z.object({
    model: z.enum(models),
    order: z.number().optional().describe('Of `markov`.'),
    halfLifeDays: z.number().optional().describe('Of `time_decay`.'),
    channels: z.array(
      z.object({
        channel: z.string(),
        conversions: z.number(),
        value: value.nullable().describe('In the unit of the input; null where the model can’t share it.'),
        removalEffect: z.number().nullable().optional().describe('`markov` only: what share of conversions is lost without it.'),
      }),
    ),
    total: z.object({ conversions: z.number(), value, nulls: z.number().nullable().describe('Journeys that ended without a conversion.') }),
    unattributed: z.object({ conversions: z.number(), value }).describe('Of journeys without a touch.'),
    notes: z.array(z.string()).describe('What a reader of these numbers must know.'),
  }),
  example: {
    model: 'markov',
    paths: [
      { path: 'search', conversions: 2, value: '120.50', nulls: 1 },
      { path: 'email', conversions: 1, value: 40 },
      { path: 'search > email', conversions: 1, value: 99.9 },
    ],
  },
  async calculate(given) {
    const { model, order, halfLifeDays, lookBackDays } = given;
    const named = given.paths ? namePaths(given.paths) : nameJourneys(given.journeys!, lookBackDays);
    const [answer] = await attribute(named, { models: [model], all: false, order, halfLifeDays, lookBackDays });
    if (!answer || !('channels' in answer)) throw new Problem('bad-input', `model: ${answer?.reason ?? 'there is no answer'}`);
    return { ...answer, channels: [...answer.channels], notes: [...answer.notes] };
  },
});

function namePaths(rows: NonNullable<Input['paths']>): NamedJourneys {
  const { values, scale } = scaled(rows.map((row) => row.value));
  try {
    const { journeys: made, channels } = journeysOfPaths(rows.map((row, at) => ({ ...row, value: values[at]! })));
    return { journeys: made, channels: channels.texts, scale, nulls: rows.reduce((sum, { nulls }) => sum + nulls, 0) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Problem('bad-input', `paths: ${error.message}`, { fields: [{ at: 'paths', reason: error.message }] });
  }
}

type JourneyInput = NonNullable<Input['journeys']>[number];
type TouchInput = JourneyInput['touches'][number];

/** A journey that goes on after its conversion is two walks: one that converted, one that didn't. */
function nameJourneys(given: readonly JourneyInput[], lookBackDays: number | null): NamedJourneys {
  const { values, scale } = scaled(given.map(({ value: each }) => each));
  const lookBack = lookBackDays === null ? Number.POSITIVE_INFINITY : lookBackDays * 86_400_000;
  const walks = given.flatMap(({ touches, convertedAt }, at) => {
    const sorted = touches.toSorted((one, other) => one.at - other.at || (one.channel < other.channel ? -1 : 1));
    const until = convertedAt ?? -1;
    const later = sorted.filter((touch) => touch.at > until);
    const without = later.length === 0 ? [] : [{ touches: youngerThan(later, later.at(-1)!.at - lookBack), convertedAt: null, value: 0 }];
    if (convertedAt === null) return without;
    const led = sorted.filter((touch) => touch.at <= until);
    return [{ touches: youngerThan(led, until - lookBack), convertedAt, value: values[at]! }, ...without];
  });
  const codes = new Map<string, number>();
  for (const { touches } of given) for (const { channel } of touches) if (!codes.has(channel)) codes.set(channel, codes.size);
  const all = walks.flatMap(({ touches }) => touches);
  const nulls = walks.filter((walk) => walk.convertedAt === null).length;
  const columns = {
    channels: Uint16Array.from(all, ({ channel }) => codes.get(channel)!),
    seconds: Uint32Array.from(all, (touch) => Math.floor(touch.at / 1000)),
    lengths: Uint32Array.from(walks, ({ touches }) => touches.length),
    conversions: Uint32Array.from(walks, (walk) => (walk.convertedAt === null ? 0 : 1)),
    values: Float64Array.from(walks, (walk) => walk.value),
    convertedAt: Uint32Array.from(walks, (walk) => Math.floor((walk.convertedAt ?? 0) / 1000)),
    nulls,
  };
  return { journeys: joinWalks([columns], codes.size), channels: [...codes.keys()], scale, nulls };
}

const youngerThan = (touches: readonly TouchInput[], earliest: number): TouchInput[] => touches.filter((touch) => touch.at >= earliest);

/** Amounts as whole units of one size. */
function scaled(amounts: readonly Amount[]): { values: number[]; scale: Scale } {
  const seen = noValues();
  for (const each of amounts) seeValue(seen, each);
  const scale = scaleOf(seen);
  return { values: amounts.map(({ units, decimals }) => atPlaces(units, decimals, scale.places)), scale };
}
