/** Figures month by month, and the waterfall from spend to contribution: questions and answers. */

import { z } from 'zod';
import { amount, answeredFigures, answeredScope, count, figureScope, figuresOfOne, period, refuseBackwards } from './figure-pieces.ts';

// ── trend ───────────────────────────────────────────────────────────────────

export const trendQuery = z
  .strictObject({ every: z.enum(['month', 'quarter']).default('month'), ...figureScope })
  .superRefine(refuseBackwards);
export type TrendQuery = z.output<typeof trendQuery>;
export const trendAnswer = z.object({
  every: z.enum(['month', 'quarter']),
  ...answeredFigures,
  points: z.array(
    z.object({
      /** `2026-03`, `2026-Q1`. */
      period: z.string(),
      start: z.string(),
      end: z.string(),
      /** The period is not over yet, or cut by the question. */
      partial: z.boolean(),
      ...figuresOfOne,
    }),
  ),
  /** Versions of the agreement that took effect in the period. */
  marks: z.array(z.object({ on: z.string(), versionId: z.string(), number: count, label: z.string() })),
});
export type TrendAnswer = z.output<typeof trendAnswer>;

// ── waterfall ───────────────────────────────────────────────────────────────

export const waterfallQuery = z
  .strictObject({
    ...period,
    /** `won`: amounts of the deals won in the period; `billed`: revenue entries of the period. */
    revenue: z.enum(['won', 'billed']).default('won'),
  })
  .superRefine(refuseBackwards);
export type WaterfallQuery = z.output<typeof waterfallQuery>;
export const waterfallAnswer = z.object({
  ...answeredScope,
  revenue: z.enum(['won', 'billed']),
  costBasis: z.enum(['whole', 'programme']),
  grossMarginPercent: z.string().nullable(),
  /** In order: marketing, sales, revenue, delivery, contribution. Without a gross margin it ends with revenue − spend (`difference`). */
  steps: z.array(
    z.object({
      step: z.enum(['marketing', 'sales', 'revenue', 'delivery', 'contribution', 'difference']),
      label: z.string(),
      /** A total is drawn from 0. */
      kind: z.enum(['change', 'total']),
      /** Negative for what is spent. */
      amount,
      /** Running total before and after it. */
      from: amount,
      to: amount,
      recordsUrl: z.string().nullable(),
    }),
  ),
  /** Last total − Σ of the changes: "0". */
  difference: amount,
});
export type WaterfallAnswer = z.output<typeof waterfallAnswer>;
