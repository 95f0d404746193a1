/** `allocate` and `convert`: amounts shared out, and in another currency. */

import { z } from 'zod';
import { convert, rateOn } from '#engine/returns/convert.ts';
import { allocate } from '#engine/values/allocate.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { mapInSlices } from '../slices.ts';
import { give } from '../wording.ts';
import { amount, currency, rateText } from './fields.ts';

const weightWords = 'a weight from 0: a number, or a whole number of any size as text';
const weight = z
  .union([z.number().min(0, { error: give(weightWords) }), z.string().regex(/^\d{1,40}$/, { error: give(weightWords) })], {
    error: give(weightWords),
  })
  .transform((given) => (typeof given === 'string' ? BigInt(given) : given));

export const allocateFormula = formula({
  name: 'allocate',
  summary:
    'Shares an amount by weights so that the parts add up to it: each part is its exact share cut to a whole unit, the units left go one each to the largest remainders, the earlier first. A negative amount is the mirror of the positive one.',
  input: casesOf({
    amount: amount.describe('Minor units.'),
    weights: z
      .array(weight, { error: give('a list of weights') })
      .max(100_000)
      .describe('Numbers from 0, or whole numbers as text.'),
  }),
  output: z.object({
    results: z.array(
      z.object({
        parts: z.array(z.string()).nullable().describe('Minor units, in the order of the weights; null without any weight above 0.'),
        reason: z.string().nullable().describe('Why there are none.'),
      }),
    ),
  }),
  example: { cases: [{ amount: '10000', weights: [1, 1, 1] }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, (given) => {
      const parts = allocate(given.amount, given.weights);
      return { parts: parts && parts.map(String), reason: parts ? null : 'no weight is above 0, so nobody can say whose it is' };
    }),
  }),
});

const dayWords = 'a day such as 2026-03-27';

export const convertFormula = formula({
  name: 'convert',
  summary:
    'An amount in another currency by the rate in force on a day: the latest dated on or before it. Exact, rounded once, halves to the even minor unit.',
  input: casesOf({
    amount: amount.describe('Minor units of `from`.'),
    from: currency,
    to: currency,
    day: z.iso.date({ error: give(dayWords) }),
    rates: z
      .array(
        z.strictObject({ day: z.iso.date({ error: give(dayWords) }), rate: rateText.describe('Units of `to` for one unit of `from`.') }),
        {
          error: give('a list such as [{"day": "2026-01-01", "rate": "1.0837"}]'),
        },
      )
      .max(100_000)
      .describe('In any order.'),
  }),
  output: z.object({
    results: z.array(
      z.object({
        amount: z.string().nullable().describe('Minor units of `to`; null where no rate is in force.'),
        currency: z.string(),
        rate: z.object({ day: z.string(), rate: z.string() }).nullable().describe('The one used.'),
        reason: z.string().nullable().describe('Why there is none.'),
      }),
    ),
  }),
  example: {
    cases: [{ amount: '1200050', from: 'EUR', to: 'USD', day: '2026-03-27', rates: [{ day: '2026-01-01', rate: '1.0837' }] }],
  },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ amount: given, from, to, day, rates }) => {
      const { rate, reason } = rateOn(rates, day);
      const converted = rate === null ? null : `${convert(given, { from, to, rate: rate.rate })}`;
      return { amount: converted, currency: to, rate, reason };
    }),
  }),
});
