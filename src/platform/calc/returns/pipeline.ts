/** `win-rate`, `velocity`, `coverage`, `forecast`. */

import { z } from 'zod';
import { coverage, forecast, velocity } from '#engine/returns/pipeline.ts';
import { countedRate, statedRate, winRate } from '#engine/returns/rates.ts';
import { percentFraction } from '#engine/values/fraction.ts';
import { casesOf } from '../cases.ts';
import { formula } from '../formula.ts';
import { mapInSlices } from '../slices.ts';
import { give } from '../wording.ts';
import { amount, asMoney, count, currency, moneyFigure, numberFigure, percent, positiveAmount, share } from './fields.ts';

export const winRateFormula = formula({
  name: 'win-rate',
  summary: 'won ÷ (won + lost), with Wilson’s 95 % interval.',
  input: casesOf({ won: count.describe('Deals won, by close date.'), lost: count.describe('Deals lost, by close date.') }),
  output: z.object({ results: z.array(numberFigure('A share, 0 to 1.')) }),
  example: { cases: [{ won: 25, lost: 75 }] },
  calculate: async ({ cases }) => ({ results: await mapInSlices(cases, winRate) }),
});

const wayToWinRate = 'the win rate as `winRate`, or `won` and `lost`';
export const velocityFormula = formula({
  name: 'velocity',
  summary:
    'Open qualified deals × win rate × average deal ÷ cycle days: what the open deals bring a day, rounded once, halves to the even minor unit. With `won` and `lost` in place of `winRate` the range follows from their number.',
  input: casesOf({
    openDeals: count.describe('Open qualified deals.'),
    winRate: share.optional().describe('A share, 0 to 1. Or leave it out and give `won` and `lost`.'),
    won: count.optional().describe('Deals won.'),
    lost: count.optional().describe('Deals lost.'),
    averageDeal: positiveAmount.describe('Average amount of the deals won, minor units.'),
    cycleDays: z
      .number({ error: give('days above 0') })
      .positive({ error: give('days above 0') })
      .max(100_000, { error: give('at most 100,000 days') })
      .describe('Median days from creation to close.'),
    currency,
  }).superRefine(({ cases }, context) => {
    for (const [at, { winRate, won, lost }] of cases.entries())
      if ((winRate === undefined) === (won === undefined || lost === undefined))
        context.addIssue({ code: 'custom', path: ['cases', at, 'winRate'], message: `is missing or told twice; give ${wayToWinRate}` });
  }),
  output: z.object({ results: z.array(moneyFigure('An amount a day.')) }),
  example: { cases: [{ openDeals: 100, winRate: 0.25, averageDeal: '5000000', cycleDays: 60, currency: 'EUR' }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ openDeals, winRate: stated, won = 0, lost = 0, averageDeal, cycleDays, currency: code }) => {
      const rate = stated === undefined ? countedRate(won, won + lost) : statedRate(stated);
      return asMoney(velocity({ open: openDeals, winRate: rate, averageDeal, cycleDays }), code);
    }),
  }),
});

export const coverageFormula = formula({
  name: 'coverage',
  summary: 'pipeline ÷ remaining target.',
  input: casesOf({
    pipeline: positiveAmount.describe('Sum of the open deals, minor units.'),
    remainingTarget: amount.describe('What is still to be won, minor units of the same currency.'),
  }),
  output: z.object({ results: z.array(numberFigure('How many times the target that remains.')) }),
  example: { cases: [{ pipeline: '90000000', remainingTarget: '30000000' }] },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ pipeline, remainingTarget }) => coverage({ pipeline, remaining: remainingTarget })),
  }),
});

export const forecastFormula = formula({
  name: 'forecast',
  summary:
    'Σ amount × probability, exact and rounded once, halves to the even minor unit. The range takes the deals as independent of one another: too narrow where one cause moves them all.',
  input: casesOf({
    currency,
    deals: z
      .array(
        z.strictObject({
          amount: positiveAmount.describe('Minor units.'),
          probabilityPercent: percent.describe('0 to 100.'),
        }),
        { error: give('a list of deals') },
      )
      .max(1_000_000)
      .describe('Open deals.'),
  }),
  output: z.object({ results: z.array(moneyFigure('An amount.')) }),
  example: {
    cases: [
      {
        currency: 'EUR',
        deals: [
          { amount: '100000', probabilityPercent: 50 },
          { amount: '33300', probabilityPercent: '12.5' },
        ],
      },
    ],
  },
  calculate: async ({ cases }) => ({
    results: await mapInSlices(cases, ({ currency: code, deals }) => {
      const open = deals.map((deal) => ({ amount: deal.amount, probability: percentFraction(deal.probabilityPercent) }));
      return asMoney(forecast(open), code);
    }),
  }),
});
