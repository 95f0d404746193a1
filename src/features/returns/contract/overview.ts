/** The leader's page in one answer: what we spend, what comes back, what changed and why, where the next amount would bring most. */

import { z } from 'zod';
import { changeCauses } from './changes.ts';
import { amountFigure, numberFigure } from './figure-pieces.ts';
import { revenueBases } from './figure-table.ts';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD')
  .refine((text) => !Number.isNaN(Date.parse(`${text}T00:00:00Z`)), 'there is no such day');

export const overviewQuery = z
  .strictObject({
    /** Left out: the last complete month. */
    start: day.optional(),
    end: day.optional(),
    /** What it is compared with; left out: as much right before. */
    beforeStart: day.optional(),
    beforeEnd: day.optional(),
  })
  .superRefine((asked, context) => {
    if (asked.start && asked.end && asked.start > asked.end)
      context.addIssue({ code: 'custom', path: ['end'], message: 'the period ends before it starts' });
  });
export type OverviewQuery = z.output<typeof overviewQuery>;

const amount = z.string();
const compared = <Figure extends typeof amountFigure | typeof numberFigure>(figure: Figure) =>
  z.object({
    now: figure,
    before: figure,
    /** Formula in words. */
    formula: z.string(),
    better: z.enum(['more', 'less']).nullable(),
    /** Address in the API of the records, or of the answer it comes from. */
    detailsUrl: z.string(),
  });

export const overviewAnswer = z.object({
  start: z.string(),
  end: z.string(),
  beforeStart: z.string(),
  beforeEnd: z.string(),
  asOf: z.string(),
  timeZone: z.string(),
  currency: z.string(),
  version: z.string(),
  basis: z.enum(revenueBases),
  costBasis: z.enum(['whole', 'programme']),
  grossMarginPercent: z.string().nullable(),

  spend: z.object({
    marketing: compared(amountFigure),
    sales: compared(amountFigure),
    total: compared(amountFigure),
  }),
  comesBack: z.object({
    wonValue: compared(amountFigure),
    newCustomers: compared(numberFigure),
    winRate: compared(numberFigure),
    /** won value × gross margin − spend of both sides. */
    contribution: compared(amountFigure),
    cacBlended: compared(amountFigure),
    paybackMonths: compared(numberFigure),
    ltvToCac: compared(numberFigure),
    nrr: compared(numberFigure),
    grr: compared(numberFigure),
    logoRetention: compared(numberFigure),
  }),
  /** Why won value changed. */
  changes: z.object({
    change: amount,
    effects: z.array(z.object({ cause: z.enum(changeCauses), amount, text: z.string() })),
    by: z.string(),
    difference: amount,
    detailsUrl: z.string(),
  }),
  whereNext: z.object({
    sentence: z.string(),
    caveat: z.string(),
    amount,
    /** The first three there: highest marginal return first, then those of which it can't be told. */
    rows: z.array(z.object({ group: z.string().nullable(), label: z.string(), marginal: numberFigure, brings: amountFigure })),
    detailsUrl: z.string(),
  }),
  /** Planned against spent; null where no budget is kept for the period. */
  budget: z
    .object({
      planned: amount,
      spent: amount,
      variance: amount,
      bySide: z.array(z.object({ side: z.enum(['marketing', 'sales']), planned: amount, spent: amount, variance: amount })),
      detailsUrl: z.string(),
    })
    .nullable(),
  /** The months up to the end of the period, at most 24, oldest first. */
  trend: z.array(
    z.object({ month: z.string(), costMarketing: amount, costSales: amount, wonValue: amount, newCustomers: z.number().int() }),
  ),
  marks: z.array(z.object({ on: z.string(), versionId: z.string(), number: z.number().int(), label: z.string() })),
  /** Spend → revenue → contribution, as /figures/waterfall. */
  waterfall: z.array(
    z.object({ step: z.string(), label: z.string(), kind: z.enum(['change', 'total']), amount, from: amount, to: amount }),
  ),
  /** What a reader must know: what is left out, what is not set, whose pay is not in it. */
  notes: z.array(
    z.object({
      text: z.string(),
      /** Where it is mended: `settings`, `ledger`, `rates`, `attribution`; null: nowhere. */
      mend: z.enum(['settings', 'ledger', 'rates', 'attribution']).nullable(),
    }),
  ),
});
export type OverviewAnswer = z.output<typeof overviewAnswer>;
