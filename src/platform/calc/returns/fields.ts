/** What the formulas of returns are given and answer: amounts, counts, shares, and figures with their range. */

import { z } from 'zod';
import type { Figure } from '#engine/returns/figure.ts';
import { moneyRangeText } from '#engine/returns/reading.ts';
import { currencyDigits } from '#engine/values/currency.ts';
import { give } from '../wording.ts';

const amountWords = 'an amount in minor units as text, such as "1200050" for 12,000.50';
/** Becomes a bigint. */
export const amount = z
  .string({ error: give(amountWords) })
  .regex(/^-?\d{1,30}$/, { error: give(amountWords) })
  .transform((text) => BigInt(text));
/** The same, not below 0. */
export const positiveAmount = z
  .string({ error: give(amountWords) })
  .regex(/^\d{1,30}$/, { error: give(`${amountWords}, not below 0`) })
  .transform((text) => BigInt(text));

const currencyWords = 'a currency of ISO 4217 such as "EUR"';
export const currency = z
  .string({ error: give(currencyWords) })
  .refine((code) => currencyDigits(code) !== null, { error: give(currencyWords) });

const countWords = 'a whole number from 0';
export const count = z
  .int({ error: give(countWords) })
  .min(0, { error: give(countWords) })
  .max(1e12, { error: give(`${countWords} to 1,000,000,000,000`) });

const decimal = (pattern: RegExp, words: string) =>
  z
    .union([z.number(), z.string()], { error: give(words) })
    .transform(String)
    .pipe(z.string().regex(pattern, { error: give(words) }));
/** A share from 0 to 1, as number or text; becomes text, which is exact. */
export const share = decimal(/^(0(\.\d{1,15})?|1(\.0{1,15})?)$/, 'a share from 0 to 1 such as 0.25');
/** 0 to 100. */
export const percent = decimal(/^(\d{1,2}(\.\d{1,12})?|100(\.0{1,12})?)$/, 'a percentage from 0 to 100 such as 12.5');
/** Above 0, as number or text. */
export const rateText = decimal(/^(?=.*[1-9])\d{1,12}(\.\d{1,15})?$/, 'a decimal number above 0 such as "1.0837"');

const figureOf = <Value extends z.ZodType>(value: Value, unit: string) => ({
  value: value.nullable().describe(`${unit} Null where it is not a number.`),
  reason: z.string().nullable().describe('Why there is no value; null where there is one.'),
  range: z
    .object({ low: value, high: value.nullable() })
    .nullable()
    .describe('The 95 % interval; `high` is null where nothing is known from above. Null where no chance is in it.'),
  n: z.number().nullable().describe('How many observations it rests on; null where it doesn’t rest on a count.'),
  small: z.boolean().describe('Rests on fewer than 30.'),
});

export const numberFigure = (unit: string) => z.object(figureOf(z.number(), unit));
export const moneyFigure = (unit: string) =>
  z.object({
    ...figureOf(z.string(), `${unit} In minor units.`),
    currency: z.string(),
    rangeText: z.string().nullable().describe('The range in words.'),
  });

/** A figure of money as JSON carries it. */
export const asMoney = ({ value, reason, range, n, small }: Figure<bigint>, code: string) => ({
  value: value === null ? null : `${value}`,
  reason,
  range: range && { low: `${range.low}`, high: range.high === null ? null : `${range.high}` },
  n,
  small,
  currency: code,
  rangeText: range && moneyRangeText(range, code),
});
