/** The sponsor's charter: one number, what it was, what it should be and by when. */

import { z } from 'zod';
import { type FigureName, figureTable, type FigureUnit } from '#features/returns/contract/figure-table.ts';
import { count, day, daySchema, idSchema, instant, named, sides, whyNot, words } from './pieces.ts';

/** Figures of returns that a charter can name: those without costs in them, so that its baseline tells nobody's pay. */
export const charterFigures = [
  'winRate',
  'closeRate',
  'cycleMedian',
  'wonValue',
  'averageDeal',
  'velocity',
  'newCustomers',
  'churn',
] as const satisfies readonly FigureName[];
export type CharterFigure = (typeof charterFigures)[number];

export const unitOf = (figure: CharterFigure): FigureUnit => figureTable[figure].unit;
const isAmount = (figure: CharterFigure): boolean => unitOf(figure).startsWith('amount');

export const newCharter = z
  .strictObject({
    /** A leader who is active, or the owner. */
    sponsorId: idSchema,
    figure: z.enum(charterFigures),
    /** In the figure's unit: a share as 0.25, an amount in minor units, days and counts as they are. */
    aim: z.string().regex(/^\d{1,18}(\.\d{1,6})?$/, 'a number, such as 0.25'),
    aimOn: daySchema,
    why: words(2_000).default(''),
  })
  .superRefine(({ figure, aim }, context) => {
    const refuse = (message: string): void => context.addIssue({ code: 'custom', path: ['aim'], message });
    if (isAmount(figure) && aim.includes('.')) refuse('an amount is written in minor units, like 1200050');
    if (unitOf(figure) === 'share' && Number(aim) > 1) refuse('a share is written from 0 to 1, such as 0.25');
  });
export type NewCharter = z.output<typeof newCharter>;

export const charter = z.object({
  id: idSchema,
  number: count,
  sponsor: named,
  figure: z.enum(charterFigures),
  aim: z.string(),
  aimOn: day,
  why: z.string(),
  contentHash: z.string(),
  madeBy: named,
  madeAt: instant,
  signedAt: instant.nullable(),
  can: z.object({ sign: whyNot }),
});
export type Charter = z.output<typeof charter>;

/** A figure over some days; amounts in minor units, shares 0..1. */
export const measured = z.object({
  start: day,
  end: day,
  /** Null: not a number; `why` says why. */
  value: z.string().nullable(),
  low: z.string().nullable(),
  high: z.string().nullable(),
  currency: z.string(),
  why: z.string().nullable(),
  n: count.nullable(),
  /** Rests on fewer than 30 observations. */
  small: z.boolean(),
});
export type Measured = z.output<typeof measured>;
export const baseline = measured.omit({ why: true, n: true, small: true }).extend({ takenBy: named, takenAt: instant });
export type Baseline = z.output<typeof baseline>;

export const charterAnswer = z.object({
  /** The one that counts: signed last, or, while none is signed, written last. */
  charter: charter.nullable(),
  /** A later one that waits for its signature. */
  waiting: charter.nullable(),
  /** What the number was before; kept once, never changed. */
  baseline: baseline.nullable(),
  /** The number over the twelve months up to the last complete one on record. */
  now: measured.nullable(),
  /** The number since the day after the baseline's last; null: too early, or no baseline. */
  since: measured.nullable(),
  currency: z.string(),
  sponsors: z.array(named.extend({ side: z.enum(sides) })),
  can: z.object({ write: whyNot, takeBaseline: whyNot }),
});
export type CharterAnswer = z.output<typeof charterAnswer>;

/** What is signed is what was read. */
export const madeCharter = z.object({ id: idSchema, contentHash: z.string() });
export type MadeCharter = z.output<typeof madeCharter>;

export const charterSignature = z.strictObject({
  contentHash: z.string().regex(/^[0-9a-f]{64}$/, 'is the content hash of the charter that was read'),
});
export const figurePreview = z.strictObject({ figure: z.enum(charterFigures) });
