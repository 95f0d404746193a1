/** Pieces that questions and answers about figures, retention, trend and changes share. */

import { z } from 'zod';
import { dayNumber, dayText } from '#engine/values/calendarDay.ts';
import {
  type AmountName,
  figureNames,
  type FigurePart,
  figureParts,
  isAmountFigure,
  type NumberName,
  revenueBases,
} from './figure-table.ts';

// ── parts of questions ──────────────────────────────────────────────────────

/** `YYYY-MM-DD` of a day that exists. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
  .refine((text) => {
    const [year, month, date] = text.split('-').map(Number);
    return dayText(dayNumber(year!, month!, date!)) === text;
  }, 'there is no such day');
const truth = z.enum(['true', 'false']).transform((text) => text === 'true');
export const minorUnits = z.string().regex(/^\d{1,18}$/, 'an amount is written in minor units, like 1200050');

/** First and last day, both included, in the workspace's zone. Left out: the twelve months up to the last one complete on record. */
export const period = { start: day.optional(), end: day.optional() };

interface Period {
  start?: string | undefined;
  end?: string | undefined;
}
export function refuseBackwards(asked: Period, context: z.RefinementCtx): void {
  if (asked.start && asked.end && asked.start > asked.end)
    context.addIssue({ code: 'custom', path: ['end'], message: 'the period ends before it starts' });
}

/** JSON: text in quotes, or `null` for what has no such value. */
export const group = z
  .string()
  .max(12_000)
  .transform((text, context): string | null => {
    const value = parseJson(text);
    if (value === null || typeof value === 'string') return value;
    context.addIssue({ code: 'custom', message: 'a group is JSON: text in quotes, or null for what has none' });
    return z.NEVER;
  });
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
};

export const figureScope = {
  ...period,
  /** Costs spread by the allocation keys. */
  allocated: truth.default(false),
  /** Cost of the period shifted back by so many days; `cycle`: by the median cycle of the deals won. */
  lagDays: z.union([z.literal('cycle'), z.coerce.number().int().min(0).max(1000)]).default(0),
  /** Close rate: days within which a lead must be won. */
  windowDays: z.coerce.number().int().min(0).max(3650).default(90),
  /** Default: the one of the settings. */
  basis: z.enum(revenueBases).optional(),
  /** What is to be won in the period, for coverage. Without it there is none. */
  target: minorUnits.optional(),
};

// ── parts of answers ────────────────────────────────────────────────────────

/** Minor units, a decimal string. */
export const amount = z.string();
export const money = z.object({ amount, currency: z.string() });
export const count = z.number().int();

/** The 95 % interval. `high` null: nothing is known from above. */
export const numberRange = z.object({ low: z.number(), high: z.number().nullable(), level: z.literal(0.95), n: count.nullable() });
const amountRange = z.object({ low: amount, high: amount.nullable(), level: z.literal(0.95), n: count.nullable() });

const standing = {
  /** Why there is no value, such as “not a number: no deal was won”; null where there is one. */
  why: z.string().nullable(),
  /** Observations it rests on; null where it doesn't rest on a count. */
  n: count.nullable(),
  /** Rests on fewer than 30 observations. */
  small: z.boolean(),
};
/** A figure that is a number; its unit stands in `figureTable`. */
export const numberFigure = z.object({
  /** Share 0..1, ratio (1 = 100 %), days, months or a count; null where it is not a number. */
  value: z.number().nullable(),
  /** May stand without a value: “at least …”. Null where no chance is in it, or too little is known. */
  uncertainty: numberRange.nullable(),
  ...standing,
});
export type NumberFigure = z.output<typeof numberFigure>;
/** A figure that is an amount, in the answer's currency. */
export const amountFigure = z.object({ value: amount.nullable(), uncertainty: amountRange.nullable(), ...standing });
export type AmountFigure = z.output<typeof amountFigure>;

/** A count with its sum, that opens into its records. */
export const part = z.object({
  count,
  /** Null where the records carry no amount that is added up. */
  amount: amount.nullable(),
  /** Null where one may not see, or there is nothing to list. */
  recordsUrl: z.string().nullable(),
});
export type Part = z.output<typeof part>;

const figureShape = Object.fromEntries(figureNames.map((name) => [name, isAmountFigure(name) ? amountFigure : numberFigure])) as Record<
  NumberName,
  typeof numberFigure
> &
  Record<AmountName, typeof amountFigure>;
const partShape = Object.fromEntries(Object.keys(figureParts).map((name) => [name, part.nullable()])) as Record<
  FigurePart,
  z.ZodNullable<typeof part>
>;

export const figuresOfOne = {
  figures: z.object(figureShape),
  /** Null where costs or accounts are not kept by this grouping. */
  parts: z.object(partShape),
};

/** What an answer was asked of, with nothing left open. */
export const answeredScope = {
  start: z.string(),
  end: z.string(),
  /** The last day on record (of a lead, a deal, revenue), today at most: what lies after it is not known. */
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
  /** What a reader must know beside the formulas. */
  notes: z.array(z.string()),
};
export const answeredFigures = {
  ...answeredScope,
  basis: z.enum(revenueBases),
  allocated: z.boolean(),
  /** Days by which cost was shifted, and so its period. */
  lagDays: count,
  costStart: z.string(),
  costEnd: z.string(),
  windowDays: count,
  target: amount.nullable(),
  /** `programme`: without any pay, as the asker may not see it of both sides. Said in `notes` as well. */
  costBasis: z.enum(['whole', 'programme']),
  /** Null: not set. */
  grossMarginPercent: z.string().nullable(),
  /** Which rule model `attributed` is by; null where attribution isn't there yet. */
  attributionModel: z.string().nullable(),
};
