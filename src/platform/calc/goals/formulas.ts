/** `pace`, `work-back`: where a goal stands by working days, and what a revenue asks for at each stage. */

import { z } from 'zod';
import { decimalOf } from '#engine/agreement/pace.ts';
import { flowPace } from '#engine/goals/pace.ts';
import { quantityOf, spreadText } from '#engine/goals/quantity.ts';
import { stagesNeeded } from '#engine/goals/stages-needed.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { count, positiveAmount } from '../returns/fields.ts';
import { mapInSlices } from '../slices.ts';
import { give } from '../wording.ts';

const days = count.max(100_000, { error: give('at most 100,000 days') });

export const paceFormula = formula({
  name: 'pace',
  summary:
    'ideal = target × working days gone ÷ working days of the period; gap = value − ideal; exact, rounded to six decimals when shown.',
  input: casesOf({
    target: positiveAmount.describe('What is to be there at the end: minor units, or a count.'),
    value: positiveAmount.describe('What is there.'),
    workingDays: days.min(1, { error: give('at least one day') }).describe('Of the period.'),
    workingDaysGone: days.describe('Of them over.'),
  }).superRefine(({ cases }, context) => {
    for (const [at, each] of cases.entries())
      if (each.workingDaysGone > each.workingDays)
        context.addIssue({
          code: 'custom',
          path: ['cases', at, 'workingDaysGone'],
          message: 'are more than there are; give at most `workingDays`',
        });
  }),
  output: z.object({
    results: z.array(
      z.object({
        ideal: z.string().describe('What should be there.'),
        gap: z.string().describe('value − ideal; below 0 it is behind.'),
        gapPercent: z.string().nullable().describe('Of the target; null for a target of 0.'),
        neededADay: z.string().nullable().describe('On each working day left; null without any.'),
        soFarADay: z.string().nullable().describe('Null before the first.'),
      }),
    ),
  }),
  example: { cases: [{ target: '100', value: '30', workingDays: 20, workingDaysGone: 7 }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, (asked) => {
      const { ideal, gap, gapPercent, neededADay, soFarADay } = flowPace({ ...asked, direction: 'atLeast' });
      const text = (fraction: typeof ideal): string => decimalOf(fraction, 6);
      return {
        ideal: text(ideal),
        gap: text(gap),
        gapPercent,
        neededADay: neededADay && text(neededADay),
        soFarADay: soFarADay && text(soFarADay),
      };
    }),
  }),
});

const stage = z
  .string({ error: give('a name such as "MQL"') })
  .min(1, { error: give('a name such as "MQL"') })
  .max(60, { error: give('at most 60 characters') });

export const workBackFormula = formula({
  name: 'work-back',
  summary:
    'Revenue ÷ average deal ÷ the share of each step: what must enter each stage, with the range that 80 of 100 futures lie in: shares as beta distributions of what was seen, the average by the variation of the deals behind it. The same case gives the same numbers.',
  input: casesOf({
    revenue: positiveAmount.describe('To be won, minor units.'),
    averageDeal: positiveAmount.describe('Minor units of the same currency, above 0.'),
    deals: count.optional().describe('How many deals the average is of; left out, it is taken as it stands.'),
    variation: z
      .number({ error: give('a number from 0 such as 0.5') })
      .min(0, { error: give('a number from 0') })
      .max(100, { error: give('at most 100') })
      .default(0.5)
      .describe('Deviation ÷ mean of single amounts.'),
    steps: z
      .array(
        z.object({
          from: stage.describe('The stage it leads from.'),
          entered: count.min(1, { error: give('at least one') }).describe('So many entered it, long enough ago to have gone on.'),
          reached: count.min(1, { error: give('at least one') }).describe('So many of them went on.'),
        }),
        { error: give('the steps from the first stage to the win') },
      )
      .min(1, { error: give('at least one step') })
      .max(10, { error: give('at most ten steps') })
      .describe('In the order in which leads take them.'),
  }).superRefine(({ cases }, context) => {
    for (const [at, { averageDeal, steps }] of cases.entries()) {
      if (averageDeal === 0n)
        context.addIssue({ code: 'custom', path: ['cases', at, 'averageDeal'], message: 'is 0; give an amount above 0' });
      for (const [step, { entered, reached }] of steps.entries())
        if (reached > entered)
          context.addIssue({
            code: 'custom',
            path: ['cases', at, 'steps', step, 'reached'],
            message: 'are more than entered; give at most `entered`',
          });
    }
  }),
  output: z.object({
    results: z.array(
      z.object({
        won: z.string().describe('Deals to be won.'),
        stages: z.array(
          z.object({
            stage: z.string(),
            needed: z.string().describe('At the shares as seen, one decimal.'),
            mid: z.string().describe('Median of the futures.'),
            low: z.string().describe('Ten of a hundred need less.'),
            high: z.string().describe('Ten of a hundred need more.'),
          }),
        ),
      }),
    ),
  }),
  example: {
    cases: [
      {
        ...{ revenue: '7000000', averageDeal: '1000000', deals: 40, variation: 0.5 },
        steps: [{ from: 'Lead', entered: 400, reached: 20 }],
      },
    ],
  },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ revenue, averageDeal, deals, variation, steps }) => {
      const amounts = deals === undefined || deals === 0 ? null : { variation, deals };
      const seen = steps.map(({ entered, reached }) => ({ hits: reached, of: entered }));
      const { stated, ranges } = stagesNeeded({ revenue: Number(revenue), averageDeal: Number(averageDeal), amounts, steps: seen });
      const backward = steps.toReversed();
      return {
        won: quantityOf(stated[0]!, 'count'),
        stages: backward
          .map(({ from }, at) => ({ stage: from, needed: quantityOf(stated[at + 1]!, 'count'), ...spreadText(ranges[at + 1]!, 'count') }))
          .toReversed(),
      };
    }),
  }),
});
